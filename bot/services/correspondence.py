"""This room is what follows a letter: its receipt, and what both sides answer, each hidden from the other."""

import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.domain import admission
from bot.domain.access import Audience
from bot.domain.delivery import Direction, Kind
from bot.domain.errors import ArchiveError, EmptyLetter
from bot.domain.people import Sender
from bot.domain.refusals import (
    AlreadyRead,
    ConversationEnded,
    DraftGone,
    DraftKept,
    NoEmail,
    NoReason,
    NoSuchLetter,
    OpensElsewhere,
    TooLate,
)
from bot.store import admission as admissions
from bot.store import (
    blocks,
    conversations,
    corrections,
    drafts,
    effects,
    letters,
    outbox,
    reports,
    rules,
    stories,
)
from bot.store.conversations import Conversation
from bot.store.database import Database, Reader, Writer
from bot.store.drafts import NewDraft
from bot.store.letters import NewReply, Receipt, Received

ROWS = 5
"""Receipts on one page of `/letters`."""
DAY = 86_400.0
NEWEST = 1 << 62
"""A letter number above all there will ever be."""


class Receipts(NamedTuple):
    """A page of a sender's receipts, newest first."""

    rows: list[Receipt]
    before: int  # the letter number that the page leads up to; 0: it is the newest page
    more: bool


class Opened(NamedTuple):
    """A receipt with the conversation that its letter is of."""

    receipt: Receipt
    thread: list[Received]
    taken_up: bool  # answered, or shown to the moderators: it cannot be taken back


class Answer(NamedTuple):
    """The form for an answer: to which letter, and what a draft of it holds."""

    letter: Received
    comments: str = ""
    draft_id: int = 0


class Correspondence:
    """Receipts and answers, for those alone whose letters they are."""

    def __init__(
        self,
        database: Database,
        wake: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._wake = wake
        self._clock = clock

    # Of letters one wrote

    async def receipts(self, audience: Audience, before: int = 0) -> Receipts:
        """What this archive's authors were written, below letter number `before` (0: from the newest on)."""
        rows = await letters.receipts(
            self._database.reader, audience.archive.id, audience.reader, before=before or NEWEST, limit=ROWS + 1
        )
        return Receipts(rows[:ROWS], before, len(rows) > ROWS)

    async def receipt(self, user: int, letter_id: int) -> Opened:
        """A letter of one's own, with all that was said after it.

        Raises:
            NoSuchLetter: somebody else wrote it, or nobody did.
        """
        db = self._database.reader
        await self._written(db, user, letter_id)
        receipt = await letters.receipt(db, letter_id)
        thread = await letters.thread(db, receipt.conversation_id, self._clock())
        return Opened(receipt, thread, await letters.taken_up(db, letter_id))

    @staticmethod
    async def _written(db: Reader, user: int, letter_id: int) -> None:
        if await letters.writer(db, letter_id) != user:
            raise NoSuchLetter(letter_id)

    async def withdraw(self, user: int, letter_id: int, interaction_id: int) -> str:
        """Takes a letter back that has not gone out.

        Raises:
            TooLate: it has, or may have.
            AlreadyRead: it was answered, or reported.
        """

        async def act(db: Writer) -> str:
            await self._written(db, user, letter_id)
            if await letters.taken_up(db, letter_id):
                raise AlreadyRead(letter_id)
            if not await outbox.withdraw(db, letter_id, user):
                raise TooLate(letter_id)
            return f"Letter {letter_id} is taken back; nobody gets it."

        return await self._once(interaction_id, act)

    async def forget_email(self, user: int, letter_id: int, interaction_id: int) -> str:
        """Forgets the address of a letter, here and in the author's direct message."""

        async def act(db: Writer) -> str:
            if not await letters.forget_email(db, letter_id, user, self._clock()):
                raise NoEmail(letter_id)
            if await corrections.stand_out(db, letter_id):
                return "Your e-mail address is forgotten here, and it is being taken out of the message the author has."
            return "Your e-mail address is forgotten; the author has not seen it."

        return await self._once(interaction_id, act)

    async def share_email(self, user: int, letter_id: int, interaction_id: int) -> str:
        """Says yes to an author who came after the letter was written."""

        async def act(db: Writer) -> str:
            if not await letters.share_email(db, letter_id, user, self._clock()):
                raise NoEmail(letter_id)
            return "The author is shown your e-mail address."

        return await self._once(interaction_id, act)

    # Of letters one got

    async def received(self, user: int, letter_id: int) -> Received:
        """A letter that was for this account.

        Raises:
            NoSuchLetter: it was for somebody else, or there is none.
        """
        return (await self._received(self._database.reader, user, letter_id))[1]

    async def _received(self, db: Reader, user: int, letter_id: int) -> tuple[Conversation, Received]:
        conversation = await conversations.of_letter(db, letter_id)
        if conversation is not None:
            for letter in await letters.thread(db, conversation.id, self._clock()):
                if letter.letter_id == letter_id and _recipient(conversation, letter) == user:
                    return conversation, letter
        raise NoSuchLetter(letter_id)

    async def answering(self, sender: Sender, letter_id: int) -> Answer:
        """The form for an answer; refused before anything is typed where nobody would get it.

        Raises:
            ConversationEnded, LetterRefused: why nobody would.
        """
        db = self._database.reader
        conversation, letter = await self._received(db, sender.audience.reader, letter_id)
        await self._admit(db, sender, conversation, letter)
        return Answer(letter)

    async def draft(self, sender: Sender, draft_id: int) -> Answer | None:
        """The answer as it was when it was refused; None where the draft is of a first letter."""
        kept = await drafts.get(self._database.reader, draft_id, sender.audience.reader, self._clock())
        if kept is None:
            raise DraftGone
        if kept.letter_id is None:
            return None
        answer = await self.answering(sender, kept.letter_id)
        return answer._replace(comments=kept.comments, draft_id=draft_id)

    async def _admit(self, db: Reader, sender: Sender, conversation: Conversation, letter: Received) -> None:
        if conversation.ended_at is not None:
            raise ConversationEnded
        user, now = sender.audience.reader, self._clock()
        if letter.direction is Direction.TO_READER:
            facts, _ = await admissions.known(db, conversation.author_id, letter.story_id, user, now)
            admission.admit_answer(facts)
            return
        author, archive = conversation.author_id, conversation.archive_id
        admission.refuse(await blocks.blocker(db, archive, author, user, now), conversation.author)
        asked = (await rules.of_archive(db, archive)).author_limit
        admission.count_answers(*await letters.answers(db, author, conversation.id, now - DAY), asked)

    async def answer(
        self, sender: Sender, letter_id: int, comments: str, *, interaction_id: int, draft_id: int = 0
    ) -> Receipt:
        """Stores an answer; a form that arrives twice is one.

        Raises:
            DraftKept: it cannot go, and what was typed is kept for a day.
            NoSuchLetter: there is nothing of this account's to answer.
        """
        try:
            async with self._database.write() as db:
                stored = await letters.of_interaction(db, interaction_id)
                stored = stored or await self._store(db, sender, letter_id, comments, interaction_id)
                await drafts.discard(db, draft_id, sender.audience.reader)
                receipt = await letters.receipt(db, stored)
        except NoSuchLetter:
            raise
        except ArchiveError as refusal:
            raise DraftKept(refusal, await self._keep(sender, letter_id, comments, interaction_id)) from refusal
        self._wake()
        return receipt

    async def _store(self, db: Writer, sender: Sender, letter_id: int, comments: str, interaction_id: int) -> int:
        conversation, letter = await self._received(db, sender.audience.reader, letter_id)
        await self._admit(db, sender, conversation, letter)
        if not comments.strip():
            raise EmptyLetter
        return await self._reply(db, conversation, letter, comments.strip(), interaction_id)

    async def _reply(
        self,
        db: Writer,
        conversation: Conversation,
        letter: Received,
        comments: str,
        interaction_id: int,
        kind: Kind = Kind.REPLY,
    ) -> int:
        """An answer goes the other way; a reader is called in it what they called themselves at first."""
        to_author = letter.direction is Direction.TO_READER
        first, *_ = await letters.thread(db, conversation.id, self._clock())
        reply = NewReply(
            answers_id=letter.letter_id,
            direction=Direction.TO_AUTHOR if to_author else Direction.TO_READER,
            writer_id=conversation.reader_id if to_author else conversation.author_user_id or 0,
            comments=comments,
            interaction_id=interaction_id,
            kind=kind,
            sender_name=first.sender_name if to_author else "",
        )
        return await letters.reply(db, reply, self._clock())

    async def _keep(self, sender: Sender, letter_id: int, comments: str, interaction_id: int) -> int:
        async with self._database.write() as db:
            conversation = await conversations.of_letter(db, letter_id)
            assert conversation is not None
            draft = NewDraft(
                conversation.archive_id, sender.audience.reader, None, letter_id, None, "story", "", "", "", comments,
                interaction_id,
            )  # fmt: skip
            return await drafts.keep(db, draft, self._clock())

    async def thank(self, user: int, letter_id: int, interaction_id: int) -> str:
        """Sends thanks without words, once for each letter."""

        async def act(db: Writer) -> str:
            conversation, letter = await self._received(db, user, letter_id)
            if letter.direction is not Direction.TO_AUTHOR:
                raise NoSuchLetter(letter_id)
            if conversation.ended_at is not None:
                raise ConversationEnded
            if await letters.thanked(db, letter_id):
                return "You have thanked for this letter already."
            await self._reply(db, conversation, letter, "", interaction_id, Kind.THANKS)
            return "Your thanks are on their way to whoever wrote it."

        return await self._once(interaction_id, act)

    async def end(self, user: int, letter_id: int, interaction_id: int) -> str:
        """Ends a conversation, whichever side of it this account is."""

        async def act(db: Writer) -> str:
            conversation = await conversations.of_letter(db, letter_id)
            if conversation is None:
                raise NoSuchLetter(letter_id)
            by = "reader" if conversation.reader_id == user else "author"
            if by == "author":
                await self._received(db, user, letter_id)
            await conversations.end(db, conversation.id, by, self._clock())
            return "This conversation is ended; nobody can write in it any more."

        return await self._once(interaction_id, act)

    async def blockable(self, user: int, letter_id: int) -> Received:
        """The letter whose writer is to be blocked, for its author alone."""
        return (await self._blockable(self._database.reader, user, letter_id))[1]

    async def _blockable(self, db: Reader, user: int, letter_id: int) -> tuple[Conversation, Received]:
        conversation, letter = await self._received(db, user, letter_id)
        if letter.direction is not Direction.TO_AUTHOR:
            raise NoSuchLetter(letter_id)
        return conversation, letter

    async def block(self, user: int, letter_id: int, days: int, interaction_id: int) -> str:
        """Takes no more letters of whoever wrote one, for some days or (0) until that is lifted."""

        async def act(db: Writer) -> str:
            conversation, _ = await self._blockable(db, user, letter_id)
            now = self._clock()
            await blocks.block_writer(db, letter_id, now + days * DAY if days else None, now)
            await outbox.turn_away(db, conversation.archive_id, conversation.author_id, conversation.reader_id)
            return "Whoever wrote this letter cannot write to you any more; /pen blocks takes that back."

        return await self._once(interaction_id, act)

    async def report(self, user: int, letter_id: int, reason: str, interaction_id: int) -> str:
        """Brings a letter, with the conversation around it, before the moderators.

        Raises:
            NoReason: nothing was said against it.
        """

        async def act(db: Writer) -> str:
            await self._received(db, user, letter_id)
            if not reason.strip():
                raise NoReason
            await reports.file_letter(db, letter_id, user, reason.strip(), self._clock())
            return "The moderators of the archive see this letter now, with what you said about it. Thank you."

        return await self._once(interaction_id, act)

    async def where(self, audience: Audience, letter_id: int, story_id: int) -> None:
        """Says where a story opens that is of another archive than is read here.

        Raises:
            OpensElsewhere: to those alone who have a letter about it.
        """
        db = self._database.reader
        story = await stories.get(db, story_id)
        if story is None or story.archive_id == audience.archive.id:
            return
        conversation = await conversations.of_letter(db, letter_id)
        if conversation is None or audience.reader not in (conversation.author_user_id, conversation.reader_id):
            return
        if story_id in {letter.story_id for letter in await letters.thread(db, conversation.id, self._clock())}:
            archive = await stories.archive(db, story.archive_id)
            raise OpensElsewhere(story.title, archive.name, restricted=story.rating > archive.rating_limit)

    async def _once(self, interaction_id: int, act: Callable[[Writer], Awaitable[str]]) -> str:
        """An interaction that is replayed is answered again from what it did."""
        async with self._database.write() as db:
            said = await effects.once(db, interaction_id, self._clock(), lambda: act(db))
        self._wake()
        return said


def _recipient(conversation: Conversation, letter: Received) -> int | None:
    if letter.direction is Direction.TO_AUTHOR:
        return conversation.author_user_id
    return conversation.reader_id
