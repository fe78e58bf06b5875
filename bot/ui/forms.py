"""This room draws the forms. Nothing of them stays in memory: see `controls`."""

from datetime import UTC, datetime
from typing import Any

import discord

from bot.domain.delivery import Direction
from bot.domain.desk_refusals import NoDays
from bot.domain.episodes import EpisodeList
from bot.domain.models import Leaf
from bot.formats.markdown import shorten, within
from bot.services.correspondence import Answer
from bot.services.feedback import About, Blank, Form
from bot.store.authors import Author
from bot.store.letters import Received
from bot.ui.controls import Press, control_id
from bot.ui.reader import counted_in

# docs.discord.com, Component Reference: Modal title, Label, Text Input
TITLE_LIMIT = 45
LABEL_DESCRIPTION_LIMIT = 100
PLACEHOLDER_LIMIT = 100
OPTION_LIMIT = 100
COMMENTS_LIMIT = 4_000
NAME_LIMIT = 80
EMAIL_LIMIT = 254
PASSAGE_LIMIT = 500
REASON_LIMIT = 500
EPISODE_LIMIT = 150
DAYS_LIMIT = 3_650
QUERY_LIMIT = 500
TITLE_TYPED = 500


def letter(blank: Blank) -> discord.ui.Modal:
    """The form of the old page, Name, Email and Comments, and what of the story the letter is about."""
    modal = _form(f"A letter to {blank.story.author}", "letter", blank.story.id, blank.page or 0, blank.draft_id)
    only = f"Optional. Only {shorten(blank.story.author, 40)} will see it."
    modal.add_item(_field("Name", _signed(blank), _line("name", NAME_LIMIT, blank.filled.name)))
    modal.add_item(_field("Email", only, _line("email", EMAIL_LIMIT, blank.filled.email)))
    modal.add_item(_field("Comments", _delays(blank), _comments(blank)))
    if blank.part or blank.may_quote:
        modal.add_item(_field("About", "", _about(blank)))
    if blank.may_quote:
        said = f"Copied from page {blank.page}, if the letter is about a passage."
        modal.add_item(_field("Passage", said, _text("passage", PASSAGE_LIMIT, blank.filled.passage, required=False)))
    return modal


def _signed(blank: Blank) -> str:
    said = "Empty it to stay anonymous"
    return f"{said}; a moderator then reads the letter first." if blank.holds_anonymous else f"{said}."


def _delays(blank: Blank) -> str:
    """What holds the letter up, told before anything is typed."""
    said: list[str] = []
    if blank.away_until is not None:
        away = datetime.fromtimestamp(blank.away_until, UTC)
        said.append(f"{shorten(blank.story.author, 30)} is away until {away:%Y-%m-%d}; it waits.")
    if blank.holds_first:
        said.append("A moderator reads your first letter first.")
    return " ".join(said)


def _comments(blank: Blank) -> discord.ui.TextInput[Any]:
    asked = f"What did you think of “{blank.story.title}”?"
    return _text("comments", COMMENTS_LIMIT, blank.filled.comments, asked=asked)


def _about(blank: Blank) -> discord.ui.Select[Any]:
    options = {About.STORY: "The story"}
    if blank.part is not None:
        number, title = blank.part
        options[About.PART] = f"This part: {title or number}"
    if blank.may_quote:
        options[About.PASSAGE] = "The passage below"
    chosen = blank.filled.about if blank.filled.about in options else About.STORY
    return discord.ui.Select(
        custom_id="about",
        options=[
            discord.SelectOption(label=shorten(label, OPTION_LIMIT), value=about.value, default=about is chosen)
            for about, label in options.items()
        ],
    )


def typed(press: Press) -> Form:
    """A submitted letter; forms of the first version had no About and no Passage."""
    fields = press.fields
    about = fields.get("about", About.STORY)
    return Form(
        fields.get("name", ""),
        fields.get("email", ""),
        fields.get("comments", ""),
        About(about) if about in set(About) else About.STORY,
        fields.get("passage", ""),
    )


def answer(answer: Answer) -> discord.ui.Modal:
    """The form for an answer to a letter; nobody is named in it but the pen name."""
    to_reader = answer.letter.direction is Direction.TO_AUTHOR
    whom = answer.letter.sender_name or "an anonymous reader" if to_reader else answer.letter.author
    modal = _form(f"An answer to {whom}", "answer", answer.letter.letter_id, answer.draft_id)
    said = f"It is signed {shorten(answer.letter.author, 60)}." if to_reader else "Signed as your first letter was."
    modal.add_item(_field("Answer", said, _text("comments", COMMENTS_LIMIT, answer.comments)))
    return modal


def report(letter: Received) -> discord.ui.Modal:
    modal = _form(f"Report letter {letter.letter_id}", "complain", letter.letter_id)
    modal.add_item(_field("What is wrong with it", "The moderators see this and the letter.", _reason()))
    return modal


def report_page(leaf: Leaf) -> discord.ui.Modal:
    numbers = leaf.story_id, leaf.number, *counted_in(leaf.length)
    modal = _form(f"Report “{leaf.title}”", "page-reported", *numbers)
    said = f"The moderators see this and page {leaf.number}; they do not see who you are."
    modal.add_item(_field("What is wrong with it", said, _reason()))
    return modal


def reason(title: str, verb: str, letter_id: int) -> discord.ui.Modal:
    """Asks a moderator for the reason of an act that goes on record; `verb` gets it."""
    modal = _form(title, verb, letter_id)
    modal.add_item(_field("Reason", "It goes on record, where the author can read it.", _reason()))
    return modal


def story_meant(title: str, verb: str, *numbers: int) -> discord.ui.Modal:
    """Asks a moderator for a story; `verb` gets it."""
    modal = _form(title, verb, *numbers)
    modal.add_item(_field("Story", "Exactly its title, or its number, like #12.", _line("story", TITLE_TYPED)))
    return modal


def search() -> discord.ui.Modal:
    modal = _form("Search the archive", "sought")
    words: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="words", max_length=QUERY_LIMIT, placeholder='lamp "the harbour" author:ruby words:<5000'
    )
    modal.add_item(_field("Words, or what it is by, of or about", "As /search takes them.", words))
    return modal


def verdict(title: str, verb: str, *numbers: int) -> discord.ui.Modal:
    """Asks a moderator what somebody is told of an act that goes on record."""
    modal = _form(title, verb, *numbers)
    said = "Whoever made the report reads this; it goes on record too."
    modal.add_item(_field("What they are told", said, _text("reason", REASON_LIMIT, required=False)))
    return modal


def why(title: str, said: str, verb: str, *numbers: int) -> discord.ui.Modal:
    """Asks a moderator for the reason of an act; `said` tells what it does."""
    modal = _form(title, verb, *numbers)
    modal.add_item(_field("Reason", said, _reason()))
    return modal


def block(title: str, verb: str, letter_id: int) -> discord.ui.Modal:
    """Asks a moderator why somebody is blocked, and for how many days."""
    modal = reason(title, verb, letter_id)
    modal.add_item(_field("Days", "How many days it holds, like 30. Empty: for good.", _line("days", 4)))
    return modal


def days(typed: str) -> int:
    """The days that were typed, 0 where none were.

    Raises:
        NoDays: it is no number of days from 1 to `DAYS_LIMIT`.
    """
    text = typed.strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= DAYS_LIMIT):
        raise NoDays(text)
    return int(text)


def away(author: Author) -> discord.ui.Modal:
    modal = _form("Away until", "away-until", author.id)
    said = "A day like 2031-12-24; letters wait until then. Empty: here."
    modal.add_item(_field("Day", said, _line("day", 10)))
    return modal


def rename(author: Author) -> discord.ui.Modal:
    modal = _form(f"Another name for {author.name}", "renamed", author.id)
    modal.add_item(_field("New pen name", "", _line("name", NAME_LIMIT, author.name)))
    return modal


def seen(each: EpisodeList) -> discord.ui.Modal:
    modal = _form(f"How far you have seen {each.name}", "seen-up-to", each.id)
    said = "The name of the last episode you have seen; leave it empty if you have seen none."
    modal.add_item(_field("Seen up to", said, _line("episode", EPISODE_LIMIT, each.seen)))
    return modal


def episodes(name: str, lines: str) -> discord.ui.Modal:
    modal = _form("What there is to be seen", "episodes")
    modal.add_item(_field("Name", "Of the fandom, or of the order it is seen in.", _line("name", NAME_LIMIT, name)))
    said = "One a line, in order; other names behind a bar: 5x22 | The Gift. Empty: no list."
    modal.add_item(_field("Episodes", said, _text("lines", COMMENTS_LIMIT, lines, required=False)))
    return modal


def place(title: str, last: int, series_id: int, story_id: int) -> discord.ui.Modal:
    """Asks for a story's place in its series, of `last`."""
    modal = _form(f"Where {title} stands", "arrange-placed", series_id, story_id)
    modal.add_item(_field("Place", f"A number from 1 to {last}.", _line("place", len(str(last)))))
    return modal


def series_name(name: str, series_id: int) -> discord.ui.Modal:
    modal = _form(f"Another name for {name}", "arrange-named", series_id)
    modal.add_item(_field("Name", "It goes into the header of each of its stories.", _line("name", TITLE_TYPED, name)))
    return modal


def _form(title: str, verb: str, *numbers: int) -> discord.ui.Modal:
    modal = discord.ui.Modal(title=shorten(title, TITLE_LIMIT), custom_id=control_id(verb, *numbers), timeout=None)
    modal.stop()
    return modal


def _field(name: str, description: str, component: discord.ui.Item[Any]) -> discord.ui.Label[Any]:
    said = shorten(description, LABEL_DESCRIPTION_LIMIT) or None
    return discord.ui.Label(text=name, description=said, component=component)


def _line(custom_id: str, limit: int, default: str = "") -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=custom_id, required=False, max_length=limit, default=shorten(default, limit) or None
    )


def _text(
    custom_id: str, limit: int, default: str = "", *, asked: str = "", required: bool = True
) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=custom_id,
        style=discord.TextStyle.paragraph,
        required=required,
        max_length=limit,
        default=default[: within(default, limit)] or None,
        placeholder=shorten(asked, PLACEHOLDER_LIMIT) or None,
    )


def _reason() -> discord.ui.TextInput[Any]:
    return _text("reason", REASON_LIMIT)
