"""Reports of letters and of stories: kept until they are settled, and answered."""

import pytest

from bot.domain.people import Actor
from bot.domain.refusals import NothingAtDesk
from bot.store import ledger, reports
from bot.store.database import Database
from tests.library import add, edition, open_archive
from tests.services.company import MO, SERVER, Company
from tests.store.relay import MARA, NOW


@pytest.fixture
async def story(database: Database) -> int:
    return await add(database, edition("The *Lamp*", "Ruby", pages=3))


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)


async def _file(company: Company, story: int, said: str, page: int | None = 2) -> int:
    async with company.database.write() as db:
        return await reports.file_story(db, story, page, MARA, said, NOW)


async def _notices(company: Company) -> list[str]:
    rows = await company.database.reader.all("SELECT content FROM notices ORDER BY id")
    return [row["content"] for row in rows]


async def test_a_report_of_a_story_comes_with_the_story(company: Company, story: int) -> None:
    number = await _file(company, story, "Copied.")
    context = await company.reports.view(MO, number)
    assert context.story is not None
    assert (context.report.page, context.report.title, context.report.author) == (2, "The *Lamp*", "Ruby")
    assert context.story.title == "The *Lamp*"
    assert str(MARA) not in repr(context), "who made it is not told"


async def test_what_is_said_again_goes_with_the_first_until_that_is_settled(company: Company, story: int) -> None:
    first = await _file(company, story, "Copied.")
    assert await _file(company, story, "From a book.") == first
    assert [each.reason for each in await company.reports.listed(MO)] == ["Copied.\nFrom a book."]
    await company.reports.settle(MO, first, company.another(), acted=False)
    assert await _file(company, story, "And again.", None) != first
    assert [each.reason for each in await company.reports.listed(MO)] == ["And again."]


@pytest.mark.parametrize(
    ("acted", "verdict"), [(True, "They did something about it."), (False, "They found nothing to be done about it.")]
)
async def test_whoever_made_it_is_answered_once(company: Company, story: int, *, acted: bool, verdict: str) -> None:
    number = await _file(company, story, "Copied.")
    interaction = company.another()
    for _ in range(2):
        await company.reports.settle(MO, number, interaction, acted=acted, said="Thank *you*.")
    [told] = await _notices(company)
    assert verdict in told
    assert "Thank \\\\*you" in told
    [entry] = await ledger.entries(company.database.reader, MO.archive_id, before=99, limit=9)
    assert (entry.act, entry.story_id, entry.reason) == (
        f"report {number} {'settled' if acted else 'dismissed'}", story, "Thank *you*.",
    )  # fmt: skip
    with pytest.raises(NothingAtDesk):
        await company.reports.settle(MO, number, company.another(), acted=acted)


async def test_whoever_is_forgotten_is_told_nothing(company: Company, story: int) -> None:
    number = await _file(company, story, "Copied.")
    async with company.database.write() as db:
        await db.run("UPDATE reports SET reporter_id = -id")
    assert "has been forgotten" in await company.reports.settle(MO, number, company.another(), acted=True)
    assert await _notices(company) == []


async def test_a_report_is_its_archives_alone(company: Company, story: int) -> None:
    number = await _file(company, story, "Copied.")
    other = Actor(9, await open_archive(company.database, SERVER + 1), SERVER + 1, True, frozenset(), owns_bot=False)
    assert await company.reports.listed(other) == []
    for attempt in (
        company.reports.view(other, number),
        company.reports.check(other, number),
        company.reports.settle(other, number, company.another(), acted=True),
    ):
        with pytest.raises(NothingAtDesk):
            await attempt
    assert [each.id for each in await company.reports.listed(MO)] == [number]
