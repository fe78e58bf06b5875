"""This room draws a reader's shelf, and what they keep of one story."""

import discord

from bot.domain.settings import PageLength
from bot.domain.shelf import Board, Item, Mark
from bot.domain.subjects import Kind
from bot.services.shelf import ROWS, BoardView, Kept
from bot.ui.cards import LAMP, TITLE_LIMIT, Card, label, shown
from bot.ui.controls import Control, board, button, control_id, menu, option
from bot.ui.reader import counted_in

NOTE_LIMIT = 1_000
"""Characters of a bookmark's note."""
NAMES = {
    Board.HISTORY: "What you read", Board.BOOKMARKS: "Bookmarks", Board.LIKED: "Liked",
    Board.LATER: "For later", Board.FINISHED: "Finished", Board.DROPPED: "Dropped",
}  # fmt: skip
FOLLOWED = 100
"""What one follows, beside the numbers of boards: a list of other things than stories, which `ui.follows` draws."""
BOARDS = {**{board.value: name for board, name in NAMES.items()}, FOLLOWED: "What you follow"}
EMPTY = {
    Board.HISTORY: "Nothing yet: what you read is remembered here. `/stories` shows what there is.",
    Board.BOOKMARKS: "No bookmarks yet: set one with *More* under a page.",
    Board.LIKED: "Nothing yet: say that you like a story with *More* under a page.",
    Board.LATER: "Nothing yet: keep a story for later with *More* under a page.",
    Board.FINISHED: "Nothing yet: mark a story as finished with *More* under a page.",
    Board.DROPPED: "Nothing yet: mark a story as dropped with *More* under a page.",
}
WITH_PLACES = (Board.HISTORY, Board.BOOKMARKS)
MARKS = {Mark.LIKED: "Like", Mark.LATER: "For later", Mark.FINISHED: "Finished", Mark.DROPPED: "Dropped"}


def shelf(view: BoardView, length: PageLength = PageLength.LONG, *, tidying: bool = False) -> Card:
    """A page of one board; while tidying, its menus take things away instead of opening them.

    Pages are counted as they are stored: whose pages have another length is told the share instead.
    """
    embed = discord.Embed(title=NAMES[view.board], colour=LAMP)
    rows = [_row(item, view.board, length) for item in view.items]
    embed.description = "\n\n".join(rows) or EMPTY[view.board]
    embed.set_footer(text=_extent(view))
    menus = _tidying(view) if tidying else _opening(view)
    return Card([embed], board(_turns(view, tidying=tidying), *menus, [_boards(view.board)]))


def _row(item: Item, which: Board, length: PageLength) -> str:
    story = item.story
    page = f"{_how_far(item.page, story.pages, length)} · " if which in WITH_PLACES and item.page else ""
    told = f"**{shown(story.title, 150)}** — by {shown(story.author, 60)}\n{page}<t:{int(item.at)}:R>"
    return f"{told}\n> {shown(' '.join(item.note.split()), 130)}" if item.note else told


def _how_far(page: int, pages: int, length: PageLength) -> str:
    return f"page {page} of {pages}" if length is PageLength.LONG else f"{100 * (page - 1) // pages} % read"


def _extent(view: BoardView) -> str:
    hidden = f" · {view.amount.hidden:,} hidden" if view.amount.hidden and not view.with_hidden else ""
    if not view.items:
        return f"Only you see this{hidden}"
    return f"{view.start + 1}–{view.start + len(view.items)} of {view.total:,}{hidden} · only you see this"


def _turns(view: BoardView, *, tidying: bool) -> list[Control]:
    number, hidden = view.board.value, int(view.with_hidden)
    last = max(0, view.total - 1) // ROWS * ROWS
    items = [
        button("Previous", "shelf", number, max(0, view.start - ROWS), hidden, 0, disabled=view.start == 0),
        button("Next", "shelf", number, min(last, view.start + ROWS), hidden, 1, disabled=view.start >= last),
    ]
    turns = items if view.total > ROWS else []
    if view.items:
        turns.append(button("Done", "shelf", number, view.start, hidden, 2) if tidying else _tidy(view))
    if view.amount.hidden:
        name = "Without hidden" if view.with_hidden else "Show hidden"
        turns.append(button(name, "shelf", number, 0, 1 - hidden, 3))
    return [*turns, button("Main", "main")]


def _tidy(view: BoardView) -> Control:
    return button("Tidy up", "tidy", view.board.value, view.start, int(view.with_hidden))


def _opening(view: BoardView) -> list[list[Control]]:
    """A bookmark opens where it was set, everything else where the reader left it."""
    return _menu(view, "Open…", "open-bookmark" if view.board is Board.BOOKMARKS else "open")


def _tidying(view: BoardView) -> list[list[Control]]:
    where = (view.board.value, view.start, int(view.with_hidden))
    menus = [] if view.board is Board.HISTORY else _menu(view, "Take off the shelf…", "unshelve", *where)
    return [*menus, *_menu(view, "Hide on the shelf…", "hide", *where), *_shown_again(view, where)]


def _shown_again(view: BoardView, where: tuple[int, ...]) -> list[list[Control]]:
    return _menu(view, "Show on the shelf again…", "unhide", *where) if view.with_hidden else []


def _menu(view: BoardView, prompt: str, verb: str, *numbers: int) -> list[list[Control]]:
    """A row with a menu of the page's things; none where the page is empty."""
    options = [option(label(item.story.title), item.id, label(_told(item))) for item in view.items]
    return [[menu(prompt, verb, *numbers, options=options)]] if options else []


def _told(item: Item) -> str:
    return item.note or f"by {item.story.author}"


def _boards(here: Board) -> Control:
    options = [option(name, number) for number, name in BOARDS.items() if number != here]
    return menu(f"Another board than {NAMES[here].lower()}…", "board", options=options)


def kept(what: Kept, page: int, length: PageLength = PageLength.LONG) -> Card:
    """What a reader keeps of a story, with buttons that change it; `page` counts pages of that length."""
    story, state = what
    embed = discord.Embed(title=shown(story.title, TITLE_LIMIT), colour=LAMP, description=_likes(what))
    if state.bookmarks:
        many = "1 bookmark" if state.bookmarks == 1 else f"{state.bookmarks} bookmarks"
        embed.set_footer(text=f"You have {many} in it")
    marks = [_mark(what, mark, page, length) for mark in Mark]
    own = [
        button(f"Bookmark page {page}", "bookmark", story.id, page, *counted_in(length), style=_SETS),
        button("My shelf", "shelf", Board.BOOKMARKS.value, 0, 0, 4),
        button("Follow", "follow", Kind.STORY.value, story.id, 1),
        button("Download", "download", Kind.STORY.value, story.id),
        button("Report", "report-page", story.id, page, *counted_in(length)),
    ]
    return Card([embed], board(marks, own))


_SETS = discord.ButtonStyle.primary


def _likes(what: Kept) -> str:
    own = Mark.LIKED in what.state.marks
    others = what.state.likes - own
    if not others:
        return "You like it." if own else ""
    if own:
        return f"You like it, as {'1 other reader does' if others == 1 else f'{others:,} other readers do'}."
    return "1 reader likes it." if others == 1 else f"{others:,} readers like it."


def _mark(what: Kept, mark: Mark, page: int, length: PageLength) -> Control:
    """A mark that is set is green; pressing it takes it back."""
    on = mark in what.state.marks
    style = discord.ButtonStyle.success if on else discord.ButtonStyle.secondary
    numbers = what.story.id, Board[mark.name].value, int(not on), page, *counted_in(length)
    return button(MARKS[mark], "mark", *numbers, style=style)


def bookmark_form(story_id: int, page: int, length: PageLength, title: str) -> discord.ui.Modal:
    """The form for a bookmark's note; nothing of it stays in memory."""
    named = control_id("bookmarked", story_id, page, *counted_in(length))
    modal = discord.ui.Modal(title="Set a bookmark", custom_id=named, timeout=None)
    note: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id="note", style=discord.TextStyle.paragraph, required=False, max_length=NOTE_LIMIT
    )
    told = label(f"Page {page} of “{title}”. Only you will see it.")
    modal.add_item(discord.ui.Label(text="Note", description=told, component=note))
    modal.stop()
    return modal
