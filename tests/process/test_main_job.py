"""The main job, with the bot as a process that is killed and stopped with real signals."""

import asyncio
import signal
from asyncio.subprocess import Process
from pathlib import Path
from typing import Literal

import pytest

from bot.sandbox import Guild, Person, Sandbox
from bot.store.database import open_database
from tests.discord.stage import expected, message
from tests.local import local_discord
from tests.pages import page
from tests.process.running import serving, start, talebearer
from tests.shared import shared

SEED = "stories/000_86b04798ceb08aa6.txt"
SENDING = r"^/channels/\d+/messages$"


def _people(sandbox: Sandbox) -> tuple[Guild, Person, Person]:
    guild = sandbox.guild("Story Circle")
    guild.channel("reading-room")
    return guild, sandbox.person("mara", display_name="Mara"), sandbox.person("ruby", display_name="Ruby")


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_from_file_to_reader_to_author_over_a_kill(tmp_path: Path, moment: Literal["before", "after"]) -> None:
    assert (await talebearer(tmp_path, "import", str(shared(SEED)))).status == 0
    async with local_discord() as sandbox:
        _, mara, ruby = _people(sandbox)
        await talebearer(tmp_path, "author", "link", "Ruby", str(ruby.id))
        pause = sandbox.pause("POST", SENDING, moment=moment)
        async with serving(tmp_path, sandbox) as bot:
            await _read_to_the_end(mara)
            await mara.clicks("Tell the author what you think")
            receipt = message(await mara.submits(Comments="I read it twice."))
            assert "your letter is kept" in receipt.text
            await pause.reached()
            bot.kill()
            await bot.wait()
            pause.drop()
        assert len(ruby.dms) == (moment == "after")
        settled = expected(sandbox, "POST" if moment == "before" else "GET", SENDING)
        async with serving(tmp_path, sandbox) as bot:
            await settled
            assert "I read it twice." in (await ruby.receives()).text
            bot.send_signal(signal.SIGTERM)
            assert await bot.wait() == 0
        assert len(ruby.dms) == 1
    assert await _states(tmp_path) == ["delivered"]


async def _read_to_the_end(mara: Person) -> None:
    folded = message(await mara.runs("/read", story="Not So Alone"))
    assert "Willow smiled from her perch" not in folded.text
    shown = message(await mara.clicks("Read it anyway"))
    assert "Willow smiled from her perch" in shown.text
    while "Tell the author what you think" not in shown.buttons:
        shown = message(await mara.clicks("Next"))
    assert "Not so alone." in shown.text
    assert "The End" not in shown.text


async def _states(folder: Path) -> list[str]:
    async with open_database(folder / "archive.db") as database:
        return [row["state"] for row in await database.reader.all("SELECT state FROM outbox")]


async def test_a_form_opened_before_a_kill_is_taken_after_it(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(page("The Lamp", "Ruby"), "utf-8")
    await talebearer(tmp_path, "import", "lamp.txt")
    async with local_discord() as sandbox:
        _, mara, ruby = _people(sandbox)
        async with serving(tmp_path, sandbox) as bot:
            await mara.runs("/feedback", story="The Lamp")
            bot.kill()
            await bot.wait()
        async with serving(tmp_path, sandbox) as bot:
            assert "your letter is kept" in message(await mara.submits(Comments="Still here.")).text
            assert await _states(tmp_path) == ["waiting"]
            await talebearer(tmp_path, "author", "link", "Ruby", str(ruby.id))
            assert "Still here." in (await ruby.receives()).text
            bot.send_signal(signal.SIGTERM)
            assert await bot.wait() == 0
    assert await _states(tmp_path) == ["delivered"]


async def test_sigterm_drains(tmp_path: Path) -> None:
    """What is in flight is answered, the place just read is on disk, and the session can be resumed."""
    (tmp_path / "lamp.txt").write_text(page("The Lamp", paragraphs=["word " * 3_000] * 3), "utf-8")
    await talebearer(tmp_path, "import", "lamp.txt")
    async with local_discord() as sandbox:
        _, mara, _ = _people(sandbox)
        async with serving(tmp_path, sandbox) as bot:
            await mara.runs("/read", story="The Lamp")
            await mara.clicks("Next")
            bot.send_signal(signal.SIGTERM)
            assert await bot.wait() == 0
    async with open_database(tmp_path / "archive.db") as database:
        place = await database.reader.one("SELECT * FROM places")
    assert place is not None
    assert place["reader_id"] == mara.id
    assert place["paragraph"] >= 0


async def test_commands_are_told_once(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        _people(sandbox)
        for _ in range(2):
            async with serving(tmp_path, sandbox) as bot:
                bot.send_signal(signal.SIGTERM)
                assert await bot.wait() == 0
        told = [exchange for exchange in sandbox.exchanges if exchange.method == "PUT" and "commands" in exchange.path]
        assert len(told) == 1


async def test_no_token_in_a_log_at_any_level(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(page("The Lamp", "Ruby"), "utf-8")
    await talebearer(tmp_path, "import", "lamp.txt")
    async with local_discord() as sandbox:
        _, mara, _ = _people(sandbox)
        async with serving(tmp_path, sandbox, LOG_LEVEL="DEBUG") as bot:
            await mara.runs("/read", story="The Lamp")
            bot.send_signal(signal.SIGTERM)
            _, errors = await bot.communicate()
        tokens = [event.d["token"] for event in sandbox.events if event.t == "INTERACTION_CREATE"]
    log = errors.decode()
    assert "The Lamp" in log, "at this level everything is logged"
    assert tokens
    for token in [*tokens, sandbox.token]:
        assert token not in log


@pytest.mark.parametrize("act", ["command", "press"])
async def test_what_is_in_flight_at_sigterm_is_answered(tmp_path: Path, act: str) -> None:
    (tmp_path / "lamp.txt").write_text(page("The Lamp"), "utf-8")
    await talebearer(tmp_path, "import", "lamp.txt")
    async with local_discord() as sandbox:
        _, mara, _ = _people(sandbox)
        async with serving(tmp_path, sandbox) as bot:
            await mara.runs("/stories")
            pause = sandbox.pause("POST", r"/callback$")
            reading = asyncio.create_task(
                mara.runs("/read", story="The Lamp") if act == "command" else mara.chooses("The Lamp")
            )
            await pause.reached()
            bot.send_signal(signal.SIGTERM)
            await _said(bot, b"Stopping")
            pause.release()
            assert "It was dark." in message(await reading).text
            assert await bot.wait() == 0


async def _said(bot: Process, words: bytes) -> None:
    """Until the process has logged these words."""
    assert bot.stderr is not None
    while words not in (line := await bot.stderr.readline()):
        assert line, f"it ended without saying {words}"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", r"^/users/@me$"), ("GET", r"^/gateway/bot$"), ("PUT", r"/commands$")]
)
async def test_sigterm_while_starting(tmp_path: Path, method: str, path: str) -> None:
    async with local_discord() as sandbox:
        pause = sandbox.pause(method, path)
        bot = await start(tmp_path, "run", DISCORD_TOKEN=sandbox.token, DISCORD_API_URL=sandbox.api_url)
        await pause.reached()
        bot.send_signal(signal.SIGTERM)
        assert await bot.wait() == 0
        pause.drop()
        await bot.communicate()


async def test_a_second_process_does_not_serve_the_same_database(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        async with serving(tmp_path, sandbox) as bot:
            second = await talebearer(tmp_path, "run", DISCORD_TOKEN=sandbox.token, DISCORD_API_URL=sandbox.api_url)
            assert second.status == 2
            assert "archive.db already; stop it first, or name another file in DATABASE_URL." in second.errors
            bot.kill()
            await bot.wait()
        async with serving(tmp_path, sandbox) as bot:
            bot.send_signal(signal.SIGTERM)
            assert await bot.wait() == 0


async def test_a_bot_that_was_started_too_often_waits(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        sandbox.backend.gateway.identifies_left = 49
        done = await talebearer(tmp_path, "run", DISCORD_TOKEN=sandbox.token, DISCORD_API_URL=sandbox.api_url)
    assert done.status == 2
    assert "Discord allows this bot only 49 more starts for now" in done.errors
