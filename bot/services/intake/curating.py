"""This room is what an archive's owner does to stories that came in: other editions, consent, publishing."""

import time
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from bot.domain import names
from bot.domain.access import HOME
from bot.domain.documents import Contact
from bot.domain.errors import ArchiveError, NoSuchEdition
from bot.domain.models import Standing, Story
from bot.services.intake.restoring import restored
from bot.services.intake.undoing import show_edition
from bot.services.titles import story_named
from bot.store import consent, documents, editions, ledger, links, standings
from bot.store.consent import Bar
from bot.store.database import Database, Reader, Writer
from bot.store.editions import Kept, Relation
from bot.store.ledger import Act, Change
from bot.store.links import Question

LIST = "the do-not-import list"
BARRED = f"it is on {LIST}"


def _file(edition: Kept) -> str:
    return PurePosixPath(edition.path).name


class Curator:
    """Acts of the owner of one archive; stories are meant whatever their state."""

    def __init__(self, database: Database, archive_id: int = HOME, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._archive = archive_id
        self._clock = clock

    async def story(self, text: str) -> Story:
        """The story of a number, or of exactly this title.

        Raises:
            NotFound: there is none.
            ArchiveError: there are several; the sentence tells their numbers.
        """
        return await story_named(self._database.reader, self._archive, text)

    async def editions(self, story: Story) -> list[Kept]:
        return await editions.of_story(self._database.reader, story.id)

    async def show(self, story: Story, number: int) -> Kept:
        """Shows edition `number` (from 1) instead of the one that is shown.

        Raises:
            NoSuchEdition: the story has no such edition.
        """
        kept = await self.editions(story)
        if not 1 <= number <= len(kept):
            raise NoSuchEdition(story.title, len(kept))
        chosen = kept[number - 1]
        if chosen.relation is not Relation.SHOWN:
            former = next((_file(each) for each in kept if each.relation is Relation.SHOWN), None)
            values = [Change("edition", former, _file(chosen))]
            done = Act(self._archive, "another edition shown", None, story_id=story.id, values=values)
            await show_edition(self._database, self._archive, story.id, chosen.id, self._clock(), done)
        return chosen

    async def publish(self, story: Story, reason: str) -> None:
        """Shows a story to readers.

        Raises:
            ArchiveError: no reason is given, or nothing is left of the story.
        """
        if not reason.strip():
            raise ArchiveError(f"“{story.title}” stays {story.state}; say in --reason why readers may see it.")
        if not story.pages:
            raise ArchiveError(f"Nothing is left of “{story.title}” that could be published; import it again.")
        async with self._database.write() as db:
            await self._turned(db, story.id, await self._state(db, story), Standing.PUBLISHED, reason.strip())
            await consent.publish(db, story.id, reason.strip())

    async def bars(self) -> list[Bar]:
        return await consent.bars(self._database.reader, self._archive)

    async def bar_author(self, spellings: Sequence[str]) -> tuple[int, int]:
        """Puts an author with every spelling of the name on the do-not-import list; readers see nothing of theirs.

        Returns the number of the entry, and how many stories are withheld now.
        """
        keys = [names.key(name) for name in spellings]
        async with self._database.write() as db:
            number = await consent.bar(db, self._archive, "author", spellings, (), self._clock())
            await self._record(db, self._listed(f"author put on {LIST}", None, number))
            theirs = await consent.written_by(db, self._archive, keys)
            for story_id, state in theirs:
                await self._withhold(db, story_id, state)
            return number, len(theirs)

    async def _withhold(self, db: Writer, story_id: int, state: Standing) -> None:
        await standings.put(db, story_id, Standing.WITHHELD, BARRED, "")
        await self._turned(db, story_id, state, Standing.WITHHELD, BARRED)

    def _listed(self, act: str, former: int | None, present: int | None, story_id: int | None = None) -> Act:
        """By the number of the entry: names stay where they can be taken off, the record is for ever."""
        change = Change("entry", str(former) if former else None, str(present) if present else None)
        return Act(self._archive, act, None, story_id=story_id, values=[change])

    async def bar_story(self, story: Story) -> int:
        """Puts a work on the do-not-import list, by its paragraphs, and keeps it from readers."""
        shown = next((each for each in await self.editions(story) if each.relation is Relation.SHOWN), None)
        if shown is None:
            raise ArchiveError(f"Nothing is left of “{story.title}” that could be known again; bar its author instead.")
        edition = await restored(self._database.reader, shown.id)
        async with self._database.write() as db:
            if await self._state(db, story) is Standing.PUBLISHED:
                await self._withhold(db, story.id, Standing.PUBLISHED)
            number = await consent.bar(db, self._archive, "work", (story.title,), edition.prints, self._clock())
            await self._record(db, self._listed(f"story put on {LIST}", None, number, story.id))
            return number

    async def unbar(self, number: int) -> None:
        """Takes an entry off the list.

        Raises:
            ArchiveError: it has no such entry.
        """
        async with self._database.write() as db:
            kind = await consent.unbar(db, self._archive, number)
            if kind is None:
                raise ArchiveError(f"The do-not-import list has no entry {number}; `talebearer bar list` shows them.")
            act = f"{'author' if kind == 'author' else 'story'} taken off {LIST}"
            await self._record(db, self._listed(act, number, None))

    async def contacts(self, story: Story) -> list[Contact]:
        """Ways to the author that the story's documents tell."""
        return await documents.contacts(self._database.reader, story.id)

    async def open_links(self) -> list[Question]:
        """What a header names and nobody could find, or nobody can tell which it means."""
        return await links.to_do(self._database.reader, self._archive, after=0, limit=-1)

    async def _state(self, db: Reader, story: Story) -> Standing:
        """As it is now: between the looking up and the act a moderator may have hidden it."""
        stood = await standings.get(db, self._archive, story.id)
        return story.state if stood is None else stood.state

    async def _turned(self, db: Writer, story_id: int, former: Standing, state: Standing, reason: str) -> None:
        values = [Change("state", former, state)]
        await self._record(db, Act(self._archive, state.value, None, reason, story_id=story_id, values=values))

    async def _record(self, db: Writer, act: Act) -> None:
        await ledger.record(db, act, self._clock())
