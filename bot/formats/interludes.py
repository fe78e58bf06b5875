"""This room reads what an author says between the parts of a document: labelled notes at the edges of each."""

from collections.abc import Sequence

from bot.domain.documents import Kind, Role
from bot.formats import labels, notes
from bot.formats.parts import Section
from bot.formats.sheet import Sheet

DEEPEST = 12  # lines above a part's end among which its last note may begin
MOST = 0.5
"""Share of a part's letters that its notes may have."""


def read(sheet: Sheet, sections: Sequence[Section]) -> tuple[list[Section], list[str]]:
    """The sections without the notes at their edges, and these, each with the title of its part before it.

    Nothing is a note in a document of one part: what stands there is its header's or its tail's.
    """
    if len(sections) < 2:
        return list(sections), []
    told: list[str] = []
    rest = [_without(sheet, section, told, is_last=section is sections[-1]) for section in sections]
    return rest, told


def _without(sheet: Sheet, section: Section, told: list[str], *, is_last: bool) -> Section:
    if not section.title:
        return section
    start = _begin(sheet, section)
    end = section.end if is_last else _end(sheet, section._replace(start=start))
    noted = [*sheet.written(section.start, start), *sheet.written(end, section.end)]
    whole = sum(len(sheet.texts[index]) for index in range(section.start, section.end))
    if not noted or sum(len(sheet.texts[index]) for index in noted) > MOST * whole:
        return section
    told += [f"{section.title} – {text}" for text in _said(sheet, noted)]
    sheet.mark(noted, Kind.NOTES)
    return section._replace(start=sheet.next(start, end), end=sheet.previous(end, start) + 1)


def _begin(sheet: Sheet, section: Section) -> int:
    """The line behind the notes below a part's heading."""
    place = sheet.next(section.start, section.end)
    while place < section.end and _is_note(sheet, place):
        place = sheet.next(_close(sheet, place, section.end), section.end)
    return place


def _end(sheet: Sheet, section: Section) -> int:
    """The line on which the notes above the next heading begin: from there on all of it is of notes."""
    for first in range(max(section.start, section.end - DEEPEST), section.end):
        if _is_note(sheet, first):
            place = first
            while place < section.end and _is_note(sheet, place):
                place = sheet.next(_close(sheet, place, section.end), section.end)
            if place >= section.end:
                return first
    return section.end


def _is_note(sheet: Sheet, index: int) -> bool:
    return notes.is_sure(sheet, index) or (
        sheet.role(index) is Role.CELL
        and any(each.meaning in notes.SURE for each in labels.read(sheet.texts[index], is_cell=True))
    )


def _close(sheet: Sheet, place: int, end: int) -> int:
    """The line behind a note; a label that stands alone owns the paragraph below it, in a box all there is."""
    lines = sheet.paragraph(place, end)
    if not labels.read(sheet.texts[place], is_cell=True)[0].value.strip() and len(lines) == 1:
        lines = sheet.paragraph(sheet.next(lines.stop, end), end)
    stop = lines.stop
    while sheet.role(place) is Role.CELL:
        below = sheet.next(stop, end)
        if below >= end or sheet.role(below) is not Role.CELL or _is_note(sheet, below):
            break
        stop = below + 1
    return min(stop, end)


def _said(sheet: Sheet, noted: Sequence[int]) -> list[str]:
    """The notes, each from its label on."""
    texts: list[str] = []
    for index in noted:
        text = sheet.texts[index].strip()
        if _is_note(sheet, index) or not texts:
            texts.append(text)
        else:
            texts[-1] += f"{' ' if texts[-1].endswith(':') else chr(10)}{text}"
    return texts
