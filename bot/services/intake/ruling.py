"""This room is what moderators rule about the stories that others name, where the importer could not tell."""

from typing import NamedTuple

from bot.domain.desk_refusals import LinkOpen, LinkSettled, LinkToItself
from bot.domain.errors import Gone
from bot.domain.people import Actor
from bot.domain.refusals import NothingAtDesk
from bot.services.acting import Acting
from bot.services.intake.linking import judged_anew, ruled
from bot.services.titles import story_named
from bot.store import links, series, standings
from bot.store.database import Reader, Writer
from bot.store.ledger import Act, Change
from bot.store.links import Judged, OpenLink, Question
from bot.store.standings import Stood

ROWS = 5
"""Links on one page of the list, and stories offered for one."""


class Asked(NamedTuple):
    """A link, and the stories it may mean."""

    question: Question
    candidates: list[Stood]


class Rulings:
    """Links, as moderators settle them: whatever comes in later, what they have ruled holds."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def listed(self, actor: Actor, after: int = 0, *, settled: bool = False) -> list[Question]:
        """The links that are open, or those that moderators have ruled on, from beyond number `after` on."""
        db = await self._acting.reading(actor)
        asked = links.ruled if settled else links.to_do
        return await asked(db, actor.archive_id, after=after, limit=ROWS)

    async def view(self, actor: Actor, link_id: int) -> Asked:
        """A link with the stories it may mean.

        Raises:
            NothingAtDesk: it is gone from its story's header, or another archive's.
        """
        db = await self._acting.reading(actor)
        question = await self._question(db, actor, link_id)
        found = [await standings.get(db, actor.archive_id, each) for each in question.candidates[:ROWS]]
        return Asked(question, [each for each in found if each is not None])

    @staticmethod
    async def _question(db: Reader, actor: Actor, link_id: int) -> Question:
        question = await links.get(db, actor.archive_id, link_id)
        if question is None:
            raise NothingAtDesk("link")
        return question

    async def open(self, actor: Actor, link_id: int) -> Question:
        """A link that nobody has ruled on.

        Raises:
            LinkSettled: another moderator was faster.
        """
        return await self._open(await self._acting.reading(actor), actor, link_id)

    async def _open(self, db: Reader, actor: Actor, link_id: int) -> Question:
        question = await self._question(db, actor, link_id)
        if question.ruled:
            raise LinkSettled(question.title, question.link.target, question.target)
        return question

    async def named(self, actor: Actor, link_id: int, text: str, interaction_id: int) -> str:
        """Rules that a link means the story that was typed: its number, or exactly its title."""
        found = await story_named(await self._acting.reading(actor), actor.archive_id, text)
        return await self.rule(actor, link_id, found.id, interaction_id)

    async def rule(self, actor: Actor, link_id: int, target_id: int | None, interaction_id: int) -> str:
        """Rules that a link means a story, or none of this archive.

        Raises:
            LinkSettled: another moderator was faster.
            Gone, LinkToItself: there is no such story in the archive, or it is the one that the link stands in.
        """

        async def act(db: Writer) -> str:
            question = await self._open(db, actor, link_id)
            target = None if target_id is None else await self._target(db, actor, question, target_id)
            await links.rule(db, link_id, target_id)
            await self._settle(db, question, ruled(link_id, target_id))
            meaning = "no story of this archive" if target is None else target.title
            await self._record(db, actor, "link settled", question, None, meaning)
            return f"That {question.title} names “{question.link.target}” is settled: it means {meaning}."

        return await self._acting.once(actor, interaction_id, act)

    @staticmethod
    async def _target(db: Reader, actor: Actor, question: Question, target_id: int) -> Stood:
        if target_id == question.story_id:
            raise LinkToItself(question.title)
        target = await standings.get(db, actor.archive_id, target_id)
        if target is None:
            raise Gone
        return target

    async def lift(self, actor: Actor, link_id: int, interaction_id: int) -> str:
        """Takes a ruling back: what the stories that are here tell counts again.

        Raises:
            LinkOpen: there is none, or no more.
        """

        async def act(db: Writer) -> str:
            question = await self._question(db, actor, link_id)
            if not question.ruled:
                raise LinkOpen(question.title, question.link.target)
            await links.lift(db, link_id)
            judged = await judged_anew(db, actor.archive_id, OpenLink(link_id, question.story_id, question.link))
            await self._settle(db, question, judged)
            former = question.target or "no story of this archive"
            await self._record(db, actor, "link opened again", question, former, None)
            found = "it is open again" if judged.target_id is None else "it leads where its words tell"
            return f"The ruling on “{question.link.target}” in {question.title} is taken back: {found}."

        return await self._acting.once(actor, interaction_id, act)

    @staticmethod
    async def _settle(db: Writer, question: Question, judged: Judged) -> None:
        """The series of what it led to, and of what it leads to now, are put into order too."""
        before = await series.to_place(db, [question.story_id])
        await links.settle(db, [judged])
        for each in {*before, *await series.to_place(db, [question.story_id])}:
            await series.place(db, await series.places(db, each))

    async def _record(
        self, db: Writer, actor: Actor, what: str, question: Question, former: str | None, present: str | None
    ) -> None:
        change = Change(f"{question.link.kind} {question.id}", former, present)
        await self._acting.record(
            db, Act(actor.archive_id, what, actor.user, story_id=question.story_id, values=[change])
        )
