"""This room reads one document as a manuscript, and accounts for each of its bytes."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.domain.errors import Unreadable
from bot.domain.models import Kind, Manuscript, Paragraph, Part, Range
from bot.formats import furniture, header, parts, prose, source
from bot.formats.parts import Section

WEB_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def read(data: bytes) -> Manuscript:
    """The whole of a document.

    Raises Unreadable with a clause such as "it has no title", for the caller to put the document's name before.
    """
    decoded = source.decode(data)
    texts = [line.text for line in decoded.lines]
    _refuse_web_page(texts)
    head = header.read(texts)
    if not head.title:
        raise Unreadable("it has no title; begin it with a line such as “Title -- by Author”")
    start = len(head.kinds)
    headings = parts.headings(texts, start)
    tail = furniture.tail(texts, start, frozenset(headings))
    sections = parts.split(texts, start, tail.start, headings)
    told = _told(texts, start, tail.start, sections)
    if not any(isinstance(block, Paragraph) for part in told for block in part.blocks):
        raise Unreadable("it has no text")
    kinds = [*head.kinds, *_kinds(texts, start, tail.start, sections, headings), *tail.kinds]
    return Manuscript(
        title=head.title,
        author=head.author,
        series=head.series or None,
        rating=head.rating,
        rating_raw=head.rating_raw,
        description=head.description,
        spoilers=tuple(head.spoilers),
        note="\n".join(head.notes),
        disclaimer=head.disclaimer,
        links=head.links,
        status=head.status or tail.status,
        parts=told,
        ranges=_ranges(decoded.lines, kinds),
        warnings=(*decoded.repairs, *head.warnings, *tail.warnings),
    )


def account(ranges: Iterable[Range]) -> dict[Kind, int]:
    """Bytes of each kind; all kinds are named, and together they are the whole document."""
    sizes = Counter[Kind]()
    for each in ranges:
        sizes[each.kind] += each.end - each.start
    return {kind: sizes[kind] for kind in Kind}


def _refuse_web_page(texts: Sequence[str]) -> None:
    first = next(text for text in texts if text.strip())
    if WEB_PAGE.match(first):
        raise Unreadable("it is a web page (HTML), and only plain text is read; save it as text")


def _told(texts: Sequence[str], start: int, end: int, sections: Sequence[Section]) -> tuple[Part, ...]:
    layout = prose.layout_of(texts[start:end])
    return tuple(Part(each.title, prose.read(texts[each.start : each.end], layout)) for each in sections)


def _kinds(
    texts: Sequence[str], start: int, end: int, sections: Sequence[Section], headings: Iterable[int]
) -> list[Kind]:
    """Lines within a section are text; those between two close a part or head the next."""
    kinds = [Kind.FURNITURE] * (end - start)
    for section in sections:
        kinds[section.start - start : section.end - start] = [Kind.TEXT] * (section.end - section.start)
    for index in headings:
        if index < end:
            kinds[index - start] = Kind.FIELDS
    return [
        kind if text and not text.isspace() else Kind.BLANK for kind, text in zip(kinds, texts[start:end], strict=True)
    ]


def _ranges(lines: Sequence[source.Line], kinds: Sequence[Kind]) -> tuple[Range, ...]:
    """Neighbouring lines of one kind as one range."""
    ranges: list[Range] = []
    for kind, run in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        held = [line for _, line in run]
        ranges.append(Range(held[0].start, held[-1].end, kind))
    return tuple(ranges)
