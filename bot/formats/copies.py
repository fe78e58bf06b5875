"""This room parts the documents of a story into copies of it, and chooses the one that is shown."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.documents import Format
from bot.formats.grouping import Bunch
from bot.formats.likeness import NOTABLE, Relation, relation, share, sketch
from bot.formats.numbering import is_ordered
from bot.formats.summary import Piece, Summary


@dataclass(slots=True)
class Copy:
    """One whole set of a story's documents, in the order of reading."""

    bunch: Bunch
    members: list[Summary]
    prints: tuple[int, ...] = ()
    spares: tuple["Duplicate", ...] = ()  # parts that were saved twice

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(member.piece for member in self.members)

    @property
    def merit(self) -> tuple[int, int, int, str]:
        """Sorts the best first: most text, then fewest repairs, then most emphasis, then the path."""
        words, repairs, emphasis = (
            sum(getattr(member, name) for member in self.members) for name in ("words", "repairs", "emphasis")
        )
        return -words, repairs, -emphasis, self.members[0].path


class Duplicate(NamedTuple):
    """Another copy of a story: its documents, the path of the first one, and what it is to the copy that is shown."""

    pieces: tuple[Piece, ...]
    path: str
    relation: Relation


class Chosen(NamedTuple):
    """The copy that is shown, those that are kept beside it, and sentences about what else is like it."""

    copy: Copy
    duplicates: tuple[Duplicate, ...]
    warnings: tuple[str, ...]


def copies(bunch: Bunch) -> Iterator[Copy]:
    """Documents whose numbers fit together are one copy; others that repeat them, another."""
    if bunch.members[0].group:
        yield _copy(bunch, bunch.members)
        return
    lone = [member for member in bunch.members if member.part is None]
    sets: list[Parts] = []
    for place in map(_without_spares, _places(member for member in bunch.members if member.part is not None)):
        fitting = next((found for found in sets if not _labels(found.members) & _labels(place.members)), None)
        if fitting is None:
            sets.append(place)
        else:
            fitting.members.extend(place.members)
            fitting.spares.extend(place.spares)
    if len(lone) == 1 and sets and _is_first(lone[0], sets[0].members):
        sets[0].members.append(lone.pop())
    yield from (_copy(bunch, *found) for found in sets)
    yield from (_copy(bunch, [each]) for each in lone)


class Parts(NamedTuple):
    """Documents whose numbers fit together, and those that repeat one of them."""

    members: list[Summary]
    spares: list["Duplicate"]


def _without_spares(place: Sequence[Summary]) -> Parts:
    """One document for each part that was saved twice: the best; a second text of that number stays a part."""
    members: list[Summary] = []
    spares: list[Duplicate] = []
    for member in sorted(place, key=lambda each: (-each.words, each.repairs, -each.emphasis, each.path)):
        found = next((same for other in members if (same := _again(member, other))), None)
        if found is None:
            members.append(member)
        else:
            spares.append(Duplicate((member.piece,), member.path, found))
    return Parts(members, spares)


def _again(member: Summary, other: Summary) -> Relation | None:
    if member.part is None or other.part is None or member.part.number != other.part.number:
        return None
    return relation(member.prints, other.prints, same_title=True)


def _places(members: Iterator[Summary]) -> list[list[Summary]]:
    """Parts that lie together and are written alike, the fullest place first."""
    places: dict[tuple[str, Format], list[Summary]] = defaultdict(list)
    for member in members:
        places[member.folder, member.format].append(member)
    return sorted(places.values(), key=lambda found: (-len(found), found[0].path))


def _labels(members: Sequence[Summary]) -> set[tuple[float, str]]:
    return {member.part.number for member in members if member.part is not None}


def _is_first(lone: Summary, others: Sequence[Summary]) -> bool:
    """A document without a number beside parts 2, 3, 4 is where they begin."""
    numbers = [number for number, _ in _labels(others) if number >= 1]
    return bool(numbers) and 2 <= min(numbers) < 3 and lone.folder == others[0].folder


def _copy(bunch: Bunch, members: list[Summary], spares: Sequence["Duplicate"] = ()) -> Copy:
    if not members[0].group:
        members = sorted(members, key=_place)
    prints = tuple(number for member in members for number in member.prints)
    return Copy(bunch, members, prints, tuple(spares))


def _place(member: Summary) -> tuple[tuple[float, str], str, int]:
    return member.part.number if member.part else (1.0, ""), member.path, member.piece.story


def chosen(every: Sequence[Copy]) -> list[Chosen]:
    """The best copy of each work, with what is like it; under nine tenths of common paragraphs nothing is merged."""
    shown: list[Copy] = []
    kept: dict[int, list[Duplicate]] = defaultdict(list)
    remarks: dict[int, list[str]] = defaultdict(list)
    by_print: dict[int, set[int]] = defaultdict(set)
    for copy in sorted(every, key=lambda each: each.merit):
        known = {place for number in set(copy.prints) for place in by_print.get(number, ())}
        place = _merge(copy, sorted(known), shown, kept, remarks)
        if place == len(shown):
            shown.append(copy)
        for number in sketch(copy.prints):
            by_print[number].add(place)
    return [Chosen(copy, tuple(kept[place]), tuple(remarks[place])) for place, copy in enumerate(shown)]


def _merge(
    copy: Copy,
    known: Sequence[int],
    shown: Sequence[Copy],
    kept: dict[int, list[Duplicate]],
    remarks: dict[int, list[str]],
) -> int:
    """The place of the work that a copy is one of; where it is none, its own, and a remark on what it resembles."""
    for place in known:
        best = shown[place]
        found = relation(copy.prints, best.prints, same_title=copy.bunch.key == best.bunch.key)
        if found is not None:
            kept[place] += [Duplicate(copy.pieces, copy.members[0].path, found), *copy.spares]
            return place
    for place in known:
        common = share(copy.prints, shown[place].prints).of_shorter
        if common >= NOTABLE:
            remarks[len(shown)].append(
                f"{common:.0%} of the paragraphs of the shorter are common with {shown[place].members[0].path};"
                " nothing was merged."
            )
    return len(shown)


def is_out_of_order(copy: Copy, listed: Sequence[str]) -> bool:
    """Whether an index page lists the parts in another order than their numbers have."""
    by_path = {member.path: member.part for member in copy.members}
    labels = [by_path[path] for path in listed if path in by_path]
    return not is_ordered(labels)
