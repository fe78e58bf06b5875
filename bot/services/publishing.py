"""This room is which stories readers may see: a moderator publishes, hides and restores, and says why."""

import enum
from typing import NamedTuple

from bot.domain.access import Audience, admit_moderator
from bot.domain.desk_refusals import StandsAlready
from bot.domain.errors import Gone
from bot.domain.models import Leaf, Standing
from bot.domain.people import Actor
from bot.domain.refusals import NoReason
from bot.formats.markdown import escape, shorten
from bot.services.acting import Acting
from bot.services.titles import story_named
from bot.store import consent, outbox, standings, stories
from bot.store.database import Reader, Writer
from bot.store.ledger import Act, Change
from bot.store.standings import Concerned, Stood

ROWS = 5


class Turn(enum.StrEnum):
    """What a moderator can do with a story."""

    PUBLISH = "publish"
    HIDE = "hide"
    RESTORE = "restore"


FROM = {
    Turn.PUBLISH: (Standing.WITHHELD,),
    Turn.HIDE: (Standing.PUBLISHED, Standing.WITHHELD),
    Turn.RESTORE: (Standing.HIDDEN,),
}
"""The states in which each can be done."""
_DONE = {Turn.PUBLISH: "published", Turn.HIDE: "hidden", Turn.RESTORE: "restored"}


class View(NamedTuple):
    """A story at the desk, and what its going would concern."""

    story: Stood
    concerned: Concerned


class Publishing:
    """What readers get to see of an archive."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def suggest(self, actor: Actor, typed: str) -> list[Stood]:
        """Up to 25 stories that may be meant, whatever their state."""
        return await standings.named(await self._acting.reading(actor), actor.archive_id, typed, 25)

    async def find(self, actor: Actor, text: str) -> int:
        """The number of the story that was typed, as `story_named` finds it."""
        return (await story_named(await self._acting.reading(actor), actor.archive_id, text)).id

    async def view(self, actor: Actor, story_id: int) -> View:
        """A story with what hangs on it.

        Raises:
            Gone: there is none of that number in this archive.
        """
        db = await self._acting.reading(actor)
        return View(await self._story(db, actor, story_id), await standings.concerned(db, story_id))

    @staticmethod
    async def _story(db: Reader, actor: Actor, story_id: int) -> Stood:
        story = await standings.get(db, actor.archive_id, story_id)
        if story is None:
            raise Gone
        return story

    async def page(self, actor: Actor, audience: Audience, story_id: int, number: int) -> Leaf:
        """Page `number` of a story in whatever state, or the nearest it has; nobody's place moves, nothing is counted.

        Raises:
            Gone: there is none of that number in this archive, or nothing is left of its text.
            TooMature: it does not open here.
            ShownNowhere: it opens nowhere.
        """
        leaf = await stories.leaf(await self._acting.reading(actor), story_id, number)
        if leaf is None:
            raise Gone
        admit_moderator(leaf, audience)
        return leaf

    async def waiting(self, actor: Actor, after: int = 0) -> list[Stood]:
        """The stories that a moderator has to look at before readers may."""
        db = await self._acting.reading(actor)
        return await standings.listed(db, actor.archive_id, Standing.WITHHELD, after=after, limit=ROWS)

    async def check(self, actor: Actor, story_id: int, turn: Turn) -> Stood:
        """The story, if this can be done with it.

        Raises:
            StandsAlready: somebody did it before, or its state does not allow it.
        """
        return await self._check(await self._acting.reading(actor), actor, story_id, turn)

    async def _check(self, db: Reader, actor: Actor, story_id: int, turn: Turn) -> Stood:
        story = await self._story(db, actor, story_id)
        if story.state not in FROM[turn]:
            raise StandsAlready(story.title, story.state, turn)
        return story

    async def turn(
        self, actor: Actor, story_id: int, turn: Turn, reason: str, interaction_id: int, *, told: bool = False
    ) -> str:
        """Publishes, hides or restores a story for a reason, which readers are told too where `told` is set.

        Raises:
            NoReason: none is given.
            StandsAlready: another moderator was faster.
        """

        async def act(db: Writer) -> str:
            if not reason.strip():
                raise NoReason
            story = await self._check(db, actor, story_id, turn)
            state = await self._put(db, story, turn, reason.strip(), told=told)
            values = [Change("state", story.state, state)]
            done = Act(actor.archive_id, _DONE[turn], actor.user, reason.strip(), story_id=story_id, values=values)
            entry = await self._acting.record(db, done)
            await self._tell(db, story, turn, state, reason.strip(), entry)
            return self._said(story, turn, state)

        return await self._acting.once(actor, interaction_id, act)

    @staticmethod
    async def _put(db: Writer, story: Stood, turn: Turn, reason: str, *, told: bool) -> Standing:
        if turn is Turn.PUBLISH:
            await consent.publish(db, story.id, reason)
            return Standing.PUBLISHED
        state = Standing.HIDDEN if turn is Turn.HIDE else await standings.before_hiding(db, story.id)
        await standings.put(db, story.id, state, reason, reason if told and turn is Turn.HIDE else "")
        return state

    @staticmethod
    def _said(story: Stood, turn: Turn, state: Standing) -> str:
        if turn is Turn.HIDE:
            return f"{story.title} is hidden now; its places, bookmarks and letters stay, and /desk restore shows it."
        waits = " It waits for review, as it did before." if state is Standing.WITHHELD else ""
        return f"{story.title} is {_DONE[turn]}.{waits}"

    async def _tell(self, db: Writer, story: Stood, turn: Turn, state: Standing, reason: str, entry: int) -> None:
        """Its authors hear what became of it and why, as far as their accounts are known."""
        if turn is Turn.RESTORE and state is Standing.WITHHELD:
            return
        name = escape(shorten(story.title, 200))
        done = "was not taken into the archive" if story.state is Standing.WITHHELD else "is hidden from readers"
        verb = "is in the archive for readers now" if turn is not Turn.HIDE else done
        text = f"**{name}** {verb}. The reason the moderators gave: {escape(reason)}"
        for user in await standings.accounts(db, story.id):
            await outbox.notice(
                db,
                story.archive_id,
                user,
                f"ledger {entry}",
                title=f"About {shorten(story.title, 200)}",
                text=text,
                now=self._acting.now(),
            )
