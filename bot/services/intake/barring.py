"""This room keeps what is on the do-not-import list out: whole documents, and what a book holds of it."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from bot.domain.documents import Extent, Range
from bot.formats.assembly import Work
from bot.formats.consent import Barred, held
from bot.formats.summary import Piece
from bot.services.intake.binding import Binder, Copy
from bot.services.intake.preparing import Prepared
from bot.store.packing import pack, pack_ranges, unpack, unpack_ranges

Cuts = Mapping[int, frozenset[int]]
"""By the number of a document the stories in it that must not come in."""


def reason(copy: Copy, barred: Barred) -> str | None:
    """Why a copy may not come in, a clause; None where nothing speaks against it."""
    return held(copy.edition.manuscript, copy.edition.prints, barred)


def cuts(works: Iterable[Work], binder: Binder, barred: Barred) -> Cuts:
    """Of the documents that hold several stories: they are written with the first of them, so all are judged before."""
    if not barred.authors and not barred.works:
        return {}
    works = list(works)
    books = _books(works)
    found: dict[int, set[int]] = defaultdict(set)
    for work in works:
        if any(piece.document in books for piece in _pieces(work)):
            for copy in binder.bind(work).copies:
                if reason(copy, barred) is not None:
                    for document, story in copy.pieces:
                        found[document].add(story)
    return {document: frozenset(stories) for document, stories in found.items() if document in books}


def _books(works: Iterable[Work]) -> Collection[int]:
    stories: dict[int, set[int]] = defaultdict(set)
    for work in works:
        for document, story in _pieces(work):
            stories[document].add(story)
    return {document for document, found in stories.items() if len(found) > 1}


def _pieces(work: Work) -> Iterator[Piece]:
    yield from work.pieces
    for each in work.duplicates:
        yield from each.pieces


def without(prepared: Prepared, packed: bytes, stories: Collection[int]) -> tuple[Prepared, bytes]:
    """A document as it is kept: the bytes of these stories are not in it."""
    extents = [prepared.extents[story] for story in sorted(stories)]
    content = unpack(packed)
    rest = b"".join(content[start:end] for start, end in _between(extents, len(content)))
    told = f"{len(stories)} of its stories are on the do-not-import list; their text is not kept."
    ranges = _left(unpack_ranges(prepared.ranges), _between(extents, len(content)))
    kept = prepared._replace(
        digest=hashlib.sha256(rest).digest(),
        size=len(rest),
        ranges=pack_ranges(ranges),
        warnings=(*prepared.warnings, told),
    )
    return kept, pack(rest)


def _between(extents: Sequence[Extent], size: int) -> Iterator[Extent]:
    place = 0
    for start, end in extents:
        yield Extent(place, start)
        place = end
    yield Extent(place, size)


def _left(ranges: Sequence[Range], spans: Iterable[Extent]) -> Iterator[Range]:
    """The ranges inside these spans, moved together."""
    place = 0
    for start, end in spans:
        for each in ranges:
            size = min(each.end, end) - max(each.start, start)
            if size > 0:
                yield Range(place, place + size, each.kind)
                place += size
