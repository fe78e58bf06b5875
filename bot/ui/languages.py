"""This room is the languages Talebearer speaks beside English; so far commands have their names and words in them."""

import gettext
import hashlib
from functools import cache
from importlib.resources import files
from io import BytesIO

from discord import Locale
from discord.app_commands import (
    TranslationContextLocation,
    TranslationContextTypes,
    Translator,
    locale_str,
)

SPOKEN = ("de",)
"""The languages that there is a catalogue of, as Discord names them (docs.discord.com, Reference: Locales)."""
NAME = "name"
"""The context of a name in a catalogue: one word without blanks, where a sentence may use the same word otherwise."""
NAMES = (
    TranslationContextLocation.command_name,
    TranslationContextLocation.group_name,
    TranslationContextLocation.parameter_name,
)
_CATALOGUES = files("bot") / "languages"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """What is said in a language; English itself where it is not spoken here."""
    if language not in SPOKEN:
        return gettext.NullTranslations()
    # Taken in here: few processes ever need more than English.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (_CATALOGUES / f"{language}.po").open("rb") as written:
        write_mo(compiled, read_po(written, language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def edition() -> str:
    """Another one whenever a catalogue has changed: Discord is then told the commands again."""
    written = b"".join((_CATALOGUES / f"{language}.po").read_bytes() for language in SPOKEN)
    return hashlib.sha256(written).hexdigest()


class CommandTranslator(Translator):
    """Names and descriptions of commands and their options, for Discord to show to whoever reads another language."""

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        spoken = catalogue(locale.value)
        is_name = context.location in NAMES
        said = spoken.pgettext(NAME, string.message) if is_name else spoken.gettext(string.message)
        return None if said == string.message else said
