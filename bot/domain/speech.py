"""This room is the language things are said in: English as it is written, unless another one is in force."""

from contextvars import ContextVar
from gettext import NullTranslations

_ENGLISH = NullTranslations()
_SPOKEN: ContextVar[NullTranslations] = ContextVar("spoken", default=_ENGLISH)


def speak(translations: NullTranslations) -> None:
    """Puts a language in force for the task that asks, and for all that it starts."""
    _SPOKEN.set(translations)


def in_force() -> NullTranslations:
    """The language things are said in: what is remembered of what was said is remembered by it."""
    return _SPOKEN.get()


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks what is translated later, when it is shown."""
    return text


def _(text: str) -> str:
    return _SPOKEN.get().gettext(text)


def ngettext(one: str, several: str, count: int) -> str:
    return _SPOKEN.get().ngettext(one, several, count)


def pgettext(context: str, text: str) -> str:
    return _SPOKEN.get().pgettext(context, text)


def grouped(number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:,}".replace(",", pgettext("thousands", ","))
