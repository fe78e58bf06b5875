"""/desk export, told as scenes: files that import back, what does not open stays out, and closed to others."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.domain.models import Rating
from bot.sandbox import Channel, Message
from bot.sandbox.permissions import MANAGE_GUILD
from tests.discord.stage import Stage, message, refused
from tests.discord.test_downloads import content
from tests.exports import brought_back
from tests.exports import content as stories_of
from tests.library import add, edition, open_archive

NOT_YOURS = "Only the moderators of the archive that is read here can do this"


@pytest.fixture(autouse=True)
async def stories(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby", pages=2))
    await add(stage.database, edition("Night", "Ruby", rating=Rating.NC_17))


async def _exported(stage: Stage, channel: Channel) -> tuple[Message, Message]:
    """What is said of the files, and the file."""
    await stage.mo.runs("/desk export", channel=channel)
    await stage.mo.until(lambda: any(each.attachments for each in stage.mo.sees(channel)))
    told, file = stage.mo.sees(channel)[-2:]
    return told, file


async def test_an_archive_is_taken_out_and_comes_back(stage: Stage, tmp_path: Path) -> None:
    other = await open_archive(stage.database, 5)
    async with stage.bot():
        told, file = await _exported(stage, stage.dark)
        assert "2 stories in 1 file: each holds stories as JSON" in told.text
        assert "Left out" not in told.text
        assert "exported, 2 stories" in message(await stage.mo.runs("/desk ledger")).text
    (tmp_path / "export.zip").write_bytes(await content(file))
    returned = await brought_back(stage.database, tmp_path / "export.zip", archive_id=other)
    assert returned.added == 2
    assert [each.content for each in await stories_of(stage.database, other)] == [
        each.content for each in await stories_of(stage.database)
    ]


async def test_elsewhere_mature_stories_stay_out(stage: Stage) -> None:
    async with stage.bot():
        told, file = await _exported(stage, stage.hall)
        with zipfile.ZipFile(io.BytesIO(await content(file))) as taken:
            assert b"Night" not in b"".join(map(taken.read, taken.namelist()))
            assert [name for name in taken.namelist() if name.endswith(".json")] == [
                "stories/000001.json", "talebearer.json",
            ]  # fmt: skip
        assert "Left out because above PG-13: 1 story. Run this in an age-restricted channel" in told.text


async def test_nobody_else_takes_it_out(stage: Stage) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    async with stage.bot():
        assert NOT_YOURS in await refused(stage.jon.runs("/desk export", channel=there))
    assert await stage.database.reader.value("SELECT count(*) FROM ledger") == 0
