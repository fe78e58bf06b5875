"""This room reads the rows of an index page: where each leads, and what stands beside it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.domain.documents import Entry, Hyperlink, PartLabel, Role
from bot.domain.models import Rating
from bot.formats import addresses, furniture, heading, labels, partlabels, people, ratings
from bot.formats.sheet import Sheet

MOST_CELLS = 12  # of a row
LEAD = 14  # characters that may stand ahead of a row's link: a bullet, a number, a date
LONGEST_DESCRIPTION = 2_000
ELSEWHERE = re.compile(
    r"""\s*(?:mailto[:;]|javascript:|news:|ftp:|irc:|[\#?]
    |(?:\.{0,2}[/\\]){0,9}(?:\.\.)?(?:(?:index|main|home|default)\.\w{2,5})?\s*$)""",
    re.IGNORECASE | re.VERBOSE,
)
FORMATS = frozenset(
    [
        "txt",
        "text",
        "html",
        "htm",
        "doc",
        "pdf",
        "zip",
        "epub",
        "rtf",
        "word",
        "plain",
        "here",
        "mobi",
        "azw3",
        "e-mail",
        "email",
        "mail",
        "next",
        "previous",
        "prev",
    ]
)
ABOUT = frozenset(
    ("authors", "contact", "series", "tags", "fandom", "cautions", "spoilers", "status", "language", "written")
)
"""Fields that may be links and lead to no story."""
RATED = re.compile(
    r"""[(\[{]\s*(?i:rated:?\s+|rating:?\s+)?(?P<inner>[^()\[\]{}]{1,30}?)\s*[)\]}]
    |\b(?i:rated|rating)\s*:?\s+(?P<said>[\w+-]{1,12})
    |(?:^|\s?[-–—,:]\s+)(?P<bare>(?:NC-?17|PG-?13|PG|R|G|K\+?|T|MA?|X)(?![\w+'-]))(?=\s*(?:$|[-–—,.;:)]))""",
    re.VERBOSE,
)
BY = re.compile(
    r"^[\s\W]{0,6}\bby:?\s+(?P<names>.+?)(?=\s+[-–—:|]\s|\s*[(\[{]|\s{3,}|(?<=[a-z]{2})\.\s|\n|$)", re.IGNORECASE
)
PARTS_BELOW = re.compile(r"\s*\b(?:chapters?|parts?)\s*:?(?=\s*(?:$|[)\]|(]))", re.IGNORECASE)
LEADING = re.compile(r"^[\s\-–—:,.|*•·]+|[\s\-–—:,|*•·]+$")


class Row(NamedTuple):
    """A row of the page: its lines, and where it leads."""

    lines: range
    entries: tuple[Entry, ...]


class Setting(NamedTuple):
    """What the page or the section that a row stands in says of all its rows."""

    authors: tuple[str, ...] = ()
    series: str = ""
    rating_raw: str = ""
    section: str = ""  # its heading


def targets(sheet: Sheet, index: int) -> list[Hyperlink]:
    """The links of a line that lead to other documents and are no way about the site."""
    line = sheet.lines[index]
    return [
        link
        for link in line.links
        if ELSEWHERE.match(link.target) is None and _is_title(line.text[link.start : link.end])
    ]


def _is_title(text: str) -> bool:
    text = text.strip(" []()|<>*:.")
    if not text or text.lower() in FORMATS or furniture.ANSWERING.fullmatch(text):
        return False
    return furniture.PIECE.fullmatch(text) is None or bool(part_of(text))


def part_of(text: str) -> str:
    """The label of a part, "" for a title."""
    text = text.strip(" []()|*")
    label = partlabels.of_heading(text) or (
        partlabels.made(text.strip("#. ")) if text.strip("#. ").isdigit() and len(text) < 4 else None
    )
    return label.label if label else ""


def is_row(sheet: Sheet, index: int) -> bool:
    """Whether a line is a row of an index: it begins with its link, or is nothing else, or a cell."""
    links = targets(sheet, index)
    if not links:
        return False
    line = sheet.lines[index]
    if line.role in (Role.LINKS, Role.CELL, Role.HEADING):
        return True
    lead = line.text[: links[0].start]
    if lead.strip() and (_is_about(line.text) or _is_author(line.text, links[0])):
        return False
    return len(lead.strip()) <= LEAD and not re.search(r"[a-z]{3,}\s+[a-z]{3,}", lead)


def _is_about(text: str) -> bool:
    """Whether a line begins with the label of a field that leads to no story: "Series: Low Water", "Story URL: …"."""
    said = labels.read(text)
    return bool(said) and said[0].meaning in ABOUT


def read(sheet: Sheet, first: int, end: int, setting: Setting, columns: Sequence[str]) -> Row:
    """The row that begins with line `first`; it goes on to the next row, heading, rule or second blank line."""
    lines = range(_begin(sheet, first), _close(sheet, first, end))
    line = sheet.lines[first]
    links = targets(sheet, first)
    found = [_entry(sheet, first, link, setting) for link in links if not _is_author(line.text, link)]
    found = found or [_entry(sheet, first, links[0], setting)]
    if len(found) == 1 or (not found[0].part and all(each.part for each in found[1:])):
        beside = _beside(sheet, first, lines, links)
        cells = _columned(sheet, lines, columns)
        found[0] = _told(found[0], beside, cells)
    return Row(lines, tuple(found))


def _begin(sheet: Sheet, first: int) -> int:
    """A number or date in a cell ahead of the link's belongs to the row."""
    while first > 0 and sheet.role(first - 1) is Role.CELL and sheet.role(first) in (Role.CELL, Role.LINKS):
        first -= 1
    return first


def _close(sheet: Sheet, first: int, end: int) -> int:
    place, close, size = first + 1, first + 1, 0
    while place < end and size < LONGEST_DESCRIPTION:
        if sheet.is_blank(place) and sheet.is_blank(place + 1) and place + 1 < end:
            break
        if sheet.is_rule(place) or sheet.role(place) in (Role.HEADING, Role.CONTROL) or is_row(sheet, place):
            break
        if whole_rating(sheet.texts[place]):
            break
        if not sheet.is_blank(place):
            if furniture.is_navigation(sheet.texts[place]) or _opens_row(sheet, place, end) or _leads(sheet, place):
                break
            size += len(sheet.texts[place])
            close = place + 1
        place += 1
    return close


def _leads(sheet: Sheet, place: int) -> bool:
    """Whether a line has a link that leads about the site: it is no row's."""
    line = sheet.lines[place]
    return any(furniture.PIECE.fullmatch(line.text[link.start : link.end].strip()) for link in line.links)


def _opens_row(sheet: Sheet, place: int, end: int) -> bool:
    """Whether a cell is the first of the next row: a link's cell follows it."""
    last = min(place + MOST_CELLS, end)
    while place < last and sheet.role(place) is Role.CELL and not is_row(sheet, place):
        place += 1
    return (
        place < last
        and sheet.role(place - 1) is Role.CELL
        and is_row(sheet, place)
        and sheet.role(place) in (Role.CELL, Role.LINKS)
    )


def _is_author(text: str, link: Hyperlink) -> bool:
    """Whether a link stands behind "by": it leads to its author's page."""
    return f" {text[: link.start]}".rstrip().lower().endswith((" by", "by:"))


def _entry(sheet: Sheet, index: int, link: Hyperlink, setting: Setting) -> Entry:
    title = " ".join(sheet.lines[index].text[link.start : link.end].split()).strip("*_ ")
    return Entry(
        link.target.strip(),
        heading.unquoted(title) or title,
        index + 1,
        setting.authors,
        setting.series,
        setting.rating_raw,
        part=part_of(title),
        section=setting.section,
    )


def _beside(sheet: Sheet, first: int, lines: range, links: Sequence[Hyperlink]) -> str:
    rest = [_unlinked(sheet.lines[first].text, links)]
    rest += [sheet.texts[index] for index in lines if index > first and not sheet.is_blank(index)]
    return "\n".join(rest).strip()


def _unlinked(text: str, links: Sequence[Hyperlink]) -> str:
    """What stands behind a row's link, without the links to its parts and what leads up to them."""
    for link in reversed(links[1:]):
        if part_of(text[link.start : link.end]):
            text = text[: link.start].rstrip(" ,|-[(") + text[link.end :]
    return PARTS_BELOW.sub("", text[links[0].end :])


def _columned(sheet: Sheet, lines: range, columns: Sequence[str]) -> Mapping[str, str]:
    """The cells of a row by the meaning of their columns, where the table has a row that names these."""
    cells = [sheet.texts[index] for index in lines if not sheet.is_blank(index)]
    return dict(zip(columns, cells, strict=True)) if len(cells) == len(columns) else {}


def _told(entry: Entry, beside: str, cells: Mapping[str, str]) -> Entry:
    """With what stands beside the link: who wrote it, its rating, what it is about."""
    if cells:
        authors = people.read(cells.get("authors", "")).authors or entry.authors
        return entry._replace(
            authors=authors,
            rating_raw=cells.get("rating_raw", entry.rating_raw),
            description=_public(cells.get("description", "")),
            series=cells.get("series", entry.series),
        )
    rating, beside = _rating(beside)
    authors, beside = _authors(beside)
    fields = (
        {each.meaning: each.value for line in beside.split("\n") for each in labels.read(line)} if ":" in beside else {}
    )
    return entry._replace(
        authors=authors or people.read(fields.get("authors", "")).authors or entry.authors,
        rating_raw=fields.get("rating_raw", rating or entry.rating_raw).strip(),
        series=fields.get("series", entry.series).strip(),
        description=_public(fields.get("description", "" if fields else beside)),
    )


def _authors(beside: str) -> tuple[tuple[str, ...], str]:
    match = BY.match(beside)
    if match is None or not heading.is_named(match["names"]):
        return (), beside
    return people.read(match["names"]).authors, beside[match.end() :]


def _rating(beside: str) -> tuple[str, str]:
    for match in RATED.finditer(beside[:400]):
        raw = match["inner"] or match["said"] or match["bare"]
        if ratings.read(raw) is not Rating.UNRATED:
            return raw, beside[: match.start()] + " " + beside[match.end() :]
    alone = beside.strip()
    return (alone, "") if len(alone) <= 16 and ratings.read(alone) is not Rating.UNRATED else ("", beside)


def _public(text: str) -> str:
    for found in reversed(addresses.find(text)):
        text = text[: found.start] + text[found.end :]
    return LEADING.sub("", " ".join(text.split()))


def columns_of(sheet: Sheet, index: int) -> tuple[str, ...]:
    """The meanings of a table's columns, where the row that begins at line `index` names them."""
    cells: list[str] = []
    while sheet.role(index) is Role.CELL and not sheet.lines[index].links and not sheet.is_blank(index):
        cells.append(labels.meaning_of(sheet.texts[index].strip(" :*")))
        index += 1
    return tuple(cells) if len(cells) > 1 and "title" in cells and all(cells) else ()


def section_of(text: str) -> Setting:
    """What a section's heading says of the rows below it: a rating, a series, an author."""
    text = " ".join(text.split()).strip(" :*=-–—")
    if rating := whole_rating(text):
        return Setting(rating_raw=rating)
    if len(text) <= 40 and ratings.read(text) is not Rating.UNRATED:
        return Setting(
            rating_raw=re.sub(r"(?i)^(?:rated|rating)\s*:?\s*|\s+(?:stories|fiction|fics?|rated)$", "", text)
        )
    if match := re.fullmatch(r"(?i)(?:the\s+)?(\S.{0,80}?)\s+(?:series|cycle|saga|trilogy)", text):
        return Setting(series=match[1])
    author = author_of(text)
    return Setting(authors=(author,)) if author else Setting()


WHOLE = re.compile(
    r"""\W*(?:ratings?\s+for\s+(?:all|every(?:thing|\s+\w+))\b[^:.]{0,40}:
    |(?:all|everything)\b(?:\s+(?:of|these|those|them|the|my|our|stories|fics?|fiction|here|below|above|on|this|page|are|is)){0,8}\s+rated)
    \s+(?P<raw>[A-Za-z][\w+-]{0,12}(?:\s1[37])?)(?![\w+-])""",
    re.IGNORECASE | re.VERBOSE,
)
LONGEST_WHOLE = 200
AUTHOR_PAGE = re.compile(
    r"""(?:(?:(?:fan\s?)?(?:fiction|fic|stories|works|tales|stuff|writings?|fics)|story\s+list|index)\s+(?:written\s+)?(?:by|of|from)\s+(?P<by>\S.{0,60})
    |(?P<whose>\S.{0,60}?)['’]s?\s+(?:(?:fan\s?)?(?:fiction|fic|stories|works|tales|writings?|fics)|(?:fan\s?)?(?:fiction|fic|story)\s+(?:page|index|list))
    |author:\s*(?P<label>\S.{0,60}))""",
    re.IGNORECASE | re.VERBOSE,
)
NO_PERSON = re.compile(
    r"(?:the\s+)?(?:authors?|titles?|dates?|series|ratings?|pairings?|categor(?:y|ies)|fandoms?|characters?|genres?|names?|season|year|subject)\b.*",
    re.IGNORECASE,
)


def whole_rating(text: str) -> str:
    """The rating that a line gives all stories of its page, "" where it gives none."""
    match = WHOLE.match(text) if len(text) <= LONGEST_WHOLE else None
    return match["raw"] if match and ratings.read(match["raw"]) is not Rating.UNRATED else ""


def author_of(text: str) -> str:
    """Whose page a heading says it is: "Stories by Ann", "Ann's Fiction"."""
    match = AUTHOR_PAGE.fullmatch(text.strip(" :*"))
    if match is None:
        return ""
    name = (match["by"] or match["whose"] or match["label"]).strip(" :*")
    return "" if NO_PERSON.fullmatch(name) or not heading.is_named(name) else " & ".join(people.read(name).authors)


def parts_of(entries: Sequence[Entry], title: str) -> tuple[Entry, ...]:
    """Rows of a story's own page, whose titles may be the story's with a number behind it."""
    return tuple(each if each.part else each._replace(part=_behind(each.title, title)) for each in entries)


def _behind(text: str, title: str) -> str:
    base, label = partlabels.of_title(text)
    return label.label if label and title and _key(base) == _key(title) else ""


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def labels_of(entries: Sequence[Entry]) -> Iterator[PartLabel | None]:
    return (partlabels.made(each.part) for each in entries)
