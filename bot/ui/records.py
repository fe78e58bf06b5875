"""This room draws the record of the desk: a page of it, one entry with what it changed, and all of it as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

import discord
import orjson

from bot.domain.fields import LABELS, Field
from bot.services.intake.arranging import ORDER
from bot.services.records import Page
from bot.store.ledger import Change, Entry
from bot.ui import pen
from bot.ui.cards import INK, LAMP, Card, label, shown
from bot.ui.controls import Control, board, button, menu, option


def page(found: Page) -> Card:
    embed = discord.Embed(title="On record", colour=LAMP)
    if found.words:
        embed.title = f"On record about “{shown(found.words, 100)}”"
    embed.description = "\n\n".join(map(_row, found.entries)) or "Nothing of that is on record."
    options = [option(label(f"{entry.id}. {entry.act}"), entry.id) for entry in found.entries]
    opening = [menu("Look at an entry…", "ledger-entry", options=options)] if options else []
    search = found.search
    numbers = (search.actor, search.story, search.words)
    turns = [button("Newest", "ledger", 0, *numbers)] if search.before else []
    if found.has_more:
        turns.append(button("Older", "ledger", found.entries[-1].id, *numbers))
    return Card([embed], board(opening, [*turns, button("All of it as a file", "ledger-file")]))


def _row(entry: Entry) -> str:
    title = f" · {shown(entry.title, 80)}" if entry.title else ""
    undone = " · undone" if entry.undone_by is not None else ""
    return f"**{entry.id}** {pen.entry(entry)}{title}{undone}"


def entry(entry: Entry) -> Card:
    """One act, with the fields that it changed and a way to take it back."""
    embed = discord.Embed(title=f"Entry {entry.id}", description=_row(entry), colour=INK)
    for change in entry.values[:12]:
        embed.add_field(name=_name(change), value=_change(change, erased=entry.erased_at is not None), inline=False)
    back = [*_taking_back(entry), button("On record", "ledger", 0, 0, 0, 0)]
    return Card([embed], board(back))


def _name(change: Change) -> str:
    return LABELS[Field(change.field)] if change.field in set(Field) else change.field.capitalize()


def _change(change: Change, *, erased: bool) -> str:
    if change.former is None and change.present is None:
        return "*erased*" if erased else "*nothing*"
    return f"~~{_value(change.former)}~~\n→ {_value(change.present)}"


def _value(text: str | None) -> str:
    return shown((text or "").replace("\n", " · "), 180) or "*(empty)*"


def _taking_back(entry: Entry) -> Iterator[Control]:
    if entry.undone_by is not None or (entry.story_id is None and entry.run_id is None):
        return
    fields = {change.field for change in entry.values}
    if any(field.startswith(ORDER) for field in fields):
        yield button("Undo", "arrange-undo", entry.id, style=discord.ButtonStyle.danger)
    elif fields and fields <= set(Field) and all(change.former is not None for change in entry.values):
        yield button("Undo", "edit-undo", entry.id, style=discord.ButtonStyle.danger)
    elif entry.run_id is not None:
        yield button("The run…", "run", entry.run_id)


def file(entries: Iterable[Entry]) -> Card:
    """The whole record as JSON, an entry a line."""
    lines = b"\n".join(orjson.dumps(_told(entry)) for entry in entries)
    said = "The whole record, an entry a line; whom an act was about is not in it."
    return Card([discord.Embed(title="On record", description=said, colour=LAMP)], None, ("ledger.jsonl", lines))


def _told(entry: Entry) -> dict[str, Any]:
    told = entry._asdict() | {"values": [change._asdict() for change in entry.values]}
    return {name: value for name, value in told.items() if name != "user_id"}
