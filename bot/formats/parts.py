"""This room finds the parts of a story that stand in one document."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.domain.documents import Kind, PartLabel, Role
from bot.formats import furniture, partlabels
from bot.formats.ends import is_end
from bot.formats.sheet import Sheet

LONGEST = 80  # characters of a part's heading in plain text
LONGEST_HEADING = 160  # of one that is marked as a heading
ORNAMENT = " \t*~=_<>#+\xa0"
START = re.compile(
    r"[\s*~=_<>#+–—([-]{0,60}(?:(?P<word>part|chapter|book|act|episode|canto|section|volume|prologue|epilogue|interlude|installment|instalment"
    r"|prelude|postlude|coda|the\s+(?:first|last|second|third))\b|(?P<number>\d{1,3}|[IVXL]{1,7})[.):\s*~=_<>#+–—-]*$)",
    re.IGNORECASE,
)
HEADING = re.compile(
    rf"""(?P<title>[(\[]*(?:(?:the\s+)?{partlabels.DIVISION}\s{{1,3}}\#?\s?(?:{partlabels.NUMBER}|the\s+(?:first|last))(?:{partlabels.TOTAL})?
      | the\s+(?:first|last|{partlabels.WORD})\s+{partlabels.DIVISION}
      | prologue|epilogue|prelude|postlude|interlude|coda)\b[)\]]*\s*
    (?:(?:[:.–—]|-{{1,3}})\s*[:.–—-]{{0,3}}\s*(?P<name>\S.*?)?|(?P<called>["“].*["”]))?)""",
    re.IGNORECASE | re.VERBOSE,
)
SENTENCE = re.compile(r"""(?<![.])[.,;]["'”’]*$""")
MOST_OF_HEADINGS = 0.3
"""Share of a text's letters in headings from which on they are only how that text is set."""


class Section(NamedTuple):
    """One part's lines, `start` to `end` (exclusive); its heading, if any, stands ahead of `start`."""

    title: str
    start: int
    end: int


def title_of(text: str) -> str | None:
    """The title where a line is a part's heading: `Part One: The Harbour`, `Chapter IV - x`, `Prologue`."""
    if len(text) > LONGEST:
        return None
    match = HEADING.fullmatch(text.strip(ORNAMENT + "–—-").strip())
    if match is None or (match["name"] and SENTENCE.search(match["name"]) and not match["title"].isupper()):
        return None
    title = match["title"].strip()
    return title if match["name"] or match["called"] else title.rstrip(" :.–—-").strip("()[]")


def headings(sheet: Sheet, start: int = 0, end: int | None = None) -> dict[int, str]:
    """Lines from `start` on that stand alone and name a part, with the titles they give."""
    end = len(sheet) if end is None else end
    worded: dict[int, str] = {}
    numbered: dict[int, str] = {}
    texts = sheet.texts
    for index in range(start, end):
        text = texts[index]
        if not text or len(text) > LONGEST or not (match := START.match(text)):
            continue
        if _stands_alone(sheet, index, start, end) and sheet.role(index) is not Role.LINKS:
            if match["word"]:
                worded |= {index: title} if (title := title_of(text)) else {}
            else:
                numbered[index] = text.strip()
    marked = {} if worded else _marked(sheet, start, end)
    return dict(sorted({**(worded or marked or _counted(numbered)), **(marked if worded else {})}.items()))


def all_headings(sheet: Sheet, start: int, end: int) -> dict[int, str]:
    """With those that only the page's markup calls so."""
    found = headings(sheet, start, end)
    return dict(sorted({**_marked(sheet, start, end), **found}.items()))


def _marked(sheet: Sheet, start: int, end: int) -> dict[int, str]:
    """Lines that the page itself marks as headings, unless most of the text is set so."""
    found = [
        index
        for index in range(start, end)
        if sheet.lines[index].role is Role.HEADING and len(sheet.texts[index]) <= LONGEST_HEADING
    ]
    written = sum(len(sheet.texts[index]) for index in range(start, end))
    if sum(len(sheet.texts[index]) for index in found) > MOST_OF_HEADINGS * written:
        return {}
    return {
        index: sheet.texts[index].strip()
        for index in found
        if not sheet.is_gap(index) and not is_end(sheet.texts[index])
    }


def _counted(found: dict[int, str]) -> dict[int, str]:
    """Bare numbers head parts only where they count from one."""
    values = [partlabels.of_number(text.strip(" \t.():*~=_<>#+–—-")) for text in found.values()]
    counts = len(values) > 1 and [value and value[0] for value in values] == list(range(1, len(values) + 1))
    return found if counts else {}


def _stands_alone(sheet: Sheet, index: int, start: int, end: int) -> bool:
    before = index <= start or sheet.is_gap(index - 1)
    return (before and (index + 1 >= end or sheet.is_gap(index + 1))) or sheet.lines[index].role is Role.HEADING


def split(sheet: Sheet, start: int, end: int, found: dict[int, str]) -> list[Section]:
    """The sections of lines `start` to `end`; headings with nothing between them make one title together."""
    sections: list[Section] = []
    titles: list[str] = []
    for index in [*(index for index in found if start <= index < end), end]:
        start = _begun(sheet, start, index)
        close = _trimmed(sheet, start, index)
        if close > start:
            sections.append(Section(" · ".join(filter(None, titles)), start, close))
            titles = []
        titles.append(found.get(index, ""))
        start = index + 1
    return sections


def _begun(sheet: Sheet, start: int, end: int) -> int:
    """`start` without the rows of links that a page has between a part's heading and its text."""
    place = start
    while place < end and (sheet.is_gap(place) or _leads_about(sheet, place)):
        place += 1
        start = place if not sheet.is_gap(place - 1) else start
    return start


def _leads_about(sheet: Sheet, index: int) -> bool:
    return furniture.is_navigation(sheet.texts[index]) or furniture.is_link_row(sheet, index)


def _trimmed(sheet: Sheet, start: int, end: int) -> int:
    """`end` without the blank lines, rules, end marks and known furniture of a part that close it."""
    while end > start and (
        sheet.is_gap(end - 1)
        or is_end(sheet.texts[end - 1])
        or sheet.kinds[end - 1] not in (None, Kind.TEXT)
        or _leads_about(sheet, end - 1)
    ):
        end -= 1
    return end


def label_of(sections: Sequence[Section]) -> PartLabel | None:
    """The part that a document is, where it has no more than one and a heading says which."""
    if len(sections) != 1 or not sections[0].title:
        return None
    for title in sections[0].title.split(" · "):
        if label := partlabels.of_heading(title):
            return label
    return None


def gaps(sections: Sequence[Section]) -> Iterator[range]:
    """The lines between sections."""
    return (range(one.end, other.start) for one, other in pairwise(sections))
