"""This room draws a page of a story with everything to turn it by."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from gettext import NullTranslations

import discord

from bot.domain.errors import UnknownControl
from bot.domain.models import Leaf, LinkKind, Story
from bot.domain.settings import PageLength
from bot.domain.speech import N_, _, grouped, in_force
from bot.formats.markdown import escape, shorten
from bot.services.library import Neighbours, Shown
from bot.ui import cards
from bot.ui.cards import EMBEDS_LIMIT, INK, NAMED, RELATIONS, Card, label, size
from bot.ui.controls import LABEL_LIMIT, OPTIONS_LIMIT, Control, Press, board, button, control_id, menu, option

VANISHES = (
    N_("Only you see this page"),
    N_("It is gone when Discord is reloaded; `/continue` gives it back, here or on another device."),
)
HEADING_LIMIT = 150
"""Units of the title above a page: with the page itself it leaves the cover 1,700 of the 6,000."""


def page(
    leaf: Leaf,
    *,
    opening: Shown | None = None,
    neighbours: Neighbours | None = None,
    told: bool = True,
) -> Card:
    """A page; `opening` is drawn ahead of the first one, `neighbours` are the ways on from the last.

    `told`: its reader knows what becomes of a private page, or this is none.
    """
    text = _text(leaf)
    if not told:
        text.add_field(name=_(VANISHES[0]), value=_(VANISHES[1]), inline=False)
    if opening is None:
        _head(text, leaf)
        embeds = [text]
    else:
        cut = opening._replace(story=replace(opening.story, pages=leaf.pages))
        embeds = [cards.cover(cut, EMBEDS_LIMIT - size(text)), text]
    rows: list[Sequence[Control]] = []
    if leaf.pages > 1:
        rows += [[*turns(leaf), _more(leaf)], [_jump(leaf)]]
    if opening is not None:
        rows.append(_named(opening, set() if neighbours is None else neighbours.told))
    if neighbours is not None:
        own = [] if leaf.pages > 1 else [_more(leaf)]
        rows += [_onward(leaf, neighbours), [*_home(neighbours), *own], _others(neighbours)]
    return Card(embeds, board(*rows))


def _named(opening: Shown, told: Collection[int]) -> Sequence[Control]:
    """The stories that the header names, to go there, but those that are told beneath."""
    links = [(kind, target) for kind, _, target in opening.links[:NAMED] if target and target.id not in told]
    named = {target.id: (kind, target) for kind, target in reversed(links)}
    return [_to(_(RELATIONS[kind]), target, 6, opening.closed) for kind, target in reversed(named.values())]


def _text(leaf: Leaf) -> discord.Embed:
    embed = discord.Embed(description=leaf.text, colour=INK)
    if leaf.part_title:
        embed.title = shorten(escape(leaf.part_title), HEADING_LIMIT)
    where = _("Page {number} of {pages}").format(number=leaf.number, pages=leaf.pages)
    embed.set_footer(text=f"{where} · {leaf.rating.label} · {_left(leaf)}")
    return embed


def lone(leaf: Leaf) -> discord.Embed:
    """A page under the story's title, with nothing around it."""
    embed = _text(leaf)
    _head(embed, leaf)
    return embed


def _head(embed: discord.Embed, leaf: Leaf) -> None:
    """Says whose story and which it is, where no cover does."""
    heading = f"{leaf.title} – {leaf.part_title}" if leaf.part_title else leaf.title
    embed.title = shorten(escape(heading), HEADING_LIMIT)
    embed.set_author(name=label(_("by {author}").format(author=leaf.author)))


def _left(leaf: Leaf) -> str:
    """Time left at 230 words a minute, from the share of pages still ahead."""
    if leaf.number == leaf.pages:
        return _("the last page")
    minutes = leaf.words * (leaf.pages - leaf.number) / leaf.pages / 230
    return _("about {minutes} min left").format(minutes=max(1, round(minutes)))


def turns(leaf: Leaf, verb: str = "read") -> Sequence[Control]:
    """First, Previous, Next, Last; the third number keeps ids that lead to one page apart."""
    story, here, last, length = leaf.story_id, leaf.number, leaf.pages, counted_in(leaf.length)
    return [
        button(_("First"), verb, story, 1, 0, *length, disabled=here == 1),
        button(_("Previous"), verb, story, max(1, here - 1), 1, *length, disabled=here == 1),
        button(_("Next"), verb, story, min(last, here + 1), 2, *length, style=_NEXT, disabled=here == last),
        button(_("Last"), verb, story, last, 3, *length, disabled=here == last),
    ]


def counted_in(length: PageLength) -> tuple[int, ...]:
    """What an id with the number of a page ends in: the length of the pages, unless it is the stored one."""
    return () if length is PageLength.LONG else (length.value,)


def length_of(press: Press, index: int) -> PageLength:
    """The length of the pages that an id counts in, as its number `index` says, or by having none.

    Raises:
        UnknownControl: there is no such length.
    """
    if index >= len(press.numbers):
        return PageLength.LONG
    if press.numbers[index] not in set(PageLength):
        raise UnknownControl
    return PageLength(press.numbers[index])


_NEXT = discord.ButtonStyle.primary


def _more(leaf: Leaf) -> Control:
    """What can be kept of a story; the shelf draws it."""
    return button(_("More"), "more", leaf.story_id, leaf.number, *counted_in(leaf.length))


def _jump(leaf: Leaf) -> Control:
    stops = _stops(leaf.pages, leaf.part_starts, in_force())
    return menu(_("Jump to…"), "jump", leaf.story_id, *counted_in(leaf.length), options=stops)


def jump_form(leaf: Leaf) -> discord.ui.Modal:
    """Asks for a page, a part or a share; nothing of it stays in memory."""
    named = control_id("jump-to", leaf.story_id, *counted_in(leaf.length))
    modal = discord.ui.Modal(title=_("Jump to…"), custom_id=named, timeout=None)
    where: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(custom_id="where", max_length=20)
    modal.add_item(discord.ui.Label(text=_("Where to"), description=_destinations(leaf), component=where))
    modal.stop()
    return modal


def _destinations(leaf: Leaf) -> str:
    pages, parts = grouped(leaf.pages), len(leaf.part_starts)
    if parts < 2:
        return _("A page up to {pages}, or a share as “40 %”.").format(pages=pages)
    told = _("A page up to {pages}, a part as “part 2” of {parts}, or a share as “40 %”.")
    return told.format(pages=pages, parts=grouped(parts))


@lru_cache(256)  # most stories are not divided, and of one length are many
def _stops(
    pages: int,
    part_starts: tuple[tuple[int, str], ...],
    spoken: NullTranslations,  # noqa: ARG001 - of its own cache
) -> Sequence[Control]:
    titles = dict(part_starts) if len(part_starts) > 1 else {}
    found = [
        option(
            _("Page {number}").format(number=number),
            number,
            label(titles[number]) if number in titles else _share(number, pages),
        )
        for number in stops(pages, list(titles))
    ]
    return [*found, option(_("Elsewhere…"), ELSEWHERE, _("Name a page, a part or a share of the story"))]


def _share(number: int, pages: int) -> str:
    return f"{100 * (number - 1) // pages} %"


ELSEWHERE = 0
"""What is chosen in the menu to be asked for a page: none has that number."""
STOPS_LIMIT = OPTIONS_LIMIT - 1


def stops(last: int, starts: Sequence[int] = ()) -> list[int]:
    """At most 24 page numbers to jump to: both ends, where parts begin, and an even spread."""
    wanted = [1, last, *_spread(starts, STOPS_LIMIT // 2), *_spread(range(1, last + 1), STOPS_LIMIT)]
    return sorted(list(dict.fromkeys(wanted))[:STOPS_LIMIT])


def _spread(numbers: Sequence[int], count: int) -> Sequence[int]:
    if len(numbers) <= count:
        return numbers
    return [numbers[round(step * (len(numbers) - 1) / (count - 1))] for step in range(count)]


def _onward(leaf: Leaf, neighbours: Neighbours) -> Sequence[Control]:
    items: list[Control] = []
    closed = neighbours.closed
    if neighbours.next is not None:
        items.append(_to(_("Next in series"), neighbours.next, 4, closed))
    items += [_to(_("Sequel"), sequel, 5, closed) for sequel in neighbours.sequels[:3]]
    page = leaf.stored_number
    items.append(button(_("Tell the author what you think"), "feedback", leaf.story_id, page, style=_LETTER))
    return items


_LETTER = discord.ButtonStyle.success


def _to(what: str, story: Story, slot: int, closed: Collection[int] = ()) -> Control:
    """Leads to a story; where it does not open here the button says so, and pressing it says more."""
    where = " " + _("(age-restricted)") if story.id in closed else ""
    title = shorten(story.title, LABEL_LIMIT - len(what) - len(where) - 2)
    return button(f"{what}: {title}{where}", "begin", story.id, slot)


def _home(neighbours: Neighbours) -> Sequence[Control]:
    more = [button(_("All by this author"), "author", neighbours.author_id)] if neighbours.works else []
    return [button(_("Fiction Index"), "index", 0, 0), button(_("Main"), "main"), *more]


def _others(neighbours: Neighbours) -> Sequence[Control]:
    """A menu of what stands beside the story, then of what else its authors wrote."""
    options = [option(label(each.story.title), each.story.id, _(BESIDE[each.kind])) for each in neighbours.beside]
    options += [
        option(label(work.title), work.id, label(_("By {author}").format(author=work.author)))
        for work in neighbours.works
    ]
    prompt = _("More by this author…") if not neighbours.beside else _("Companions and more by this author…")
    return [menu(prompt, "open", options=options)] if options else []


BESIDE = {
    LinkKind.COMPANION: N_("A companion of this story"),
    LinkKind.FOLLOWS: N_("Takes place after this story"),
    LinkKind.UNIVERSE: N_("In the same world"),
}
