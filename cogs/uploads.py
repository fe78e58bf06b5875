"""This room answers /desk import: files on trial, a word for each story, and runs that are taken back."""

from functools import partial

import discord
from discord.ext import commands

from bot.domain.people import Actor
from bot.services.intake.history import Runs
from bot.services.intake.rows import texts
from bot.services.intake.uploads import Uploads
from bot.store.uploads import State
from bot.ui import attachments, fields, replies, uploads
from bot.ui.audience import Audiences
from bot.ui.cards import Card
from bot.ui.controls import Interaction, Press, Switchboard
from bot.ui.progress import progress
from bot.ui.subcommands import Group, offer

FILE = "A page, a book, a mailbox, or a zip of them"


class UploadsCog(commands.Cog):
    """Import at the desk."""

    def __init__(self, board: Switchboard, desk: Group, audiences: Audiences, uploads: Uploads, runs: Runs) -> None:
        self._audiences = audiences
        self._uploads = uploads
        self._runs = runs
        files = dict.fromkeys(("file", "file2", "file3", "file4", "file5"), FILE)
        offer(desk, "import", "Bring stories in: files are read on trial first", self.import_files, **files)
        board.connect("open-upload", self.open)
        board.connect("upload", self.turn)
        board.connect("upload-read", self.read_again)
        board.connect("upload-work", self.work)
        board.connect("upload-next", self.next)
        board.connect("upload-skip", self.skip)
        board.connect("upload-fix", self.ask_fix)
        board.connect("upload-fixed", self.fix)
        board.connect("upload-drop", self.ask_drop)
        board.connect("upload-dropped", self.drop)
        board.connect("upload-take", self.take)
        board.connect("runs", self.older)
        board.connect("open-run", self.open_run)
        board.connect("run", self.run)
        board.connect("undo-run", self.ask_undo)
        board.connect("undo-why", self.undo)

    async def import_files(
        self,
        interaction: Interaction,
        file: discord.Attachment | None = None,
        file2: discord.Attachment | None = None,
        file3: discord.Attachment | None = None,
        file4: discord.Attachment | None = None,
        file5: discord.Attachment | None = None,
    ) -> None:
        actor = await self._audiences.actor(interaction)
        given = [each for each in (file, file2, file3, file4, file5) if each is not None]
        listed = await self._listed(actor)
        if not given:
            await replies.answer(interaction, listed)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        upload = await self._uploads.send(actor, await attachments.fetched(given), interaction.id)
        await self._read(interaction, actor, upload)

    async def _listed(self, actor: Actor, before: int = 0) -> Card:
        return uploads.listed(await self._uploads.listed(actor), await self._runs.listed(actor, before))

    async def _read(self, interaction: Interaction, actor: Actor, upload: int) -> None:
        async with progress(interaction, partial(uploads.waiting, upload)) as shown:
            await self._uploads.read(actor, upload, shown.hear)
        card = uploads.page(await self._uploads.page(actor, upload))
        if not await shown.show(card):
            await self._uploads.tell(actor, upload, f"Upload {upload} is read and waits for your word.")

    async def read_again(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await self._uploads.check(actor, press.number(0), State.SENT, State.FAILED)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await self._read(interaction, actor, press.number(0))

    async def open(self, interaction: Interaction, press: Press) -> None:
        await self._turn(interaction, press.choice(), 0)

    async def turn(self, interaction: Interaction, press: Press) -> None:
        await self._turn(interaction, press.number(0), press.number(1))

    async def _turn(self, interaction: Interaction, upload: int, after: int) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, uploads.page(await self._uploads.page(actor, upload, after)))

    # Story by story

    async def work(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, uploads.work(await self._uploads.work(actor, press.number(0), press.choice())))

    async def next(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        work = await self._uploads.next(actor, press.number(0), press.number(1))
        await replies.turn(interaction, uploads.work(work))

    async def skip(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        skipped = bool(press.number(2))
        skipping = self._uploads.skip(actor, press.number(0), press.number(1), skipped=skipped)
        work = await replies.unhurried(interaction, skipping, turns=True)
        await replies.turn(interaction, uploads.work(work))

    async def ask_fix(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        upload, position, number = (press.number(index) for index in range(3))
        work = await self._uploads.work(actor, upload, position)
        held = {**texts(work.told), **fields.named(work.fixes)}
        form = fields.form(f"Fix {work.told['title']}", number, held, "upload-fixed", upload, position)
        await interaction.response.send_modal(form)

    async def fix(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        fixing = self._uploads.fix(actor, press.number(0), press.number(1), fields.typed(press))
        work = await replies.unhurried(interaction, fixing, turns=True)
        await replies.turn(interaction, uploads.work(work))

    # All of it

    async def ask_drop(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        upload = await self._uploads.check(actor, press.number(0), State.READ, State.FAILED)
        await interaction.response.send_modal(uploads.why(upload))

    async def drop(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        reason = press.fields.get("reason", "")
        work = self._uploads.drop(actor, press.number(0), reason, interaction.id)
        await replies.say(interaction, await replies.unhurried(interaction, work))

    async def take(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        upload, withhold = press.number(0), bool(press.number(1))
        await self._uploads.check(actor, upload, State.READ)
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with progress(interaction, partial(uploads.waiting, upload)) as shown:
            said = await self._uploads.take(actor, upload, shown.hear, withhold=withhold)
        if not await shown.show(uploads.done(upload, said)):
            await self._uploads.tell(actor, upload, said)

    # Runs

    async def older(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, await self._listed(actor, press.number(0)))

    async def open_run(self, interaction: Interaction, press: Press) -> None:
        await self._run(interaction, press.choice())

    async def run(self, interaction: Interaction, press: Press) -> None:
        await self._run(interaction, press.number(0))

    async def _run(self, interaction: Interaction, run: int) -> None:
        actor = await self._audiences.actor(interaction)
        await replies.turn(interaction, uploads.run(await self._runs.view(actor, run)))

    async def ask_undo(self, interaction: Interaction, press: Press) -> None:
        actor = await self._audiences.actor(interaction)
        view = await self._runs.undoable(actor, press.number(0))
        await interaction.response.send_modal(uploads.why_undo(view))

    async def undo(self, interaction: Interaction, press: Press) -> None:
        actor, reason = await self._audiences.actor(interaction), press.fields.get("reason", "")
        await interaction.response.defer(ephemeral=True, thinking=True)
        said = await self._runs.undo(actor, press.number(0), reason, interaction.id)
        await replies.follow(interaction, said)
