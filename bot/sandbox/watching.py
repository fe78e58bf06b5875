"""This room tells onlookers (a page, a test) what changed before a person's eyes."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from .screens import Message, Modal
from .world import Channel

Kind = Literal["new", "edited", "deleted", "modal", "failed", "reloaded", "channel", "commands"]
Changes = asyncio.Queue["Change"]


@dataclass(frozen=True, slots=True)
class Change:
    """`message` goes with new, edited and deleted; `modal` with modal.

    "failed" means "interaction failed"; "commands", that others are offered.
    """

    kind: Kind
    channel: Channel | None = None
    message: Message | None = None
    modal: Modal | None = None


class Watchers:
    """Queues by user id."""

    def __init__(self) -> None:
        self._queues: dict[int, list[Changes]] = {}

    def watch(self, user_id: int) -> Changes:
        queue: Changes = asyncio.Queue()
        self._queues.setdefault(user_id, []).append(queue)
        return queue

    def unwatch(self, user_id: int, queue: Changes) -> None:
        self._queues[user_id].remove(queue)

    @contextmanager
    def watching(self, user_id: int) -> Generator[Changes]:
        queue = self.watch(user_id)
        try:
            yield queue
        finally:
            self.unwatch(user_id, queue)

    def watched(self) -> list[int]:
        """Ids of the users somebody is watching."""
        return [user_id for user_id, queues in self._queues.items() if queues]

    def tell(self, user_id: int, change: Change) -> None:
        for queue in self._queues.get(user_id, ()):
            queue.put_nowait(change)
