"""This room binds the documents of a work into an edition, and those of its other copies into others."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.domain.documents import Manuscript, PartLabel
from bot.domain.models import Page
from bot.formats.assembly import Work
from bot.formats.likeness import sketch
from bot.formats.merging import located, merge
from bot.formats.people import ANONYMOUS
from bot.formats.summary import Piece, Summary
from bot.services.intake.preparing import Prepared, Text
from bot.services.intake.staging import Stage
from bot.store.editions import Edition, Made, Relation


class Stored(NamedTuple):
    """A document that the database holds."""

    id: int


class Source(NamedTuple):
    """Story number `story` of a document, new or stored, and how many parts of an edition are from it."""

    document: Piece | Stored
    story: int
    parts: int


class Joined(NamedTuple):
    """Of a copy that is made of new documents and of stored ones."""

    sources: tuple[Source, ...]  # all its documents, in the order of reading
    paths: tuple[str, ...]  # of the document that each part is from


@dataclass(frozen=True, slots=True)
class Copy:
    """One whole copy of a work: its edition, still without the ids of its documents, and what it was made of."""

    edition: Edition
    pieces: tuple[Piece, ...]
    documents: tuple[Prepared, ...]  # of the pieces, in their order
    relation: Relation = Relation.SHOWN
    joined: "Joined | None" = None  # where it went into a story that was here already

    @property
    def merit(self) -> tuple[int, int, int]:
        """Sorts the best first: most text, then fewest repairs, then most emphasis."""
        return -self.edition.words, self.edition.repairs, -self.edition.emphasis

    @property
    def sources(self) -> tuple[Source, ...]:
        if self.joined:
            return self.joined.sources
        pairs = zip(self.pieces, self.documents, strict=True)
        return tuple(Source(piece, piece.story, len(document.texts[piece.story])) for piece, document in pairs)

    @property
    def paths(self) -> tuple[str, ...]:
        """Of the document that each part is from."""
        if self.joined:
            return self.joined.paths
        pairs = zip(self.pieces, self.documents, strict=True)
        return tuple(document.path for piece, document in pairs for _ in document.texts[piece.story])


@dataclass(frozen=True, slots=True)
class Bound:
    """A work with all its copies, the one that is to be shown first."""

    work: Work
    copies: tuple[Copy, ...]

    @property
    def shown(self) -> Copy:
        return self.copies[0]

    @property
    def documents(self) -> dict[int, Prepared]:
        """All that it is made of, by their numbers."""
        pairs = (pair for copy in self.copies for pair in zip(copy.pieces, copy.documents, strict=True))
        return {piece.document: document for piece, document in pairs}


class Binder:
    """Makes editions of what waits on the stage."""

    def __init__(self, stage: Stage, summaries: Iterable[Summary]) -> None:
        self._stage = stage
        self._summaries = {each.piece: each for each in summaries}
        self._last: tuple[int, Prepared] | None = None

    def bind(self, work: Work) -> Bound:
        others = (self._copy(self._other(work, each.pieces), Relation(each.relation.value)) for each in work.duplicates)
        return Bound(work, (self._copy(work, Relation.SHOWN), *others))

    def size(self, work: Work) -> int:
        """Bytes of all its documents."""
        pieces = (*work.pieces, *(piece for each in work.duplicates for piece in each.pieces))
        return sum(self._stage.size(number) for number in {piece.document for piece in pieces})

    def _other(self, work: Work, pieces: tuple[Piece, ...]) -> Work:
        """Another copy of a work as a work of its own; what index pages say holds for it as well."""
        labels = tuple(self._summaries[piece].part for piece in pieces)
        return replace(work, pieces=pieces, labels=labels, missing=(), warnings=(), duplicates=(), fronts=())

    def _front(self, piece: Piece) -> Manuscript:
        """The header of a book's title page, whose fields say that they stand there."""
        document = self._prepared(piece.document)
        return located(document.manuscripts[piece.story], document.path)

    def _copy(self, work: Work, relation: Relation) -> Copy:
        documents = tuple(self._prepared(piece.document) for piece in work.pieces)
        pairs = list(zip(work.pieces, documents, strict=True))
        told = [
            located(document.manuscripts[piece.story], document.path, documents[0].path) for piece, document in pairs
        ]
        whole = merge(work, told, [self._front(piece) for piece in work.fronts])
        texts = [text for piece, document in pairs for text in document.texts[piece.story]]
        labels = [
            label for piece, document, known in zip(work.pieces, documents, work.labels, strict=True)
            for label in _labels(known, len(document.texts[piece.story]))
        ]  # fmt: skip
        return Copy(self._edition(work, whole, texts, labels, pairs), work.pieces, documents, relation)

    def _edition(
        self,
        work: Work,
        whole: Manuscript,
        texts: Sequence[Text],
        labels: Sequence[str],
        pairs: Sequence[tuple[Piece, Prepared]],
    ) -> Edition:
        summaries = [self._summaries[piece] for piece in work.pieces]
        prints = array("Q", (number for each in summaries for number in each.prints))
        return Edition(
            manuscript=replace(whole, authors=whole.authors or (ANONYMOUS,)),
            markup=[text.markup for text in texts],
            pages=list(paged(texts)),
            words=sum(text.words for text in texts),
            scene_breaks=sum(text.scene_breaks for text in texts),
            labels=labels,
            missing=work.missing,
            path=summaries[0].path,
            digest=digest(pairs),
            prints=prints,
            sketch=sketch(prints),
            repairs=sum(each.repairs for each in summaries),
            emphasis=sum(each.emphasis for each in summaries),
        )

    def _prepared(self, number: int) -> Prepared:
        """The last one is remembered: a book of stories is asked for as often as it has stories."""
        if self._last is None or self._last[0] != number:
            self._last = number, self._stage.prepared(number)
        return self._last[1]


def _labels(label: PartLabel | None, parts: int) -> list[str]:
    return [label.label if label and parts == 1 else ""] * parts


def paged(texts: Iterable[Text]) -> Iterator[Page]:
    """The pages of a story of several parts: each part begins one anyway."""
    for number, text in enumerate(texts):
        yield from (page._replace(part=number) for page in text.pages)


def digest(pairs: Sequence[tuple[Piece, Prepared]]) -> bytes:
    """Of a story that is all of a document, the document's own."""
    if len(pairs) == 1 and len(pairs[0][1].manuscripts) == 1:
        return pairs[0][1].digest
    return digest_of((each.digest, piece.story) for piece, each in pairs)


def digest_of(sources: Iterable[tuple[bytes, int]]) -> bytes:
    """Of a story of several documents: their digests, and which of the stories in each."""
    return hashlib.sha256(b"".join(digest + bytes([story & 255]) for digest, story in sources)).digest()


def with_documents(copy: Copy, ids: Mapping[int, int]) -> Edition:
    """`ids` are those of the new documents, by their numbers."""
    documents = [
        Made(each.document.id if isinstance(each.document, Stored) else ids[each.document.document], *each[1:])
        for each in copy.sources
    ]
    return replace(copy.edition, documents=documents)
