"""This room reads a document that holds one story, or a part of one."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.documents import (
    Contact,
    ContactKind,
    DocumentKind,
    Evidence,
    Kind,
    Manuscript,
    PartLabel,
    Reading,
    Role,
    Source,
)
from bot.domain.models import Paragraph, Part
from bot.formats import addresses, contents, draft, heading, interludes, notes, partlabels, parts, people, prose
from bot.formats.contents import Contents
from bot.formats.draft import Draft
from bot.formats.notes import Tail
from bot.formats.outside import Outside
from bot.formats.parts import Section
from bot.formats.scan import Header
from bot.formats.sheet import Sheet

GUESS = 0.2


def read(
    sheet: Sheet, source: Source, around: Outside, head: Header, listed: Contents | None, end: int, name: str
) -> Reading | None:
    """None where nothing tells a title, not even the document's name; `listed` are its parts, where it lists them."""
    first = listed.end if listed else head.end
    found = headings(sheet, first, end, sure=bool(around.title)) | _listed(sheet, listed)
    found = dict(sorted(found.items()))
    tail = notes.read(sheet, first, end, frozenset(found))
    made = draft.made(head, around.found, tail.found)
    sections = [_unsigned(each, made) for each in parts.split(sheet, first, tail.start, found)]
    sections, between = interludes.read(sheet, sections)
    made.before += _ahead(sheet, head.end, listed.start) if listed else []
    made.after[:0] = between
    told = blocks(sheet, first, tail.start, sections)
    mark(sheet, first, tail.start, sections, found)
    _named(made, name)
    if not made.has("title"):
        return None
    contacts = tuple(_contacts(sheet, head, tail.start, around))
    if not any(isinstance(block, Paragraph) for part in told for block in part.blocks):
        return _textless(source, made, contacts)
    _close(made, tail)
    story = Manuscript(**made.fields(), parts=_titled(told, around.part_title))
    label = _label(made, sections, name)
    return Reading(kind=DocumentKind.STORY, format=source.format, manuscripts=(story,), part=label, contacts=contacts)


def _textless(source: Source, made: Draft, contacts: tuple[Contact, ...]) -> Reading:
    """A title page, say: what it tells belongs to the book that it stands in, if it stands in one."""
    front = Manuscript(**made.fields())
    return Reading(
        kind=DocumentKind.OTHER,
        format=source.format,
        manuscripts=(front,),
        contacts=contacts,
        warnings=("It has no text.",),
    )


def _unsigned(section: Section, made: Draft) -> Section:
    """A part's title without its author, who is the story's."""
    if " by " not in section.title:
        return section
    authors = made.values["authors"]
    told = heading.read(section.title, author=" & ".join(authors))
    return (
        section._replace(title=told.title)
        if told.title and people.read(told.author or "").authors == authors
        else section
    )


def _ahead(sheet: Sheet, start: int, end: int) -> list[str]:
    """What stands between a header and the list of its parts: notes, and the list's own heading."""
    texts: list[str] = []
    for index in sheet.written(start, end):
        if sheet.kinds[index] is None and not sheet.is_rule(index):
            is_frame = contents.is_frame(sheet.texts[index])
            sheet.kinds[index] = Kind.FURNITURE if is_frame else Kind.NOTES
            texts += [] if is_frame else [sheet.texts[index].strip()]
    return ["\n".join(texts)] if texts else []


def _listed(sheet: Sheet, listed: Contents | None) -> dict[int, str]:
    """The headings that a list of contents leads to; the list itself only leads about the page."""
    if listed is None:
        return {}
    sheet.fill(listed.start, listed.end, Kind.FURNITURE)
    return {each.line: " ".join(sheet.texts[each.line].split()) for each in listed.headed}


def _close(made: Draft, tail: Tail) -> None:
    made.warnings += tail.warnings
    if tail.status and not made.has("status"):
        made.values["status"] = tail.status
        made.evidence["status"] = Evidence(tail.start + 1, 0.9)


def _titled(told: tuple[Part, ...], title: str) -> tuple[Part, ...]:
    """The only part under the title that its container has for it."""
    return (told[0]._replace(title=title),) if title and len(told) == 1 and not told[0].title else told


def headings(sheet: Sheet, start: int, end: int, *, sure: bool) -> dict[int, str]:
    """The part headings; a heading that words and numbers do not betray counts where the page marks it as one."""
    return parts.all_headings(sheet, start, end) if sure else parts.headings(sheet, start, end)


def blocks(sheet: Sheet, start: int, end: int, sections: Sequence[Section]) -> tuple[Part, ...]:
    """The text of each section, all in the layout of the whole."""
    layout = prose.layout_of(sheet.lines[start:end])
    return tuple(Part(each.title, prose.read(sheet.lines[each.start : each.end], layout)) for each in sections)


def mark(sheet: Sheet, start: int, end: int, sections: Iterable[Section], found: Iterable[int]) -> None:
    """Lines within a section are text; those between two close a part or head the next."""
    for section in sections:
        sheet.fill(section.start, section.end, Kind.TEXT)
    sheet.mark((index for index in found if start <= index < end), Kind.FIELDS)
    sheet.fill(start, end, Kind.FURNITURE)


def _named(made: Draft, name: str) -> None:
    """A title guessed from the document's name where the text has none."""
    guess = partlabels.title_of_path(name) if name and not made.has("title") else ""
    if guess:
        made.values["title"] = guess
        made.evidence["title"] = Evidence(0, GUESS)
        made.warnings.append(f"No title stands in the text; “{guess}” was guessed from the name of the file.")


def _label(made: Draft, sections: Sequence[Section], name: str) -> PartLabel | None:
    """Which part the document is: by its title, by the heading of its only part, else by its name."""
    own = parts.label_of(sections)
    if made.part is None:
        return own or (partlabels.of_path(name) if len(sections) == 1 else None)
    return (
        made.part
        if made.part.title or own is None or own.number != made.part.number
        else made.part._replace(title=own.title)
    )


def _contacts(sheet: Sheet, head: Header, tail: int, around: Outside) -> Iterator[Contact]:
    """Ways to people in the header, the tail and the mail header, each once."""
    found = dict.fromkeys(around.contacts)
    ahead = (index for index in range(head.end) if sheet.role(index) is not Role.MAIL)
    for index in (*ahead, *range(tail, len(sheet))):
        found |= dict.fromkeys(contacts_of(sheet, index))
    for each in head.found:
        if each.meaning == "name" and people.is_name(each.value):
            found[Contact(ContactKind.NAME, each.value, each.line + 1)] = None
    if head.byline:
        for alias in people.read(head.byline.value).aliases:
            found[Contact(ContactKind.NAME, alias, head.byline.line + 1)] = None
    seen: set[tuple[ContactKind, str]] = set()
    for each in found:
        if (each.kind, each.value) not in seen:
            seen.add((each.kind, each.value))
            yield each


def contacts_of(sheet: Sheet, index: int) -> Iterator[Contact]:
    line = sheet.lines[index]
    for each in addresses.find(line.text):
        yield Contact(each.kind, each.value, index + 1)
    for link in line.links:
        found = addresses.of_link(link.target)
        if found:
            yield Contact(found.kind, found.value, index + 1)
