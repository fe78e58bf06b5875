"""This room answers /desk links: stories that others name and that nobody could find, or tell from others."""

from discord.ext import commands

from bot.services.intake.ruling import Rulings
from bot.ui import links, replies
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer


class LinksCog(commands.Cog):
    """What sequels, prequels and companions are of, where the importer could not tell."""

    def __init__(self, board: Switchboard, desk: Group, audiences: Audiences, service: Rulings) -> None:
        self._audiences = audiences
        self._rulings = service
        offer(desk, "links", "Stories that others name and that are missing or in doubt", self.listed)
        board.connect("links", self.turn)
        board.connect("link", self.open)
        board.connect("link-means", self.choose)
        board.connect("link-none", self.dismiss)
        board.connect("link-name", self.ask)
        board.connect("link-named", self.name)
        board.connect("link-open", self.lift)

    async def listed(self, interaction: Interaction) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.answer(interaction, links.listed(await self._rulings.listed(actor), settled=False))

    async def turn(self, interaction: Interaction, press: Press) -> None:
        actor, settled = await self._audiences.actor(interaction), bool(press.number(0))
        found = await self._rulings.listed(actor, press.number(1), settled=settled)
        await replies.turn(interaction, links.listed(found, settled=settled))

    async def open(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, links.view(await self._rulings.view(actor, press.choice())))

    async def choose(self, interaction: Interaction, press: Press) -> None:
        await self._rule(interaction, press.number(0), press.choice())

    async def dismiss(self, interaction: Interaction, press: Press) -> None:
        await self._rule(interaction, press.number(0), None)

    async def _rule(self, interaction: Interaction, link_id: int, target_id: int | None) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._rulings.rule(actor, link_id, target_id, interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def ask(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await interaction.response.send_modal(links.another(await self._rulings.open(actor, press.number(0))))

    async def name(self, interaction: Interaction, press: Press) -> None:
        actor, story = await self._audiences.actor(interaction), press.fields.get("story", "")
        work = self._rulings.named(actor, press.number(0), story, interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def lift(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._rulings.lift(actor, press.number(0), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))
