"""This room takes letters: what a reader thinks, stored before anybody says thank you."""

import enum
import re
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from bot.domain import admission, names
from bot.domain.access import Audience, admit
from bot.domain.delivery import State
from bot.domain.errors import ArchiveError, BadEmail, EmptyLetter, Gone, UnknownAuthor
from bot.domain.models import Gated, Leaf, Story
from bot.domain.people import Sender
from bot.domain.refusals import DraftGone, DraftKept, NobodysName, NoPassage, NoSuchSender, NotInPage
from bot.formats import passages
from bot.formats.spelling import nearest
from bot.services.handover import hand_over, is_nobodys
from bot.store import admission as admissions
from bot.store import authors, drafts, letters, stories
from bot.store.database import Database, Reader, Writer
from bot.store.drafts import NewDraft
from bot.store.letters import NewLetter, Receipt
from bot.store.rules import Rules

AnyStory = TypeVar("AnyStory", Story, Gated)

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]{1,190}\.[^\s@<>()\[\],;:\\\".]{2,63}")


class About(enum.StrEnum):
    """What of a story a letter is about."""

    STORY = "story"
    PART = "part"
    PASSAGE = "passage"


class Form(NamedTuple):
    """A letter as it was typed."""

    name: str
    email: str
    comments: str
    about: About = About.STORY
    passage: str = ""


class Blank(NamedTuple):
    """The form before it is sent, with what its writer must know before typing."""

    story: Story
    page: int | None
    part: tuple[int, str] | None  # number, from 1, and title of the one that the page is of, where there are several
    may_quote: bool  # a direct message is no place for the words of a mature story
    holds_first: bool  # a moderator reads this sender's letter first
    holds_anonymous: bool  # or one without a name
    away_until: float | None
    filled: Form
    draft_id: int = 0


class Feedback:
    """Stores letters, each with its outbox row in one transaction, and tells the postman."""

    def __init__(
        self,
        database: Database,
        wake: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._wake = wake
        self._clock = clock

    async def form(self, sender: Sender, story_id: int, page: int | None, name: str) -> Blank:
        """The form to fill in, signed with `name`; refused before anything is typed where that is known.

        Raises:
            Gone, TooMature: the story does not open here.
            LetterRefused: the author or the archive takes no letter of this sender now.
        """
        return await self._blank(sender, story_id, page, Form(name, "", ""))

    async def draft(self, sender: Sender, draft_id: int) -> Blank:
        """The form as it was when it was refused.

        Raises:
            DraftGone: it is not kept any more, or it is somebody else's.
        """
        kept = await drafts.get(self._database.reader, draft_id, sender.audience.reader, self._clock())
        if kept is None or kept.story_id is None:
            raise DraftGone
        filled = Form(kept.name, kept.email, kept.comments, About(kept.about), kept.quote)
        blank = await self._blank(sender, kept.story_id, kept.page, filled)
        return blank._replace(draft_id=draft_id)

    async def _blank(self, sender: Sender, story_id: int, page: int | None, filled: Form) -> Blank:
        db, now = self._database.reader, self._clock()
        story = _admitted(await stories.get(db, story_id), sender.audience)
        facts, asked = await admissions.known(db, story.author_id, story.id, sender.audience.reader, now)
        admission.admit(facts, sender, now)
        first = not await letters.wrote_before(db, story.archive_id, sender.audience.reader)
        leaf = await self._leaf(db, story, page)
        return Blank(
            story,
            leaf and leaf.number,
            (leaf.part + 1, leaf.part_title) if leaf and leaf.parts > 1 else None,
            may_quote=leaf is not None and _may_quote(story, sender.audience),
            holds_first=asked.hold_first and first,
            holds_anonymous=asked.hold_anonymous,
            away_until=facts.away_until,
            filled=filled,
        )

    @staticmethod
    async def _leaf(db: Reader, story: Story | Gated, page: int | None) -> Leaf | None:
        return await stories.leaf(db, story.id, page) if page else None

    async def submit(
        self, sender: Sender, story_id: int, form: Form, *, page: int | None, interaction_id: int, draft_id: int = 0
    ) -> Receipt:
        """Stores a letter; a form that arrives twice is one letter.

        Raises:
            DraftKept: it cannot be taken as it is, and what was typed is kept for a day.
            Gone: there is no such story at all.
        """
        try:
            receipt = await self._submit(sender, story_id, form, page, interaction_id, draft_id)
        except ArchiveError as refusal:
            draft = await self._keep(sender, story_id, form, page, interaction_id)
            if draft is None:
                raise
            raise DraftKept(refusal, draft) from refusal
        if receipt.state is State.READY or receipt.due_at is not None:  # most wait for an author who is not here yet
            self._wake()
        return receipt

    async def _submit(
        self, sender: Sender, story_id: int, form: Form, page: int | None, interaction_id: int, draft_id: int
    ) -> Receipt:
        async def work(db: Writer) -> Receipt:
            letter_id = await letters.of_interaction(db, interaction_id)
            if letter_id is not None:
                return await letters.receipt(db, letter_id)
            receipt = await self._store(db, sender, story_id, form, page, interaction_id)
            if draft_id:
                await drafts.discard(db, draft_id, sender.audience.reader)
            return receipt

        return await self._database.transact(work)

    async def _store(
        self, db: Writer, sender: Sender, story_id: int, form: Form, page: int | None, interaction_id: int
    ) -> Receipt:
        now, writer = self._clock(), sender.audience.reader
        story = _admitted(await stories.gated(db, story_id), sender.audience)
        comments = checked_comments(form.comments)
        facts, asked = await admissions.known(db, story.author_id, story.id, writer, now, comments)
        admission.admit(facts, sender, now)
        leaf = await self._leaf(db, story, page)
        letter = NewLetter(
            story_id=story.id,
            writer_id=writer,
            sender_name=checked_name(form.name),
            email=checked_email(form.email),
            comments=comments,
            page=leaf and leaf.number,
            part=leaf.part + 1 if leaf and form.about is About.PART and leaf.parts > 1 else None,
            quote=_passage(form, leaf) if leaf and _may_quote(story, sender.audience) else "",
            interaction_id=interaction_id,
        )
        return await letters.store(db, letter, now, held=await self._is_held(db, asked, story.archive_id, letter))

    @staticmethod
    async def _is_held(db: Reader, asked: Rules, archive_id: int, letter: NewLetter) -> bool:
        if asked.hold_anonymous and not letter.sender_name:
            return True
        return asked.hold_first and not await letters.wrote_before(db, archive_id, letter.writer_id)

    async def _keep(
        self, sender: Sender, story_id: int, form: Form, page: int | None, interaction_id: int
    ) -> int | None:
        """Keeps what was typed; None where there is no story of that number to keep it for."""
        async with self._database.write() as db:
            story = await stories.get(db, story_id)
            if story is None:
                return None
            draft = NewDraft(
                story.archive_id, sender.audience.reader, story_id, None, page, form.about, form.passage, form.name,
                form.email, form.comments, interaction_id,
            )  # fmt: skip
            return await drafts.keep(db, draft, self._clock())

    async def link(self, archive_id: int, name: str, user_id: int) -> tuple[str, int]:
        """Ties a pen name to a Discord account; returns the name as the archive spells it and how many
        letters go out now.

        Raises:
            UnknownAuthor: the archive has no such pen name.
            NobodysName: stories without a name stand under it.
        """
        author = await authors.named(self._database.reader, archive_id, name)
        if author is None:
            near = nearest(name, await authors.everybody(self._database.reader, archive_id))
            raise UnknownAuthor(name, [near] if near else [])
        if is_nobodys(author.name):
            raise NobodysName(author.name)
        async with self._database.write() as db:
            waiting = await hand_over(db, author, user_id, self._clock())
        self._wake()
        return author.name, waiting


def _admitted(story: AnyStory | None, audience: Audience) -> AnyStory:
    if story is None:
        raise Gone
    admit(story, audience)
    return story


def checked_email(typed: str) -> str:
    """The address, or an empty string where none was given."""
    address = typed.strip()
    if address and not _EMAIL.fullmatch(address):
        raise BadEmail(address[:80])
    return address


def checked_name(typed: str) -> str:
    """The name, or an empty string where the sender stays anonymous.

    Raises:
        NoSuchSender: it reads as that of an anonymous sender, which Talebearer gives itself.
    """
    name = typed.strip()
    if names.key(name) == "anonymous":
        return ""
    if names.key(name).startswith("anonymous"):
        raise NoSuchSender(name)
    return name


def checked_comments(typed: str) -> str:
    comments = typed.strip()
    if not comments:
        raise EmptyLetter
    return comments


def _may_quote(story: Story | Gated, audience: Audience) -> bool:
    """Whether the story's words may stand in a direct message."""
    return story.rating <= audience.archive.rating_limit


def _passage(form: Form, leaf: Leaf) -> str:
    """The passage as the page has it; empty where the letter is about none. One that was typed is meant."""
    typed = form.passage.strip()
    if not typed:
        if form.about is About.PASSAGE:
            raise NoPassage
        return ""
    found = passages.find(typed, leaf.text)
    if found is None:
        raise NotInPage(typed, leaf.number)
    return found
