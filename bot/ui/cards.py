"""This room draws the cards: front page, series, cover."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import discord

from bot.domain.access import Audience, Sight, may_see
from bot.domain.models import LinkKind, Story
from bot.domain.shelf import Board
from bot.domain.speech import N_, _, grouped, ngettext
from bot.domain.subjects import Kind
from bot.formats.markdown import escape, shorten, units
from bot.services.catalogue import Listing
from bot.services.library import ROWS, AuthorView, Front, SeriesView, Shelf, Shown
from bot.ui.controls import LABEL_LIMIT, OPTIONS_LIMIT, Control, Controls, board, button, menu, option

INK = discord.Colour(0x8C6A3F)
LAMP = discord.Colour(0xC9962E)

# docs.discord.com, Message: Embed Limits
TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 4_096
FIELD_LIMIT = 1_024
EMBEDS_LIMIT = 6_000

ROW_LIMIT = 370
"""Units of a row: ten of them, numbered or with a heading, fit a description."""


NAMED = 2
"""Stories of the header that a cover names, and leads to."""

INDENT = "\N{EM SPACE}"
"""Discord takes ordinary blanks at the beginning of a line away."""


class Card(NamedTuple):
    """A message to be: its embeds, its controls, its file."""

    embeds: Sequence[discord.Embed]
    controls: Controls | None = None
    attachment: tuple[str, bytes] | None = None
    alt: str = ""  # what the file shows, in words


def label(text: str) -> str:
    """Text for a button or a menu, which show it as it stands."""
    return shorten(text, LABEL_LIMIT)


def shown(text: str, limit: int) -> str:
    """Text of a story or a person for an embed: escaped, and short enough as it is sent."""
    return shorten(escape(text), limit)


def front(front: Front, audience: Audience, *, can_continue: bool) -> Card:
    counts = front.counts
    embed = discord.Embed(title=shown(front.archive.name, TITLE_LIMIT), colour=LAMP)
    embed.description = counted(counts.stories, counts.openable, counts.authors, counts.series)
    rows = fitting([row(story, audience) for story in front.newest], "\n\n", FIELD_LIMIT)
    if rows:
        embed.add_field(name="Newest", value="\n\n".join(rows), inline=False)
    embed.set_footer(
        text="/series, /author, /download and /feedback take a name. /pen is for authors, /desk for moderators."
    )
    buttons = [
        button("Fiction Index", "index", 0, 0, style=discord.ButtonStyle.primary),
        button("Search…", "seek"),
        button("One by lot", "draw"),
    ]
    if can_continue:
        buttons.insert(0, button("Continue where you were", "continue", style=discord.ButtonStyle.primary))
    own = [
        button("My shelf", "shelf", Board.BOOKMARKS.value, 0, 0),
        button("What I follow", "follows", 0),
        button("My letters", "letters", 0),
        button("Settings", "settings"),
        button("My data", "mydata"),
    ]
    return Card([embed], board(buttons, choices(front.newest[: len(rows)], audience), own))


def fitting(pieces: Sequence[str], between: str, limit: int) -> list[str]:
    """As many of the pieces, from the first, as fit into `limit` units together, each of them whole."""
    sizes = accumulate(pieces, lambda total, piece: total + units(between + piece), initial=-units(between))
    return [piece for piece, size in zip(pieces, list(sizes)[1:], strict=True) if size <= limit]


def counted(stories: int, openable: int, authors: int, series: int) -> str:
    if not stories:
        return "The archive is empty so far. Moderators fill it with /desk import."
    told = f"{many(stories, 'story', 'stories')} by {many(authors, 'author')}, {many(series, 'series', 'series')}."
    if openable < stories:
        told += f"\n{openable} of them open here, the others in age-restricted channels."
    return told


def many(count: int, one: str, several: str = "") -> str:
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def _shelf_buttons(shelf: Shelf, verb: str, ids: Sequence[tuple[int, ...]]) -> list[Control]:
    """First, Previous, Next, Last with the numbers of their ids; none where all is on one page."""
    if not shelf.has_before and not shelf.has_after:
        return []
    leads = (shelf.has_before, shelf.has_before, shelf.has_after, shelf.has_after)
    names = ("First", "Previous", "Next", "Last")
    return [button(name, verb, *numbers, disabled=not on) for name, numbers, on in zip(names, ids, leads, strict=True)]


def row(story: Story, audience: Audience) -> str:
    """A story as two lines of a list, at most ROW_LIMIT units; a long title is cut inside its marks."""
    rest = f"** — by {shown(story.author, 60)}\n{_facts(story, audience)}"
    return f"**{shown(story.title, ROW_LIMIT - 2 - units(rest))}{rest}"


def _facts(story: Story, audience: Audience) -> str:
    opens = may_see(story, audience) is Sight.OPEN
    facts = [
        story.rating.label,
        many(story.words, "word"),
        many(story.parts, "part") if story.parts > 1 else "",
        _place(story),
        "" if opens else "only in age-restricted channels",
        shown(story.status, 40),
    ]
    return " · ".join(fact for fact in facts if fact)


def _place(story: Story) -> str:
    """The series and the story's place in it: as its header counts, else in reading order."""
    if not story.series:
        return ""
    number = story.series_number or str(story.series_place or "")
    return f"*{shown(story.series, 80)}* series{f', {shown(number, 12)}' if number else ''}"


def choices(
    stories: Sequence[Story], audience: Audience, prompt: str = "Open a story…", verb: str = "open"
) -> list[Control]:
    """A menu of those of the stories that open here; none where none does."""
    options = [
        option(label(story.title), story.id, label(f"by {story.author}"))
        for story in stories
        if may_see(story, audience) is Sight.OPEN
    ]
    return [menu(prompt, verb, options=options)] if options else []


def several(text: str, stories: Sequence[Story], audience: Audience, verb: str = "open") -> Card:
    """What may have been meant, to choose from."""
    embed = discord.Embed(title="Which one?", colour=LAMP)
    rows = [row(story, audience) for story in stories[:ROWS]]
    embed.description = "\n\n".join([_fits(text, len(stories), "stories"), *rows])
    return Card([embed], board(choices(stories, audience, "Choose a story…", verb)))


def _fits(text: str, count: int, things: str) -> str:
    """How many it fits; of more than a menu holds, nobody has counted the rest."""
    fits = f"“{shown(text, 100)}” fits"
    if count < OPTIONS_LIMIT:
        return f"{fits} {count} {things}."
    return f"{fits} at least {count} {things}, these among them; more words of the name fit fewer."


def several_series(text: str, found: Sequence[tuple[int, str]]) -> Card:
    embed = discord.Embed(title="Which series?", colour=LAMP)
    embed.description = _fits(text, len(found), "series")
    options = [option(label(name), number) for number, name in found]
    return Card([embed], board([menu("Choose a series…", "choose-series", options=options)]))


def series(view: SeriesView, audience: Audience) -> Card:
    shelf = view.shelf
    embed = discord.Embed(title=f"{shown(view.name, 200)} Series", colour=LAMP)
    rows = [_branch(story, audience, *at) for story, at in zip(shelf.rows, view.labels, strict=True)]
    embed.description = "\n\n".join(rows)
    embed.set_footer(text=_extent(shelf, "in reading order"))
    if view.missing:
        embed.add_field(name="Not in the archive yet", value=_missing(view.missing), inline=False)
    last_page = (shelf.total - 1) // ROWS * ROWS
    firsts = (0, max(0, shelf.start - ROWS), shelf.start + ROWS, last_page)
    # the third number keeps ids that lead to one page apart
    turns = _shelf_buttons(shelf, "series", [(view.id, first, slot) for slot, first in enumerate(firsts)])
    home = [*_keeping(Kind.SERIES, view.id), button("Fiction Index", "index", 0, 0), button("Main", "main")]
    return Card([embed], board(turns, choices(shelf.rows, audience), home))


def _branch(story: Story, audience: Audience, depth: int, number: int) -> str:
    """A row of a series' tree: numbered in the series' own order, indented beneath it."""
    if number:
        return f"{number}\\. {row(story, audience)}"  # as a list Discord would indent the first line alone
    indent = INDENT * depth
    return indent + "↳ " + row(story, audience).replace("\n", f"\n{indent}{INDENT}")


def author(view: AuthorView, works: Listing, audience: Audience) -> Card:
    """An author with the first of their works and their series."""
    embed = discord.Embed(title=shown(view.name, TITLE_LIMIT), colour=LAMP)
    embed.description = "\n\n".join(row(story, audience) for story in works.rows)
    number = f"{works.total.number:,}{'+' if works.total.more else ''}"
    embed.set_footer(text=f"{number} {'story' if number == '1' else 'stories'}, by title")
    told = fitting([f"*{shown(each.name, 100)}* ({each.stories:,})" for each in view.series], ", ", FIELD_LIMIT)
    if told:
        embed.add_field(name="Series", value=", ".join(told), inline=False)
    options = [option(label(each.name), each.id, many(each.stories, "story", "stories")) for each in view.series]
    series_menu = [menu("Open a series…", "choose-series", options=options)] if options else []
    home = [*_keeping(Kind.AUTHOR, view.id), button("Fiction Index", "index", 0, 0), button("Main", "main")]
    if works.has_after:
        home.insert(0, button("All works", "list", works.id, 0, 0, 0, style=discord.ButtonStyle.primary))
    return Card([embed], board(choices(works.rows, audience), series_menu, home))


def _keeping(kind: Kind, subject_id: int) -> list[Control]:
    """What can be done with all stories of an author or a series."""
    return [
        button("Follow", "follow", kind.value, subject_id, 1),
        button("Download", "download", kind.value, subject_id),
    ]


def several_authors(text: str, found: Sequence[tuple[int, str]]) -> Card:
    embed = discord.Embed(title="Which author?", colour=LAMP)
    embed.description = _fits(text, len(found), "authors")
    options = [option(label(name), number) for number, name in found]
    return Card([embed], board([menu("Choose an author…", "choose-author", options=options)]))


def _extent(shelf: Shelf, order: str) -> str:
    return f"{shelf.start + 1}–{shelf.start + len(shelf.rows)} of {shelf.total:,}, {order}"


def _missing(titles: Sequence[str]) -> str:
    """The titles, each whole; where the field does not hold them all, how many there are besides."""
    rest = " and {} more"
    named = fitting([f"*{shown(title, 100)}*" for title in titles], ", ", FIELD_LIMIT - len(rest) - 4)
    left = len(titles) - len(named)
    return ", ".join(named) + (rest.format(left) if left else "")


def cover(shown_story: Shown, room: int) -> discord.Embed:
    """What the header of the old page said, in at most `room` units; the description gets what the rest leaves."""
    story = shown_story.story
    embed = discord.Embed(colour=LAMP)
    heading = _("{series} Series – {title}").format(series=story.series, title=story.title)
    embed.title = shown(heading if story.series else story.title, 200)
    embed.set_author(name=label(_("by {author}").format(author=story.author)))
    embed.add_field(name=_("Rating"), value=_rating(story))
    embed.add_field(name=_("Length"), value=_length(story))
    for kind, target, found in shown_story.links[:NAMED]:
        named = shown(target, 80)
        there = named if found else _("{title} (not here yet)").format(title=named)
        embed.add_field(name=_(RELATIONS[kind]), value=there)
    if story.spoilers:
        embed.add_field(name=_("Spoilers"), value=f"||{shown(', '.join(story.spoilers), 200)}||", inline=False)
    if story.note:
        embed.add_field(name=_("Note"), value=shown(story.note, 200), inline=False)
    if story.disclaimer:
        embed.add_field(name=_("Disclaimer"), value=shown(story.disclaimer, 200), inline=False)
    embed.description = shown(story.description, min(DESCRIPTION_LIMIT, room - size(embed)))
    return embed


def _length(story: Story) -> str:
    words = ngettext("{count} word", "{count} words", story.words).format(count=grouped(story.words))
    pages = ngettext("{count} page", "{count} pages", story.pages).format(count=grouped(story.pages))
    return f"{words}, {pages}"


def size(embed: discord.Embed) -> int:
    """What of the 6,000 units of a message an embed takes; `len(embed)` counts characters, Discord UTF-16 units."""
    texts = [embed.title, embed.description, embed.author.name, embed.footer.text]
    texts += [text for field in embed.fields for text in (field.name, field.value)]
    return sum(units(text) for text in texts if text)


def _rating(story: Story) -> str:
    """The rating as read, with the author's own words where they say more."""
    raw = story.rating_raw.strip()
    return (
        story.rating.label
        if raw.casefold() in ("", story.rating.label.casefold())
        else (f"{story.rating.label} (“{shown(raw, 60)}”)")
    )


RELATIONS = {
    LinkKind.SEQUEL: N_("Sequel to"),
    LinkKind.PREQUEL: N_("Prequel to"),
    LinkKind.COMPANION: N_("Companion to"),
    LinkKind.FOLLOWS: N_("Takes place after"),
    LinkKind.UNIVERSE: N_("In the world of"),
}
