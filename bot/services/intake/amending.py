"""This room lays what moderators said of a story over what its files say."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.fields import Texts
from bot.formats import fields
from bot.services.intake.binding import Bound
from bot.store import amendments
from bot.store.editions import Edition
from bot.store.intake import Shown
from bot.store.sqlite import Reader


async def amended(db: Reader, shown: Sequence[Shown]) -> list[Shown]:
    """Editions as they are shown: known stories with what was amended in them."""
    told = await amendments.of_stories(db, [each.story_id for each in shown if not each.is_new])
    return [
        each._replace(edition=_amended(each.edition, told[each.story_id])) if each.story_id in told else each
        for each in shown
    ]


def amended_work(work: Bound, told: Texts) -> Bound:
    """A work whose shown copy says something else in some fields."""
    first, *others = work.copies
    return replace(work, copies=(replace(first, edition=_amended(first.edition, told)), *others))


def _amended(edition: Edition, told: Texts) -> Edition:
    return replace(edition, manuscript=fields.amended(edition.manuscript, told))
