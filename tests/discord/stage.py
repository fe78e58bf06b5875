"""This room sets the stage: a server with its channels, people in it, and the bot coming and going."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.client import Talebearer
from bot.config import read_settings
from bot.sandbox import Channel, Exchange, Guild, Message, Modal, Person, Sandbox
from bot.sandbox.interactions import COMPONENT
from bot.sandbox.permissions import MANAGE_GUILD
from bot.services.feedback import Feedback
from bot.services.postman import Clocks
from bot.store.database import Database, open_database


@dataclass(frozen=True, slots=True)
class Stage:
    """A local Discord: an ordinary and an age-restricted channel, a thread of each, and people."""

    sandbox: Sandbox
    database: Database
    database_path: Path
    guild: Guild
    hall: Channel
    dark: Channel
    hall_thread: Channel
    dark_thread: Channel
    mara: Person
    jon: Person
    ruby: Person
    mo: Person
    """Looks after the home archive."""

    @asynccontextmanager
    async def bot(self, clock: Callable[[], float] = time.time) -> AsyncGenerator[Talebearer]:
        """The bot, logged in and ready; drained and closed at the end of the block."""
        settings = replace(
            read_settings({}, self.database_path.parent),
            discord_api_url=self.sandbox.api_url,
            discord_home_guild=self.guild.id,
            dm_opening_seconds=0.05,
        )
        async with Talebearer(settings, self.database, Clocks(clock, clock)) as bot:
            stop = asyncio.Event()
            serving = asyncio.create_task(bot.serve(self.sandbox.token, stop))
            ready = asyncio.create_task(bot.wait_until_ready())
            await asyncio.wait({serving, ready}, return_when=asyncio.FIRST_COMPLETED)
            try:
                ready.cancel()
                yield bot
            finally:
                stop.set()
                await serving
        assert_nothing_kept(bot)

    def expects(self, method: str, path: str, times: int = 1) -> asyncio.Future[Exchange]:
        return expected(self.sandbox, method, path, times)

    async def link(self, author: str, person: Person) -> None:
        """Ties a pen name to a person by a connection of its own, as `talebearer author link` does."""
        async with open_database(self.database_path) as database:
            await Feedback(database).link(1, author, person.id)


def expected(sandbox: Sandbox, method: str, path: str, times: int = 1) -> asyncio.Future[Exchange]:
    """The exchange, once the `times`-th such request from now on has been answered; both are patterns."""
    seen: list[Exchange] = []
    future: asyncio.Future[Exchange] = asyncio.get_running_loop().create_future()

    def listen(exchange: Exchange) -> None:
        if re.fullmatch(method, exchange.method) and re.search(path, exchange.path):
            seen.append(exchange)
            if len(seen) == times and not future.done():
                future.set_result(exchange)

    sandbox.listeners.append(listen)
    return future


def staged(sandbox: Sandbox, database: Database, database_path: Path) -> Stage:
    guild = sandbox.guild("Story Circle")
    hall = guild.channel("reading-room")
    dark = guild.channel("after-dark", nsfw=True)
    people = [sandbox.person(name.lower(), display_name=name, guild=guild) for name in ("Mara", "Jon", "Ruby")]
    people.append(sandbox.person("mo", guild=guild, permissions=MANAGE_GUILD))
    return Stage(
        sandbox, database, database_path, guild, hall, dark, hall.thread("corner"), dark.thread("late"), *people
    )


def assert_nothing_kept(bot: Talebearer) -> None:
    """discord.py's view store is empty: what it keeps per message, it would keep for ever."""
    kept = bot._connection._view_store
    assert (kept._views, kept._modals, kept._synced_message_views, kept._dynamic_items) == ({}, {}, {}, {})


def message(shown: Message | Modal) -> Message:
    assert isinstance(shown, Message)
    return shown


def form(shown: Message | Modal) -> Modal:
    assert isinstance(shown, Modal)
    return shown


async def presses(person: Person, custom_id: str, *values: int | str, on: Message) -> Message | Modal:
    """Presses a control of that id on a message that need not have it: a forged one, or one of an older version."""
    data: dict[str, object] = {"custom_id": custom_id, "component_type": 3 if values else 2, "id": 1}
    if values:
        data["values"] = [str(value) for value in values]
    return await person._shown(person._act(COMPONENT, on.channel, data, source=on.stored))


async def writes(person: Person, story: str, comments: str, **fields: str) -> Message:
    """Fills in the form of /feedback and sends it; returns the receipt."""
    form(await person.runs("/feedback", story=story))
    return message(await person.submits(fields, Comments=comments))


async def posted(person: Person, count: int = 1) -> Message:
    """The `count`-th direct message that the bot sent of its own accord, once it is there."""
    await person.until(lambda: len(post(person)) >= count)
    return post(person)[count - 1]


def post(person: Person) -> list[Message]:
    """Direct messages of the bot's own accord; answers to what the person did there are none of them."""
    return [letter for letter in person.dms if not letter.ephemeral]


async def refused(attempt: Awaitable[Message | Modal]) -> str:
    """The sentence with which something was refused, in a message that only the asker sees."""
    answer = message(await attempt)
    assert answer.ephemeral
    assert answer.buttons in ([], ["Edit again"])
    return answer.content
