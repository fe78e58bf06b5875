"""This room answers who says what they have seen, and moderators who list what there is: /desk episodes."""

from discord import app_commands
from discord.ext import commands

from bot.services.episodes import Episodes
from bot.services.spoilers import Spoilers
from bot.ui import forms, replies, spoilers
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.forms import NAME_LIMIT
from bot.ui.subcommands import Group, offer

Name = app_commands.Range[str, 1, NAME_LIMIT]


class SpoilersCog(commands.Cog):
    """Episodes, in the order in which they are seen."""

    def __init__(
        self, board: Switchboard, desk: Group, audiences: Audiences, service: Spoilers, episodes: Episodes
    ) -> None:
        self._audiences = audiences
        self._spoilers = service
        self._episodes = episodes
        offer(
            desk,
            "episodes",
            "List the episodes of a fandom, so that readers can say how far they have seen",
            self.ask_episodes,
            name="The fandom, or the order it is seen in",
        )
        board.connect("seen", self.seen)
        board.connect("seen-of", self.ask)
        board.connect("seen-up-to", self.see)
        board.connect("episodes", self.list_episodes)

    async def seen(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        card = spoilers.seen(await self._spoilers.seen(audience, press.number(0)))
        await (replies.turn if press.number(1) else replies.answer)(interaction, card)

    async def ask(self, interaction: Interaction, press: Press) -> None:
        found = await self._spoilers.list_of(await self._audiences.of(interaction), press.choice())
        await interaction.response.send_modal(forms.seen(found))

    async def see(self, interaction: Interaction, press: Press) -> None:
        audience = await self._audiences.of(interaction)
        work = self._spoilers.see(audience, press.number(0), press.fields.get("episode", ""))
        await replies.unhurried(interaction, work, turns=True)
        await replies.turn(interaction, spoilers.seen(await self._spoilers.seen(audience)))

    async def ask_episodes(self, interaction: Interaction, name: Name) -> None:
        text = await self._episodes.text(await self._audiences.actor(interaction), name)
        await interaction.response.send_modal(forms.episodes(name, text))

    async def list_episodes(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        name, text = press.fields.get("name", ""), press.fields.get("lines", "")
        work = self._episodes.save(actor, name, text, interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))
