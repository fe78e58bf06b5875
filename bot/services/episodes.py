"""This room is how moderators list what there is to be seen, so that readers can say how far they are."""

from bot.domain.desk_refusals import ListRefused
from bot.domain.people import Actor
from bot.formats.episodes import lines
from bot.services.acting import Acting
from bot.store import episodes
from bot.store.database import Writer
from bot.store.ledger import Act, Change

LISTS = 100
"""Lists of one archive."""
LINE_LIMIT = 150
"""Characters of a line: it has to be found again in a menu and a sentence."""


class Episodes:
    """The lists of an archive."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def text(self, actor: Actor, name: str) -> str:
        """The list of a name as it is typed, nothing where there is none.

        Raises:
            NotYourDesk: as everything here, to whoever does not look after the archive.
        """
        db = await self._acting.reading(actor)
        list_id = await episodes.called(db, actor.archive_id, name)
        return "" if list_id is None else "\n".join(await episodes.lines(db, list_id))

    async def save(self, actor: Actor, name: str, text: str, interaction_id: int) -> str:
        """Puts a list in the place of the one of that name; an empty one takes it away.

        Raises:
            ListRefused: it has no name, a line is too long, or there are too many lists.
        """
        name, wanted = " ".join(name.split()), lines(text)

        async def act(db: Writer) -> str:
            known = await episodes.called(db, actor.archive_id, name)
            former = [] if known is None else await episodes.lines(db, known)
            await self._check(db, actor, name, wanted, known=known is not None)
            await episodes.save(db, actor.archive_id, name, wanted)
            change = Change(name, "\n".join(former) or None, "\n".join(wanted) or None)
            if former != wanted:
                await self._acting.record(db, Act(actor.archive_id, "episodes listed", actor.user, values=[change]))
            if not wanted:
                return f"There is no list called {name} any more; stories that spoil it stay folded."
            return f"{name} has {len(wanted):,} episodes; readers say in /settings how far they have seen it."

        return await self._acting.once(actor, interaction_id, act)

    @staticmethod
    async def _check(db: Writer, actor: Actor, name: str, wanted: list[str], *, known: bool) -> None:
        if not name:
            raise ListRefused("it has no name", "name the fandom or the order it is seen in")
        long = next((line for line in wanted if len(line) > LINE_LIMIT), None)
        if long is not None:
            raise ListRefused(f"the line “{long[:40]}…” is longer than {LINE_LIMIT} characters", "shorten it")
        if not known and await episodes.count(db, actor.archive_id) >= LISTS:
            raise ListRefused(f"there are {LISTS} lists, which is all there can be", "empty one of them first")
