"""This room answers /desk review, publish, hide and restore."""

from discord.ext import commands

from bot.domain.errors import UnknownControl
from bot.services.publishing import Publishing, Turn
from bot.ui import publishing, replies, suggestions
from bot.ui.audience import Audiences
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.subcommands import Group, offer
from bot.ui.suggestions import Choice

STORY = "Its title; stories that readers do not see are offered too"


class PublishingCog(commands.Cog):
    """Which stories readers may see."""

    def __init__(self, board: Switchboard, desk: Group, audiences: Audiences, service: Publishing) -> None:
        self._audiences = audiences
        self._publishing = service
        offer(desk, "review", "Stories that wait for a moderator", self.review)
        for name, said in (
            ("publish", "Show a story to readers"),
            ("hide", "Take a story out of readers' sight"),
            ("restore", "Show a hidden story again"),
        ):
            offer(desk, name, said, self.story, story=STORY).autocomplete("story")(self.suggest)
        board.connect("review", self.turn_review)
        board.connect("standing-of", self.open)
        board.connect("story-text", self.read)
        board.connect("standing", self.ask)
        board.connect("stand", self.act)

    async def review(self, interaction: Interaction) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.answer(interaction, publishing.review(await self._publishing.waiting(actor)))

    async def turn_review(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, publishing.review(await self._publishing.waiting(actor, press.number(0))))

    async def story(self, interaction: Interaction, story: str) -> None:
        actor = await self._audiences.actor(interaction)
        view = await self._publishing.view(actor, await self._publishing.find(actor, story))
        await replies.answer(interaction, publishing.story(view))

    async def suggest(self, interaction: Interaction, typed: str) -> list[Choice]:
        return await suggestions.at_desk(self._found(interaction, typed))

    async def _found(self, interaction: Interaction, typed: str) -> list[tuple[str, int]]:
        found = await self._publishing.suggest(await self._audiences.actor(interaction), typed)
        return [(f"{story.title} — by {story.author} ({story.state})", story.id) for story in found]

    async def open(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, publishing.story(await self._publishing.view(actor, press.choice())))

    async def read(self, interaction: Interaction, press: Press) -> None:
        actor, audience = await self._audiences.actor(interaction), await self._audiences.of(interaction)
        card = publishing.page(await self._publishing.page(actor, audience, press.number(0), press.number(1)))
        # What readers do not see yet is never put where others see it, whosever message it was asked under.
        show = replies.turn if replies.turns_privately(interaction) else replies.answer
        await show(interaction, card)

    async def ask(self, interaction: Interaction, press: Press) -> None:
        actor, turn = await self._audiences.actor(interaction), _turn(press)
        story = await self._publishing.check(actor, press.number(0), turn)
        await interaction.response.send_modal(publishing.why(story, turn))

    async def act(self, interaction: Interaction, press: Press) -> None:
        actor, reason = await self._audiences.actor(interaction), press.fields.get("reason", "")
        told = press.fields.get("told") == "yes"
        work = self._publishing.turn(actor, press.number(0), _turn(press), reason, interaction.id, told=told)
        await replies.say(interaction, await replies.unhurried(interaction, work))


def _turn(press: Press) -> Turn:
    if press.number(1) >= len(publishing.TURNS):
        raise UnknownControl
    return publishing.TURNS[press.number(1)]
