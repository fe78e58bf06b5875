"""`talebearer check`: everything is looked at, and each trouble has its cure."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.checking import PERMISSIONS, SQLITE_NEEDED, _versions, check
from bot.config import read_settings
from tests.local import local_discord
from tests.pages import page
from tests.process.running import talebearer

WELL = (
    "Versions: Talebearer", "is sound", "it is up to date", "are free in", "Discord knows it",
    "it agrees with Discord's", "are left today", "the bot is in Story Circle", "oauth2/authorize?client_id=",
    "the bot may do in the home server what it needs", "none that Discord has to allow are asked for",
)  # fmt: skip


async def test_everything_is_well(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page("A"), "utf-8")
    await talebearer(tmp_path, "import", "a.txt")
    async with local_discord() as sandbox:
        home = sandbox.guild("Story Circle")
        done = await talebearer(
            tmp_path,
            "check",
            DISCORD_TOKEN=sandbox.token,
            DISCORD_API_URL=sandbox.api_url,
            DISCORD_HOME_GUILD=str(home.id),
        )
    assert done.status == 0, done.output
    assert "!!" not in done.output
    for told in WELL:
        assert told in done.output
    assert sandbox.token not in done.output + done.errors


async def test_before_anything_is_there(tmp_path: Path) -> None:
    done = await talebearer(tmp_path, "check")
    assert done.status == 1
    assert "is not there yet; the first start or import makes it" in done.output
    assert "!! Token: DISCORD_TOKEN is not set\n   Put the bot's token into .env" in done.output
    assert not (tmp_path / "archive.db").exists(), "looking makes nothing"


async def test_a_token_that_is_not_known(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        done = await talebearer(tmp_path, "check", DISCORD_TOKEN="wrong-token-0", DISCORD_API_URL=sandbox.api_url)
    assert done.status == 1
    assert "!! Token: Discord does not know it\n   Copy it again" in done.output
    assert "wrong-token-0" not in done.output + done.errors


async def test_a_discord_that_is_not_there(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        address = sandbox.api_url
    done = await talebearer(tmp_path, "check", DISCORD_TOKEN="x", DISCORD_API_URL=address)
    assert f"!! Discord: {address} does not answer" in done.output


async def test_a_clock_that_is_off_and_a_home_that_is_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with local_discord() as sandbox:
        home = sandbox.guild("Elsewhere", has_bot=False)
        settings = read_settings(
            {
                "DISCORD_TOKEN": sandbox.token,
                "DISCORD_API_URL": sandbox.api_url,
                "DISCORD_HOME_GUILD": str(home.id),
                "DATABASE_URL": f"sqlite:///{tmp_path}/archive.db",
            },
            tmp_path,
        )
        assert await check(settings, lambda: time.time() + 3_600) == 1
    told = capsys.readouterr().out
    assert "seconds off\n   Set this machine's clock" in told
    assert f"!! Home server: the bot is not in server {home.id}\n   Invite it" in told


async def test_starts_that_run_out(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        sandbox.backend.gateway.identifies_left = 10
        done = await talebearer(tmp_path, "check", DISCORD_TOKEN=sandbox.token, DISCORD_API_URL=sandbox.api_url)
    assert "!! Starts: 10 of 1000 are left today\n   Find out why the bot starts so often" in done.output


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE migrations SET digest = 'other'", "!! Schema: it is of another version"),
        ("DELETE FROM migrations WHERE number > 1", "ok Schema: "),
        ("DROP TABLE migrations", "cannot be read (no such table: migrations)"),
    ],
)
async def test_a_database_of_another_version(tmp_path: Path, statement: str, told: str) -> None:
    (tmp_path / "a.txt").write_text(page("A"), "utf-8")
    await talebearer(tmp_path, "import", "a.txt")
    with closing(sqlite3.connect(tmp_path / "archive.db")) as database:
        database.execute(statement)
        database.commit()
    done = await talebearer(tmp_path, "check")
    assert told in done.output


async def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"no database at all" * 500)
    done = await talebearer(tmp_path, "check")
    assert "!! Database:" in done.output
    assert "restore a backup" in done.output


async def test_a_permission_that_is_missing(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        home = sandbox.guild("Story Circle")
        for role in home.roles:
            role.permissions = 1 << 10
        done = await talebearer(
            tmp_path, "check", DISCORD_TOKEN=sandbox.token, DISCORD_API_URL=sandbox.api_url,
            DISCORD_HOME_GUILD=str(home.id),
        )  # fmt: skip
    assert done.status == 1
    told = "!! Permissions: in the home server the bot may not send messages, embed links, attach files"
    assert f"{told}\n   Give its role these" in done.output
    link = next(line for line in done.output.splitlines() if "Invite:" in line)
    assert f"permissions={PERMISSIONS.value}" in link
    assert PERMISSIONS.value == 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15, "see, send, embed, attach; nothing more"


def test_an_sqlite_that_is_too_old() -> None:
    old = _versions((3, 37, 2))
    assert "SQLite 3.37.2" in old.told
    assert old.cure == "Install a Python that brings SQLite 3.38.0 or newer."
    assert _versions(SQLITE_NEEDED).cure == ""
