"""This room reads a page that is nothing but a set of frames: its text stands in others."""

from bot.domain.documents import DocumentKind, Entry, Kind, Reading, Role, Source
from bot.formats.sheet import Sheet

MOST = 1_000  # characters that a page of frames has for browsers without them


def read(sheet: Sheet, source: Source) -> Reading | None:
    """None where a document has no frames, or so much text beside them that it is a page itself."""
    framed = [each for each in source.fields if each.label == "frame"]
    if not framed or sum(map(len, sheet.texts)) > MOST:
        return None
    titles = [index for index in range(len(sheet)) if sheet.role(index) is Role.TITLE]
    sheet.mark(titles, Kind.FIELDS)
    sheet.fill(0, len(sheet), Kind.FURNITURE)
    return Reading(
        kind=DocumentKind.INDEX,
        format=source.format,
        entries=tuple(Entry(each.value, "", each.line) for each in framed),
        heading=" ".join(sheet.texts[titles[0]].split()) if titles else "",
    )
