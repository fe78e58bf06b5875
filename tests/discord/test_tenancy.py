"""A server throws the bot out, and asks it back."""

import time

from bot.services.tenancy import KEPT
from tests.discord.stage import Stage, message
from tests.library import add, edition, open_archive

GUILDS = r"^/users/@me/guilds"


async def _left_at(stage: Stage, archive: int) -> float | None:
    return await stage.database.reader.value("SELECT left_at FROM archives WHERE id = :id", id=archive)


async def test_an_archive_outlives_a_short_absence_and_no_long_one(stage: Stage) -> None:
    other = stage.sandbox.guild("Elsewhere")
    other.welcome(stage.mara.user)
    archive = await open_archive(stage.database, other.id)
    await add(stage.database, edition("The Well", "Jon"), archive_id=archive)
    now = time.time()
    other.expel_bot()
    async with stage.bot(lambda: now) as bot:
        await bot.services.tenancy.round()
        assert await _left_at(stage, archive) == now
    other.readmit_bot()
    asked = stage.expects("GET", GUILDS)
    async with stage.bot(lambda: now + KEPT + 1) as bot:
        await asked
        await bot.services.tenancy.round()
        assert await _left_at(stage, archive) is None
        hall = other.channel("hall")
        assert "The Well" in message(await stage.mara.runs("/archive", channel=hall)).text
        other.expel_bot()
        await bot.services.tenancy.round()
    async with stage.bot(lambda: now + 3 * KEPT) as bot:
        await bot.services.tenancy.round()
        assert await stage.database.reader.value("SELECT count(*) FROM archives") == 1
