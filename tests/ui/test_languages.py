"""Every catalogue says all there is to say, and Discord is told it."""

import re
from collections.abc import Sequence
from typing import Any

import discord
import pytest
from babel.messages.catalog import Catalog, Message
from discord import app_commands
from discord.app_commands import TranslationContext, TranslationContextLocation, TranslationContextTypes, locale_str

from bot.ui.languages import NAME, SPOKEN, CommandTranslator, catalogue, edition
from tests.translating import AnyCommand, Said, Words, catalogue_of, commands, said, said_by

COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
"""docs.discord.com, Application Commands: Application Command Naming."""
NAME_LIMIT = 32
DESCRIPTION_LIMIT = 100
MENTIONED = re.compile(r"/(\w+)")
HOLES = re.compile(r"\{\w*\}")


@pytest.fixture(params=SPOKEN)
def spoken(request: pytest.FixtureRequest) -> Catalog:
    return catalogue_of(request.param)


def messages(spoken: Catalog) -> list[Message]:
    """All but the catalogue's header."""
    return [message for message in spoken if message.id]


def in_english(message: Message) -> Words:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def forms(message: Message) -> Sequence[str]:
    """What is said in the other language, of one and of several."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


async def test_a_catalogue_holds_what_is_said_and_nothing_else(spoken: Catalog) -> None:
    """`python -m tests.translating` adds what is new, to be translated."""
    held: list[Said] = [(message.context, in_english(message)) for message in messages(spoken)]
    assert held == await said()
    assert [message.id for message in messages(spoken) if not all(forms(message)) or message.fuzzy] == []
    for message in messages(spoken):
        assert len(forms(message)) == (1 if isinstance(message.id, str) else spoken.num_plurals), message.id


async def test_nothing_that_is_filled_in_is_left_out(spoken: Catalog) -> None:
    for message in messages(spoken):
        english = in_english(message)
        holes = sorted(HOLES.findall(english if isinstance(english, str) else english[1]))
        for form in forms(message):
            assert sorted(HOLES.findall(form)) == holes, message.id


async def test_names_are_names_and_words_are_not_too_long(spoken: Catalog) -> None:
    described = {words for command in await commands() for context, words in said_by(command) if context is None}
    menus = {command.name for command in await commands() if isinstance(command, app_commands.ContextMenu)}
    for message in messages(spoken):
        translated = str(message.string)
        if message.id in described:
            assert len(translated) <= DESCRIPTION_LIMIT, translated
        if message.context == NAME and message.id in menus:
            assert len(translated) <= NAME_LIMIT, translated
        elif message.context == NAME:
            assert COMMAND_NAME.fullmatch(translated), translated
            assert translated == translated.lower()


async def test_no_two_commands_of_a_group_and_no_two_options_have_one_name(spoken: Catalog) -> None:
    def check(names: list[str]) -> None:
        translated = [str(found.string) for name in names if (found := spoken.get(name, NAME))]
        assert len(set(translated)) == len(names), (names, translated)

    every = await commands()
    check([command.name for command in every if not isinstance(command, app_commands.ContextMenu)])
    for command in every:
        if isinstance(command, app_commands.Group):
            check([inner.name for inner in command.commands])
    leaves = [leaf for command in every for leaf in _leaves(command)]
    assert len(leaves) > len(every)
    for leaf in leaves:
        check([parameter.display_name for parameter in leaf.parameters])


def _leaves(command: AnyCommand) -> list[app_commands.Command[Any, ..., Any]]:
    if isinstance(command, app_commands.Group):
        return [leaf for inner in command.commands for leaf in _leaves(inner)]
    return [command] if isinstance(command, app_commands.Command) else []


async def test_a_command_that_is_mentioned_goes_by_its_name_there(spoken: Catalog) -> None:
    every = [command.name for command in await commands()]
    names = {name: str(found.string) for name in every if (found := spoken.get(name, NAME))}
    mentioning = [message for message in messages(spoken) if MENTIONED.search(str(message.id))]
    assert mentioning
    for message in mentioning:
        named = [names[name] for name in MENTIONED.findall(str(message.id))]
        assert sorted(MENTIONED.findall(str(message.string))) == sorted(named), message.id


async def test_what_discord_is_told() -> None:
    read = next(command for command in await commands() if command.name == "read")
    assert isinstance(read, app_commands.Command)
    context: TranslationContextTypes = TranslationContext(TranslationContextLocation.command_name, read)
    described: TranslationContextTypes = TranslationContext(TranslationContextLocation.command_description, read)
    translate = CommandTranslator().translate
    assert await translate(locale_str("read"), discord.Locale.german, context) == "lesen"
    assert await translate(locale_str("read"), discord.Locale.german, described) is None, "as a word it is not said"
    assert await translate(locale_str("read"), discord.Locale.french, context) is None
    assert ("name", "read") in list(said_by(read))


def test_english_is_what_is_spoken_where_there_is_no_catalogue() -> None:
    assert catalogue("../../secrets").gettext("Finished") == "Finished"
    assert catalogue("de").gettext("Finished") == "Ausgelesen"
    assert len(edition()) == 64
