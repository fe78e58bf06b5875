"""This room draws the forms in which the fields of a header are typed."""

from collections.abc import Collection, Mapping
from typing import Any

import discord

from bot.domain.errors import UnknownControl
from bot.domain.fields import FORMS, HINTS, LABELS, LONG, Field, Texts
from bot.formats.markdown import shorten, units
from bot.ui.controls import Press, control_id
from bot.ui.forms import COMMENTS_LIMIT, LABEL_DESCRIPTION_LIMIT, TITLE_LIMIT

LINE_LIMIT = 400


def form(
    title: str, number: int, held: Texts, verb: str, *numbers: int, only: Collection[Field] = frozenset(Field)
) -> discord.ui.Modal:
    """Form `number` with what the fields hold now; `verb` gets it.

    A field that holds more than a form can is left out: what does not come back is not changed. So is what is not
    among `only`.

    Raises:
        UnknownControl: there is no such form.
    """
    if number >= len(FORMS):
        raise UnknownControl
    modal = discord.ui.Modal(title=shorten(title, TITLE_LIMIT), custom_id=control_id(verb, *numbers), timeout=None)
    for field in FORMS[number][1]:
        if field in only and units(held.get(field, "")) <= _room(field):
            modal.add_item(_item(field, held.get(field, "")))
    modal.stop()
    return modal


def _room(field: Field) -> int:
    return COMMENTS_LIMIT if field in LONG else LINE_LIMIT


def _item(field: Field, value: str) -> discord.ui.Label[Any]:
    style = discord.TextStyle.paragraph if field in LONG else discord.TextStyle.short
    typed: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=field.value, style=style, required=False, max_length=_room(field), default=value or None
    )
    hint = shorten(HINTS.get(field, ""), LABEL_DESCRIPTION_LIMIT) or None
    return discord.ui.Label(text=LABELS[field], description=hint, component=typed)


def typed(press: Press) -> Texts:
    """What came back of a form."""
    return named(press.fields)


def named(texts: Mapping[str, str]) -> Texts:
    """What is known under the names of fields."""
    return {Field(name): text for name, text in texts.items() if name in set(Field)}
