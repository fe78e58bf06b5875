"""This room is how moderators arrange a series: its order by hand, what belongs to it, and its name."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from bot.domain.desk_refusals import (
    ChangedMeanwhile,
    FieldRefused,
    MovedMeanwhile,
    NoSuchPlace,
    NothingToUndo,
    NotInSeries,
    SeriesNamedSo,
)
from bot.domain.errors import Gone
from bot.domain.fields import LABELS, Field
from bot.domain.order import gaps, numbered
from bot.domain.people import Actor
from bot.formats import fields
from bot.services.acting import Acting
from bot.services.intake.editing import Editing
from bot.services.titles import story_named
from bot.store import headers, ledger, links, series
from bot.store.database import Reader, Writer
from bot.store.ledger import Act, Change
from bot.store.series import Counted, Placed

ROWS = 5
"""Series on one page of the list."""

ORDER = "order of series"
"""The field of the record, before the series' number: its stories' numbers in order, nothing where headers decide."""


class Arranged(NamedTuple):
    """A series with all its stories in the order they are read in."""

    id: int
    name: str
    stories: list[Placed]
    by_hand: bool

    @property
    def missing(self) -> list[int]:
        """The numbers that no header has."""
        return gaps(numbered(story.number) for story in self.stories)

    def find(self, story_id: int) -> Placed:
        """One of them.

        Raises:
            NotInSeries: it is none of this series, or not any more.
        """
        for story in self.stories:
            if story.id == story_id:
                return story
        raise NotInSeries(self.name)


class Arranging:
    """Series at the desk."""

    def __init__(self, acting: Acting, editing: Editing) -> None:
        self._acting = acting
        self._editing = editing

    async def listed(self, actor: Actor, after: int = 0) -> list[Counted]:
        """The archive's series, from beyond number `after` on."""
        db = await self._acting.reading(actor)
        return await series.every(db, actor.archive_id, after=after, limit=ROWS)

    async def view(self, actor: Actor, series_id: int) -> Arranged:
        """A series.

        Raises:
            Gone: it is another archive's, or nothing is in it.
        """
        return await self._arranged(await self._acting.reading(actor), actor, series_id)

    @staticmethod
    async def _arranged(db: Reader, actor: Actor, series_id: int) -> Arranged:
        name = await series.name(db, actor.archive_id, series_id)
        found = await series.standing(db, series_id)
        if name is None or not found:
            raise Gone("series")
        return Arranged(series_id, name, found, bool(await series.by_hand(db, series_id)))

    async def move(
        self, actor: Actor, series_id: int, story_id: int, place: int, interaction_id: int, *, seen: int = 0
    ) -> str:
        """Puts a story at a place, counted from 1; `seen`: where it stood for whoever moves it, 0 where nobody looked.

        Raises:
            MovedMeanwhile: another moderator moved it, or an import did.
            NoSuchPlace: the series has not so many.
        """

        async def act(db: Writer) -> str:
            found = await self._arranged(db, actor, series_id)
            story = found.find(story_id)
            former = found.stories.index(story) + 1
            if seen not in (0, former):
                raise MovedMeanwhile(story.title, former)
            if not 1 <= place <= len(found.stories):
                raise NoSuchPlace(found.name, place, len(found.stories))
            if place == former:
                return f"{story.title} stands at place {place} of {found.name} already."
            order = [each.id for each in found.stories if each.id != story_id]
            order.insert(place - 1, story_id)
            await self._order(db, actor, found, order, "series put into order", story_id)
            return f"{story.title} stands at place {place} of {found.name} now, where it stood at {former}."

        return await self._acting.once(actor, interaction_id, act)

    async def release(self, actor: Actor, series_id: int, interaction_id: int) -> str:
        """Lets the numbers and sequels of its headers put a series into order again."""

        async def act(db: Writer) -> str:
            found = await self._arranged(db, actor, series_id)
            if found.by_hand:
                await self._order(db, actor, found, [], "series left to its headers", found.stories[0].id)
            return f"{found.name} is in the order that its headers tell."

        return await self._acting.once(actor, interaction_id, act)

    async def undo(self, actor: Actor, entry_id: int, interaction_id: int) -> str:
        """Gives a series the order back that it had before an act, while the one it was given still stands.

        Raises:
            NothingToUndo: it was undone, or is nothing of this kind.
            ChangedMeanwhile: it is in another order by now.
        """

        async def act(db: Writer) -> str:
            entry = await ledger.get(db, actor.archive_id, entry_id)
            if entry is None or entry.undone_by is not None or entry.story_id is None or not _ordered(entry.values):
                raise NothingToUndo(entry_id)
            [change] = entry.values
            found = await self._arranged(db, actor, int(change.field.removeprefix(ORDER)))
            if await self._told(db, found.id) != change.present:
                raise ChangedMeanwhile(found.name)
            order = [int(each.removeprefix("#")) for each in (change.former or "").split()]
            await self._order(db, actor, found, order, "order of a series undone", entry.story_id, entry_id)
            return f"{found.name} is in the order that it had before."

        return await self._acting.once(actor, interaction_id, act)

    async def _order(
        self,
        db: Writer,
        actor: Actor,
        found: Arranged,
        order: Sequence[int],
        what: str,
        story_id: int,
        undoes_id: int | None = None,
    ) -> None:
        former = await self._told(db, found.id)
        await series.rule(db, actor.archive_id, found.id, order)
        change = Change(f"{ORDER} {found.id}", former, await self._told(db, found.id))
        done = Act(actor.archive_id, what, actor.user, story_id=story_id, values=[change], undoes_id=undoes_id)
        await self._acting.record(db, done)

    @staticmethod
    async def _told(db: Reader, series_id: int) -> str | None:
        """The order that a series has by hand, as it stands on record."""
        return " ".join(f"#{story_id}" for story_id in await series.by_hand(db, series_id)) or None

    async def join(self, actor: Actor, series_id: int, text: str, interaction_id: int) -> str:
        """Takes the story that was typed into a series: its number, or exactly its title."""
        story = await story_named(await self._acting.reading(actor), actor.archive_id, text)

        async def act(db: Writer) -> tuple[str, list[int]]:
            found = await self._arranged(db, actor, series_id)
            await self._name(db, actor, story.id, found.name)
            await series.place(db, await series.places(db, series_id))
            return f"{story.title} belongs to {found.name} now.", [story.id]

        return await self._edited(actor, interaction_id, act)

    async def part(self, actor: Actor, series_id: int, story_id: int, interaction_id: int) -> str:
        """Takes a story out of a series."""

        async def act(db: Writer) -> tuple[str, list[int]]:
            found = await self._arranged(db, actor, series_id)
            story = found.find(story_id)
            await self._name(db, actor, story_id, "")
            await series.place(db, await series.places(db, series_id))
            return f"{story.title} belongs to {found.name} no more; it stays in the archive.", [story_id]

        return await self._edited(actor, interaction_id, act)

    async def rename(self, actor: Actor, series_id: int, name: str, interaction_id: int) -> str:
        """Gives a series another name, in the headers of all its stories.

        Raises:
            FieldRefused: a series cannot be called so.
            SeriesNamedSo: another one is.
        """
        typed = fields.tidied({Field.SERIES: name})[Field.SERIES]
        if not any(map(str.isalnum, typed)):
            raise FieldRefused(LABELS[Field.SERIES], name, "needs at least one letter or digit")

        async def act(db: Writer) -> tuple[str, list[int]]:
            found = await self._arranged(db, actor, series_id)
            if await series.called(db, actor.archive_id, typed) not in (None, series_id):
                raise SeriesNamedSo(typed)
            await series.rename(db, series_id, typed)
            for story in found.stories:
                await self._name(db, actor, story.id, typed, former=found.name)
            return f"{found.name} is called {typed} now, in {len(found.stories)} headers.", []

        return await self._edited(actor, interaction_id, act)

    async def _name(self, db: Writer, actor: Actor, story_id: int, name: str, *, former: str | None = None) -> None:
        """Puts the name of a series into a header, as an edit by form would; `former`: where it is no more in there."""
        header = await headers.read(db, actor.archive_id, story_id)
        if header is None:
            raise Gone
        held = former or fields.told(header)[Field.SERIES]
        changes = [(Field.SERIES, held, name)] if held != name else []
        await self._editing.write(db, actor, story_id, header, changes, self._editing.act)

    async def _edited(
        self, actor: Actor, interaction_id: int, act: Callable[[Writer], Awaitable[tuple[str, list[int]]]]
    ) -> str:
        """Does what changes headers, and finds out anew what the links of those stories mean."""
        concerned: list[tuple[int, list[str]]] = []

        async def done(db: Writer) -> str:
            said, story_ids = await act(db)
            concerned.extend([(each, await links.titles(db, [each])) for each in story_ids])
            return said

        said = await self._acting.once(actor, interaction_id, done)
        await self._editing.settle(actor, concerned)
        return said


def _ordered(values: Sequence[Change]) -> bool:
    return len(values) == 1 and values[0].field.startswith(f"{ORDER} ")
