"""This room reads what stands under a story: its end mark, notes, glossaries, disclaimers, the page's foot."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.documents import Kind, Role
from bot.formats import asides, furniture, labels
from bot.formats.ends import continued, is_end
from bot.formats.outside import ATTRIBUTION
from bot.formats.scan import Found
from bot.formats.sheet import Sheet

AFTERWORD = 2_000  # characters that may follow an end mark, however short the story
LONGEST_NOTES = 6_000  # characters of notes under a story with no end mark
LONGEST_SIGNATURE = 12  # lines
TAGGED = 4  # characters between a label and the first link behind it
COMMENTS = re.compile(
    r"(?:\d{1,5}\s+|(?:post|leave|add|write)\s+an?\s+(?:new\s+)?)?(?:comments?|reviews?|replies|reply)(?:\s*\(?\d{1,5}\)?)?\s*:?",
    re.IGNORECASE,
)
SHORTEST = 300  # characters of a text that stand above what its readers wrote
SURE = frozenset(("note", "after", "disclaimer"))
FRAME = frozenset(
    ("afterword", "end notes", "endnotes", "notes", "author's notes", "author’s notes", "author's note", "glossary")
)


@dataclass(slots=True)
class Tail:
    """What follows a story's text, which ends at line `start`."""

    start: int
    status: str = ""
    found: list[Found] = field(default_factory=list[Found])
    warnings: list[str] = field(default_factory=list[str])


def read(sheet: Sheet, start: int, end: int, headings: frozenset[int] = frozenset()) -> Tail:
    """The lines under the text that begins at line `start`; `headings` begin a part, which no end mark is ahead of."""
    form = furniture.form(sheet, start, end)
    close = _quotation(sheet, start, _signature(sheet, start, _comments(sheet, start, end, headings)))
    mark = _end_mark(sheet, start, close, headings)
    anchors = [place for place in (mark, min(form, default=None), _frame(sheet, start, close)) if place is not None]
    top = min((place for place in anchors if _is_the_end(sheet, start, place, close, form)), default=close)
    top = _upward(sheet, start, top)
    top = _notes_above(sheet, start, top) if mark is None or mark < top else top
    tail = Tail(top)
    sheet.mark((index for index in form if index >= top), Kind.FURNITURE)
    _read(sheet, tail, end)
    return tail


def _comments(sheet: Sheet, start: int, end: int, headings: frozenset[int]) -> int:
    """The heading that a page's readers write below, `end` where it has none; with what they wrote it is furniture."""
    last = max(headings, default=start)
    for index in range(last, end):
        if sheet.lines[index].role is Role.HEADING and COMMENTS.fullmatch(sheet.texts[index].strip()):
            sheet.mark(sheet.written(index, end), Kind.FURNITURE)
            return index
    return _replies(sheet, last, end)


def _replies(sheet: Sheet, start: int, end: int) -> int:
    """The first of several rows of links by which readers answer a text and each other."""
    found = [
        index
        for index in range(start, end)
        if sheet.role(index) is Role.LINKS and furniture.ANSWERING.fullmatch(sheet.texts[index])
    ]
    if len(found) < 2 or sum(map(len, sheet.texts[start : found[0]])) < SHORTEST:
        return end
    sheet.mark(sheet.written(found[0], end), Kind.FURNITURE)
    return found[0]


def _signature(sheet: Sheet, start: int, end: int) -> int:
    """The line that a signature begins with ("-- "), `end` where there is none; its lines are furniture."""
    lowest = max(start, end - 40)
    for index in range(end - 1, lowest - 1, -1):
        if sheet.texts[index].rstrip() == "--":
            if sum(1 for _ in sheet.written(index + 1, end)) <= LONGEST_SIGNATURE:
                sheet.mark(range(index, end), Kind.FURNITURE)
                return index
            break
    return end


def _quotation(sheet: Sheet, start: int, end: int) -> int:
    """The line on which what is answered begins, quoted below the text; `end` where it is not. It is furniture."""
    top = sheet.previous(end, start) + 1
    while top > start and (sheet.is_blank(top - 1) or sheet.texts[top - 1].startswith(">")):
        top -= 1
    first = sheet.next(top, end)
    if first >= end or not sheet.texts[first].startswith(">"):
        return end
    above = sheet.previous(first, start)
    if above < start or ATTRIBUTION.fullmatch(sheet.texts[above].strip()) is None:
        return end
    sheet.mark(sheet.written(above, end), Kind.FURNITURE)
    return above


def _frame(sheet: Sheet, start: int, end: int) -> int | None:
    """A heading that a program put under a story, with notes below."""
    for index in range(end - 1, max(start, end - 60), -1):
        if _is_frame(sheet, index):
            above = sheet.previous(index, start)
            return above if above > start and _is_frame(sheet, above) else index
    return None


def _end_mark(sheet: Sheet, start: int, end: int, headings: frozenset[int]) -> int | None:
    """The last end mark, unless it ends a part that another one follows."""
    for index in range(end - 1, start - 1, -1):
        if index in headings:
            return None
        if is_end(sheet.texts[index]):
            return index
    return None


def _is_the_end(sheet: Sheet, start: int, place: int, end: int, form: frozenset[int]) -> bool:
    """Notes may follow an end mark, but not a second story: then the mark was a line of the text."""
    after = sum(
        len(sheet.texts[index])
        for index in range(place, end)
        if index not in form and not furniture.is_edge(sheet, index)
    )
    return after <= AFTERWORD or 4 * after <= sum(map(len, sheet.texts[start:place]))


def _upward(sheet: Sheet, start: int, close: int) -> int:
    """Takes in the furniture right above, which an anchor or the document's end stands under."""
    index = close
    while index > start:
        known = (
            sheet.kinds[index - 1] is not None or furniture.is_edge(sheet, index - 1) or _is_tagged(sheet, index - 1)
        )
        if not known:
            break
        index -= 1
        if not sheet.is_blank(index):
            close = index
    return close


def _is_tagged(sheet: Sheet, index: int) -> bool:
    """Whether a line is a row of links behind a label: "Tags: one, two"."""
    line = sheet.lines[index]
    if len(line.links) == 0 or not (said := labels.read(line.text)):
        return False
    return said[0].meaning == "tags" and line.links[0].start <= len(said[0].label) + TAGGED


def _notes_above(sheet: Sheet, start: int, close: int) -> int:
    """Labelled notes at the very end of a text that has no end mark: from a label that is hardly ever dialogue on."""
    top, size = close, 0
    most = min(LONGEST_NOTES, sum(map(len, sheet.texts[start:close])) // 2)
    for index in range(close - 1, start, -1):
        size += len(sheet.texts[index])
        if size > most:
            break
        if sheet.is_gap(index - 1) and is_sure(sheet, index):
            top = index
    return _upward(sheet, start, top) if top < close else close


def is_sure(sheet: Sheet, index: int) -> bool:
    """Whether a line begins with a note's label that is hardly ever dialogue."""
    text = sheet.texts[index]
    said = labels.read(text) if text else ()
    if not said or said[0].meaning not in SURE or len(said[0].label) < 3:
        return False
    folded = labels.folded(said[0].label)
    return (
        folded not in ("note", "notes", "comments", "thanks", "rights", "legal", "preface", "copyright")
        and said[0].confidence >= 0.9
    )


def _read(sheet: Sheet, tail: Tail, end: int) -> None:
    """Gives each line of the tail its kind; what is nothing that we know is left over, and said."""
    left: list[int] = []
    place, last = tail.start, None
    while place < end:
        if sheet.is_blank(place) or sheet.kinds[place] is not None:
            place += 1
            continue
        last, place = _paragraph(sheet, tail, place, end, last, left)
    tail.warnings += _left_over(left)


def _paragraph(
    sheet: Sheet, tail: Tail, place: int, end: int, last: Found | None, left: list[int]
) -> tuple[Found | None, int]:
    text = sheet.texts[place]
    if is_end(text):
        tail.status = continued(text) or tail.status
        sheet.mark([place], Kind.FURNITURE)
        return None, place + 1
    if (
        furniture.is_furniture(sheet, place)
        or furniture.is_signpost(text)
        or furniture.is_prompt(text.strip())
        or sheet.is_rule(place)
        or _is_frame(sheet, place)
    ):
        sheet.mark([place], Kind.FURNITURE)
        return _framed(sheet, place), place + 1
    lines = _lines(sheet, place, end)
    if all(asides.is_contact(sheet.texts[index]) for index in lines) or sheet.role(place) is Role.MAIL:
        sheet.mark(lines, Kind.FURNITURE)
        return last, lines.stop
    found = _said(sheet, lines, last)
    if found is None:
        sheet.mark(lines, Kind.UNCLASSIFIED)
        left += lines
        return None, lines.stop
    sheet.mark(lines, Kind.NOTES if found.meaning in ("note", "after") else Kind.FIELDS)
    _add(tail, found, last)
    return found, lines.stop


def _is_frame(sheet: Sheet, place: int) -> bool:
    return sheet.role(place) in (Role.HEADING, Role.CELL) and sheet.texts[place].strip(" \t:").lower() in FRAME


def _framed(sheet: Sheet, place: int) -> Found | None:
    return Found("after", "", "", place, 0.9) if _is_frame(sheet, place) else None


def _lines(sheet: Sheet, place: int, end: int) -> range:
    """A paragraph, or as much of it as stands ahead of furniture."""
    lines = sheet.paragraph(place, end)
    for index in lines[1:]:
        if furniture.is_furniture(sheet, index) or is_end(sheet.texts[index]) or sheet.kinds[index] is not None:
            return range(place, index)
        if labels.read(sheet.texts[index]):
            return range(place, index)
    return lines


def _said(sheet: Sheet, lines: range, last: Found | None) -> Found | None:
    """What a paragraph under the end says; one below a note is of that note."""
    text = "\n".join(sheet.texts[index].strip() for index in lines)
    said = labels.read(
        text, is_cell=sheet.role(lines.start) is Role.CELL or len(lines) == 1 or _is_glossary(sheet, lines)
    )
    if said:
        first = said[0]
        if first.meaning in ("note", "after") and first.value.strip(" \n") and first.label.lower() != "glossary":
            return Found("note", first.label, " ".join(first.value.split()), lines.start, 0.9)
        value = text if first.meaning in ("note", "after") else " ".join(first.value.split())
        meaning = "after" if first.meaning == "note" else first.meaning
        return Found(meaning, first.label, value, lines.start, 0.9)
    if asides.COPYRIGHT.fullmatch(text):
        return None
    meaning = asides.meaning_of(sheet, lines, is_between=False)
    if meaning in ("disclaimer", "contact", "written"):
        return Found(meaning, "", " ".join(text.split()), lines.start, 0.7)
    if meaning or (last is not None and last.meaning in ("note", "after")) or _is_glossary(sheet, lines):
        return Found("after", "", text, lines.start, 0.6)
    return None


def _is_glossary(sheet: Sheet, lines: range) -> bool:
    """A line that is a label alone, with lines "word - meaning" below it."""
    pairs = sum(
        " - " in sheet.texts[index] or " = " in sheet.texts[index] or ": " in sheet.texts[index] for index in lines[1:]
    )
    return pairs > 1 and 2 * pairs >= len(lines) - 1


def _add(tail: Tail, found: Found, last: Found | None) -> None:
    """A paragraph with no label of its own goes on with the note above it."""
    goes_on = (
        last is not None
        and tail.found
        and not found.label
        and found.meaning == "after"
        and tail.found[-1].meaning in ("note", "after")
    )
    if goes_on:
        tail.found[-1] = tail.found[-1]._replace(value=f"{tail.found[-1].value}\n{found.value}".strip())
    else:
        tail.found.append(found)


def _left_over(lines: Sequence[int]) -> list[str]:
    if not lines:
        return []
    first, last = lines[0] + 1, lines[-1] + 1
    where = f"Line {first}" if first == last else f"Lines {first} to {last}"
    return [f"{where} after the end of the story could not be classified; readers are not shown this."]
