"""This room joins parts that come alone to the story that was here before them."""

import posixpath
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import NamedTuple

from bot.domain import names
from bot.domain.documents import Manuscript
from bot.formats.assembly import FIRST
from bot.formats.likeness import Relation, prints, relation
from bot.formats.people import ANONYMOUS
from bot.services.intake.binding import Copy, Source, Stored
from bot.services.intake.judging import Fate, Status
from bot.services.intake.sections import Origin, Section, put_together, taken_apart
from bot.store import documents, editions
from bot.store.editions import Edition
from bot.store.matching import Held
from bot.store.sqlite import Reader


class Continued(NamedTuple):
    """A copy as the whole story that it is a part of, and what becomes of that."""

    copy: Copy
    fate: Fate


@dataclass(slots=True)
class Compared:
    """New parts beside those of a story: numbers it lacks, new texts of the same files, what it has already."""

    kept: list[Section] = field(default_factory=list[Section])
    added: list[Section] = field(default_factory=list[Section])
    edited: list[Section] = field(default_factory=list[Section])


async def continued(db: Reader, copy: Copy, held: Sequence[Held], taken: Set[int]) -> Continued | None:
    """What a copy adds to one of the stories it may be a part of; None where it is none, or is the whole of one."""
    if any(each.digest == copy.edition.digest and each.relation is editions.Relation.SHOWN for each in held):
        return None
    title = names.key(copy.edition.manuscript.title)
    for each in held:
        if each.relation is editions.Relation.SHOWN and each.title_key == title and each.story_id not in taken:
            found = await _joined(db, copy, each)
            if found is not None:
                return found
    return None


async def _joined(db: Reader, copy: Copy, held: Held) -> Continued | None:
    former = await editions.load(db, held.edition_id)
    if former is None or not _same_hand(copy.edition, former):
        return None
    here = taken_apart(former, await _stored(db, former))
    come = _numbered(taken_apart(copy.edition, _new(copy)), here)
    begun = _begun(here, come)
    compared = _compared(begun, come)
    if compared is None:
        return None
    if not compared.added and not compared.edited:
        remark = f"Story {held.story_id} ({held.path}) has this part already; nothing was added."
        return Continued(copy, Fate(Status.UNCHANGED, held.story_id, is_spare=True, remarks=(remark,)))
    whole = put_together(former, copy.edition, copy, [*compared.kept, *compared.edited, *compared.added])
    remarks = [_told(compared, held)]
    if begun is not here:
        remarks.append(f"{held.path} has no number and was taken for the first part.")
    return Continued(whole, Fate(Status.UPDATED, held.story_id, held.edition_id, remarks=tuple(remarks)))


def _told(compared: Compared, held: Held) -> str:
    come = [*compared.added, *compared.edited]
    labels = ", ".join(each.label.label for each in come if each.label)
    name = f"Part {labels}" if len(come) == 1 else f"Parts {labels}"
    return f"{name} went into story {held.story_id} ({held.path}), which was here already."


def _same_hand(one: Edition, other: Edition) -> bool:
    """By one author, or, where either names none, from one folder."""
    authors, others = _people(one.manuscript), _people(other.manuscript)
    if authors and others:
        return bool(authors & others)
    return posixpath.dirname(one.path) == posixpath.dirname(other.path)


def _people(story: Manuscript) -> set[str]:
    return {names.key(name) for name in story.authors if name != ANONYMOUS}


def _numbered(come: list[Section], here: Iterable[Section]) -> list[Section]:
    """A text without a number that is one of the story's parts is that part."""
    if len(come) > 1 or come[0].label:
        return come
    same = next((each for each in here if _is_same(each, come[0]) and each.label), None)
    return [come[0]._replace(label=same.label)] if same else come


def _begun(here: list[Section], come: Iterable[Section]) -> list[Section]:
    """A story in one piece to which the second part comes is where that begins."""
    numbers = [each.number[0] for each in come if each.number]
    is_second = len(here) == 1 and here[0].label is None and bool(numbers) and 2 <= min(numbers) < 3
    return [here[0]._replace(label=FIRST)] if is_second else here


def _compared(here: Sequence[Section], come: Sequence[Section]) -> Compared | None:
    """None where the new parts have no numbers, are all of the story, or another text stands under one's number."""
    known = {each.number: each for each in here if each.number}
    numbers = {each.number for each in come}
    if None in numbers or not known or known.keys() <= numbers:
        return None
    compared = Compared()
    for each in come:
        former = known.get(each.number or FIRST.number)
        if former is None:
            compared.added.append(each)
        elif former.origin.path == each.origin.path and not _is_same(former, each, exactly=True):
            compared.edited.append(each)
        elif not _is_same(former, each):
            return None
    replaced = {each.number for each in compared.edited}
    compared.kept = [each for each in here if each.number is None or each.number not in replaced]
    return compared


def _is_same(one: Section, other: Section, *, exactly: bool = False) -> bool:
    found = relation(prints([one.part]), prints([other.part]), same_title=True)
    return found is Relation.SAME or (found is not None and not exactly)


def _new(copy: Copy) -> list[Origin]:
    pairs = zip(copy.pieces, copy.documents, strict=True)
    each = (
        repeat(Origin(Source(piece, piece.story, parts), document.path, document.digest), parts)
        for piece, document in pairs
        for parts in [len(document.texts[piece.story])]
    )
    return list(chain.from_iterable(each))


async def _stored(db: Reader, edition: Edition) -> list[Origin]:
    known = await documents.places(db, [made.document_id for made in edition.documents])
    each = (
        repeat(Origin(Source(Stored(made.document_id), made.story, made.parts), *known[made.document_id]), made.parts)
        for made in edition.documents
    )
    return list(chain.from_iterable(each))
