"""This room is the load: readers who turn page after page of one story, each as soon as the last one came."""

import asyncio
import re
import time
from collections.abc import Sequence

from bot.sandbox import Exchange, Message, Modal, Person, Sandbox
from bot.sandbox.errors import Json
from tests.bench.processes import BenchFailed

STORY = "The Long Tide"
ANYWAY = "Read it anyway"


class Reader:
    """A person with a private page of the story before them."""

    def __init__(self, person: Person, page: Message) -> None:
        self.person = person
        self._page = page
        self.number, self.pages = shown_page(page.raw["embeds"])

    async def turn(self) -> float:
        """Presses Next, on the last page First; gives the seconds until the page asked for was there."""
        button, number = ("First", 1) if self.number == self.pages else ("Next", self.number + 1)
        pressed = time.perf_counter()
        shown = await self.person.clicks(button, message=self._page)
        took = time.perf_counter() - pressed
        self._page = message(shown)
        if (answered := shown_page(shown.embeds)) != (number, self.pages):
            raise BenchFailed(f"{button} on page {self.number} brought page {answered[0]}; look at the bot's log.")
        self.number = number
        return took


async def opens(person: Person) -> Reader:
    """A person runs /read, and reads what may spoil the story before it."""
    page = message(await person.runs("/read", story=STORY))
    if ANYWAY in page.buttons:
        page = message(await person.clicks(ANYWAY, message=page))
    return Reader(person, page)


def message(shown: Message | Modal) -> Message:
    if isinstance(shown, Modal) or not shown.embeds:
        raise BenchFailed(f"The bot showed no page but {shown.text!r}.")
    return shown


def shown_page(embeds: Sequence[Json]) -> tuple[int, int]:
    """Number of the page and of all pages, as the foot of the last embed says."""
    found = re.match(r"Page (\d+) of (\d+)", embeds[-1].get("footer", {}).get("text", ""))
    return (int(found[1]), int(found[2])) if found else (0, 0)


async def read_on(readers: Sequence[Reader], turns: int) -> list[float]:
    """Turns so many pages between them, all at the same time; the seconds that each turn took."""
    left = iter(range(turns))

    async def one(reader: Reader) -> list[float]:
        return [await reader.turn() for _ in left]

    return [took for each in await asyncio.gather(*map(one, readers)) for took in each]


async def read_through(sandbox: Sandbox, reader: Reader) -> list[Json]:
    """Reads the story once; gives the message of each page exactly as the bot sent it."""
    sent: dict[int, Json] = {}

    def listen(exchange: Exchange) -> None:
        if exchange.path.endswith("/callback"):
            sent[shown_page(exchange.request["data"]["embeds"])[0]] = exchange.request["data"]

    sandbox.history = True
    sandbox.listeners.append(listen)
    await read_on([reader], reader.pages)
    sandbox.listeners.remove(listen)
    sandbox.history = False
    return [sent[number] for number in sorted(sent)]
