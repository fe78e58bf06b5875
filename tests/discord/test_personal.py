"""Everybody's own data, told as scenes."""

import io
import json
import zipfile
from typing import Any

import aiohttp

from bot.sandbox import Message
from tests.discord.stage import Stage, message, posted, presses, refused, writes
from tests.library import add, edition


async def _held(shown: Message) -> dict[str, Any]:
    """What stands in the file of an export."""
    [attachment] = shown.attachments
    assert attachment["filename"] == "mydata.zip"
    async with aiohttp.ClientSession() as session, session.get(attachment["url"]) as answer:
        content = await answer.read()
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return json.loads(made.read("mydata.json"))["held"]


async def test_a_reader_gets_everything_in_a_file_for_them_alone(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("Next")
        await writes(stage.mara, "The Lamp", "Lovely.", Email="mara@example.org")
        shown = message(await stage.mara.runs("/mydata export"))
        assert shown.ephemeral
        held = await _held(shown)
        assert [row["title"] for row in held["places"]] == ["The Lamp"]
        assert [(row["comments"], row["email"]) for row in held["letters"]] == [("Lovely.", "mara@example.org")]
        assert shown.text not in [seen.text for seen in stage.jon.sees(stage.hall)]
        assert not (await _held(message(await stage.jon.runs("/mydata export", channel="dm"))))["letters"]


async def test_the_front_page_leads_to_both_before_and_after_a_restart(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        front = message(await stage.mara.runs("/archive"))
        offered = message(await stage.mara.clicks("My data", message=front))
        assert offered.ephemeral
        assert offered.buttons == ["Give me the file", "Forget me…"]
    async with stage.bot():
        shown = message(await stage.mara.clicks("Give me the file", message=offered))
        assert shown.ephemeral
        assert [row["title"] for row in (await _held(shown))["places"]] == ["The Lamp"]
        jons = message(await presses(stage.jon, "v1:mydata-export", on=offered))
        assert not (await _held(jons))["places"], "whoever presses gets their own"
        asked = message(await stage.mara.clicks("Forget me…", message=offered))
        assert asked.buttons == ["Forget me"], "it asks first"
        assert await stage.database.reader.value("SELECT count(*) FROM places") == 1
        await stage.mara.clicks("Forget me", message=asked)
    assert await stage.database.reader.value("SELECT count(*) FROM places") == 0


async def test_a_reader_is_forgotten_and_told_what_stays(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby", pages=3))
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await writes(stage.mara, "The Lamp", "Lovely.", Name="Mara")
        await posted(stage.ruby)
        asked = message(await stage.mara.runs("/mydata forget"))
        assert asked.ephemeral
        assert "1 entry of letters" in asked.text
        assert "1 entry of places" in asked.text
        assert "1 letter that went out: they are their readers' mail" in asked.text
        assert asked.buttons == ["Forget me"]
    async with stage.bot():
        done = message(await stage.mara.clicks("Forget me", message=asked))
        assert "Forgotten" in done.text
        assert "1 letter that went out" in done.text
        held = await _held(message(await stage.mara.runs("/mydata export")))
        assert not held["letters"]
        assert not held["places"]
        assert "You have written to nobody here yet" in message(await stage.mara.runs("/letters")).text
        inbox = message(await stage.ruby.runs("/pen inbox"))
        assert "Mara" not in inbox.text
        assert "Lovely." in message(await stage.ruby.chooses("1. Anonymous", message=inbox)).text


async def test_an_author_is_forgotten_and_the_name_is_free(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby"))
    await stage.link("Ruby", stage.ruby)
    async with stage.bot():
        asked = message(await stage.ruby.runs("/mydata forget"))
        assert "1 story under your pen names: /pen withdraw takes stories out" in asked.text
        await stage.ruby.clicks("Forget me", message=asked)
        assert "No pen name of this archive is tied" in await refused(stage.ruby.runs("/pen inbox"))
        receipt = await writes(stage.mara, "The Lamp", "Lovely.")
        assert "wait" in receipt.text


async def test_whoever_presses_another_s_button_forgets_themselves(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", "Ruby"))
    async with stage.bot():
        for person in (stage.mara, stage.jon):
            await person.runs("/read", story="The Lamp")
        asked = message(await stage.mara.runs("/mydata forget"))
        done = message(await presses(stage.jon, "v1:forget-me", on=asked))
        assert done.ephemeral
    rows = await stage.database.reader.all("SELECT reader_id FROM places")
    assert [row["reader_id"] for row in rows] == [stage.mara.id]
