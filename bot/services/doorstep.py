"""This room is what lies at the door of an account: what was to reach it by direct message and could not."""

import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.domain.refusals import JustKnocked, NothingWaits
from bot.store import doors, effects, letters, lines, notices, outbox
from bot.store.database import Database
from bot.store.letters import Received
from bot.store.notices import Notice
from bot.store.sqlite import Writer

DAY = 86_400.0
KNOCKS = 600.0
"""Seconds between two times that somebody may have their direct messages tried again: each is a 403 that counts."""
MEMORY = 60.0
"""Seconds for which it is remembered at whose door something lies."""
ROWS = 25
"""Things of a kind that are shown at once: what a menu holds."""


class Doorstep(NamedTuple):
    """What lies at a door, oldest first; the letters to an author's pen names are counted alone."""

    notices: list[Notice]
    answers: list[Received]
    inbox: int
    closed: bool  # Discord let no direct message through when the last one was tried


class Doorsteps:
    """Tells whoever uses the bot what waits for them, and hands it over."""

    def __init__(
        self,
        database: Database,
        wake: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._wake = wake
        self._clock = clock
        self._known: set[int] = set()
        self._known_since = float("-inf")
        self._changes = 0

    def changed(self) -> None:
        """Something was brought or refused: what is remembered, or is being read at this moment, may be old."""
        self._known_since = float("-inf")
        self._changes += 1

    async def announces(self, user: int) -> bool:
        """Whether the account is to be told now, once a day, that something waits; its direct messages are tried again
        as well, a day after they were refused."""
        if not await self._may_wait(user) or not any((await self.of(user))[:3]):
            return False
        now = self._clock()
        async with self._database.write() as db:
            told = await doors.announce(db, user, now, every=DAY)
            tried = [await outbox.place_waiting(db, line, now) for line in await lines.of_account(db, user)]
        if any(tried):
            self._wake()
        return told

    async def _may_wait(self, user: int) -> bool:
        """From memory, which is a minute old at most: it is asked at every press of everybody."""
        now, changes = self._clock(), self._changes
        if 0 <= now - self._known_since < MEMORY:
            return user in self._known
        known = await notices.accounts(self._database.reader)
        if changes == self._changes:
            self._known, self._known_since = known, now
        return user in known

    async def of(self, user: int) -> Doorstep:
        db = self._database.reader
        closed = await doors.is_shut(db, user)
        return Doorstep(
            await notices.waiting(db, user, limit=ROWS),
            await letters.at_door(db, user, limit=ROWS),
            await letters.count_at_door(db, user) if closed else 0,
            closed,
        )

    async def notice(self, user: int, notice_id: int) -> Notice:
        """A notice, to be shown in place; once it surely was, `saw_notice`.

        Raises:
            NothingWaits: it was never for the account.
        """
        found = await notices.get(self._database.reader, notice_id)
        if found is None or found.user_id != user:
            raise NothingWaits
        return found

    async def answer(self, user: int, letter_id: int) -> Received:
        """An answer, to be shown in the same way; then `saw_answer`.

        Raises:
            NothingWaits: it was never for the account.
        """
        found = await letters.for_reader(self._database.reader, user, letter_id)
        if found is None:
            raise NothingWaits
        return found

    async def saw_notice(self, notice_id: int) -> None:
        """It does not come by direct message any more."""
        await self._database.transact(lambda db: notices.hand_over(db, notice_id))

    async def saw_answer(self, letter_id: int) -> None:
        """It does not come by direct message any more."""
        await self._database.transact(lambda db: outbox.hand_over(db, letter_id))

    async def knock(self, user: int, interaction_id: int) -> str:
        """Tries direct messages again that the account refused.

        Raises:
            JustKnocked: that was done a moment ago.
        """

        async def act(db: Writer) -> str:
            now = self._clock()
            if not await doors.may_knock(db, user, now, every=KNOCKS):
                raise JustKnocked(KNOCKS)
            count = await outbox.knock(db, user, now)
            return f"Tried again: {count} {'message is' if count == 1 else 'messages are'} on the way to you."

        return await self._once(interaction_id, act)

    async def _once(self, interaction_id: int, act: Callable[[Writer], Awaitable[str]]) -> str:
        async with self._database.write() as db:
            said = await effects.once(db, interaction_id, self._clock(), lambda: act(db))
        self._wake()
        return said
