"""This room announces new stories in a channel: an import in one message, nothing that does not open there."""

import asyncio
import enum
import logging
import secrets
import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

from bot.domain.access import Audience, Sight, may_see
from bot.domain.models import Story
from bot.domain.people import Actor
from bot.services.acting import Acting
from bot.store import announcements, stories
from bot.store.announcements import Wish
from bot.store.database import Database, Writer
from bot.store.ledger import Act, Change

log = logging.getLogger(__name__)

EVERY = 30.0
"""Seconds between two looks for new stories: whoever writes them may be another process."""
NAMED = 10
"""Stories that one message names; of more it tells how many there are."""


class Cried(enum.Enum):
    """What became of an announcement."""

    DONE = "done"
    LATER = "later"  # it surely did not go out, and may the next time
    UNKNOWN = "unknown"  # it may have gone out


class News(NamedTuple):
    """What a channel is told: some of the stories, and how many there are."""

    audience: Audience  # whoever reads in that channel
    named: list[Story]
    total: int
    role_id: int | None
    pings: bool


class CannotCry(Exception):
    """Nothing will ever go out to this channel; the message is why, a clause."""


class Crier(Protocol):
    """Speaks in channels."""

    async def is_restricted(self, channel_id: int) -> bool:
        """Whether the channel is an age-restricted place.

        Raises:
            CannotCry: it is not there, or cannot be seen.
        """
        ...

    async def cry(self, channel_id: int, news: News, nonce: str) -> Cried:
        """Says it.

        Raises:
            CannotCry: it may not.
        """
        ...


class Announcer:
    """Announces, and lets moderators say where."""

    def __init__(
        self,
        database: Database,
        crier: Crier,
        clock: Callable[[], float] = time.time,
        nonce: Callable[[], str] = lambda: secrets.token_hex(10),
    ) -> None:
        self._database = database
        self._crier = crier
        self._clock = clock
        self._nonce = nonce

    async def run(self) -> None:
        while True:
            await self.round()
            await asyncio.sleep(EVERY)

    async def round(self) -> None:
        now = self._clock()
        if not await announcements.is_noted(self._database.reader):
            async with self._database.write() as db:
                await announcements.note(db, now)
        for archive_id in await announcements.due(self._database.reader, now):
            await self._announce(archive_id)

    async def _announce(self, archive_id: int) -> None:
        wish = await announcements.wish(self._database.reader, archive_id)
        assert wish.channel_id is not None
        batch = self._nonce()
        try:
            restricted = await self._crier.is_restricted(wish.channel_id)
            news = await self._take(archive_id, wish, batch, restricted=restricted)
            cried = await self._crier.cry(wish.channel_id, news, batch) if news.total else Cried.DONE
        except CannotCry as reason:
            log.warning("Archive %s cannot announce new stories: %s", archive_id, reason)
            async with self._database.write() as db:
                await announcements.put_back(db, batch, self._clock())
                await announcements.stop(db, archive_id, str(reason))
            return
        if cried is Cried.LATER:
            async with self._database.write() as db:
                await announcements.put_back(db, batch, self._clock())

    async def _take(self, archive_id: int, wish: Wish, batch: str, *, restricted: bool) -> News:
        """What opens in that channel of what waits; the rest is announced nowhere."""
        async with self._database.write() as db:
            found = await announcements.waiting(db, archive_id)
            await announcements.take(db, found, batch, self._clock())
            audience = Audience(await stories.archive(db, archive_id), 0, restricted)
            new = [story for number in found if (story := await stories.get(db, number)) is not None]
        opens = [story for story in new if may_see(story, audience) is Sight.OPEN]
        return News(audience, opens[:NAMED], len(opens), wish.role_id, wish.pings)


class Announcements:
    """Where moderators say whether and where new stories are announced."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def wish(self, actor: Actor) -> Wish:
        """
        Raises:
            NotYourDesk: the actor is no moderator.
        """
        return await announcements.wish(await self._acting.reading(actor), actor.archive_id)

    async def change(self, actor: Actor, wished: Wish, interaction_id: int) -> Wish:
        """Raises as `wish` does."""

        async def act(db: Writer) -> str:
            former = await announcements.wish(db, actor.archive_id)
            await announcements.change(db, actor.archive_id, wished)
            values = _changes(former, wished)
            if values:
                await self._acting.record(db, Act(actor.archive_id, "announcements changed", actor.user, values=values))
            return ""

        await self._acting.once(actor, interaction_id, act)
        return await self.wish(actor)


def _changes(former: Wish, wished: Wish) -> list[Change]:
    named = (
        ("announcement_channel_id", former.channel_id, wished.channel_id),
        ("announcement_role_id", former.role_id, wished.role_id),
        ("announcement_pings", int(former.pings), int(wished.pings)),
    )
    return [Change(name, _text(old), _text(new)) for name, old, new in named if old != new]


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)
