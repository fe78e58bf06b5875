"""This room draws what is taken home: the choice of a format, and the files."""

from collections.abc import Iterator, Sequence

import discord

from bot.domain.subjects import Subject
from bot.formats.books.binding import Binding
from bot.services.downloads import Download
from bot.ui.cards import DESCRIPTION_LIMIT, LAMP, TITLE_LIMIT, Card, fitting, many, shown
from bot.ui.controls import Control, board, button

ORDER = [Binding.EPUB, Binding.HTML, Binding.TEXT]
"""The formats by the numbers that stand in custom ids; new ones are added at the end."""
NAMES = {Binding.EPUB: "EPUB", Binding.HTML: "HTML", Binding.TEXT: "Text"}
FOR = {
    Binding.EPUB: "**EPUB** for e-book readers",
    Binding.HTML: "**HTML** for a browser, one page",
    Binding.TEXT: "**Text** for everything else",
}


def choice(subject: Subject) -> Card:
    """In what format a subject is to be taken home."""
    embed = discord.Embed(title=shown(subject.name, TITLE_LIMIT), colour=LAMP)
    embed.description = "\n".join(FOR.values())
    return Card([embed], board([take(subject, index, name) for index, name in enumerate(NAMES.values())]))


def take(subject: Subject, index: int, name: str) -> Control:
    return button(name, "download-as", subject.kind.value, subject.id, index)


def files(download: Download) -> list[Card]:
    """A message for each file; the first tells what is in them."""
    first, *others = download.files
    embed = discord.Embed(title=shown(download.subject.name, TITLE_LIMIT), colour=LAMP)
    embed.description = "\n".join(fitting(list(_told(download)), "\n", DESCRIPTION_LIMIT))
    return [Card([embed], attachment=first), *(Card([], attachment=other) for other in others)]


def _told(download: Download) -> Iterator[str]:
    size = sum(len(content) for _, content in download.files)
    volumes = f", in {many(len(download.files), 'volume')}" if len(download.files) > 1 else ""
    what = f"{many(download.stories, 'story', 'stories')}, {many(download.words, 'word')}"
    yield f"{NAMES[download.binding]}: {what}, {size / 1024:,.0f} KB{volumes}."
    yield from _left_out(download)


def _left_out(download: Download) -> Sequence[str]:
    if not download.left_out:
        return []
    told = [f"- **{shown(story.title, 150)}**, {story.rating.label}" for story in download.left_out]
    return ["", "Left out, because they open only in age-restricted channels:", *told]
