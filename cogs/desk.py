"""This room answers moderators: /desk claims, reports, letters and rules."""

from collections.abc import Awaitable, Callable

from discord import Permissions, app_commands
from discord.ext import commands

from bot.domain.delivery import State
from bot.domain.errors import UnknownControl
from bot.domain.people import Actor
from bot.services.desk import Desk
from bot.ui import desk, forms, replies
from bot.ui.audience import Audiences
from bot.ui.cards import Card
from bot.ui.controls import Interaction, Press, Switchboard

Days = app_commands.Range[int, 0, 365]
Count = app_commands.Range[int, 1, 100_000]


class DeskCog(commands.Cog):
    """Where moderators look after letters. Discord hides it from others; the service asks for rights again."""

    group = app_commands.Group(
        name="desk",
        description="For moderators of this archive",
        default_permissions=Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    def __init__(self, board: Switchboard, audiences: Audiences, service: Desk) -> None:
        self._audiences = audiences
        self._desk = service
        board.connect("claims", self.turn_claims)
        board.connect("claim", self.claim)
        board.connect("claim-again", self.reopen)
        board.connect("claim-yes", self.agree)
        board.connect("claim-no", self.disagree)
        board.connect("desk-letters", self.turn_letters)
        board.connect("desk-letter", self.letter)
        board.connect("allow", self.allow)
        board.connect("decline", self.decline)
        board.connect("retry", self.retry)
        board.connect("retry-notices", self.retry_notices)
        board.connect("unmask", self.ask_unmask)
        board.connect("unmasked", self.unmask)

    # Claims

    @group.command(name="claims", description="Who says that a pen name is theirs")
    async def claims(self, interaction: Interaction) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.answer(interaction, desk.claims(await self._desk.claims(actor), await self._desk.forsworn(actor)))

    async def turn_claims(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        found = await self._desk.claims(actor, press.number(0))
        await replies.turn(interaction, desk.claims(found, await self._desk.forsworn(actor)))

    async def reopen(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await self._say(interaction, self._desk.reopen(actor, press.choice(), interaction.id))

    async def claim(self, interaction: Interaction, press: Press) -> None:
        claim, taken = await self._desk.claim(await self._audiences.actor(interaction), press.choice())
        await replies.turn(interaction, desk.claim(claim, taken=taken))

    async def agree(self, interaction: Interaction, press: Press) -> None:
        await self._decide(interaction, press, yes=True)

    async def disagree(self, interaction: Interaction, press: Press) -> None:
        await self._decide(interaction, press, yes=False)

    async def _decide(self, interaction: Interaction, press: Press, *, yes: bool) -> None:
        actor = await self._audiences.actor(interaction)
        await self._say(interaction, self._desk.decide(actor, press.number(0), interaction.id, yes=yes))

    # Letters

    @group.command(name="letters", description="Letters that are held for you, or cannot go out")
    async def letters(self, interaction: Interaction) -> None:
        await replies.answer(interaction, await self._letters(interaction, State.HELD, 0))

    async def turn_letters(self, interaction: Interaction, press: Press) -> None:
        if press.number(0) >= len(desk.STATES):
            raise UnknownControl
        card = await self._letters(interaction, desk.STATES[press.number(0)], press.number(1))
        await replies.turn(interaction, card)

    async def _letters(self, interaction: Interaction, state: State, after: int) -> Card:
        actor = await self._audiences.actor(interaction)
        stuck = await self._desk.notices(actor) if state is State.PARKED else []
        return desk.letters(state, await self._desk.letters(actor, state, after), stuck)

    async def retry_notices(self, interaction: Interaction, press: Press) -> None:  # noqa: ARG002 - nothing in it
        actor = await self._audiences.actor(interaction)
        await self._say(interaction, self._desk.retry_notices(actor, interaction.id))

    async def letter(self, interaction: Interaction, press: Press) -> None:
        letter = await self._desk.letter(await self._audiences.actor(interaction), press.choice())
        await replies.turn(interaction, desk.letter(letter))

    async def allow(self, interaction: Interaction, press: Press) -> None:
        await self._do(interaction, press, self._desk.allow)

    async def decline(self, interaction: Interaction, press: Press) -> None:
        await self._do(interaction, press, self._desk.decline)

    async def retry(self, interaction: Interaction, press: Press) -> None:
        await self._do(interaction, press, self._desk.retry)

    async def _do(
        self, interaction: Interaction, press: Press, act: Callable[[Actor, int, int], Awaitable[str]]
    ) -> None:
        actor = await self._audiences.actor(interaction)
        await self._say(interaction, act(actor, press.number(0), interaction.id))

    @staticmethod
    async def _say(interaction: Interaction, work: Awaitable[str]) -> None:
        await replies.say(interaction, await replies.unhurried(interaction, work))

    # Who wrote

    async def ask_unmask(self, interaction: Interaction, press: Press) -> None:
        await self._ask(interaction, press, "Who wrote this letter?", "unmasked")

    async def unmask(self, interaction: Interaction, press: Press) -> None:
        actor, reason = await self._audiences.actor(interaction), press.fields.get("reason", "")
        work = self._desk.unmask(actor, press.number(0), reason, interaction.id)
        writer = await replies.unhurried(interaction, work)
        await replies.answer(interaction, desk.unmasked(press.number(0), writer))

    async def _ask(self, interaction: Interaction, press: Press, title: str, verb: str) -> None:
        letter = await self._desk.concerns(await self._audiences.actor(interaction), press.number(0))
        await interaction.response.send_modal(forms.reason(title, verb, letter))

    # The rules

    @group.command(name="rules", description="What this archive asks of those who write letters")
    @app_commands.describe(
        hold_first="A moderator reads a sender's first letter before it goes out",
        hold_anonymous="So with a letter without a name",
        nudges="Authors with closed DMs may have it said in a channel that letters wait",
        account_days="How old an account must be to write",
        member_days="How long it must have been in the server",
        sender_limit="Letters a day from one sender",
        author_limit="Letters a day to one author",
        archive_limit="Letters a day in all",
    )
    async def rules(
        self,
        interaction: Interaction,
        hold_first: bool | None = None,
        hold_anonymous: bool | None = None,
        nudges: bool | None = None,
        account_days: Days | None = None,
        member_days: Days | None = None,
        sender_limit: Count | None = None,
        author_limit: Count | None = None,
        archive_limit: Count | None = None,
    ) -> None:
        given = {
            "hold_first": hold_first,
            "hold_anonymous": hold_anonymous,
            "nudges": nudges,
            "account_days": account_days,
            "member_days": member_days,
            "sender_limit": sender_limit,
            "author_limit": author_limit,
            "archive_limit": archive_limit,
        }
        changes = {name: value for name, value in given.items() if value is not None}
        actor = await self._audiences.actor(interaction)
        asked = await replies.unhurried(interaction, self._desk.change_rules(actor, changes, interaction.id))
        await replies.answer(interaction, desk.rules(asked))
