"""This room is how authors edit the headers of what is theirs: whose a story is, is asked in the act itself."""

from bot.domain.desk_refusals import MilderRating, ProposalGone
from bot.domain.documents import Manuscript
from bot.domain.fields import Field, Texts
from bot.domain.models import Standing
from bot.domain.people import Actor
from bot.domain.refusals import NotYourStory
from bot.formats import fields
from bot.services.acting import Acting
from bot.services.intake.editing import Editing
from bot.services.intake.judging import standing
from bot.store import intake, proposals, standings, stories, works
from bot.store.database import Reader, Writer
from bot.store.ledger import Act, Change


class Owning(Acting):
    """Acts of authors: nobody is turned away at the door, for it is the story that tells whose it is."""

    async def admit(self, db: Reader, actor: Actor) -> None:
        del db, actor


class OwnEditing(Editing):
    """Headers of an author's own stories, in whichever archive; under whose name they stand is for moderators."""

    act = "edited by its author"
    editable = frozenset(Field) - {Field.AUTHORS}

    async def author(self, user: int, story_id: int) -> Actor:
        """Whoever asks, as the author of a story.

        Raises:
            NotYourStory: no pen name of the account's stands over it.
        """
        found = await works.mine(self._acting.database.reader, user, story_id)
        if found is None:
            raise NotYourStory
        return _author(user, found.archive_id)

    async def proposer(self, user: int, proposal_id: int) -> Actor:
        """Whoever asks, as the author who typed something.

        Raises:
            ProposalGone: somebody else did, or it is not kept any more.
        """
        archive_id = await proposals.archive_of(self._acting.database.reader, proposal_id, user)
        if archive_id is None:
            raise ProposalGone
        return _author(user, archive_id)

    async def _header(self, db: Reader, actor: Actor, story_id: int) -> Manuscript:
        if await works.mine(db, actor.user, story_id) is None:
            raise NotYourStory
        return await super()._header(db, actor, story_id)

    def _check(self, story: Manuscript, typed: Texts) -> None:
        """A milder rating would open a story to more readers than moderators let it."""
        if fields.amended(story, typed).rating < story.rating:
            raise MilderRating(story.title)

    async def _saved(self, db: Writer, actor: Actor, story_id: int, story: Manuscript) -> str:
        """What its header says now may be something that a moderator has to see first."""
        limit = await stories.rating_limit(db, actor.archive_id)
        former = (await intake.states(db, [story_id]))[story_id]
        state, reason = standing(story, limit, former, withhold=False)
        if state is former[0]:
            return ""
        await standings.put(db, story_id, state, reason, "")
        values = [Change("state", former[0], state)]
        await self._acting.record(
            db, Act(actor.archive_id, "withheld", actor.user, reason, story_id=story_id, values=values)
        )
        return f" It waits for a moderator now, because {reason}." if state is Standing.WITHHELD else ""


def _author(user: int, archive_id: int) -> Actor:
    return Actor(user, archive_id, None, manages=False, roles=frozenset(), owns_bot=False)
