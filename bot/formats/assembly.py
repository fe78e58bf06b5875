"""This room makes whole stories of documents that each hold one, or a part of one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain import names
from bot.domain.documents import DocumentKind, Evidence, PartLabel
from bot.formats.copies import Chosen, Copy, Duplicate, chosen, copies, is_out_of_order
from bot.formats.grouping import bunches
from bot.formats.joining import CONFIDENCE, Joined, Row, Signposts, joined
from bot.formats.numbering import doubled, missing
from bot.formats.summary import Piece, Summary

FIRST = PartLabel((1.0, ""), "1")
REPEATED = 3
"""Works over whose documents a line at the edge of the text has to repeat before it is no text."""


@dataclass(frozen=True, slots=True)
class Work:
    """One story: its documents in the order of reading, and what is known of it beyond them."""

    pieces: tuple[Piece, ...]
    labels: tuple[PartLabel | None, ...]
    missing: tuple[str, ...] = ()
    joined: Mapping[str, Joined] = field(default_factory=dict[str, Joined])  # by name of the field
    warnings: tuple[str, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    fronts: tuple[Piece, ...] = ()  # title pages of the book that it came in


class Plan(NamedTuple):
    """What an archive comes to: its stories, and the documents that are none."""

    works: tuple[Work, ...]
    structure: tuple[int, ...]  # numbers of documents


def repeated(summaries: Iterable[Summary]) -> dict[str, frozenset[int]]:
    """By folder the edge lines that stand in different works: furniture that only the archive as a whole shows."""
    seen: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in summaries:
        title, folder = names.key(each.title), seen[each.folder]
        for edge in each.edges:
            folder[edge].add(title)
    found = {
        folder: frozenset(edge for edge, titles in edges.items() if len(titles) >= REPEATED)
        for folder, edges in seen.items()
    }
    return {folder: edges for folder, edges in found.items() if edges}


def plan(summaries: Sequence[Summary]) -> Plan:
    """The stories of an archive, in the order of their first documents."""
    stories = [each for each in summaries if each.kind is DocumentKind.STORY]
    pages = [each for each in summaries if each.kind is not DocumentKind.STORY]
    signposts = Signposts(pages, summaries)
    every = [copy for bunch in bunches(stories, pages, signposts) for copy in copies(bunch)]
    fronts = _fronts(pages)
    works = sorted((_work(each, signposts, fronts) for each in chosen(every)), key=lambda work: min(work.pieces))
    return Plan(tuple(works), tuple(page.piece.document for page in pages))


def _fronts(pages: Iterable[Summary]) -> Mapping[str, tuple[Piece, ...]]:
    """By container the pages of it that have a header and no text."""
    fronts: dict[str, list[Summary]] = defaultdict(list)
    for page in pages:
        if page.group and page.is_front:
            fronts[page.group].append(page)
    ordered = {group: sorted(found, key=lambda page: page.order) for group, found in fronts.items()}
    return {group: tuple(page.piece for page in found) for group, found in ordered.items()}


def _work(found: Chosen, signposts: Signposts, fronts: Mapping[str, tuple[Piece, ...]]) -> Work:
    copy = found.copy
    labels = tuple(_labels(copy))
    told, doubts = joined(_rows(found, signposts))
    if copy.bunch.page:
        told = {**told, "title": _titled(copy.bunch.title, copy.bunch.page)}
    lacking = () if copy.members[0].group else missing(labels)
    return Work(
        copy.pieces,
        labels,
        lacking,
        told,
        (*copy.bunch.warnings, *_remarks(copy, lacking, signposts), *doubts, *found.warnings),
        (*copy.spares, *found.duplicates),
        _fronts_of(copy, fronts),
    )


def _fronts_of(copy: Copy, fronts: Mapping[str, tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Title pages of its book, or the header of the index page that is of this story alone."""
    page = copy.bunch.page
    return (page.piece,) if page and page.is_front else fronts.get(copy.members[0].group, ())


def _labels(copy: Copy) -> Iterator[PartLabel | None]:
    """Each document's own label; among several, one without a number is where they begin."""
    begins = len(copy.members) > 1 and not copy.members[0].group
    yield from (member.part or (FIRST if begins else None) for member in copy.members)


def _rows(found: Chosen, signposts: Signposts) -> Iterator[Row]:
    """What index pages say of a work: beside links to its document, a copy of it, or the index page of its parts.

    A row that leads to one of several parts speaks of that part alone, but for the authors, and for the rating where
    all rows agree in it.
    """
    paths = dict.fromkeys(member.path for member in found.copy.members)
    several = len(paths) > 1
    rows = [row for path in (*paths, *(each.path for each in found.duplicates)) for row in signposts.to(path)]
    agreed = len({row.entry.rating_raw for row in rows}) == 1
    for page, entry in rows:
        plain = entry._replace(title="", description="", rating_raw=entry.rating_raw if agreed else "")
        speaks_of_all = not several or names.key(entry.title) == found.copy.bunch.key
        yield Row(page, plain if entry.part or not speaks_of_all else entry)
    if found.copy.bunch.page:
        yield from signposts.to(found.copy.bunch.page.path)


def _titled(title: str, page: Summary) -> Joined:
    """The parts may bear their chapters' titles alone."""
    return Joined((title,), Evidence(1, CONFIDENCE, page.path), rules=True)


def _remarks(copy: Copy, lacking: Sequence[str], signposts: Signposts) -> Iterator[str]:
    yield from lacks(lacking)
    for label in doubled(member.part for member in copy.members):
        paths = [member.path for member in copy.members if member.part and member.part.label == label]
        yield f"Part {label} is there more than once ({', '.join(paths)}); all of them stand in the story."
    for spare in copy.spares:
        yield f"{spare.path} is a part that is there already and was left out."
    if len(copy.members) > 1 and any(member.part is None for member in copy.members) and not copy.members[0].group:
        first = next(member for member in copy.members if member.part is None)
        yield f"{first.path} has no number and was taken for the first part."
    for page in signposts.pages_of(member.path for member in copy.members):
        if is_out_of_order(copy, signposts.led_by(page)):
            yield f"{page} lists the parts in another order than their numbers have; the numbers were followed."


def lacks(labels: Sequence[str]) -> list[str]:
    """The sentence about missing parts, where there are any."""
    if len(labels) < 2:
        return [f"Part {label} is missing." for label in labels]
    return [f"Parts {', '.join(labels[:-1])} and {labels[-1]} are missing."]
