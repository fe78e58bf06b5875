"""This room is the moderators' desk for letters: claims, what is held or stuck, and who wrote a letter."""

from collections.abc import Awaitable, Callable

from bot.domain.claims import ClaimState
from bot.domain.delivery import State
from bot.domain.people import Actor
from bot.domain.refusals import NoReason, NothingAtDesk, OwnClaim, OwnLetters
from bot.formats.markdown import escape, shorten
from bot.services.acting import Acting
from bot.store import (
    authors,
    claims,
    conversations,
    letters,
    notices,
    outbox,
    rules,
)
from bot.store.claims import Claim
from bot.store.conversations import Conversation
from bot.store.database import Reader, Writer
from bot.store.ledger import Act
from bot.store.notices import Notice
from bot.store.outbox import AtDesk
from bot.store.rules import Rules

ROWS = 5
"""Things on one page of a desk's list."""
NEWEST = 1 << 62
MENU = 25
"""Things that a menu holds (docs.discord.com, Component Reference: String Select)."""


class Desk:
    """What moderators do about letters; their rights are asked on every act."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    # Claims

    async def claims(self, actor: Actor, after: int = 0) -> list[Claim]:
        """Up to `ROWS` claims that nobody has decided, from beyond number `after` on.

        Raises:
            NotYourDesk: as everything here, to whoever does not look after the archive.
        """
        db = await self._acting.reading(actor)
        return await claims.open_ones(db, actor.archive_id, after=after, limit=ROWS)

    async def claim(self, actor: Actor, claim_id: int) -> tuple[Claim, bool]:
        """A claim, and whether the name is another account's so far."""
        db = await self._acting.reading(actor)
        claim = await self._open_claim(db, actor, claim_id)
        author = await authors.get(db, claim.author_id)
        return claim, author is not None and author.user_id is not None

    @staticmethod
    async def _open_claim(db: Reader, actor: Actor, claim_id: int) -> Claim:
        claim = await claims.get(db, claim_id)
        if claim is None or claim.archive_id != actor.archive_id or claim.state is not ClaimState.ASKED:
            raise NothingAtDesk("claim")
        return claim

    async def forsworn(self, actor: Actor) -> list[Claim]:
        """Claims that were answered with *Never*."""
        db = await self._acting.reading(actor)
        return await claims.forsworn(db, actor.archive_id, limit=MENU)

    async def reopen(self, actor: Actor, claim_id: int, interaction_id: int) -> str:
        """Lets an account claim a name again that said it was never to be asked."""

        async def act(db: Writer) -> str:
            claim = await claims.get(db, claim_id)
            if claim is None or claim.archive_id != actor.archive_id or not await claims.reopen(db, claim_id):
                raise NothingAtDesk("claim")
            await self._record(db, actor, "claim reopened", "", author_id=claim.author_id, user_id=claim.user_id)
            return f"That account can claim {claim.author} again."

        return await self._acting.once(actor, interaction_id, act)

    async def decide(self, actor: Actor, claim_id: int, interaction_id: int, *, yes: bool) -> str:
        """Agrees with a claim, by which the account is asked whether it takes the letters; or does not.

        Raises:
            OwnClaim: the moderator agrees with their own.
        """

        async def act(db: Writer) -> str:
            claim = await self._open_claim(db, actor, claim_id)
            if yes and claim.user_id == actor.user:
                raise OwnClaim(claim.author)
            state = ClaimState.OFFERED if yes else ClaimState.DECLINED
            await claims.decide(db, claim_id, state, actor.user, self._acting.now())
            await self._record(db, actor, f"claim {state}", "", author_id=claim.author_id, user_id=claim.user_id)
            if not yes:
                await self._turn_down(db, claim)
                return f"The account that claims {claim.author} is told that you do not agree."
            await self._offer(db, claim)
            return f"The account that claims {claim.author} is asked whether it takes the letters."

        return await self._acting.once(actor, interaction_id, act)

    async def _offer(self, db: Writer, claim: Claim) -> None:
        """The question, without any letter in it: the account may be the wrong one."""
        count = await claims.waiting(db, claim.author_id)
        name = escape(shorten(claim.author, 100))
        await outbox.notice(
            db,
            claim.archive_id,
            claim.user_id,
            f"claim {claim.id}",
            title=f"Are you {shorten(claim.author, 100)}?",
            text=f"{_letters(count)} waiting for **{name}**. If that is you, take them.",
            now=self._acting.now(),
            buttons=[
                ("Take them", "claim-take", claim.id),
                ("Not me", "claim-deny", claim.id),
                ("Never", "claim-never", claim.id),
            ],
        )

    async def _turn_down(self, db: Writer, claim: Claim) -> None:
        name, now = escape(shorten(claim.author, 100)), self._acting.now()
        text = f"The moderators do not agree that **{name}** is you; ask them why, and claim the name again."
        key, title = f"claim {claim.id}", "Your claim"
        await outbox.notice(db, claim.archive_id, claim.user_id, key, title=title, text=text, now=now)

    # Letters

    async def letters(self, actor: Actor, state: State, after: int = 0) -> list[AtDesk]:
        """Letters that are held for a yes, or parked, or whose text Discord refused, oldest first."""
        db = await self._acting.reading(actor)
        return await outbox.at_desk(db, actor.archive_id, state, after=after, limit=ROWS)

    async def notices(self, actor: Actor) -> list[Notice]:
        """Messages of Talebearer's own that could not go out, oldest first."""
        db = await self._acting.reading(actor)
        return await notices.stuck(db, actor.archive_id, limit=ROWS)

    async def retry_notices(self, actor: Actor, interaction_id: int) -> str:
        """Has them all tried again."""

        async def act(db: Writer) -> str:
            count = await notices.retry(db, actor.archive_id, self._acting.now())
            return f"{count} {'message is' if count == 1 else 'messages are'} tried again."

        return await self._acting.once(actor, interaction_id, act)

    async def letter(self, actor: Actor, letter_id: int) -> AtDesk:
        db = await self._acting.reading(actor)
        for state in (State.HELD, State.PARKED, State.REFUSED):
            found = await outbox.at_desk(db, actor.archive_id, state, after=letter_id - 1, limit=1)
            if found and found[0].letter_id == letter_id:
                return found[0]
        raise NothingAtDesk("letter")

    async def allow(self, actor: Actor, letter_id: int, interaction_id: int) -> str:
        """Lets a held letter go out."""
        return await self._settle_letter(actor, letter_id, interaction_id, outbox.allow, "let through", "goes out now")

    async def retry(self, actor: Actor, letter_id: int, interaction_id: int) -> str:
        """Has a letter tried again that was parked or refused."""
        return await self._settle_letter(actor, letter_id, interaction_id, outbox.retry, "retried", "is tried again")

    async def decline(self, actor: Actor, letter_id: int, interaction_id: int) -> str:
        """Does not let a held letter through; its writer sees that on the receipt."""

        async def no(db: Writer, letter: int, _now: float) -> bool:
            return await outbox.decline(db, letter)

        return await self._settle_letter(actor, letter_id, interaction_id, no, "declined", "does not go out")

    async def _settle_letter(
        self,
        actor: Actor,
        letter_id: int,
        interaction_id: int,
        settle: Callable[[Writer, int, float], Awaitable[bool]],
        what: str,
        said: str,
    ) -> str:
        async def act(db: Writer) -> str:
            conversation = await self._conversation(db, actor, letter_id)
            if not await settle(db, letter_id, self._acting.now()):
                raise NothingAtDesk("letter")
            await self._record(db, actor, f"letter {what}", "", author_id=conversation.author_id, letter_id=letter_id)
            return f"Letter {letter_id} {said}."

        return await self._acting.once(actor, interaction_id, act)

    @staticmethod
    async def _conversation(db: Reader, actor: Actor, letter_id: int) -> Conversation:
        conversation = await conversations.of_letter(db, letter_id)
        if conversation is None or conversation.archive_id != actor.archive_id:
            raise NothingAtDesk("letter")
        return conversation

    # Who wrote

    async def concerns(self, actor: Actor, letter_id: int) -> int:
        """The number of a letter of this archive, about whose writer something is to be done.

        Raises:
            NothingAtDesk: it is another archive's, or there is none.
        """
        db = await self._acting.reading(actor)
        await self._conversation(db, actor, letter_id)
        return letter_id

    async def unmask(self, actor: Actor, letter_id: int, reason: str, interaction_id: int) -> int:
        """The account that wrote a letter; the reason goes on record, and its author is told.

        Raises:
            OwnLetters: the moderator is whoever it was written to.
            NoReason: none was given.
        """

        async def act(db: Writer) -> str:
            conversation, writer = await self._writer(db, actor, letter_id, reason)
            if conversation.author_user_id == actor.user:
                raise OwnLetters
            entry = await self._record(
                db,
                actor,
                "writer looked up",
                reason.strip(),
                author_id=conversation.author_id,
                letter_id=letter_id,
                user_id=writer,
            )
            await self._tell_author(db, conversation, letter_id, reason.strip(), entry)
            return ""  # who it is stands nowhere but in the letter and on record

        await self._acting.once(actor, interaction_id, act)
        return (await self._writer(self._acting.database.reader, actor, letter_id, reason))[1]

    async def _writer(self, db: Reader, actor: Actor, letter_id: int, reason: str) -> tuple[Conversation, int]:
        conversation = await self._conversation(db, actor, letter_id)
        if not reason.strip():
            raise NoReason
        writer = await letters.writer(db, letter_id)
        assert writer is not None
        return conversation, writer

    async def _tell_author(
        self, db: Writer, conversation: Conversation, letter_id: int, reason: str, entry: int
    ) -> None:
        if conversation.author_user_id is None:
            return
        text = (
            f"A moderator looked up who wrote letter {letter_id}. The reason they gave: {escape(reason)}\n"
            "/pen inbox shows this under Record as well."
        )
        key, title = f"ledger {entry}", "A moderator looked behind a letter"
        archive, user = conversation.archive_id, conversation.author_user_id
        await outbox.notice(db, archive, user, key, title=title, text=text, now=self._acting.now())

    # The rules

    async def change_rules(self, actor: Actor, changes: dict[str, int | bool], interaction_id: int) -> Rules:
        """Changes what the archive asks of those who write, and returns all of it; names are those of `Rules`."""

        async def act(db: Writer) -> str:
            asked = await rules.of_archive(db, actor.archive_id)
            await rules.change(db, actor.archive_id, asked._replace(**changes))
            told = ", ".join(f"{name} {value}" for name, value in changes.items())
            if told:
                await self._record(db, actor, f"rules for letters: {told}", "")
            return ""

        await self._acting.once(actor, interaction_id, act)
        return await rules.of_archive(self._acting.database.reader, actor.archive_id)

    async def _record(
        self,
        db: Writer,
        actor: Actor,
        act: str,
        reason: str,
        *,
        author_id: int | None = None,
        letter_id: int | None = None,
        user_id: int | None = None,
    ) -> int:
        entry = Act(actor.archive_id, act, actor.user, reason, author_id, None, letter_id, user_id)
        return await self._acting.record(db, entry)


def _letters(count: int) -> str:
    return "1 letter is" if count == 1 else f"{count:,} letters are"
