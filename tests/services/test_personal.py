"""What is kept about somebody is all in the export, all gone when they say so, and all in PRIVACY.md."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.backups import copy
from bot.domain.personal import HOLDINGS, IMPERSONAL
from bot.forgotten import forgetter
from bot.services.forgetting import beside
from bot.services.personal import PersonalData
from bot.services.upkeep import Upkeep
from bot.store.database import Database, open_database
from bot.store.oblivion import Stays
from tests.library import HOME
from tests.shared import CHECKOUT
from tests.store.everything import FIXED, ME, OTHER, plant

NOW = 1_000_000.0
DAY = 86_400.0


async def _flush() -> None:
    """Nothing is in memory alone."""


def _service(database: Database) -> PersonalData:
    return PersonalData(database, _flush, clock=lambda: NOW)


async def _schema(database: Database) -> dict[str, set[str]]:
    rows = await database.reader.all(
        "SELECT m.name AS held, c.name AS name FROM pragma_table_list m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND m.schema = 'main' AND m.name NOT LIKE 'sqlite%'"
    )
    schema: dict[str, set[str]] = {}
    for row in rows:
        schema.setdefault(row["held"], set()).add(row["name"])
    return schema


async def test_every_column_of_the_schema_is_classed_once(database: Database) -> None:
    classed: dict[str, list[str]] = {table: list(columns) for table, columns in IMPERSONAL.items()}
    for holding in HOLDINGS:
        classed.setdefault(holding.table, []).extend((*holding.accounts, *holding.told, *holding.apart))
    assert {table: sorted(columns) for table, columns in classed.items()} == {
        table: sorted(columns) for table, columns in (await _schema(database)).items()
    }


async def test_every_account_s_column_is_named_as_one(database: Database) -> None:
    """A column whose name says that it holds somebody's id must be classed as that."""
    accounts = {f"{each.table}.{column}" for each in HOLDINGS for column in each.accounts}
    named = {
        f"{table}.{column}"
        for table, columns in (await _schema(database)).items()
        for column in columns
        if column.endswith(("user_id", "reader_id", "writer_id", "reporter_id", "actor_id", "sender_id", "_by"))
    }
    assert named - accounts == {"conversations.ended_by"}, "author or reader"


def test_the_page_about_privacy_says_what_the_register_says() -> None:
    lines = (CHECKOUT / "PRIVACY.md").read_text("utf-8").splitlines()
    told = [line for line in lines if line.startswith("| ") and not line.startswith(("| what |", "| --- "))]
    assert told == [
        f"| {each.what} | `{each.table}` | {each.why} | {each.seen_by} | {each.kept} | {each.forget} |"
        for each in HOLDINGS
    ]


async def _exported(database: Database, user: int = ME) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(await _service(database).export(user))) as made:
        assert made.namelist() == ["mydata.json", "mydata.html"]
        return json.loads(made.read("mydata.json"))


SECTIONS = {"reasons": "ledger", "ledger_persons": "ledger"}


def _is_told(rows: list[dict[str, Any]], column: str, marks: set[Any]) -> bool:
    """Whether each row has the column, and a mark that was planted is among them (none was where a key stands)."""
    return (
        bool(rows)
        and all(column in row for row in rows)
        and (not marks or {row[column] for row in rows} & marks != set())
    )


async def test_the_export_holds_every_column_about_me(database: Database) -> None:
    marks = await plant(database)
    held = (await _exported(database))["held"]
    missing = [
        f"{holding.table}.{column}"
        for holding in HOLDINGS
        for column in holding.told
        if not _is_told(held[SECTIONS.get(holding.table, holding.table)], column, marks[f"{holding.table}.{column}"])
    ]
    assert missing == []
    assert [row["comments"] for row in held["letters to you"]] == ["To me."]
    assert [row["title"] for row in held["stories"]] == ["The Well"]


async def test_the_export_holds_nothing_about_others(database: Database) -> None:
    await plant(database)
    whole = json.dumps(await _exported(database))
    assert str(OTHER) not in whole
    blocks = (await _exported(database))["held"]["blocks"]
    assert {row["block"]: row["letter_id"] for row in blocks} == {"by you": 3, "of you": None}, (
        "who blocked me stays secret"
    )
    nobody = await _exported(database, 5)
    assert not any(nobody["held"].values())


async def test_the_page_of_the_export_escapes_what_was_typed(database: Database) -> None:
    await plant(database)
    async with database.write() as db:
        await db.run("UPDATE bookmarks SET note = '<script>alert(1)</script>'")
    with zipfile.ZipFile(io.BytesIO(await _service(database).export(ME))) as made:
        page = made.read("mydata.html").decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "1970-01-01 01:56 UTC" in page or "1970-01-01 0" in page, "times can be read"


async def _where(database: Database, wanted: str) -> set[str]:
    """The columns in which something stands."""
    found: set[str] = set()
    for table, columns in (await _schema(database)).items():
        for column in columns:
            sql = f"SELECT 1 FROM {table} WHERE instr(CAST({column} AS TEXT), :wanted) LIMIT 1"
            if await database.reader.value(sql, wanted=wanted):  # pyright: ignore[reportArgumentType]
                found.add(f"{table}.{column}")
    return found


STAYS = {
    "blocks.user_id",  # it protects somebody else
    "forgettings.key", "forgettings.told",  # for 30 days
}  # fmt: skip
TEXTS = {
    "letters.author", "letters.comments", "letters.kind", "letters.quote", "letters.title",  # delivered, or another's
    "letters.sender_name",  # another's
    "reports.reason",  # while it is open
    "ledger.act", "reasons.reason",  # another's
    "uploads.problem", "uploads.told", "upload_files.name",
}  # fmt: skip
"""Where what was told about me, or by me, may still stand; everywhere else it is gone."""


async def test_after_forgetting_my_account_stands_nowhere_but_where_it_is_said(database: Database) -> None:
    await plant(database)
    assert len(await _where(database, str(ME))) > 12
    await _service(database).forget(ME, 1)
    assert await _where(database, str(ME)) == STAYS
    assert await database.reader.all("PRAGMA foreign_key_check") == []


async def test_after_forgetting_what_i_typed_is_gone_but_where_it_is_said(database: Database) -> None:
    await plant(database)
    await _service(database).forget(ME, 1)
    assert await _where(database, "«") == TEXTS
    db = database.reader
    mine = await db.all("SELECT comments, quote, sender_name, email, writer_id FROM letters WHERE id < 3 ORDER BY id")
    delivered, waiting = (tuple(row) for row in mine)
    assert delivered[0].startswith("«letters.comments")
    assert (delivered[2:], waiting) == (("", "", 0), ("", "", "", "", 0))
    assert await db.value("SELECT state FROM outbox WHERE id = 2") == "withdrawn"
    assert await db.value("SELECT state FROM outbox WHERE id = 4") == "waiting", "a letter to me waits for the name"
    assert (await _exported(database))["held"]["blocks"] != []
    assert not [name for name, rows in (await _exported(database))["held"].items() if rows and name != "blocks"]


async def test_nothing_of_others_goes(database: Database) -> None:
    await plant(database)
    before = len(await _where(database, str(OTHER)))
    await _service(database).forget(ME, 1)
    after = await _where(database, str(OTHER))
    assert before - len(after) == 1, "whom I blocked"
    assert "letters.writer_id" in after


async def test_what_stays_is_told_in_numbers(database: Database) -> None:
    await plant(database)
    service = _service(database)
    asked = await service.ask(ME)
    assert asked.stays == Stays(letters=1, stories=1, blocks=1, reports=1, entries=2)
    assert asked.goes["bookmarks"] == 1
    assert await service.forget(ME, 1) == asked.stays
    assert await service.forget(ME, 1) == asked.stays, "the same press"
    assert await service.forget(ME, 2) == Stays(0, 0, 1, 0, 0)


async def test_a_message_on_its_way_is_forgotten_when_it_has_arrived(database: Database) -> None:
    await plant(database)
    async with database.write() as db:
        await db.run("UPDATE parcels SET state = 'leased'")
        await db.run("UPDATE outbox SET state = 'sending' WHERE id = 3")
    await _service(database).forget(ME, 1)
    assert await _where(database, str(ME)) == STAYS | {"parcels.user_id", "notices.user_id"}
    async with database.write() as db:
        await db.run("UPDATE parcels SET state = 'delivered'")
        await db.run("UPDATE outbox SET state = 'delivered' WHERE id = 3")
    await Upkeep(database, clock=lambda: NOW + 1).round()
    assert await _where(database, str(ME)) == STAYS
    assert await database.reader.value("SELECT count(*) FROM parcels WHERE channel_id IS NOT NULL") == 0


async def test_after_thirty_days_the_list_forgets_me_too(database: Database) -> None:
    await plant(database)
    woken: list[int] = []
    await _service(database).forget(ME, 1)
    await forgetter(database).round()
    assert str(ME) in beside(database.path).read_text("utf-8")
    await Upkeep(database, lambda: woken.append(1), clock=lambda: NOW + 30 * DAY + 1).round()
    assert woken
    await forgetter(database).round()
    assert beside(database.path).read_text("utf-8") == ""
    assert await _where(database, str(ME)) == {"blocks.user_id"}


async def test_a_copy_that_is_brought_back_forgets_me_again(database: Database, tmp_path: Path) -> None:
    await plant(database)
    older = tmp_path / "older.db"
    await copy(database, older)
    await _service(database).forget(ME, 1)
    await forgetter(database).round()
    beside(older).write_bytes(beside(database.path).read_bytes())
    async with open_database(older) as brought_back:
        assert await forgetter(brought_back).again() == 1
        assert await _where(brought_back, str(ME)) == STAYS


@pytest.mark.parametrize("table", ["notices", "parcels"])
async def test_what_was_delivered_goes_after_its_time(database: Database, table: str) -> None:
    await plant(database)
    async with database.write() as db:
        await db.run("UPDATE outbox SET state = 'delivered'")
    for days, left in ((179, 1), (181, 0)):
        await Upkeep(database, clock=lambda days=days: 8_000.0 + days * DAY).round()
        assert await database.reader.value(f"SELECT count(*) FROM {table}") == left  # pyright: ignore[reportArgumentType]


async def test_what_was_said_for_claims_and_reports_goes_after_its_time(database: Database) -> None:
    await plant(database)
    async with database.write() as db:
        await db.run("UPDATE claims SET decided_at = 5.0")
        await db.run("UPDATE reports SET settled_at = 5.0")
        await db.run("UPDATE blocks SET until = 5.0")
    await Upkeep(database, clock=lambda: 5.0 + 181 * DAY).round()
    db = database.reader
    assert await db.value("SELECT proof FROM claims") == await db.value("SELECT reason FROM reports") == ""
    assert await db.value("SELECT count(*) FROM blocks") == 0


def test_everything_that_can_be_planted_is() -> None:
    apart = {"authors", "barred", "documents", "effects", "forgettings", "ledger_searches", "listings"}
    assert {each.table for each in HOLDINGS} - set(FIXED) == apart
    assert HOME.id == 1
