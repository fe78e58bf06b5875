"""/desk settings and /desk open, told as scenes: how an archive is run, and a server's own archive."""

from bot.domain.models import Rating
from bot.sandbox.permissions import MANAGE_GUILD
from tests.discord.stage import Stage, message, refused
from tests.library import add, edition

NOT_YOURS = "Only the moderators of the archive that is read here can do this"


async def test_settings_are_shown_changed_and_on_record(stage: Stage) -> None:
    role = stage.guild.role("archivist")
    stage.guild.members[stage.jon.id].roles.append(role)
    async with stage.bot():
        shown = message(await stage.mo.runs("/desk settings"))
        assert "only who may manage the server" in shown.text
        assert "To let others in, choose their role here with the option `moderators`." in shown.text
        changed = message(await stage.mo.runs("/desk settings", name="The *Lamp* Room", moderators=role))
        assert r"The \*Lamp\* Room" in changed.text
        assert f"Server Settings, Integrations, this app, /desk, add <@&{role.id}>." in changed.text
        assert r"The \*Lamp\* Room" in message(await stage.mara.runs("/archive")).text
        assert "settings changed" in message(await stage.mo.runs("/desk ledger")).text
        assert f"<@&{role.id}>" not in message(await stage.mo.runs("/desk settings", no_role=True)).text
    values = await stage.database.reader.all("SELECT field, former FROM ledger_values WHERE ledger_id = 1")
    assert {row["field"] for row in values} == {"name", "moderator_role_id"}


async def test_the_rating_limit_and_directory_safety_hold_at_once(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby", rating=Rating.R))
    async with stage.bot():
        assert "age-restricted" in await refused(stage.mara.runs("/read", story="The Lamp", channel=stage.hall))
        await stage.mo.runs("/desk settings", rating_limit="R")
        assert "page 1" in message(await stage.mara.runs("/read", story="The Lamp", channel=stage.hall)).text
        await stage.mo.runs("/desk settings", rating_limit="PG", directory_safe=True)
        assert "The Lamp" not in message(await stage.mara.runs("/stories", channel=stage.dark)).text


async def test_a_server_opens_its_own_archive_and_is_alone_with_it(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby"))
    other = stage.sandbox.guild("Elsewhere")
    there = other.channel("hall")
    other.welcome(stage.jon.user, MANAGE_GUILD)
    other.welcome(stage.mo.user)
    async with stage.bot():
        assert "The Lamp" in message(await stage.jon.runs("/stories", channel=there)).text
        assert (await refused(stage.jon.runs("/desk settings", name="Mine", channel=there))).startswith(NOT_YOURS)
        said = message(await stage.jon.runs("/desk open", name="The Quay", channel=there)).text
        assert said.startswith("The Quay is open, and empty")
        assert "The Quay" in message(await stage.jon.runs("/archive", channel=there)).text
        assert "The Lamp" not in message(await stage.jon.runs("/stories", channel=there)).text
        assert "The Lamp" in message(await stage.mo.runs("/stories", channel=stage.hall)).text
        assert "already" in await refused(stage.jon.runs("/desk open", name="Another", channel=there))
        assert "The Pier" in message(await stage.jon.runs("/desk settings", name="The Pier", channel=there)).text
        assert "archive opened" in message(await stage.jon.runs("/desk ledger", channel=there)).text
        assert "archive opened" not in message(await stage.mo.runs("/desk ledger", channel=stage.hall)).text
    rows = await stage.database.reader.all("SELECT name, guild_id FROM archives ORDER BY id")
    assert [tuple(row) for row in rows] == [("Story Archive", None), ("The Pier", other.id)]


async def test_the_home_server_opens_no_second_archive(stage: Stage) -> None:
    async with stage.bot():
        assert "already" in await refused(stage.mo.runs("/desk open", name="Mine", channel=stage.hall))
    assert await stage.database.reader.value("SELECT count(*) FROM archives") == 1
