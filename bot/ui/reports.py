"""This room draws what was reported: the list, one report with what it is about, and the answer to who made it."""

from collections.abc import Iterator, Sequence

import discord

from bot.domain.delivery import Direction
from bot.services.publishing import FROM, Turn
from bot.services.reports import Context
from bot.store.letters import Received
from bot.store.reports import Report
from bot.store.standings import Stood
from bot.ui import forms
from bot.ui.cards import INK, TITLE_LIMIT, Card, label, shown
from bot.ui.controls import Control, board, button, option
from bot.ui.desk import EXCERPT, NO, YES, listing
from bot.ui.publishing import TURNS


def listed(found: Sequence[Report]) -> Card:
    rows = [f"**{_what(report)}**: {shown(report.reason, EXCERPT)}" for report in found]
    options = [option(label(_named(report)), report.id, label(report.reason)) for report in found]
    return listing("Reports", "Nothing is reported.", rows, ("Look at a report…", "reported"), options, "reports")


def _named(report: Report) -> str:
    return report.title if report.letter_id is None else f"Letter {report.letter_id}"


def _what(report: Report) -> str:
    title = shown(report.title, 100)
    return f"The story {title}" if report.letter_id is None else f"Letter {report.letter_id} about {title}"


def view(context: Context) -> Card:
    """A report with what it is about; who made it, and who wrote a letter, stays hidden.

    Of a story no text stands here: it opens where its rating lets it open, for moderators as for everybody.
    """
    report = context.report
    embed = discord.Embed(title=shown(f"Report {report.id}: {_named(report)}", TITLE_LIMIT), colour=INK)
    embed.description = f"What was said against it: {shown(report.reason, 1_000)}"
    if context.story is not None:
        embed.add_field(name="The story", value=_story(report, context.story), inline=False)
    for letter in _around(context):
        value = shown(letter.comments, 900).strip() or "(thanks)"
        embed.add_field(name=_speaker(letter, reported=letter.letter_id == report.letter_id), value=value, inline=False)
    verdicts = [
        button("Something was done…", "answer-report", report.id, 1, style=YES),
        button("Dismiss…", "answer-report", report.id, 0),
        button("All reports", "reports", 0),
    ]
    return Card([embed], board(list(_acts(context)), verdicts))


def _story(report: Report, story: Stood) -> str:
    page = f" The report is about page {report.page}." if report.page else ""
    return f"**{shown(story.title, 200)}** by {shown(story.author, 100)}, {story.rating.label}, {story.state}.{page}"


def _acts(context: Context) -> Iterator[Control]:
    letter, story = context.report.letter_id, context.story
    if letter is not None:
        yield button("Who wrote it…", "unmask", letter)
        yield button("Block the writer…", "desk-block", letter, style=NO)
    if story is not None:
        yield button("Read it", "begin", story.id)
        yield button("Edit", "edit-of", story.id)
        if story.state in FROM[Turn.HIDE]:
            yield button("Hide…", "standing", story.id, TURNS.index(Turn.HIDE), style=NO)


def _around(context: Context) -> Sequence[Received]:
    """The letter and what led up to it, and one answer after it: as much as a message holds."""
    ids = [letter.letter_id for letter in context.thread]
    place = ids.index(context.report.letter_id) if context.report.letter_id in ids else 0
    return context.thread[max(0, place - 2) : place + 2]


def _speaker(letter: Received, *, reported: bool) -> str:
    reader = shown(letter.sender_name, 100) or "An anonymous reader"
    whom = reader if letter.direction is Direction.TO_AUTHOR else shown(letter.author, 100)
    return f"{'➤ ' if reported else ''}{letter.letter_id}. {whom}"


def verdict(report: Report, *, acted: bool) -> discord.ui.Modal:
    """Asks what whoever made a report is told."""
    title = f"{'Settle' if acted else 'Dismiss'} report {report.id}"
    return forms.verdict(title, "report-answered", report.id, int(acted))
