"""This room finds the fields of a story below what its poster says first."""

from collections.abc import Callable, Sequence
from itertools import islice

from bot.domain.documents import Role
from bot.formats import heading
from bot.formats.labels import Said
from bot.formats.sheet import Sheet

LONGEST = 1_200  # characters that may stand ahead of the fields
MOST_LINES = 30
TELLING = frozenset(
    ("title", "authors", "rating_raw", "description", "disclaimer", "spoilers", "cautions", "tags", "fandom", "series")
)
"""What no letter within a story has for fields: From, Subject, Date and Note are in many."""
FEWEST = 3
QUOTES = ('"', "“", "«", ">")


def block(sheet: Sheet, start: int, end: int, said: Callable[[int], Sequence[Said]]) -> int | None:
    """The line on which the fields begin, where they do so a few paragraphs below `start`; no dialogue is ahead."""
    size = 0
    for index in islice(sheet.written(start, end), MOST_LINES):
        if index > start and (_is_block(sheet, index, end, said) or _heads_block(sheet, index, end, said)):
            return index
        size += len(sheet.texts[index])
        if sheet.role(index) is Role.CONTROL:
            return None
        if size > LONGEST or sheet.texts[index].lstrip().startswith(QUOTES) or sheet.role(index) is Role.QUOTE:
            return None
    return None


def _heads_block(sheet: Sheet, index: int, end: int, said: Callable[[int], Sequence[Said]]) -> bool:
    """Whether a line that names the author has the fields right below it: then it is the heading."""
    below = sheet.next(index + 1, end)
    return heading.has_byline(sheet.texts[index]) and below < end and _is_block(sheet, below, end, said)


def _is_block(sheet: Sheet, start: int, end: int, said: Callable[[int], Sequence[Said]]) -> bool:
    """Whether three fields of different kinds stand close together, or two, a title or an author among them."""
    found: set[str] = set()
    misses = 0
    if not _telling(said(start)):
        return False
    for index in islice(sheet.written(start, end), MOST_LINES):
        told = _telling(said(index))
        found |= told
        misses = 0 if told else misses + 1
        if len(found) >= FEWEST or (len(found) > 1 and found & {"title", "authors"}):
            return True
        if misses > FEWEST:
            break
    return False


def _telling(said: Sequence[Said]) -> set[str]:
    """A form's labels have nothing behind them."""
    return {each.meaning for each in said if each.confidence == 1.0 and each.value.strip() and each.meaning in TELLING}
