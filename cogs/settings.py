"""This room answers who wants to be served otherwise: /settings and its menus."""

from collections.abc import Sequence
from typing import TypeVar

from discord import app_commands
from discord.ext import commands

from bot.domain.errors import UnknownControl
from bot.domain.settings import PageLength
from bot.services.settings import Preferences
from bot.ui import manner, replies
from bot.ui import settings as cards
from bot.ui.controls import Interaction, Press, Switchboard

Found = TypeVar("Found")


class SettingsCog(commands.Cog):
    """What readers choose for themselves, for their eyes alone."""

    def __init__(self, board: Switchboard, preferences: Preferences) -> None:
        self._preferences = preferences
        board.connect("page-length", self.choose_length)
        board.connect("notices", self.choose_notices)
        board.connect("setting", self.switch)
        board.connect("settings", self.show)

    @app_commands.command(name="settings", description="Page length, plain text, private or shared, notices")
    async def settings(self, interaction: Interaction) -> None:
        await replies.answer(interaction, cards.settings(manner.of(interaction)))

    async def show(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        await replies.answer(interaction, cards.settings(manner.of(interaction)))

    async def choose_length(self, interaction: Interaction, press: Press) -> None:
        if press.choice() not in set(PageLength):
            raise UnknownControl
        await self._change(interaction, "page_length", PageLength(press.choice()))

    async def choose_notices(self, interaction: Interaction, press: Press) -> None:
        notice = _numbered(cards.ORDER, press.choice())
        await self._change(interaction, _numbered(cards.NEWS, press.number(0)), notice)

    async def switch(self, interaction: Interaction, press: Press) -> None:
        await self._change(interaction, _numbered(cards.TOGGLES, press.number(0)), press.number(1) == 1)

    async def _change(self, interaction: Interaction, name: str, value: object) -> None:
        work = self._preferences.change(interaction.user.id, **{name: value})
        changed = await replies.unhurried(interaction, work, turns=True)
        manner.teach(interaction, changed)
        await replies.turn(interaction, cards.settings(changed))


def _numbered(things: Sequence[Found], number: int) -> Found:
    """The thing of a number in a custom id.

    Raises:
        UnknownControl: it is of another version, or forged.
    """
    if number >= len(things):
        raise UnknownControl
    return things[number]
