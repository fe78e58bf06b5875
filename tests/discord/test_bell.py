"""Whoever looks after the archive is told of their desk while they do something else, told as a scene."""

from tests.discord.stage import Stage, message
from tests.library import add, edition

TOLD = "Something waits at the desk\n1 claim of a pen name"


async def test_a_moderator_who_reads_is_told_of_a_claim(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby"))

    def rung() -> list[str]:
        return [seen.text for seen in stage.mo.sees(stage.hall) if seen.text.startswith("Something waits at the desk")]

    async with stage.bot():
        await stage.ruby.runs("/pen claim", name="Ruby")
        await stage.mo.runs("/desk claims")
        assert rung() == [], "there it stands"
        await stage.mo.runs("/archive")
        await stage.mo.until(lambda: rung() == [TOLD])
        told = next(seen for seen in stage.mo.sees(stage.hall) if seen.text == TOLD)
        assert (told.ephemeral, told.buttons) == (True, ["Claims"])
        listed = message(await stage.mo.clicks("Claims", message=told))
        assert f"**Ruby**, claimed by <@{stage.ruby.id}>" in listed.text
        await stage.mo.chooses("Ruby", message=listed)
        await stage.mo.clicks("Agree")
        await stage.mo.runs("/archive")
        await stage.ruby.runs("/archive")
        assert rung() == []
        assert not any("at the desk" in seen.text for seen in stage.ruby.sees(stage.hall))
