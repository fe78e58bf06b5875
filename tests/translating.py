"""This room gathers what Talebearer says, and brings the catalogues of its languages up to it.

`python -m tests.translating` adds what is new to each catalogue, without a translation, and drops what nobody says.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from discord import app_commands

from bot.client import Talebearer
from bot.config import read_settings
from bot.store.database import open_database
from bot.ui.audience import Audiences
from bot.ui.controls import Switchboard
from bot.ui.languages import NAME, SPOKEN
from bot.wiring import cogs
from tests.shared import CHECKOUT

FOLDER = CHECKOUT / "bot" / "languages"
HEADER = """# What Talebearer says in another language; `python -m tests.translating` brings it up to date.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
ROOMS = ("bot", "cogs")
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
Words = str | tuple[str, str]
"""What is said in English; of one, and of several."""
Said = tuple[str | None, Words]
"""Its context, and what is said."""
AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu


async def commands() -> list[AnyCommand]:
    """Every command as the bot tells it to Discord."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"DISCORD_TOKEN": "none"}, Path(folder))
        async with open_database(Path(folder) / "empty.db") as database, Talebearer(settings, database) as bot:
            audiences = Audiences(bot, bot.services.library)
            for cog in cogs(bot.services, Switchboard(), audiences, bot.tree.add_command):
                await bot.add_cog(cog)
            kinds = (discord.AppCommandType.chat_input, discord.AppCommandType.message)
            return [command for kind in kinds for command in bot.tree.get_commands(type=kind)]


def said_by(command: AnyCommand) -> Iterator[Said]:
    """A command's name and words, and those of all that is in it."""
    yield NAME, command.name
    if isinstance(command, app_commands.ContextMenu):
        return
    yield None, command.description
    if isinstance(command, app_commands.Group):
        for inner in command.commands:
            yield from said_by(inner)
        return
    for parameter in command.parameters:
        yield NAME, parameter.display_name
        yield None, str(parameter.description)
        yield from ((None, choice.name) for choice in parameter.choices)


def catalogue_of(language: str) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as written:
        return read_po(written, language)


def shown() -> Iterator[Said]:
    """What the rooms show people, as far as they say it through the catalogue."""
    for room in ROOMS:
        found = extract_from_dir(CHECKOUT / room, [("**.py", "python")], {}, KEYWORDS)
        for _, _, words, _, context in sorted(found, key=lambda each: each[:2]):
            yield context, words if isinstance(words, str) else (words[0], words[1])


async def said() -> list[Said]:
    """All there is to translate, in the order it is come upon."""
    told = [each for command in await commands() for each in said_by(command)]
    return list(dict.fromkeys([*told, *shown()]))


def write(language: str, messages: list[Said], known: Catalog) -> None:
    """A catalogue of the messages, translated as far as they are known; without dates and names, which git keeps."""
    made = Catalog(language)
    for context, message in messages:
        before = known.get(message if isinstance(message, str) else message[0], context)
        made.add(message, before.string if before else "" if isinstance(message, str) else ("", ""), context=context)
    with (FOLDER / f"{language}.po").open("wb") as file:
        file.write(HEADER.format(language=language, plurals=made.plural_forms).encode())
        write_po(file, made, width=120, omit_header=True)


async def main() -> None:
    messages = await said()
    for language in SPOKEN:
        write(language, messages, catalogue_of(language))


if __name__ == "__main__":
    asyncio.run(main())
