"""This room takes in what authors send: a file that waits at the desk until a moderator has looked at it."""

import re
import time
from collections.abc import Awaitable, Callable

from bot.domain.access import Audience
from bot.domain.refusals import NameTaken, NoPenToSubmit, NothingSent, TooManySent
from bot.store import authors, effects, submissions, uploads
from bot.store.database import Database, Reader, Writer
from bot.store.submissions import Submission

WAITING = 3
"""Files of one account that wait at a time."""
NAME_LIMIT = 80


class Submitting:
    """For whoever writes; nothing comes in by itself, and nothing under another's name."""

    def __init__(
        self, database: Database, wake: Callable[[], None] = lambda: None, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._wake = wake
        self._clock = clock

    async def check(self, audience: Audience, name: str) -> str:
        """The pen name that a file would come in under, before it is fetched.

        Raises:
            NoPenToSubmit, NameTaken, TooManySent: why it would not be taken.
        """
        return await self._allowed(self._database.reader, audience, name)

    async def _allowed(self, db: Reader, audience: Audience, name: str) -> str:
        if len(await submissions.waiting(db, audience.reader)) >= WAITING:
            raise TooManySent(WAITING)
        if not name.strip():
            own = await authors.of_user(db, audience.archive.id, audience.reader)
            here = [author.name for author in own if author.archive_id == audience.archive.id]
            if not here:
                raise NoPenToSubmit
            return here[0]
        wanted = name.strip()[:NAME_LIMIT]
        if not re.search(r"\w", wanted):
            raise NoPenToSubmit
        known = await authors.named(db, audience.archive.id, wanted)
        if known is not None and known.user_id != audience.reader:
            raise NameTaken(known.name)
        return wanted if known is None else known.name

    async def submit(self, audience: Audience, name: str, file: str, content: bytes, interaction_id: int) -> str:
        """Lays a file before the moderators; returns what its author is told. Raises as `check` does."""

        async def act(db: Writer) -> str:
            author, archive, now = await self._allowed(db, audience, name), audience.archive.id, self._clock()
            upload = await uploads.add(db, archive, audience.reader, [(file, content)], now)
            problem = f"An author sent it in, as by {author}, and nobody has read it yet."
            await uploads.move(db, upload, uploads.State.SENT, uploads.State.FAILED, problem)
            await submissions.add(db, archive, upload, audience.reader, author, file, now)
            return (
                f"{file} waits for the moderators, as a story by {author}. A direct message tells you what they decide;"
                " /pen submit without a file takes it back until then."
            )

        return await self._once(interaction_id, act)

    async def waiting(self, user: int) -> list[Submission]:
        return await submissions.waiting(self._database.reader, user)

    async def take_back(self, user: int, submission_id: int, interaction_id: int) -> str:
        """Takes a file back that nobody has decided about.

        Raises:
            NothingSent: it is decided, or none of this account's.
        """

        async def act(db: Writer) -> str:
            if not await submissions.withdraw(db, submission_id, user, self._clock()):
                raise NothingSent
            return "It is taken back; nothing of it is left here."

        return await self._once(interaction_id, act)

    async def _once(self, interaction_id: int, act: Callable[[Writer], Awaitable[str]]) -> str:
        async with self._database.write() as db:
            said = await effects.once(db, interaction_id, self._clock(), lambda: act(db))
        self._wake()
        return said
