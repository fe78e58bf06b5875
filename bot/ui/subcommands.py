"""This room hands a cog's commands to the group that another cog opened: `/pen` is one command of many rooms."""

from collections.abc import Callable, Coroutine
from typing import Any

from discord import app_commands

Group = app_commands.Group
Command = app_commands.Command[Any, ..., None]


def offer(
    group: Group, name: str, said: str, answer: Callable[..., Coroutine[Any, Any, None]], /, **options: str
) -> Command:
    """Adds a command to a group; `options` are what Discord says beside each of its options."""
    command: Command = app_commands.Command(name=name, description=said, callback=answer)
    if options:
        app_commands.describe(**options)(command)
    group.add_command(command)
    return command
