"""This room tells what a document begins and ends with, since what repeats there over an archive is no text."""

from collections.abc import Iterator, Set
from hashlib import blake2b
from itertools import islice

from bot.domain.documents import Kind
from bot.formats.sheet import Sheet

LINES = 3  # at either end of the text
REACH = 12  # lines at either end of a document among which such lines are looked for
LONGEST = 300  # characters of a line that are compared
FULL = 50  # characters of a line that a sentence may have been broken at
OPEN = (Kind.TEXT, Kind.UNCLASSIFIED)


def of(sheet: Sheet) -> tuple[int, ...]:
    """Hashes of the first and last lines of the text, and of those beside it that nobody knows."""
    first = islice((index for index in range(len(sheet)) if _is_open(sheet, index)), LINES)
    last = islice((index for index in range(len(sheet) - 1, -1, -1) if _is_open(sheet, index)), LINES)
    return tuple(dict.fromkeys(digest(sheet.texts[index]) for index in (*first, *last)))


def _is_open(sheet: Sheet, index: int) -> bool:
    return sheet.kinds[index] in OPEN and not sheet.is_gap(index)


def mark(sheet: Sheet, repeated: Set[int]) -> None:
    """Takes for furniture the lines near either end that repeat over an archive."""
    if not repeated:
        return
    for index in {
        *islice(_written(sheet, range(len(sheet))), REACH),
        *islice(_written(sheet, range(len(sheet) - 1, -1, -1)), REACH),
    }:
        if digest(sheet.texts[index]) in repeated and not _goes_on(sheet, index, repeated):
            sheet.kinds[index] = Kind.FURNITURE


def _goes_on(sheet: Sheet, index: int, repeated: Set[int]) -> bool:
    """Whether a line ends a sentence that stands here alone: it is text, whatever other documents end with."""
    above = sheet.text(sheet.previous(index)).rstrip()
    is_open = len(above) >= FULL and (above[-1].isalnum() or above[-1] in ",;")
    return is_open and sheet.texts[index].lstrip()[:1].islower() and digest(above) not in repeated


def _written(sheet: Sheet, lines: range) -> Iterator[int]:
    return (index for index in lines if not sheet.is_gap(index))


def digest(text: str) -> int:
    """One 63-bit number for a line, whatever its blanks and case; how a long one begins says enough."""
    folded = " ".join(text[:LONGEST].split()).casefold()
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
