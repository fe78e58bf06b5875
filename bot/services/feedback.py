"""This room takes letters: what a reader thinks, stored before anybody says thank you."""

import re
import time
from collections.abc import Callable
from typing import NamedTuple

from bot.domain.access import Audience, admit
from bot.domain.errors import BadEmail, EmptyLetter, Gone, UnknownAuthor
from bot.domain.models import Story
from bot.formats.spelling import nearest
from bot.store import authors, claims, letters, stories
from bot.store.database import Database
from bot.store.letters import NewLetter, Receipt

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]{1,190}\.[^\s@<>()\[\],;:\\\".]{2,63}")


class Form(NamedTuple):
    """A letter as it was typed."""

    name: str
    email: str
    comments: str


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

    async def form(self, audience: Audience, story_id: int) -> Story:
        """The story to write about; refused before anything is typed where it does not open here."""
        story = await stories.get(self._database.reader, story_id)
        if story is None:
            raise Gone
        admit(story, audience)
        return story

    async def submit(
        self, audience: Audience, story_id: int, form: Form, *, page: int | None, interaction_id: int
    ) -> Receipt:
        """Stores a letter; a form that arrives twice is one letter.

        Raises:
            EmptyLetter, BadEmail: the form cannot be taken as it is.
        """
        story = await self.form(audience, story_id)
        letter = NewLetter(
            story_id=story.id,
            writer_id=audience.reader,
            sender_name=form.name.strip(),
            email=checked_email(form.email),
            comments=checked_comments(form.comments),
            page=page,
            interaction_id=interaction_id,
        )
        async with self._database.write() as db:
            letter_id = await letters.store(db, letter, self._clock())
            receipt = await letters.receipt(db, letter_id)
        self._wake()
        return receipt

    async def link(self, archive_id: int, name: str, user_id: int) -> tuple[str, int]:
        """Ties a pen name to a Discord account; returns the name as the archive spells it and how many
        letters go out now.

        Raises:
            UnknownAuthor: the archive has no such pen name.
        """
        author = await authors.named(self._database.reader, archive_id, name)
        if author is None:
            near = nearest(name, await authors.everybody(self._database.reader, archive_id))
            raise UnknownAuthor(name, [near] if near else [])
        async with self._database.write() as db:
            waiting = await claims.link(db, author.id, user_id, self._clock())
        self._wake()
        return author.name, waiting


def checked_email(typed: str) -> str:
    """The address, or an empty string where none was given."""
    address = typed.strip()
    if address and not _EMAIL.fullmatch(address):
        raise BadEmail(address[:80])
    return address


def checked_comments(typed: str) -> str:
    comments = typed.strip()
    if not comments:
        raise EmptyLetter
    return comments
