"""This room answers /desk series: what belongs to a series, and in what order it is read."""

from discord.ext import commands

from bot.domain.desk_refusals import NoSuchPlace
from bot.services.intake.arranging import Arranging
from bot.ui import arranging, forms, replies
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer


class ArrangingCog(commands.Cog):
    """Series at the desk."""

    def __init__(self, board: Switchboard, desk: Group, audiences: Audiences, service: Arranging) -> None:
        self._audiences = audiences
        self._arranging = service
        offer(desk, "series", "What belongs to a series, and in what order it is read", self.listed)
        board.connect("arranged", self.turn)
        board.connect("arrange", self.open)
        board.connect("arrange-story", self.choose)
        board.connect("arrange-to", self.move)
        board.connect("arrange-place", self.ask_place)
        board.connect("arrange-placed", self.place)
        board.connect("arrange-out", self.take_out)
        board.connect("arrange-add", self.ask_story)
        board.connect("arrange-added", self.add)
        board.connect("arrange-name", self.ask_name)
        board.connect("arrange-named", self.rename)
        board.connect("arrange-free", self.release)
        board.connect("arrange-undo", self.undo)

    async def listed(self, interaction: Interaction) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.answer(interaction, arranging.listed(await self._arranging.listed(actor)))

    async def turn(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, arranging.listed(await self._arranging.listed(actor, press.number(0))))

    async def open(self, interaction: Interaction, press: Press) -> None:
        """By the menu of the list, or by a page's button."""
        actor = await self._audiences.actor(interaction)
        series_id, first = (press.number(0), press.number(1)) if press.numbers else (press.choice(), 0)
        await replies.turn(interaction, arranging.view(await self._arranging.view(actor, series_id), first))

    async def choose(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        found = await self._arranging.view(actor, press.number(0))
        await replies.turn(interaction, arranging.story(found, found.find(press.choice())))

    async def move(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        series_id, story_id, place, seen = map(press.number, range(4))
        work = self._arranging.move(actor, series_id, story_id, place, interaction.id, seen=seen)
        said = await replies.unhurried(interaction, work)
        found = await self._arranging.view(actor, series_id)
        await replies.turn(interaction, arranging.story(found, found.find(story_id), said))

    async def ask_place(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        found = await self._arranging.view(actor, press.number(0))
        story = found.find(press.number(1))
        await interaction.response.send_modal(forms.place(story.title, len(found.stories), found.id, story.id))

    async def place(self, interaction: Interaction, press: Press) -> None:
        actor, typed = await self._audiences.actor(interaction), press.fields.get("place", "").strip()
        found = await self._arranging.view(actor, press.number(0))
        if not typed.isascii() or not typed.isdecimal():
            raise NoSuchPlace(found.name, typed, len(found.stories))
        work = self._arranging.move(actor, found.id, press.number(1), int(typed[:9]), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def take_out(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._arranging.part(actor, press.number(0), press.number(1), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def ask_story(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        found = await self._arranging.view(actor, press.number(0))
        await interaction.response.send_modal(forms.story_meant(f"Add to {found.name}", "arrange-added", found.id))

    async def add(self, interaction: Interaction, press: Press) -> None:
        actor, story = await self._audiences.actor(interaction), press.fields.get("story", "")
        work = self._arranging.join(actor, press.number(0), story, interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def ask_name(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        found = await self._arranging.view(actor, press.number(0))
        await interaction.response.send_modal(forms.series_name(found.name, found.id))

    async def rename(self, interaction: Interaction, press: Press) -> None:
        actor, name = await self._audiences.actor(interaction), press.fields.get("name", "")
        work = self._arranging.rename(actor, press.number(0), name, interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def release(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._arranging.release(actor, press.number(0), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def undo(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        work = self._arranging.undo(actor, press.number(0), interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))
