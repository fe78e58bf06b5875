"""This room binds stories as files to take home; nothing is in them that does not open where they are asked for."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.domain.access import Audience, Sight, admit, may_see
from bot.domain.books import Book, BoundStory
from bot.domain.errors import Gone, NoneOpens, TooLarge
from bot.domain.models import Part, Story
from bot.domain.subjects import Kind, Subject
from bot.formats import prose
from bot.formats.books import filenames
from bot.formats.books.binding import Binding, Bound, bind
from bot.formats.markdown import shorten
from bot.store import books, outbox, subjects
from bot.store.books import Manuscript
from bot.store.database import Database

WORDS = 2_000_000
"""Words of one download: some 25 novels. More would need more memory than the bot may have."""
VOLUMES = 5
"""Files of one download, each a message: an app that is no member of the place may send so many."""
REQUEST = 24 * 1024 * 1024
"""Bytes of a message with all that is attached, a little below docs.discord.com, Create Message: Limitations."""


class Download(NamedTuple):
    """What was made of a subject, and what had to be left out."""

    subject: Subject
    binding: Binding
    files: list[tuple[str, bytes]]
    words: int
    stories: int
    left_out: list[Story]


class Downloads:
    """Books out of the archive, one at a time."""

    def __init__(
        self, database: Database, wake: Callable[[], None] = lambda: None, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._wake = wake
        self._clock = clock
        self._press = asyncio.Lock()

    async def make(self, audience: Audience, kind: Kind, subject_id: int, binding: Binding, limit: int) -> Download:
        """Files of at most `limit` bytes with every story of a subject that opens here.

        Raises:
            Gone: there is nothing of it here.
            TooMature, NoneOpens: nothing of it opens here.
            TooLarge: it does not fit into the files of one answer.
        """
        subject = await subjects.get(self._database.reader, audience, kind, subject_id)
        if subject is None:
            raise Gone(kind.noun)
        listed = await subjects.works(self._database.reader, audience, kind, subject_id)
        opens = [story for story in listed if may_see(story, audience) is Sight.OPEN]
        _demand(subject, listed, opens, audience)
        async with self._press:
            texts = [await books.manuscript(self._database.reader, audience, story.id) for story in opens]
            there = [text for text in texts if text is not None]
            if not there:  # a moderator was quicker
                raise Gone(kind.noun)
            book = self._book(audience, subject, [text.story for text in there])
            bound = await asyncio.to_thread(_bound, book, there, binding, min(limit, REQUEST))
        if len(bound) > VOLUMES or any(len(each.content) > limit for each in bound):
            raise TooLarge(subject.name, kind.noun)
        files = [(filenames.named(each.book, binding), each.content) for each in bound]
        words = sum(text.story.words for text in there)
        return Download(subject, binding, files, words, len(there), [story for story in listed if story not in opens])

    async def came_late(self, audience: Audience, made: Download, format_id: int, interaction_id: int) -> None:
        """Tells by direct message whoever waited longer than an answer takes, with a button to have it after all."""
        text = "Making it took longer than Discord waits for an answer; the button below brings it. What opens only in"
        async with self._database.write() as db:
            await outbox.notice(
                db,
                audience.archive.id,
                audience.reader,
                f"download {interaction_id}",
                title=shorten(made.subject.name, 100),
                text=f"{text} age-restricted channels has to be asked for there again.",
                now=self._clock(),
                buttons=[("Bring it", "download-as", made.subject.kind.value, made.subject.id, format_id)],
            )
        self._wake()

    def _book(self, audience: Audience, subject: Subject, stories: Sequence[Story]) -> Book:
        """The book without its text."""
        return Book(
            identifier=f"archive:{audience.archive.id}/{subject.kind.noun}:{subject.id}",
            title=f"Stories by {subject.name}" if subject.kind is Kind.AUTHOR else subject.name,
            authors=tuple(dict.fromkeys(story.author for story in stories)),
            stories=(),
            archive=audience.archive.name,
            made_at=self._clock(),
        )


def _demand(subject: Subject, listed: Sequence[Story], opens: Sequence[Story], audience: Audience) -> None:
    if subject.kind is Kind.STORY:
        admit(listed[0], audience)
    if not opens:
        raise NoneOpens(subject.name)
    if sum(story.words for story in opens) > WORDS:
        raise TooLarge(subject.name, subject.kind.noun)


def _bound(book: Book, texts: Sequence[Manuscript], binding: Binding, limit: int) -> list[Bound]:
    return bind(replace(book, stories=tuple(map(_story, texts))), binding, limit)


def _story(text: Manuscript) -> BoundStory:
    story = text.story
    return BoundStory(
        title=story.title,
        authors=text.authors,
        parts=tuple(Part(title, prose.from_markup(markup)) for title, markup in text.parts),
        series=story.series or "",
        series_number=story.series_number,
        rating=story.rating.label,
        words=story.words,
        status=story.status,
        language=text.language,
        written=text.written,
        description=story.description,
        disclaimer=story.disclaimer,
        spoilers=story.spoilers,
        notes_before=tuple(told for moment, told in text.notes if moment == "before"),
        notes_after=tuple(told for moment, told in text.notes if moment != "before"),
    )
