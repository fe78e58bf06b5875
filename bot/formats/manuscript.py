"""This room reads one document as manuscripts or as structure, and accounts for each of its bytes."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import replace

from bot.domain.documents import DocumentKind, Evidence, Kind, Manuscript, Range, Reading, Source
from bot.domain.errors import Unreadable
from bot.formats import (
    announcements,
    anthology,
    contents,
    draft,
    edges,
    furniture,
    header,
    index,
    outside,
    replies,
    single,
)
from bot.formats.sheet import Sheet, ranges


def read(source: Source, *, name: str = "", repeated: Set[int] = frozenset()) -> Reading:
    """The whole of a document; `name` is its path, `repeated` what `Reading.edges` of others show to be furniture.

    Raises Unreadable with a clause such as "it has no title", for the caller to put the document's name before.
    """
    sheet = Sheet(source.lines)
    start, end = _framed(sheet)
    edges.mark(sheet, repeated)
    told = (
        replies.read(sheet, source)
        or announcements.read(sheet, source, name)
        or index.read(sheet, source, start, end)
        or _told(sheet, source, start, end, name)
    )
    if told is None:
        raise Unreadable("it has no title; begin it with a line such as “Title -- by Author”")
    return _accounted(source, sheet, told)


def _told(sheet: Sheet, source: Source, start: int, end: int, name: str) -> Reading | None:
    """A story, a part of one, or a book of several."""
    around = outside.read(source, sheet)
    around = around._replace(found=(*outside.of_library(sheet, start), *around.found))
    listed = contents.find(sheet, start, end)
    titles = [each.value for each in around.found if each.meaning == "title"]
    head = header.read(sheet, start, listed.start if listed else end, titles, sure=around.title)
    if listed is None:
        return single.read(sheet, source, around, head, None, end, name)
    book = draft.made(head, around.found)
    weighed = anthology.weigh(sheet, listed, book.values["title"], end)
    if weighed.confidence >= anthology.SURE:
        return anthology.read(sheet, source, anthology.Book(book, listed, end), weighed)
    told = single.read(sheet, source, around, head, listed, end, name)
    return told and replace(told, warnings=(*told.warnings, anthology.doubt(listed, weighed)))


def account(found: Iterable[Range]) -> dict[Kind, int]:
    """Bytes of each kind; all kinds are named, and together they are the whole document."""
    sizes = Counter[Kind]()
    for each in found:
        sizes[each.kind] += each.end - each.start
    return {kind: sizes[kind] for kind in Kind}


def _framed(sheet: Sheet) -> tuple[int, int]:
    """The lines inside a digital library's frame, which is furniture but for the fields in it."""
    start, end = furniture.library(sheet)
    if start or end < len(sheet):
        sheet.mark(range(end, len(sheet)), Kind.FURNITURE)
    return start, end


def _accounted(source: Source, sheet: Sheet, told: Reading) -> Reading:
    sheet.fill(0, len(sheet), Kind.UNCLASSIFIED)
    shown = [
        text for text, kind in zip(sheet.texts, sheet.kinds, strict=True) if kind is Kind.FURNITURE and text.strip()
    ]
    return replace(
        told,
        format=source.format,
        manuscripts=tuple(_numbered(source, each) for each in told.manuscripts),
        entries=tuple(each._replace(line=source.number(each.line)) for each in told.entries),
        contacts=tuple(each._replace(line=source.number(each.line)) for each in told.contacts),
        ranges=ranges(source.lines, sheet.kinds),
        furniture=tuple(shown),
        edges=edges.of(sheet) if told.kind is DocumentKind.STORY else (),
        repairs=source.repairs,
        warnings=(*source.warnings, *told.warnings),
    )


def _numbered(source: Source, story: Manuscript) -> Manuscript:
    """With the lines of its evidence counted as the file's reader counts them."""
    lines = {
        name: each if each.path or not each.line else Evidence(source.number(each.line), each.confidence)
        for name, each in story.evidence.items()
    }
    return replace(story, evidence=lines)
