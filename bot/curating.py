"""This room is the command line of who looks after the stories: editions, consent, publishing, pen names."""

import re
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.domain.access import HOME
from bot.domain.errors import ArchiveError
from bot.logs import printable
from bot.services.feedback import Feedback
from bot.services.intake.curating import Curator
from bot.services.intake.files import printable_path
from bot.store.database import open_database


async def edition(database_path: Path, story: str, number: int | None) -> int:
    """Lists the editions of a story, or shows another one."""
    async with open_database(database_path) as database:
        curator = Curator(database)
        found = await curator.story(printable_path(story))
        if number is not None:
            shown = await curator.show(found, number)
            print(printable(f"{found.title} is shown as in {shown.path} now."))
            return 0
        table = Table("", "From", "Words", "Repairs", "Emphasis", "", box=None, pad_edge=False)
        for place, each in enumerate(await curator.editions(found), start=1):
            figures = (f"{each.words:,}", str(each.repairs), str(each.emphasis))
            table.add_row(str(place), printable(each.path), *figures, each.relation.value)
    Console(markup=False, highlight=False).print(table)
    return 0


async def publish(database_path: Path, story: str, reason: str) -> int:
    async with open_database(database_path) as database:
        curator = Curator(database)
        found = await curator.story(printable_path(story))
        await curator.publish(found, printable_path(reason))
    print(printable(f"{found.title} is published now."))
    return 0


async def bar_author(database_path: Path, names: Sequence[str]) -> int:
    async with open_database(database_path) as database:
        spellings = list(map(printable_path, names))
        number, withheld = await Curator(database).bar_author(spellings)
    print(printable(f"Entry {number} of the do-not-import list: {' = '.join(spellings)}."))
    if withheld:
        stories = "1 story" if withheld == 1 else f"{withheld} stories"
        print(f"Readers no longer see {stories} by them; `talebearer publish` shows one again, for a reason.")
    return 0


async def bar_story(database_path: Path, story: str) -> int:
    async with open_database(database_path) as database:
        curator = Curator(database)
        found = await curator.story(printable_path(story))
        number = await curator.bar_story(found)
    print(printable(f"Entry {number} of the do-not-import list: {found.title}. Readers no longer see it."))
    return 0


async def bar_list(database_path: Path) -> int:
    async with open_database(database_path) as database:
        bars = await Curator(database).bars()
    for each in bars:
        kept = f", {len(each.prints)} paragraphs" if each.kind == "work" else ""
        print(printable(f"{each.id}  {each.kind}  {' = '.join(each.names)}{kept}"))
    if not bars:
        print("The do-not-import list is empty.")
    return 0


async def bar_remove(database_path: Path, number: int) -> int:
    async with open_database(database_path) as database:
        await Curator(database).unbar(number)
    print(f"Entry {number} is off the do-not-import list.")
    return 0


async def open_links(database_path: Path) -> int:
    """The to-do list of links: what a header names and nobody could find, and what it may mean."""
    async with open_database(database_path) as database:
        found = await Curator(database).open_links()
    for each in found:
        meant = f"; it may be {', '.join(map(str, each.candidates))}" if each.candidates else ""
        print(printable(f"{each.story_id}  {each.title}: {each.link.kind} “{each.link.target}”, {each.why}{meant}"))
    if not found:
        print("Every story that another one names is in the archive.")
    return 0


async def contacts(database_path: Path, story: str) -> int:
    """The addresses in a story's pages: for whoever looks after the archive, and nobody else."""
    async with open_database(database_path) as database:
        curator = Curator(database)
        found = await curator.contacts(await curator.story(printable_path(story)))
    for each in found:
        print(printable(f"{each.kind}  {each.value}  (line {each.line})"))
    if not found:
        print("Its pages tell no address.")
    return 0


async def link_author(database_path: Path, name: str, user_id: str) -> int:
    """Ties a pen name to a Discord account and says how many letters go out now."""
    if not (re.fullmatch("[0-9]{17,19}", user_id) and int(user_id) < 1 << 63):
        raise ArchiveError(
            f"{user_id} is not the id of a Discord account, a number of 17 to 19 digits;"
            " turn on Developer Mode in Discord and choose Copy User ID."
        )
    async with open_database(database_path) as database:
        feedback = Feedback(database)
        spelt, waiting = await feedback.link(HOME, printable_path(name), int(user_id))
    letters = "no letter was waiting" if not waiting else f"{waiting} waiting letter{'s' * (waiting > 1)} on the way"
    print(f"{spelt} is the account {user_id} now; {letters}.")
    return 0
