"""This room finds files that were sent as letters within a text: uuencoded pictures and the like."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.documents import Extent, Line, Source

BEGIN = re.compile(r"begin(?:-base64)?\s[0-7]{3,4}\s(?P<name>\S.{0,120})")
DATA = re.compile(r"[ -`]{1,61}|[A-Za-z0-9+/]{1,76}={0,2}")
END = frozenset(("end", "===="))
MOST_ODD = 3
"""Lines of a file that mail has bent."""


def without(source: Source) -> Source:
    """A text whose enclosed files are markup, each told in a warning; one that breaks off goes as far as it does."""
    lines = list(source.lines)
    warnings: list[str] = []
    place = 0
    while place < len(lines):
        match = BEGIN.fullmatch(lines[place].text) if lines[place].text.startswith("begin") else None
        close = _close(lines, place) if match else place
        if match and close > place:
            size = lines[close - 1].end - lines[place].start
            warnings.append(f"A file within the text, “{match['name'].strip()}”, of {size} bytes, was left aside.")
            lines[place:close] = [_blank(lines[place].start, lines[close - 1].end)]
        place += 1
    return replace(source, lines=tuple(lines), warnings=(*source.warnings, *warnings)) if warnings else source


def _close(lines: Sequence[Line], start: int) -> int:
    """The line behind the file that line `start` begins, or `start` where no data follow."""
    odd, place = 0, start + 1
    while place < len(lines):
        text = lines[place].text
        if text in END:
            return place + 1
        odd += not _is_data(text)
        if odd > MOST_ODD:
            break
        place += 1
    while place > start and not _is_data(lines[place - 1].text):
        place -= 1
    return place if place > start + 1 else start


def _is_data(text: str) -> bool:
    """A line of uuencode says its own length in its first sign."""
    if DATA.fullmatch(text) is None:
        return False
    told = (ord(text[0]) - 32) % 64
    return len(text) - 1 in range(4 * ((told + 2) // 3) - 4, 4 * ((told + 2) // 3) + 2) or len(text) >= 60


def _blank(start: int, end: int) -> Line:
    return Line("", start, end, markup=(Extent(start, end),))
