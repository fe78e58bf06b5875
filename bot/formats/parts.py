"""This room finds the parts of a story that stand in one document."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.formats.furniture import is_end
from bot.formats.prose import is_rule

LONGEST = 80  # characters of a part's heading
WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -](?:one|two|three|four|five"
    r"|six|seven|eight|nine))?|first|last|the first|the last)"
)
NUMBER = rf"(?:\d+(?:\.\d+)?[a-z]?(?:\s*(?:/|of)\s*\d+)?|[ivxlc]+|{WORD})"
HEADING = re.compile(
    rf"""[\s*~=_<>#+–—-]*+
    (?P<title>(?:\(?(?:part|chapter|book|act|episode|canto)\s+{NUMBER}\b\)?
      | prologue | epilogue | interlude )
    (?:\s*(?:[:.–—]|-{{1,2}})\s*(?P<name>\S.*?)?)?)
    [\s*~=_<>#+–—-]*""",
    re.IGNORECASE | re.VERBOSE,
)
SENTENCE = re.compile(r"""(?<![.])[.,;]["'”’]*$""")


class Section(NamedTuple):
    """One part's lines, `start` to `end` (exclusive); its heading, if any, stands ahead of `start`."""

    title: str
    start: int
    end: int


def title_of(text: str) -> str | None:
    """The title where a line is a part's heading: `Part One: The Harbour`, `Chapter IV - x`, `Prologue`."""
    if len(text) > LONGEST:
        return None
    match = HEADING.fullmatch(text)
    if match is None or (match["name"] and SENTENCE.search(match["name"])):
        return None
    return match["title"] if match["name"] else match["title"].rstrip(" :.–—-")


def headings(texts: Sequence[str], start: int = 0) -> dict[int, str]:
    """Lines from `start` on that stand alone and name a part, with the titles they give."""
    found: dict[int, str] = {}
    for index in range(start, len(texts)):
        title = title_of(texts[index])
        if title and _is_gap(texts, index - 1, start) and _is_gap(texts, index + 1, start):
            found[index] = title
    return found


def _is_gap(texts: Sequence[str], index: int, start: int) -> bool:
    return not start <= index < len(texts) or not texts[index].strip() or is_rule(texts[index])


def split(texts: Sequence[str], start: int, end: int, found: dict[int, str]) -> list[Section]:
    """The sections of lines `start` to `end`; headings with nothing between them make one title together."""
    sections: list[Section] = []
    titles: list[str] = []
    for index in [*(index for index in found if start <= index < end), end]:
        close = _trimmed(texts, start, index)
        if close > start:
            sections.append(Section(" · ".join(titles), start, close))
            titles = []
        titles.append(found.get(index, ""))
        start = index + 1
    return sections


def _trimmed(texts: Sequence[str], start: int, end: int) -> int:
    """`end` without the blank lines, rules and end marks of a part that close it."""
    while end > start and (not texts[end - 1].strip() or is_rule(texts[end - 1]) or is_end(texts[end - 1])):
        end -= 1
    return end
