"""What decides whether a letter is taken is gathered from indexes alone, and counts what it says."""

from typing import LiteralString

import pytest

from bot.domain.admission import DAY, Blocker, Facts
from bot.domain.delivery import Direction, Wish
from bot.store import admission, blocks, letters, rules, wishes
from bot.store.database import Database
from bot.store.letters import NewLetter, NewReply
from bot.store.wishes import Wishes
from tests.library import add, edition, open_archive

NOW = 1_000_000.0
MARA, JON = 7, 8


async def _write(database: Database, story: int, writer: int, interaction: int, at: float = NOW) -> int:
    async with database.write() as db:
        new = NewLetter(story, writer, "Mara", "", "Lovely.", None, interaction)
        return (await letters.store(db, new, at)).letter_id


async def test_letters_of_the_last_day_count_and_answers_do_not(database: Database) -> None:
    story = await add(database, edition("The Lamp", "Ruby"))
    other = await add(database, edition("Windfalls", "Isolde"))
    elsewhere = await open_archive(database, 9)
    far = await add(database, edition("Far", "Ruby"), archive_id=elsewhere)
    await _write(database, story, MARA, 1, NOW - DAY - 1)
    first = await _write(database, story, MARA, 2)
    await _write(database, story, JON, 3)
    await _write(database, other, MARA, 4)
    await _write(database, far, MARA, 5)
    async with database.write() as db:
        await letters.reply(db, NewReply(first, Direction.TO_READER, MARA, "Thanks.", 6), NOW)
    assert await _counts(database, story) == (2, 2, 5), "of the archive at most so many: the numbers of all in between"
    await _limit(database, archive_limit=4)
    assert await _counts(database, story) == (2, 2, 3), "counted where it may be too many"
    await _limit(database, sender_limit=1, author_limit=1, archive_limit=2)
    assert await _counts(database, story) == (1, 1, 2), "no further than to the limit"


async def test_nothing_of_today_is_nothing(database: Database) -> None:
    story = await add(database, edition("The Lamp", "Ruby"))
    assert await _counts(database, story) == (0, 0, 0)
    await _write(database, story, MARA, 1, NOW - DAY - 1)
    assert await _counts(database, story) == (0, 0, 0)
    await _limit(database, archive_limit=0)
    assert await _counts(database, story) == (0, 0, 0)


async def _counts(database: Database, story: int) -> tuple[int, int, int]:
    facts = await _facts(database, story, MARA)
    return facts.of_sender, facts.to_author, facts.of_archive


async def _limit(database: Database, **limits: int) -> None:
    async with database.write() as db:
        await rules.change(db, 1, (await rules.of_archive(db, 1))._replace(**limits))


async def _facts(database: Database, story: int, sender: int, now: float = NOW) -> Facts:
    facts, asked = await admission.known(database.reader, 1, story, sender, now)
    assert asked == await rules.of_archive(database.reader, 1)
    return facts


async def test_blocks_and_wishes_are_those_of_the_author(database: Database) -> None:
    story = await add(database, edition("The Lamp", "Ruby"))
    other = await add(database, edition("Windfalls", "Ruby"))
    letter = await _write(database, story, MARA, 1)
    async with database.write() as db:
        await blocks.block_writer(db, letter, NOW + DAY, NOW)
        await wishes.wish(db, 1, Wishes(None, Wish.ON, away_until=NOW + 5))
        await wishes.wish(db, 1, Wishes(other, Wish.OFF))
    here = await _facts(database, story, MARA)
    assert (here.author, here.title, here.blocked, here.wish, here.away_until) == (
        "Ruby",
        "",
        Blocker.AUTHOR,
        Wish.ON,
        NOW + 5,
    )
    about = await _facts(database, other, JON)
    assert (about.title, about.blocked, about.wish) == ("Windfalls", None, Wish.OFF)
    later = await _facts(database, story, MARA, NOW + DAY)
    assert (later.blocked, later.away_until) == (None, None)


COUNT: LiteralString = (
    "EXPLAIN QUERY PLAN SELECT count(*) FROM letters WHERE stored_at > 1 AND direction = 'to_author' AND "
)


@pytest.mark.parametrize("of", ["writer_id = 1 AND archive_id = 1", "author_id = 1", "archive_id = 1"])
async def test_a_count_reads_no_letter(database: Database, of: LiteralString) -> None:
    [step] = await database.reader.all(COUNT + of)
    assert "USING COVERING INDEX" in step["detail"]


async def test_the_same_letter_is_looked_for_among_the_writers_own(database: Database) -> None:
    story = await add(database, edition("The Lamp", "Ruby"))
    await add(database, edition("Windfalls", "Isolde"))
    await _write(database, story, MARA, 1)

    async def said_before(author: int, sender: int, comments: str, now: float = NOW + 1) -> bool:
        return (await admission.known(database.reader, author, None, sender, now, comments)).facts.said_before

    assert await said_before(1, MARA, "Lovely.")
    assert not await said_before(1, MARA, "Lovely.", NOW + DAY)
    assert not await said_before(1, MARA, "Lovely!")
    assert not await said_before(2, MARA, "Lovely.")
    assert not await said_before(1, JON, "Lovely.")
