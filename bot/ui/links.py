"""This room draws the stories that others name: what is open, and what moderators have settled."""

from collections.abc import Sequence

import discord

from bot.domain.models import LinkKind
from bot.services.intake.ruling import Asked
from bot.store.links import Question
from bot.store.standings import Stood
from bot.ui import forms
from bot.ui.cards import INK, TITLE_LIMIT, Card, label, shown
from bot.ui.controls import Control, board, button, menu, option
from bot.ui.desk import NO, listing

_IS = {
    LinkKind.SEQUEL: "is a sequel to", LinkKind.PREQUEL: "is a prequel to", LinkKind.COMPANION: "is a companion to",
    LinkKind.FOLLOWS: "takes place after", LinkKind.UNIVERSE: "is set in the world of",
}  # fmt: skip
_PROMPT = "Look at a link…", "link"


def listed(found: Sequence[Question], *, settled: bool) -> Card:
    """A page of the links that are open, or of those that moderators have settled."""
    rows = [_row(question) for question in found]
    options = [option(label(each.link.target), each.id, label(f"in {each.title}")) for each in found]
    title, none = ("Settled links", "No link was settled here.") if settled else ("Links", _NONE)
    drawn = listing(title, none, rows, _PROMPT, options, "links", int(settled))
    other = button("What is open", "links", 0, 0) if settled else button("Settled", "links", 1, 0)
    return drawn._replace(controls=board(*(drawn.controls.rows if drawn.controls else ()), [other]))


_NONE = "Every story that another one names is found, or settled."


def _row(question: Question) -> str:
    return f"{_says(question)}\n{_meaning(question)}"


def _says(question: Question) -> str:
    named = shown(question.link.target, 150)
    return f"**{shown(question.title, 150)}** says that it {_IS[question.link.kind]} “{named}”."


def _meaning(question: Question) -> str:
    if question.target is not None:
        return f"It means **{shown(question.target, 150)}**."
    if question.ruled:
        return "It means no story of this archive."
    return f"It is open because {shown(question.why, 200)}."


def view(asked: Asked) -> Card:
    """A link, with the stories it may mean and what can be done about it."""
    question = asked.question
    embed = discord.Embed(title=shown(f"“{question.link.target}”", TITLE_LIMIT), colour=INK)
    embed.description = f"{_says(question)}\n{_meaning(question)}"
    rows: list[Sequence[Control]] = []
    if not question.ruled and asked.candidates:
        options = [_story(each) for each in asked.candidates]
        rows.append([menu("It means…", "link-means", question.id, options=options)])
    return Card([embed], board(*rows, _acts(question)))


def _story(story: Stood) -> Control:
    return option(label(f"#{story.id} {story.title}"), story.id, label(f"by {story.author}"))


def _acts(question: Question) -> list[Control]:
    if question.ruled:
        return [button("Open it again", "link-open", question.id, style=NO), button("All settled", "links", 1, 0)]
    return [
        button("Another story…", "link-name", question.id),
        button("No story of this archive", "link-none", question.id, style=NO),
        button("Edit the story", "edit-of", question.story_id),
        button("All links", "links", 0, 0),
    ]


def another(question: Question) -> discord.ui.Modal:
    """Asks for the story that a link means."""
    return forms.story_meant(f"What “{question.link.target}” means", "link-named", question.id)
