"""This room is an author's own: the letters they got, whether and how they want more, and whom they blocked."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import NamedTuple

from bot.domain.access import Audience
from bot.domain.delivery import Wish
from bot.domain.refusals import BadDate, NoPenName, NotYourPenName
from bot.store import authors, blocks, claims, doors, effects, ledger, letters, lines, outbox, rules, stories, wishes
from bot.store.authors import Author
from bot.store.blocks import Block
from bot.store.database import Database, Reader, Writer
from bot.store.ledger import Entry
from bot.store.letters import Received
from bot.store.wishes import Wishes

ROWS = 5
"""Letters on one page of the inbox."""
NEWEST = 1 << 62


class Inbox(NamedTuple):
    """A page of an author's letters, newest first."""

    author: Author
    rows: list[Received]
    before: int  # the letter number that the page leads up to; 0: it is the newest page
    more: bool
    waiting: int
    closed: bool  # Discord lets no direct message through to the account
    others: list[Author]  # pen names of the same account


class Wished(NamedTuple):
    """What an author wishes, in general or about one story."""

    author: Author
    general: Wishes
    story: tuple[int, str] | None  # number and title, where it is about one
    exception: Wishes | None  # the wish about it, where there is one
    exceptions: list[tuple[str, Wishes]]
    may_nudge: bool


class Pen:
    """An author's inbox, wishes and blocks."""

    def __init__(
        self,
        database: Database,
        wake: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._wake = wake
        self._clock = clock

    async def author(self, audience: Audience, author_id: int = 0) -> Author:
        """A pen name of the account's: the one of that number, or (0) the first of this archive.

        Raises:
            NoPenName: it has none.
            NotYourPenName: that one is another's.
        """
        if author_id:
            return await self._own(self._database.reader, audience.reader, author_id)
        own = await authors.of_user(self._database.reader, audience.archive.id, audience.reader)
        if not own:
            raise NoPenName
        return own[0]

    @staticmethod
    async def _own(db: Reader, user: int, author_id: int) -> Author:
        author = await authors.get(db, author_id)
        if author is None or author.user_id != user:
            raise NotYourPenName
        return author

    async def inbox(self, audience: Audience, author_id: int = 0, before: int = 0) -> Inbox:
        author, db, now = await self.author(audience, author_id), self._database.reader, self._clock()
        rows = await letters.inbox(db, author.id, now, before=before or NEWEST, limit=ROWS + 1)
        own = await authors.of_user(db, audience.archive.id, audience.reader)
        return Inbox(
            author,
            rows[:ROWS],
            before,
            len(rows) > ROWS,
            await claims.waiting(db, author.id),
            await doors.is_shut(db, audience.reader),
            [other for other in own if other.id != author.id],
        )

    async def letter(self, user: int, letter_id: int) -> Received | None:
        """A letter to this account, whole; None where there is none of that number."""
        db, now = self._database.reader, self._clock()
        for author in await authors.of_user(db, 0, user):
            found = await letters.inbox(db, author.id, now, before=letter_id + 1, limit=1)
            if found and found[0].letter_id == letter_id:
                return found[0]
        return None

    async def record(self, audience: Audience, author_id: int) -> list[Entry]:
        """What moderators did that concerns the author."""
        author = await self.author(audience, author_id)
        return await ledger.of_author(self._database.reader, author.id, limit=10)

    async def wishes(self, audience: Audience, author_id: int = 0, story_id: int = 0) -> Wished:
        """What the author wishes, in general or (where a story is named) about one of theirs."""
        author = await self.author(audience, author_id)
        return await self._wished(author, await self._story(author, story_id))

    async def _story(self, author: Author, story_id: int) -> tuple[int, str] | None:
        if not story_id:
            return None
        story = await stories.get(self._database.reader, story_id)
        if story is None or story.author_id != author.id:
            raise NotYourPenName(story.author if story and story.archive_id == author.archive_id else "")
        return story.id, story.title

    async def _wished(self, author: Author, story: tuple[int, str] | None) -> Wished:
        db = self._database.reader
        general, *exceptions = await wishes.of_author(db, author.id)
        titled: list[tuple[str, Wishes]] = []
        for exception in exceptions:
            about = await stories.get(db, exception.story_id or 0)
            titled.append((about.title if about else "", exception))
        single = next((wish for _, wish in titled if story and wish.story_id == story[0]), None)
        asked = await rules.of_archive(db, author.archive_id)
        return Wished(author, general, story, single, titled, asked.nudges)

    async def wish(
        self, audience: Audience, author_id: int, story_id: int, letter_wish: Wish | None, interaction_id: int
    ) -> Wished:
        """Says how letters are to come; None makes of a story no exception any more."""
        author = await self.author(audience, author_id)
        story = await self._story(author, story_id)

        async def act(db: Writer) -> str:
            if story is None:
                general = (await wishes.of_author(db, author.id))[0]
                await wishes.wish(db, author.id, general._replace(letters=letter_wish or Wish.ON))
            elif letter_wish is None:
                await wishes.forget_exception(db, author.id, story_id)
            else:
                await wishes.wish(db, author.id, Wishes(story_id, letter_wish))
            return await self._placed(db, author)

        await self._once(interaction_id, act)
        return await self._wished(author, story)

    async def away(self, audience: Audience, author_id: int, typed: str, interaction_id: int) -> Wished:
        """Has letters wait until a day, written as 2031-12-24; nothing written: the author is here.

        Raises:
            BadDate: it is no day to come.
        """
        author = await self.author(audience, author_id)
        until = _day(typed, self._clock())

        async def act(db: Writer) -> str:
            general = (await wishes.of_author(db, author.id))[0]
            await wishes.wish(db, author.id, general._replace(away_until=until))
            return await self._placed(db, author)

        await self._once(interaction_id, act)
        return await self._wished(author, None)

    async def nudge(self, audience: Audience, author_id: int, channel_id: int | None, interaction_id: int) -> Wished:
        """Names the channel in which to say that letters wait, while direct messages are closed; None: nowhere.

        Raises:
            NotYourPenName: the channel is of another archive than the author.
        """
        author = await self.author(audience, author_id)
        if channel_id is not None and audience.archive.id != author.archive_id:
            raise NotYourPenName(author.name)

        async def act(db: Writer) -> str:
            general = (await wishes.of_author(db, author.id))[0]
            await wishes.wish(db, author.id, general._replace(nudge_channel_id=channel_id))
            return ""

        await self._once(interaction_id, act)
        return await self._wished(author, None)

    async def _placed(self, db: Writer, author: Author) -> str:
        """What waits is placed by the new wish; nothing is told of it but the wish."""
        await outbox.place_waiting(db, await lines.of_author(db, author.id), self._clock())
        return ""

    async def blocks(self, audience: Audience, author_id: int = 0) -> tuple[Author, list[Block]]:
        author = await self.author(audience, author_id)
        return author, await blocks.of_author(self._database.reader, author.id, self._clock())

    async def lift(self, audience: Audience, author_id: int, block_id: int, interaction_id: int) -> None:
        """Takes a block back; one that is none of the author's stays."""
        author = await self.author(audience, author_id)

        async def act(db: Writer) -> str:
            await blocks.lift(db, block_id, author.id)
            return ""

        await self._once(interaction_id, act)

    async def _once(self, interaction_id: int, act: Callable[[Writer], Awaitable[str]]) -> str:
        async with self._database.write() as db:
            said = await effects.once(db, interaction_id, self._clock(), lambda: act(db))
        self._wake()
        return said


def _day(typed: str, now: float) -> float | None:
    """The start of a day, in UTC; None for nothing."""
    if not typed.strip():
        return None
    try:
        day = datetime.strptime(typed.strip(), "%Y-%m-%d").replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise BadDate(typed.strip()) from None
    if day <= now:
        raise BadDate(typed.strip())
    return day
