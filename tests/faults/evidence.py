"""This room gathers a history: from the local Discord what people did and got, from the database what is stored."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.sandbox import Message, Modal, Person, Sandbox
from bot.sandbox.interactions import MODAL_SUBMIT, Interaction
from bot.store import claims
from bot.store.database import open_database
from tests.faults.history import Act, Arrival, Change, Row, marks
from tests.faults.weather import Weather
from tests.library import add, edition

KEPT = re.compile("Thank you: your (letter|answer) is kept|Your thanks are on their way")
"""What the receipt says."""
LETTER = re.compile(r"Letter (\d+) ·")
"""What stands under a letter in a message."""
WATCH = """
CREATE TABLE seen_changes (what TEXT, before TEXT, after TEXT);
CREATE TRIGGER see_letters AFTER UPDATE OF state ON outbox WHEN NEW.letter_id IS NOT NULL
BEGIN INSERT INTO seen_changes VALUES ('letter ' || NEW.letter_id, OLD.state, NEW.state); END;
CREATE TRIGGER see_parcels AFTER UPDATE OF state ON parcels
BEGIN INSERT INTO seen_changes VALUES ('parcel ' || NEW.id, OLD.state, NEW.state); END;
"""
ROWS = """
SELECT l.id, l.interaction_id, l.comments, coalesce(n.reader_id, a.user_id), n.due_at,
CASE o.state WHEN 'sending' THEN (
    SELECT p.state FROM enclosures e JOIN parcels p ON p.id = e.parcel_id
    WHERE e.item_id = o.id ORDER BY p.id DESC LIMIT 1) ELSE o.state END
FROM letters l LEFT JOIN outbox o ON o.letter_id = l.id LEFT JOIN lines n ON n.id = o.line_id
LEFT JOIN authors a ON a.id = l.author_id ORDER BY l.id
"""
"""Where a letter is in a parcel, its state is the parcel's; when it is due, its line's."""


async def prepare(path: Path, stories: dict[str, Person], pages: int) -> None:
    """An archive with a story of each author, whose pen name is linked; it notes down each change of state."""
    async with open_database(path) as database:
        for title, author in stories.items():
            await add(database, edition(title, author.display_name, pages=pages))
        async with database.write() as db:
            for row in await db.all("SELECT id, name FROM authors"):
                user = next(author.id for author in stories.values() if author.display_name == row["name"])
                await claims.link(db, row["id"], user, 1.0)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(WATCH)


def rows(path: Path, names: dict[int, str]) -> list[Row]:
    with closing(sqlite3.connect(path)) as database:
        return [
            Row(number, interaction, _name(number, comments), names[user], state, due_at)
            for number, interaction, comments, user, due_at, state in database.execute(ROWS)
        ]


def changes(path: Path) -> list[Change]:
    with closing(sqlite3.connect(path)) as database:
        return [Change(*row) for row in database.execute("SELECT what, before, after FROM seen_changes")]


def arrivals(people: list[Person]) -> Iterator[Arrival]:
    """What the letters in everybody's DMs are, by what stands in them; a later piece of a long one is no arrival."""
    for person in people:
        for message in person.dms:
            for embed in message.embeds:
                number = LETTER.match(embed.get("footer", {}).get("text", ""))
                if number is not None and not embed["title"].endswith("(continued)"):
                    yield Arrival(_name(int(number[1]), embed.get("description", "")), person.name, message.id)


def _name(number: int, comments: str) -> str:
    """A letter's mark; of one without words, like thanks, its number."""
    return next(iter(marks(comments)), f"letter {number}")


def acts(sandbox: Sandbox, weather: Weather) -> list[Act]:
    return [
        _act(interaction, weather.met[interaction.id])
        for interaction in sandbox.backend.interactions._by_token.values()
    ]


def _act(interaction: Interaction, faults: int) -> Act:
    words = _words(interaction)
    what = str(interaction.data.get("name") or interaction.data.get("custom_id"))
    letter = next(iter(marks(str(interaction.data))), "") if interaction.kind == MODAL_SUBMIT else ""
    kept = words is not None and KEPT.search(words) is not None
    return Act(interaction.id, interaction.user.name, what, interaction.created, words, letter, kept, faults)


def _words(interaction: Interaction) -> str | None:
    """What was shown; None where nothing was."""
    outcome = interaction.outcome
    if not outcome.done() or outcome.cancelled() or outcome.exception() is not None:
        return None
    shown = outcome.result()
    return shown.text if isinstance(shown, Message | Modal) else "choices"
