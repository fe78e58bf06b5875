"""This room holds every limit of a registered command (Interactions, "Application Commands")."""

import re
import unicodedata
from collections.abc import Iterator

from .drawing import items, mapping
from .errors import Json, Unchecked
from .problems import Path, Problems, length

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
MOST: dict[int, int] = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
OPTIONS, CHOICES, NAME, DESCRIPTION, CHOICE_TEXT, TOTAL, STRING = 25, 25, 32, 100, 100, 8_000, 6_000
SUBCOMMAND, GROUP, STRING_OPTION, INTEGER, BOOLEAN, CHANNEL, NUMBER = 1, 2, 3, 4, 5, 7, 10
OPTION_TYPES = tuple(range(1, 12))
WITH_CHOICES = (STRING_OPTION, INTEGER, NUMBER)


def check_command(command: Json, problems: Problems, path: Path = ()) -> None:
    kind = command.get("type") or CHAT_INPUT
    if not problems.one_of((*path, "type"), kind, (CHAT_INPUT, USER, MESSAGE)):
        return
    _check_name(command.get("name"), (*path, "name"), problems, chat_input=kind == CHAT_INPUT)
    if kind == CHAT_INPUT:
        description = command.get("description")
        problems.text((*path, "description"), description, DESCRIPTION, least=1, required=True)
        _check_options(command.get("options"), (*path, "options"), problems)
    elif command.get("description") or command.get("options"):
        sentence = "Context menu commands cannot have description or options"
        problems.add((*path, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", sentence)
    for key, choices in (("contexts", (0, 1, 2)), ("integration_types", (0, 1))):
        for index, value in enumerate(command.get(key) or []):
            problems.one_of((*path, key, index), value, choices)
    if sum(length(text) for text in _texts(command)) > TOTAL:
        problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({TOTAL})")


def check_unique(commands: list[Json], problems: Problems) -> None:
    """No two commands of a kind may share a name."""
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        key = (command.get("type") or CHAT_INPUT, str(command.get("name")))
        if key in seen:
            sentence = "Application command names must be unique"
            problems.add((index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", sentence)
        seen.add(key)


def _check_name(name: Unchecked, path: Path, problems: Problems, *, chat_input: bool = True) -> None:
    if not problems.text(path, name, NAME, least=1, required=True) or not chat_input:
        return
    if not all(_allowed(character) for character in name):
        problems.add(path, "STRING_TYPE_REGEX", "String value did not match validation regex.")
        problems.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    elif name != name.lower():
        problems.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _allowed(character: str) -> bool:
    r"""`^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, which `re` cannot say."""
    if character in "-_'" or unicodedata.category(character)[0] in "LN":
        return True
    return bool(re.match("[\u0900-\u097f\u0e01-\u0e3a\u0e40-\u0e5b]", character))


def _texts(command: Json) -> Iterator[str]:
    """What counts towards the 8,000: of a text and its translations, the longest."""
    for key in ("name", "description"):
        versions = [command.get(key), *mapping(command.get(f"{key}_localizations")).values()]
        yield max((text for text in versions if isinstance(text, str)), key=length, default="")
    if isinstance(command.get("value"), str):
        yield command["value"]
    for key in ("options", "choices"):
        for child in items(command.get(key)):
            yield from _texts(child)


def _check_options(options: Unchecked, path: Path, problems: Problems, *, depth: int = 0) -> None:
    if not problems.array(path, options, OPTIONS):
        return
    seen: set[str] = set()
    optional_before = False
    for index, option in enumerate(items(options)):
        here = (*path, index)
        if str(option.get("name")) in seen:
            sentence = "Option name must be unique"
            problems.add((*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", sentence)
        seen.add(str(option.get("name")))
        if option.get("required") and optional_before:
            sentence = "Required options must be placed before non-required options"
            problems.add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", sentence)
        optional_before |= not option.get("required")
        _check_option(option, here, problems, depth)
    _check_not_mixed(items(options), path, problems)


def _check_not_mixed(options: list[Json], path: Path, problems: Problems) -> None:
    """A command with subcommands has no options of its own."""
    nested = [option.get("type") in (SUBCOMMAND, GROUP) for option in options]
    if any(nested) and not all(nested):
        sentence = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        problems.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", sentence)


def _check_option(option: Json, path: Path, problems: Problems, depth: int) -> None:
    kind = option.get("type")
    allowed = OPTION_TYPES if depth == 0 else (SUBCOMMAND,) if depth == 1 else OPTION_TYPES[2:]
    if not problems.one_of((*path, "type"), kind, allowed):
        return
    _check_name(option.get("name"), (*path, "name"), problems)
    problems.text((*path, "description"), option.get("description"), DESCRIPTION, least=1, required=True)
    if kind in (SUBCOMMAND, GROUP):
        _check_options(option.get("options"), (*path, "options"), problems, depth=1 if kind == GROUP else 2)
    elif kind in WITH_CHOICES:
        _check_choices(option, path, problems)
    problems.number((*path, "min_length"), option.get("min_length"), 0, STRING)
    problems.number((*path, "max_length"), option.get("max_length"), 1, STRING)


def _check_choices(option: Json, path: Path, problems: Problems) -> None:
    choices = option.get("choices")
    if option.get("autocomplete") and choices:
        sentence = "Autocomplete cannot be used with choices"
        problems.add((*path, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", sentence)
    check_choices(choices, (*path, "choices"), problems, option["type"])


def check_choices(choices: Unchecked, path: Path, problems: Problems, kind: int) -> None:
    """Choices of an option or of an autocomplete answer: at most 25, with names and values of at most 100."""
    if not problems.array(path, choices, CHOICES):
        return
    for index, choice in enumerate(items(choices)):
        problems.text((*path, index, "name"), choice.get("name"), CHOICE_TEXT, least=1, required=True)
        value, here = choice.get("value"), (*path, index, "value")
        if kind == STRING_OPTION:
            problems.text(here, value, CHOICE_TEXT, required=True)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            problems.add(here, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
