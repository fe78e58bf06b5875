"""This room registers quirks: one named habit of old archives each, which changes a tale or its layout."""

from collections.abc import Callable
from typing import NamedTuple

from tests.archives.chance import Chance
from tests.archives.layout import Writing
from tests.archives.specimens import Work

Change = Callable[[Work, Chance], Work]
TEXT, HTML, MAIL, MARKDOWN = Writing.TEXT, Writing.HTML, Writing.MAIL, Writing.MARKDOWN
PLAIN = (TEXT, MAIL)


class Quirk(NamedTuple):
    """A habit, the writings it is found in, and how many chapters a tale needs to show it."""

    name: str
    change: Change
    writings: tuple[Writing, ...]
    chapters: int


QUIRKS: dict[str, Quirk] = {}


def quirk(*writings: Writing, chapters: int = 1) -> Callable[[Change], Change]:
    """Registers a change under its function's name."""

    def register(change: Change) -> Change:
        add(change.__name__, change, writings, chapters)
        return change

    return register


def add(name: str, change: Change, writings: tuple[Writing, ...], chapters: int = 1) -> None:
    assert name not in QUIRKS, name
    QUIRKS[name] = Quirk(name, change, writings, chapters)
