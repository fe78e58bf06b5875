"""This room is an author's way out: a story goes for good, and stays out."""

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.domain import forgetting
from bot.domain.forgetting import Forgetting
from bot.domain.models import Part, Standing
from bot.domain.refusals import NoStoryOfYours, NotYourStory, WithdrawnAlready
from bot.formats import prose
from bot.formats.likeness import prints
from bot.formats.spelling import nearest
from bot.store import consent, effects, forgettings, ledger, stories, withdrawals, works
from bot.store.database import Database, Reader, Writer
from bot.store.ledger import Act
from bot.store.packing import pack_prints, unpack_prints
from bot.store.withdrawals import Weight
from bot.store.works import Mine

ACT = "story withdrawn"


class Asked(NamedTuple):
    """A story that is about to go, and what goes with it."""

    story: Mine
    weight: Weight


class Withdrawals:
    """Takes stories out for the account behind their pen name, and for nobody else."""

    def __init__(
        self,
        database: Database,
        forgotten: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._forgotten = forgotten  # told after what was forgotten is on disk
        self._clock = clock

    async def find(self, user: int, text: str) -> list[Mine]:
        """The stories of an account's that what was typed may mean: its number as `#12`, or its title.

        Raises:
            NoStoryOfYours: it has none that is called so.
        """
        own = [each for each in await works.of_user(self._database.reader, user) if _is_there(each)]
        typed = text.strip().casefold()
        found = [each for each in own if typed in (f"#{each.id}", each.title.casefold())]
        if not found:
            raise NoStoryOfYours(text, nearest(text, [each.title for each in own]))
        return found

    async def suggest(self, user: int, typed: str) -> list[Mine]:
        """Up to 25 stories of an account's whose titles hold what is being typed."""
        own = await works.of_user(self._database.reader, user)
        return [each for each in own if _is_there(each) and typed.strip().casefold() in each.title.casefold()][:25]

    async def ask(self, user: int, story_id: int) -> Asked:
        """What goes when the story goes.

        Raises:
            NotYourStory: no pen name of the account's stands over it.
            WithdrawnAlready: it has gone.
        """
        db = self._database.reader
        story = await self._own(db, user, story_id)
        return Asked(story, await withdrawals.weigh(db, story_id))

    @staticmethod
    async def _own(db: Reader, user: int, story_id: int) -> Mine:
        story = await works.mine(db, user, story_id)
        if story is None:
            raise NotYourStory
        if not _is_there(story):
            raise WithdrawnAlready(story.title)
        return story

    async def withdraw(self, user: int, story_id: int, interaction_id: int) -> str:
        """Takes a story out for good; returns what its author is told.

        Raises:
            NotYourStory, WithdrawnAlready: as `ask` does.
        """

        async def act(db: Writer) -> str:
            story = await self._own(db, user, story_id)
            await self._take_out(db, story.archive_id, story_id, story.title, user)
            return f"“{story.title}” is withdrawn: its text is gone from the archive, and no import brings it back."

        async with self._database.write() as db:
            said = await effects.once(db, interaction_id, self._clock(), lambda: act(db))
        self._forgotten()
        return said

    async def of_author(self, db: Writer, author_id: int, user: int) -> int:
        """Takes out all that stands under a pen name, in the caller's transaction; returns how many stories."""
        found = await works.of_author(db, author_id)
        for story_id in found:
            story = await stories.get(db, story_id)
            assert story is not None
            await self._take_out(db, story.archive_id, story_id, story.title, user)
        return len(found)

    async def _take_out(self, db: Writer, archive_id: int, story_id: int, title: str, user: int) -> None:
        now = self._clock()
        known = pack_prints(await self._prints(db, story_id))
        made = forgetting.story(archive_id, story_id, title, await withdrawals.digests(db, story_id), known, now)
        await self._forget(db, made, [story_id])
        await ledger.record(db, Act(archive_id, ACT, user, "", story_id=story_id), now)

    @staticmethod
    async def _prints(db: Reader, story_id: int) -> list[int]:
        """Of its paragraphs; stories that came before prints were kept have their text alone."""
        texts = await stories.part_texts(db, story_id)
        shown = prints(Part(title, prose.from_markup(markup)) for title, markup in texts)
        return list(dict.fromkeys([*await withdrawals.prints(db, story_id), *shown]))

    @staticmethod
    async def _forget(db: Writer, made: Forgetting, story_ids: Sequence[int]) -> None:
        assert made.archive_id is not None
        kept = unpack_prints(bytes.fromhex(made.told["prints"]))
        await consent.bar(db, made.archive_id, "work", (made.told["title"],), kept, made.at)
        for story_id in story_ids:
            await withdrawals.purge(db, story_id)
            await ledger.erase_story(db, story_id, made.at)
        await forgettings.record(db, made)

    async def again(self, db: Writer, made: Forgetting) -> None:
        """Forgets in a copy what was forgotten after it was made; one that never held the story learns to refuse it."""
        assert made.archive_id is not None
        if not await withdrawals.has_archive(db, made.archive_id):
            return  # a copy from before that archive was opened, or another community's database
        found = await withdrawals.with_digests(db, made.archive_id, made.told["digests"])
        await self._forget(db, made, found)


def _is_there(story: Mine) -> bool:
    return story.state not in (Standing.WITHDRAWN, Standing.REMOVED)
