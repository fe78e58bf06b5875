"""This room tells an open page what changes, as Server-Sent Events."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress

import orjson
from aiohttp import web

from ..watching import Change
from .ledger import Ledger
from .seat import DIRECT, Seat, place_of
from .view import Drawn

PULSE = 15.0
"""Seconds between signs of life: a page that was closed is noticed by the next one."""

RETRY = b"retry: 1000\n\n"
"""How long the browser waits, in ms, before it connects again."""

Events = asyncio.Queue[Drawn | None]
"""What is to be told; None ends the stream."""


class Streams:
    """The open streams, so that a stopping server need not wait for its pages to be closed."""

    def __init__(self) -> None:
        self._open: set[Events] = set()

    async def close(self, _app: web.Application) -> None:
        for events in self._open:
            events.put_nowait(None)

    async def serve(
        self, request: web.Request, seat: Seat, others: Iterable[Seat], ledger: Ledger
    ) -> web.StreamResponse:
        """Writes until the page is closed or the server stops; nothing after the first byte is missed."""
        events: Events = asyncio.Queue()
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        self._open.add(events)
        with ExitStack() as watching, suppress(ConnectionError):
            watching.callback(self._open.discard, events)
            _follow(watching, seat, events, lambda change: _told(seat, change))
            for other in others:
                _follow(watching, other, events, lambda change, other=other: _elsewhere(other, change))
            watching.enter_context(ledger.telling(lambda row: events.put_nowait({"kind": "said", "row": row})))
            await response.prepare(request)
            await _write(response, events)
        return response


def _follow(watching: ExitStack, seat: Seat, events: Events, tell: Callable[[Change], Drawn | None]) -> None:
    """Puts what `tell` makes of the changes before a person's eyes into `events`, until `watching` closes."""
    changes = watching.enter_context(seat.sandbox.backend.watchers.watching(seat.person.id))

    async def forward() -> None:
        while True:
            if event := tell(await changes.get()):
                events.put_nowait(event)

    watching.callback(asyncio.create_task(forward()).cancel)


async def _write(response: web.StreamResponse, events: Events) -> None:
    await response.write(RETRY)
    while True:
        try:
            event = await asyncio.wait_for(events.get(), PULSE)
        except TimeoutError:
            await response.write(b":\n\n")
            continue
        if event is None:
            return
        await response.write(b"data: " + orjson.dumps(event) + b"\n\n")


def _told(seat: Seat, change: Change) -> Drawn | None:
    if change.kind in ("channel", "reloaded", "commands"):
        return {"kind": change.kind}
    if change.message is None or seat.marks.dismissed(seat.person.id, change.message):
        return None
    place = place_of(change.message.channel)
    if change.kind == "deleted":
        return {"kind": "deleted", "place": place, "id": str(change.message.id)}
    drawn = seat.view.message(change.message.raw)
    return {"kind": "message", "place": place, "message": drawn, "fresh": change.kind == "new"}


def _elsewhere(seat: Seat, change: Change) -> Drawn | None:
    """A letter for somebody else: the mark at their name."""
    if change.kind != "new" or change.message is None or place_of(change.message.channel) != DIRECT:
        return None
    return {"kind": "unread", "person": seat.person.name, "count": seat.unread(DIRECT)}
