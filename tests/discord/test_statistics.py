"""/desk stats, told as scenes."""

from bot.domain.models import Place, Standing
from bot.sandbox.permissions import MANAGE_GUILD
from bot.store import readers
from tests.discord.stage import Stage, message, refused
from tests.library import add, edition


async def test_moderators_see_their_archive_in_figures(stage: Stage) -> None:
    story = await add(stage.database, edition("The Lamp", "Ruby", pages=2))
    await add(stage.database, edition("The Wick", "Ruby"), state=Standing.HIDDEN)
    async with stage.database.write() as db:
        await readers.keep_places(db, [Place(person, story, 0, 1, 0, "a", 9.0) for person in range(1, 8)])
    async with stage.bot():
        shown = message(await stage.mo.runs("/desk stats"))
        assert shown.ephemeral
        assert "9 words by 1 author, 0 series.\nPublished: 1\nHidden: 1\n" in shown.text
        (file,) = shown.attachments
        assert "New readers: 1 Jan 1970 7." in file["description"]


async def test_nobody_else_does(stage: Stage) -> None:
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    async with stage.bot():
        assert "Only the moderators" in await refused(stage.jon.runs("/desk stats", channel=there))
