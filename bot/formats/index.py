"""This room tells pages of structure from stories, and reads where they lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.documents import DocumentKind, Entry, Kind, Manuscript, Reading, Role, Source
from bot.formats import asides, draft, frames, furniture, header, heading, labels, people, rows, single
from bot.formats.rows import Setting
from bot.formats.scan import Header
from bot.formats.sheet import Sheet

LOOSE = 400  # characters of prose that a page of links may have, and
LOOSE_PER_ROW = 100  # for each row
BESIDE = 800  # characters of description that rows have on the average
LONGEST_BETWEEN = 2_000  # characters between two rows: more is a story with a row of links above and below
OF_A_STORY = frozenset(
    ("rating_raw", "description", "spoilers", "cautions", "tags", "fandom", "status", "disclaimer", "note", "written")
)
DIALOGUE = re.compile(r"[\"“][^\"”]{2,300}[,.!?][\"”]")


@dataclass(slots=True)
class Page:
    """A page of structure in the making."""

    headings: list[str] = field(default_factory=list[str])
    entries: list[Entry] = field(default_factory=list[Entry])
    authors: tuple[str, ...] = ()
    series: str = ""
    header: Header | None = None


def read(sheet: Sheet, source: Source, start: int, end: int) -> Reading | None:
    """None where the document is no page of structure: it has no rows of links, or more text than they explain."""
    if framed := frames.read(sheet, source):
        return framed
    linked = _linked(sheet, start, end)
    if not linked or not _is_structure(sheet, linked, start, end):
        return None
    page = Page()
    _top(sheet, page, start, linked[0])
    _walk(sheet, page, linked, start, end)
    return _told(sheet, source, page)


def _linked(sheet: Sheet, start: int, end: int) -> list[int]:
    """The rows of links; a heading that is one by itself is the page's own title."""
    found = [index for index in range(start, end) if sheet.lines[index].links and rows.is_row(sheet, index)]
    headed = [index for index in found if sheet.lines[index].role is Role.HEADING]
    return [index for index in found if index not in headed] if len(headed) == 1 else found


def _is_structure(sheet: Sheet, linked: list[int], start: int, end: int) -> bool:
    """Whether rows are what the page is there for: little prose stands about them, and hardly any dialogue."""
    count = sum(len(rows.targets(sheet, index)) for index in linked)
    around = [index for index in range(start, linked[0]) if _is_prose(sheet, index)]
    if _size(sheet, around) > LOOSE and _is_headed(sheet, start, around[0]):
        return False
    beside: list[int] = []
    for index, below in zip(linked, [*linked[1:], end], strict=True):
        between = [each for each in range(index + 1, below) if _is_prose(sheet, each)]
        size = _size(sheet, between)
        if size > LONGEST_BETWEEN or (size > LOOSE and _is_headed(sheet, index, between[0])):
            return False
        own = _description(sheet, index, end) if below == end else len(between)
        beside += between[:own]
        around += between[own:]
    speech = sum(DIALOGUE.search(sheet.texts[each]) is not None for each in (*around, *beside))
    if count == 1 or not any(_is_here(sheet, index) for index in linked):
        return _size(sheet, [*around, *beside]) <= LOOSE // 2 and not speech
    fits = _size(sheet, around) <= LOOSE + LOOSE_PER_ROW * count and _size(sheet, beside) <= BESIDE * count
    return fits and speech <= 1 + count // 5


def _is_headed(sheet: Sheet, start: int, end: int) -> bool:
    """Whether a title and who wrote it stand there as fields: what follows is that story's text, and no description."""
    said = (labels.read(sheet.texts[index]) for index in range(start, end))
    return {"title", "authors"} <= {each.meaning for fields in said for each in fields if each.value.strip()}


def _is_here(sheet: Sheet, index: int) -> bool:
    """Whether a row leads to a document beside this one, and not to some other site."""
    return any("://" not in link.target for link in rows.targets(sheet, index))


def _size(sheet: Sheet, lines: list[int]) -> int:
    return sum(len(sheet.texts[index]) for index in lines)


def _description(sheet: Sheet, index: int, end: int) -> int:
    """How many lines of prose below the last row are of that row."""
    row = rows.read(sheet, index, end, Setting(), ())
    return sum(_is_prose(sheet, each) for each in row.lines if each > index)


def _is_prose(sheet: Sheet, index: int) -> bool:
    """Whether a line is none of what a page of structure has beside its rows."""
    if (
        sheet.is_gap(index)
        or sheet.kinds[index] is not None
        or sheet.lines[index].role in (Role.HEADING, Role.TITLE, Role.CELL, Role.LINKS)
    ):
        return False
    text = sheet.texts[index]
    if len(text) <= heading.LONGEST and (heading.byline(text) is not None or furniture.is_furniture(sheet, index)):
        return False
    return not labels.read(text) and not asides.is_contact(text) and asides.OWNERSHIP.search(text) is None


def _top(sheet: Sheet, page: Page, start: int, end: int) -> None:
    """What stands above the first row: the page's headings, and for a story's own page its header."""
    found = page.header = header.read(sheet, start, end)
    first = found.headline or found.page_title
    for index in range(start, end):
        if sheet.lines[index].role is Role.HEADING or (found.headline and index == found.headline.line):
            page.headings.append(" ".join(sheet.texts[index].split()))
            sheet.kinds[index] = Kind.FIELDS
    if first and not page.headings:
        page.headings.append(" ".join(first.text.split()))
    told = found.byline or next((each for each in found.found if each.meaning == "authors"), None)
    page.authors = people.read(told.value).authors if told else ()
    named = next((each.value for each in found.found if each.meaning == "series"), "")
    page.series = heading.series_name(named) or (rows.section_of(page.headings[0]).series if page.headings else "")


def _walk(sheet: Sheet, page: Page, linked: list[int], start: int, end: int) -> None:
    """Row by row, with the section's heading that each stands under."""
    own = _author(page)
    base = Setting((own,)) if own else Setting(page.authors, page.series)
    base = base._replace(rating_raw=_whole_rating(sheet, start, end))
    section, columns = base, tuple[str, ...]()
    place = start
    for index in linked:
        for above in range(place, index):
            columns = rows.columns_of(sheet, above) or columns
            section = _section(sheet, above, base, section)
        columns = columns or _columns_above(sheet, index)
        row = rows.read(sheet, index, end, section, columns)
        sheet.mark((each for each in row.lines if not sheet.is_blank(each)), Kind.FIELDS)
        page.entries += row.entries
        place = max(row.lines.stop, index + 1)


def _whole_rating(sheet: Sheet, start: int, end: int) -> str:
    """What the page says of all its stories, above or below them."""
    for index in range(start, end):
        if rating := rows.whole_rating(sheet.texts[index]):
            sheet.kinds[index] = Kind.FIELDS
            return rating
    return ""


def _columns_above(sheet: Sheet, index: int) -> tuple[str, ...]:
    """A table's first row, right above its first link."""
    last = sheet.previous(index)
    while last > 0 and not sheet.is_blank(last - 1):
        last -= 1
    return rows.columns_of(sheet, last) if last >= 0 else ()


def _section(sheet: Sheet, index: int, base: Setting, section: Setting) -> Setting:
    """What a line between two rows says of the rows below; no line but a heading says anything."""
    text = sheet.texts[index].strip()
    if sheet.is_gap(index) or sheet.lines[index].links:
        return section
    told = rows.section_of(text) if len(text) <= 100 else Setting()
    if sheet.lines[index].role is not Role.HEADING and not any(told):
        return section
    sheet.kinds[index] = Kind.FIELDS
    named = " ".join(text.split()) if sheet.lines[index].role is Role.HEADING and not any(told) else ""
    return Setting(told.authors or base.authors, told.series or base.series, told.rating_raw or base.rating_raw, named)


def _author(page: Page) -> str:
    return next((name for text in page.headings if (name := rows.author_of(text))), "")


def _told(sheet: Sheet, source: Source, page: Page) -> Reading:
    author = _author(page)
    name = author or (heading.read(page.headings[0], author=" & ".join(page.authors)).title if page.headings else "")
    entries = rows.parts_of(page.entries, name)
    for index in range(len(sheet)):
        if sheet.kinds[index] is None and not sheet.is_blank(index):
            sheet.kinds[index] = Kind.UNCLASSIFIED if _is_prose(sheet, index) else Kind.FURNITURE
    return Reading(
        kind=DocumentKind.AUTHOR if author else DocumentKind.INDEX,
        format=source.format,
        entries=tuple(entries),
        heading=name,
        manuscripts=tuple(_fronts(page)),
        contacts=tuple(each for index in range(len(sheet)) for each in single.contacts_of(sheet, index)),
    )


def _fronts(page: Page) -> Iterator[Manuscript]:
    """What the page of a story's parts says of the story, beyond its title and who wrote it."""
    if page.header and any(each.meaning in OF_A_STORY for each in page.header.found):
        yield Manuscript(**draft.made(page.header, ()).fields())
