"""This room decides what becomes of a work that was read: a new story, an edition of one, or nothing new."""

import enum
from collections.abc import Sequence, Set
from itertools import groupby
from typing import NamedTuple

from bot.domain import names
from bot.domain.documents import Manuscript
from bot.domain.models import Rating, Standing
from bot.formats.consent import minors
from bot.formats.likeness import NOTABLE, Relation, relation, share
from bot.services.intake.binding import Copy
from bot.store import editions
from bot.store.matching import Held

EDITED = 0.5
"""Share of common paragraphs from which on another text in the same file is the same story, under a new title too."""
FOR_REVIEW = "it was imported for review"


class Status(enum.StrEnum):
    """What became of a work or document."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    HELD = "held"  # the do-not-import list speaks against it
    REFUSED = "refused"


class Fate(NamedTuple):
    """What becomes of a work: for a known story its id, and its edition that was shown until now."""

    status: Status
    story_id: int | None = None
    former: int | None = None  # edition
    edition_id: int | None = None  # an edition that is here already and is to be shown again
    is_kept: bool = False  # beside the one that is shown, which is better
    is_spare: bool = False  # a part that the story has already, and nothing else
    remarks: tuple[str, ...] = ()


def fate(copy: Copy, held: Sequence[Held], taken: Set[int]) -> Fate:
    """`held` are the editions of all stories it may be one of; `taken` the stories that this run has changed."""
    known = next((each for each in held if each.digest == copy.edition.digest), None)
    stories = [list(group) for _, group in groupby(held, key=lambda each: each.story_id)]
    shown = [each for group in stories for each in group if each.relation is editions.Relation.SHOWN]
    if known is not None:
        return _again(copy, known, next(each for each in shown if each.story_id == known.story_id))
    for each in sorted(shown, key=lambda each: -each.same_name - each.same_place):
        if each.story_id not in taken and _is_edited(copy, each):
            return Fate(Status.UPDATED, each.story_id, each.edition_id)
        if _relation(copy, each) is not None:
            return _edition(copy, each, taken)
    return Fate(Status.ADDED, remarks=tuple(_remarks(copy, shown)))


def _again(copy: Copy, known: Held, shown: Held) -> Fate:
    """A file that goes back to what it once held changes its story; a copy kept beside another file does not."""
    if known.edition_id != shown.edition_id and shown.path == copy.edition.path:
        return Fate(Status.UPDATED, known.story_id, shown.edition_id, edition_id=known.edition_id)
    return Fate(Status.UNCHANGED, known.story_id)


def _is_edited(copy: Copy, shown: Held) -> bool:
    if not shown.same_place:
        return False
    common = share(copy.edition.prints, shown.prints)
    enough = common.of_shorter if common.common > 1 else common.of_longer
    return shown.same_name or (common.common > 0 and enough >= EDITED)


def _relation(copy: Copy, shown: Held) -> Relation | None:
    same_title = names.key(copy.edition.manuscript.title) == shown.title_key
    return relation(copy.edition.prints, shown.prints, same_title=same_title)


def _edition(copy: Copy, shown: Held, taken: Set[int]) -> Fate:
    """The better of two editions is shown."""
    better = copy.merit < (-shown.words, shown.repairs, -shown.emphasis)
    if better and shown.story_id not in taken:
        return Fate(Status.UPDATED, shown.story_id, shown.edition_id)
    return Fate(Status.UNCHANGED, shown.story_id, is_kept=True)


def _remarks(copy: Copy, shown: Sequence[Held]) -> list[str]:
    """What is like it and was not merged."""
    remarks: list[str] = []
    for each in shown:
        common = share(copy.edition.prints, each.prints).of_shorter
        if common >= NOTABLE:
            remarks.append(
                f"{common:.0%} of the paragraphs of the shorter are common with story {each.story_id}"
                f" ({each.path}); nothing was merged."
            )
        elif each.same_name:
            remarks.append(
                f"Story {each.story_id} ({each.path}) has this title and author and another text; nothing was merged."
            )
    return remarks


def standing(
    story: Manuscript, limit: Rating, former: tuple[Standing, str, str] | None, *, withhold: bool
) -> tuple[Standing, str]:
    """Whether readers may see a story, and why not; `former` is its state, the reason, and what was approved of it."""
    misgiving = minors(story, limit) or ""
    state, reason, approved = former or (Standing.PUBLISHED, "", "")
    if state in (Standing.HIDDEN, Standing.WITHDRAWN, Standing.REMOVED):
        return state, reason
    if misgiving and misgiving != approved:
        return Standing.WITHHELD, misgiving
    if withhold:
        return Standing.WITHHELD, FOR_REVIEW
    return state, reason
