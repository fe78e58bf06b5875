"""Reading in another language, told as scenes."""

from tests.discord.stage import Stage, form, message
from tests.library import add, edition


async def test_everybody_reads_in_the_words_of_their_own_discord(stage: Stage) -> None:
    jule = stage.sandbox.person("jule", guild=stage.guild, locale="de")
    await add(stage.database, edition("The Lamp", pages=60))
    async with stage.bot():
        english = message(await stage.mara.runs("/read", story="The Lamp"))
        german = message(await jule.runs("/read", story="The Lamp"))
        assert english.buttons[:5] == ["First", "Previous", "Next", "Last", "More"]
        assert german.buttons[:5] == ["Erste", "Zurück", "Weiter", "Letzte", "Mehr"]
        assert "Page 1 of 60" in english.text
        assert "Seite 1 von 60" in german.text
        assert "Länge" in german.text
        assert "Seite 2 von 60" in message(await jule.clicks("Weiter")).text
        assert "Page 2 of 60" in message(await stage.mara.clicks("Next")).text
        assert "Seite 60 von 60" in message(await jule.chooses("Seite 60")).text


async def test_where_to_jump_is_said_and_understood_in_german(stage: Stage) -> None:
    jule = stage.sandbox.person("jule", guild=stage.guild, locale="de")
    await add(stage.database, edition("The Lamp", pages=60))
    async with stage.bot():
        await jule.runs("/read", story="The Lamp")
        assert form(await jule.chooses("Anderswohin …", menu="Springen zu …")).title == "Springen zu …"
        assert "Seite 42 von 60" in message(await jule.submits(where="Seite 42")).text


async def test_a_shared_page_turns_in_the_language_of_whoever_presses(stage: Stage) -> None:
    jule = stage.sandbox.person("jule", guild=stage.guild, locale="de")
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        shared = message(await stage.mara.runs("/read", story="The Lamp", share=True))
        own = message(await jule.clicks("Next", message=shared))
        assert own.ephemeral
        assert "Seite 2 von 3" in own.text
        assert "Page 1 of 3" in stage.mara.sees(stage.hall)[-1].text
