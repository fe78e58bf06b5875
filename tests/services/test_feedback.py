"""Feedback tells the postman of what goes out, and of nothing else."""

from collections.abc import Callable

import pytest

from bot.domain.access import HOME, Archive, Audience
from bot.domain.delivery import Wish
from bot.domain.models import Rating
from bot.domain.people import Sender
from bot.services.feedback import Feedback, Form
from bot.store import doors, rules, wishes
from bot.store.database import Database
from bot.store.sqlite import Writer
from bot.store.wishes import Wishes
from tests.library import add, edition
from tests.store.relay import MARA, NOW, RUBY, link

MARA_HERSELF = Sender(Audience(Archive(HOME, "Home", Rating.PG, directory_safe=False), MARA), 0.0, 0.0)


@pytest.mark.parametrize(
    ("linked", "wished", "held", "woken"),
    [
        (False, Wishes(None, Wish.ON), False, 0),
        (True, Wishes(None, Wish.ON), False, 1),
        (True, Wishes(None, Wish.ON), True, 0),
        (True, Wishes(None, Wish.DAILY), False, 1),
        (True, Wishes(None, Wish.ON, away_until=NOW + 50), False, 1),
    ],
    ids=["not here yet", "here", "held", "daily", "away"],
)
async def test_the_postman_is_woken_for_what_goes_out_by_itself(
    database: Database, linked: bool, wished: Wishes, held: bool, woken: int
) -> None:
    story = await add(database, edition("The Lamp", "Ruby"))
    if linked:
        await link(database)
    async with database.write() as db:
        await wishes.wish(db, 1, wished)
        await rules.change(db, 1, (await rules.of_archive(db, 1))._replace(hold_first=held))
    assert await _calls(database, story) == woken


async def test_it_is_not_woken_for_a_closed_door(database: Database) -> None:
    """Nothing tells when that opens; whoever opens it knocks."""
    story = await add(database, edition("The Lamp", "Ruby"))
    await link(database)
    async with database.write() as db:
        await _close(db)
    assert await _calls(database, story) == 0


async def _close(db: Writer) -> None:
    await doors.closed(db, RUBY, NOW)


async def _calls(database: Database, story: int) -> int:
    calls: list[None] = []
    wake: Callable[[], None] = lambda: calls.append(None)  # noqa: E731
    feedback = Feedback(database, wake, lambda: NOW)
    await feedback.submit(MARA_HERSELF, story, Form("Mara", "", "Lovely."), page=None, interaction_id=1)
    return len(calls)
