"""This room is whom moderators keep from writing to anybody in their archive, why and until when."""

from bot.domain.people import Actor
from bot.domain.refusals import NoReason, NothingAtDesk
from bot.services.acting import Acting
from bot.store import blocks, conversations, letters, outbox
from bot.store.blocks import Block
from bot.store.database import Writer
from bot.store.ledger import Act

DAY = 86_400.0
MENU = 25
"""Blocks that a menu holds (docs.discord.com, Component Reference: String Select)."""


class Blocks:
    """Blocks for a whole archive; whoever wrote a letter is blocked by it and stays unknown."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def listed(self, actor: Actor) -> list[Block]:
        """The blocks that hold, the newest first."""
        db = await self._acting.reading(actor)
        return await blocks.of_archive(db, actor.archive_id, self._acting.now(), limit=MENU)

    async def block_writer(self, actor: Actor, letter_id: int, days: int, reason: str, interaction_id: int) -> str:
        """Takes no letter of whoever wrote one for some days, 0 for good; nobody is told who that is.

        Raises:
            NoReason: none was given.
            NothingAtDesk: the letter is another archive's.
        """

        async def act(db: Writer) -> str:
            conversation = await conversations.of_letter(db, letter_id)
            if conversation is None or conversation.archive_id != actor.archive_id:
                raise NothingAtDesk("letter")
            writer = await letters.writer(db, letter_id)
            assert writer is not None
            await self._begin(db, actor, writer, letter_id, days, reason, author_id=conversation.author_id)
            return f"Whoever wrote letter {letter_id} can write to nobody in this archive {_until(days)}."

        return await self._acting.once(actor, interaction_id, act)

    async def block_account(self, actor: Actor, user_id: int, days: int, reason: str, interaction_id: int) -> str:
        """Takes no letter of an account for some days, 0 for good.

        Raises:
            NoReason: none was given.
        """

        async def act(db: Writer) -> str:
            await self._begin(db, actor, user_id, None, days, reason)
            return f"This account can write to nobody in this archive {_until(days)}."

        return await self._acting.once(actor, interaction_id, act)

    async def _begin(
        self,
        db: Writer,
        actor: Actor,
        user_id: int,
        letter_id: int | None,
        days: int,
        reason: str,
        *,
        author_id: int | None = None,
    ) -> None:
        if not reason.strip():
            raise NoReason
        now = self._acting.now()
        until = now + days * DAY if days else None
        await blocks.block_account(db, actor.archive_id, user_id, letter_id, until, now)
        await outbox.turn_away(db, actor.archive_id, None, user_id)
        subject = user_id if letter_id is None else None
        act = f"sender blocked {_until(days)}"
        done = Act(actor.archive_id, act, actor.user, reason.strip(), author_id, letter_id=letter_id, user_id=subject)
        await self._acting.record(db, done)

    async def lift(self, actor: Actor, block_id: int, interaction_id: int) -> str:
        """Takes a block back.

        Raises:
            NothingAtDesk: it is over, or another archive's.
        """

        async def act(db: Writer) -> str:
            block = await blocks.lift_for_all(db, block_id, actor.archive_id)
            if block is None:
                raise NothingAtDesk("block")
            done = Act(
                actor.archive_id, "sender let back", actor.user, letter_id=block.letter_id, user_id=block.user_id
            )
            await self._acting.record(db, done)
            whom = "This account" if block.letter_id is None else f"Whoever wrote letter {block.letter_id}"
            return f"{whom} can write here again."

        return await self._acting.once(actor, interaction_id, act)


def _until(days: int) -> str:
    return f"for {days} {'day' if days == 1 else 'days'}" if days else "for good"
