"""This room answers authors about their stories: /pen stories, /pen stats."""

from discord.ext import commands

from bot.services.works import Works
from bot.ui import replies, suggestions, works
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer
from bot.ui.suggestions import Choice


class WorksCog(commands.Cog):
    """An author's own shelf."""

    def __init__(self, board: Switchboard, group: Group, service: Works) -> None:
        self._works = service
        offer(group, "stories", "Your stories here, whatever their state", self.stories)
        stats = offer(
            group,
            "stats",
            "What readers did with a story of yours, as plots",
            self.stats,
            story="One of your stories",
        )
        stats.autocomplete("story")(self.suggest)
        board.connect("works", self.turn)
        board.connect("work", self.choose)
        board.connect("figures", self.plot)
        board.connect("figures-of", self.plot_chosen)

    async def stories(self, interaction: Interaction) -> None:
        await replies.answer(interaction, works.shelf(await self._works.shelf(interaction.user.id)))

    async def turn(self, interaction: Interaction, press: Press) -> None:
        await replies.turn(interaction, works.shelf(await self._works.shelf(interaction.user.id, press.number(0))))

    async def choose(self, interaction: Interaction, press: Press) -> None:
        await replies.turn(interaction, works.story(await self._works.story(interaction.user.id, press.choice())))

    async def stats(self, interaction: Interaction, story: str) -> None:
        found = await self._works.find(interaction.user.id, story)
        if len(found) > 1:
            await replies.answer(interaction, works.several(found[:25]))
        else:
            await self._plot(interaction, found[0].id)

    async def suggest(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.own(self._works.suggest(interaction.user.id, typed))

    async def plot(self, interaction: Interaction, press: Press) -> None:
        await self._plot(interaction, press.number(0))

    async def plot_chosen(self, interaction: Interaction, press: Press) -> None:
        await self._plot(interaction, press.choice())

    async def _plot(self, interaction: Interaction, story_id: int) -> None:
        made = await replies.unhurried(interaction, self._works.plot(interaction.user.id, story_id))
        await replies.assure(interaction, works.plotted(made))
