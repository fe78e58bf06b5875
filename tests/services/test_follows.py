"""This room tests what a reader follows."""

import pytest

from bot.domain.access import Audience
from bot.domain.errors import FollowsFull, Gone
from bot.domain.models import Rating, Standing
from bot.domain.subjects import Kind
from bot.services import follows
from bot.services.follows import Follows
from bot.store.database import Database
from tests.library import DARK, HALL, HOME, add, edition, open_archive

STRANGER = Audience(HOME, reader=200)


async def names(service: Follows, audience: Audience = HALL) -> list[str]:
    return [row.subject.name for row in (await service.page(audience)).rows]


async def test_following_twice_is_once_and_letting_go_ends_it(database: Database) -> None:
    story = await add(database, edition("The Lamp", "Ruby", series="Lights"))
    service = Follows(database)
    for kind in (Kind.STORY, Kind.SERIES, Kind.AUTHOR, Kind.AUTHOR):
        await service.follow(HALL, kind, story if kind is Kind.STORY else 1)
    assert await names(service) == ["Ruby", "Lights", "The Lamp"]
    gone = await service.let_go(HALL, Kind.SERIES, 1)
    assert gone is not None
    assert gone.name == "Lights"
    assert await names(service) == ["Ruby", "The Lamp"]


async def test_nobody_touches_what_another_follows(database: Database) -> None:
    await add(database, edition("The Lamp"))
    service = Follows(database)
    await service.follow(HALL, Kind.AUTHOR, 1)
    assert await names(service, STRANGER) == []
    (row,) = (await service.page(HALL)).rows
    await service.drop(STRANGER, row.id)
    await service.let_go(STRANGER, Kind.AUTHOR, 1)
    assert await names(service) == ["Ruby"]
    await service.drop(HALL, row.id)
    assert await names(service) == []


@pytest.mark.parametrize("state", [state for state in Standing if state is not Standing.PUBLISHED])
async def test_what_is_not_published_cannot_be_followed_nor_seen(database: Database, state: Standing) -> None:
    story = await add(database, edition("The Lamp", "Ruby", series="Lights"))
    service = Follows(database)
    kinds = ((Kind.STORY, story), (Kind.SERIES, 1), (Kind.AUTHOR, 1))
    for kind, subject_id in kinds:
        await service.follow(HALL, kind, subject_id)
    async with database.write() as db:
        await db.run("UPDATE stories SET state = :state", state=state)
    assert (await service.page(HALL)).total == 0
    assert await names(service) == []
    for kind, subject_id in kinds:
        with pytest.raises(Gone):
            await service.follow(HALL, kind, subject_id)
        assert await service.let_go(HALL, kind, subject_id) is None


async def test_one_archive_s_follows_are_not_another_s(database: Database) -> None:
    theirs = await open_archive(database, 77)
    foreign = await add(database, edition("Foreign"), archive_id=theirs)
    with pytest.raises(Gone):
        await Follows(database).follow(HALL, Kind.STORY, foreign)


async def test_a_list_has_pages_and_an_end(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    service = Follows(database)
    for number in range(23):
        story = await add(database, edition(f"Tale {number}", rating=Rating.NC_17 if number else Rating.G))
        await service.follow(HALL, Kind.STORY, story)
    assert len((await service.page(HALL)).rows) == 20
    last = await service.page(HALL, 20)
    assert ([row.subject.name for row in last.rows], last.total) == (["Tale 2", "Tale 1", "Tale 0"], 23)
    assert (await service.page(DARK, 400)).start == 20
    monkeypatch.setattr(follows, "MOST", 23)
    with pytest.raises(FollowsFull, match="/follow list"):
        await service.follow(HALL, Kind.AUTHOR, 1)
    await service.follow(HALL, Kind.STORY, 1)  # what is followed already takes no more room
