"""This room tests that discord.py, not patched, stays alive: through drops, restarts, compression and many clicks."""

import asyncio
import zlib

import discord
import pytest
from discord import utils
from discord.gateway import DiscordWebSocket

from bot.sandbox import Channel, Guild, Person, Sandbox, Unanswered
from bot.sandbox.sessions import MESSAGE_CONTENT
from tests.sandbox.bots import Asked, Bot, living, reader, settle
from tests.sandbox.conftest import Connect
from tests.sandbox.wire import Api


async def turn(asked: Asked) -> None:
    await asked.response.edit_message(content=f"turned by {asked.user.name}", embed=None)


def turning(bot: Bot) -> Bot:
    bot.when("next:1", turn)
    return bot


@pytest.mark.parametrize("stream", ["zstd-stream", "zlib-stream"])
async def test_both_compressions(connect: Connect, mara: Person, monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    if stream == "zlib-stream":
        monkeypatch.setattr(utils, "_ActiveDecompressionContext", ZlibContext)
    bot = await connect(turning(reader()))
    assert (await mara.runs("/read", story="x")).text.startswith("x\n")
    for _ in range(20):
        assert (await mara.clicks("Next")).text == "turned by mara"
    assert len(bot.heard) == 21


class ZlibContext:
    """What discord.py uses where zstandard is not installed; with zstandard it does not define it."""

    COMPRESSION_TYPE = "zlib-stream"

    def __init__(self) -> None:
        self.stream = zlib.decompressobj()

    def decompress(self, data: bytes, /) -> str:
        assert data.endswith(b"\x00\x00\xff\xff")
        return self.stream.decompress(data).decode()


async def test_a_bot_that_is_told_to_come_back_resumes(sandbox: Sandbox, bot: Bot, mara: Person) -> None:
    turning(bot)
    await mara.runs("/read", story="x")
    await sandbox.reconnect(7)
    await sandbox.ready()
    await bot.resumed.wait()
    assert (await mara.clicks("Next")).text == "turned by mara"
    assert [event.t for event in sandbox.events].count("READY") == 1


async def test_a_bot_whose_session_is_over_identifies_again(sandbox: Sandbox, bot: Bot, mara: Person) -> None:
    turning(bot)
    await mara.runs("/read", story="x")
    await sandbox.reconnect(9)
    await sandbox.ready()
    assert (await mara.clicks("Next")).text == "turned by mara"
    assert [event.t for event in sandbox.events].count("READY") == 2


async def test_what_happened_meanwhile_is_heard_after_a_drop(sandbox: Sandbox, bot: Bot, mara: Person) -> None:
    turning(bot)
    message = await mara.runs("/read", story="x")
    await sandbox.drop_gateway()
    clicks = [asyncio.create_task(mara.clicks("Next", message=message)) for _ in range(5)]
    answers = await asyncio.gather(*clicks)
    assert {answer.text for answer in answers} == {"turned by mara"}
    assert bot.resumed.is_set()


async def test_a_button_outlives_the_bot_that_sent_it(
    sandbox: Sandbox, mara: Person, hall: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with living(reader(), sandbox, monkeypatch):
        message = await mara.runs("/read", story="x")
    assert not sandbox.connected
    async with living(turning(reader()), sandbox, monkeypatch):
        assert (await mara.clicks("Next", message=message)).text == "turned by mara"


async def test_nobody_answers_when_nobody_is_there(sandbox: Sandbox, bot: Bot, mara: Person) -> None:
    message = await mara.runs("/read", story="x")
    await bot.close()
    clicking = asyncio.create_task(mara.clicks("Next", message=message))
    await asyncio.sleep(0)
    sandbox.advance(3.1)
    with pytest.raises(Unanswered):
        await clicking


async def test_a_replay_brings_every_interaction_again(sandbox: Sandbox, bot: Bot, mara: Person) -> None:
    again = asyncio.Event()
    codes: list[int] = []

    async def once(asked: Asked) -> None:
        try:
            await turn(asked)
        except discord.HTTPException as refused:
            codes.append(refused.code)
            again.set()

    bot.when("next:1", once)
    await mara.runs("/read", story="x")
    await mara.clicks("Next")
    sandbox.replay()
    await again.wait()
    assert codes == [40060]
    asked = [interaction.id for interaction in bot.heard if interaction.custom_id == "next:1"]
    assert len(asked) == 2
    assert len(set(asked)) == 1


async def test_a_wrong_token_is_told_at_login(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, hall: Channel) -> None:
    await settle(sandbox, monkeypatch)
    async with Bot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.start("another")


async def test_intents_not_granted_are_told_in_words(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = Bot(discord.Intents(guilds=True, message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with living(bot, sandbox, monkeypatch):
            pass
    sandbox.backend.gateway.privileged = MESSAGE_CONTENT
    async with living(Bot(discord.Intents(guilds=True, message_content=True)), sandbox, monkeypatch):
        assert sandbox.connected


async def test_the_cache_holds_what_the_world_holds(
    connect: Connect, sandbox: Sandbox, guild: Guild, dark: Channel, mara: Person
) -> None:
    late = dark.thread("late")
    bot = Bot(discord.Intents(guilds=True, guild_messages=True))
    await connect(bot)
    await bot.wait_until_ready()
    known = bot.get_guild(guild.id)
    assert known is not None
    assert [channel.name for channel in known.text_channels] == ["reading-room", "after-dark"]
    assert [channel.is_nsfw() for channel in known.text_channels] == [False, True]
    thread = known.get_thread(late.id)
    assert thread is not None
    assert thread.is_nsfw()
    assert known.me.id == sandbox.application_id
    role = guild.role("New")
    guild.channel("new")
    mara.says("hello", channel=dark)
    while not bot.said:
        await asyncio.wait_for(bot.wait_for("message"), 5)
    assert known.get_role(role.id) is not None
    assert "new" in [channel.name for channel in known.text_channels]


async def test_a_thread_whose_parent_is_not_in_memory_says_it_is_harmless(connect: Connect, dark: Channel) -> None:
    """What discord.py does with a thread's payload when it knows no guild: rule 3 of the bot asks the parent."""
    bot = await connect(Bot(discord.Intents.none()))
    late = dark.thread("late")
    thread = await bot.fetch_channel(late.id)
    assert isinstance(thread, discord.Thread)
    assert not thread.is_nsfw()
    parent = await bot.fetch_channel(thread.parent_id)
    assert isinstance(parent, discord.TextChannel)
    assert parent.is_nsfw()


async def test_discord_py_waits_where_it_is_asked_to(
    sandbox: Sandbox, bot: Bot, hall: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the fifth message the headers say wait; discord.py then sends no sixth that would be refused."""
    waited: list[float] = []
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        sandbox.advance(seconds)
        await real(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    channel = await bot.fetch_channel(hall.id)
    assert isinstance(channel, discord.TextChannel)
    for number in range(7):
        await channel.send(str(number))
    assert [seconds for seconds in waited if seconds > 1]
    assert 429 not in [exchange.status for exchange in sandbox.exchanges]
    assert len(hall.messages) == 7


async def test_eight_people_at_once(sandbox: Sandbox, bot: Bot, guild: Guild) -> None:
    turning(bot)
    sandbox.history = False

    async def read(person: Person) -> set[str]:
        message = await person.runs("/read", story=person.name)
        return {(await person.clicks("Next", message=message)).text for _ in range(25)}

    people = [sandbox.person(f"reader{number}") for number in range(8)]
    seen = await asyncio.gather(*(read(person) for person in people))
    assert seen == [{f"turned by {person.name}"} for person in people]


async def test_gateway_url_is_taken_from_discords_answer(bot: Bot, sandbox: Sandbox, api: Api) -> None:
    answer = await api("GET", "/gateway/bot")
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == answer.body["url"]
