"""This room draws the editing of a header: what it says, what would change, and what somebody else changed."""

from collections.abc import Iterator
from typing import NamedTuple

import discord

from bot.domain.documents import Manuscript
from bot.domain.fields import FORMS, LABELS, Field
from bot.formats import fields
from bot.formats.markdown import units
from bot.services.intake.editing import Blank, Difference, Preview
from bot.ui import fields as forms
from bot.ui import pen
from bot.ui.cards import DESCRIPTION_LIMIT, INK, LAMP, TITLE_LIMIT, Card, shown
from bot.ui.controls import board, button

YES, NO = discord.ButtonStyle.success, discord.ButtonStyle.danger
VALUE_LIMIT = 350


class Verbs(NamedTuple):
    """What the buttons and forms of an edit do: moderators and authors have their own."""

    of: str
    form: str
    typed: str
    again: str
    save: str
    over: str


DESK = Verbs("edit-of", "edit-form", "edited", "edit-again", "edit-save", "edit-over")
PEN = Verbs("own-of", "own-form", "own-edited", "own-again", "own-save", "own-over")


def header(story_id: int, story: Manuscript, verbs: Verbs) -> Card:
    """All that a story's header says, with a button for each form."""
    embed = discord.Embed(title=shown(story.title, TITLE_LIMIT), colour=INK)
    rows = [f"**{LABELS[field]}** {_value(text)}" for field, text in fields.told(story).items() if text]
    embed.description = _fitting(rows)
    buttons = [button(f"{name}…", verbs.form, story_id, number) for number, (name, _) in enumerate(FORMS)]
    return Card([embed], board(buttons))


def _value(text: str, limit: int = VALUE_LIMIT) -> str:
    return shown(text.replace("\n", " · "), limit) or "*(empty)*"


def _fitting(rows: list[str]) -> str:
    kept: list[str] = []
    left = DESCRIPTION_LIMIT
    for row in rows:
        left -= units(row) + 1
        if left >= 0:
            kept.append(row)
    return "\n".join(kept)


def form(blank: Blank, verbs: Verbs) -> discord.ui.Modal:
    numbers = (blank.story_id, blank.form, blank.digest)
    return forms.form(f"Edit {blank.title}", blank.form, blank.held, verbs.typed, *numbers, only=blank.held)


def preview(found: Preview, verbs: Verbs) -> Card:
    """What would change; where somebody else was faster, their value beside what was typed."""
    proposal = found.proposal
    embed = discord.Embed(title=shown(f"{found.story.title}, as it would be", TITLE_LIMIT), colour=LAMP)
    embed.description = _fitting(list(_rows(found))) or "Nothing would change: all of it stands there already."
    if found.others:
        told = "\n".join(pen.entry(entry) for entry in found.others)
        embed.add_field(name="Changed meanwhile", value=told, inline=False)
    again = [button("Type again…", verbs.again, proposal.id), button("Leave it", verbs.of, proposal.story_id)]
    if found.collides:
        embed.colour = INK
        return Card([embed], board([button("Save mine all the same", verbs.over, proposal.id, style=NO), *again]))
    changes = any(each.now != each.typed for each in found.differences)
    save = [button("Save", verbs.save, proposal.id, style=YES)] if changes else []
    return Card([embed], board([*save, *again]))


def _rows(found: Preview) -> Iterator[str]:
    for each in found.differences:
        if each.collides:
            yield f"⚠ {_collision(each)}"
        elif each.now != each.typed:
            yield f"**{LABELS[each.field]}** ~~{_value(each.now)}~~\n→ {_value(each.typed)}{_read(found, each.field)}"


def _collision(each: Difference) -> str:
    was = "" if each.seen is None else f"\nIt was: {_value(each.seen)}"
    return f"**{LABELS[each.field]}** was changed meanwhile.{was}\nNow: {_value(each.now)}\nYours: {_value(each.typed)}"


def _read(found: Preview, field: Field) -> str:
    """How a rating is read, where its words do not tell."""
    label = found.story.rating.label
    return f" (counts as {label})" if field is Field.RATING and found.story.rating_raw != label else ""
