"""This room draws what was sent to the desk: what reading it found, story by story, and the importer's runs."""

from collections.abc import Sequence

import discord

from bot.formats.markdown import units
from bot.services.intake.history import ROWS as RUNS
from bot.services.intake.history import View
from bot.services.intake.telling import shown_fields, shown_findings
from bot.services.intake.uploads import ROWS, Page
from bot.store.runs import Listed
from bot.store.uploads import State, Upload, Work
from bot.ui import forms
from bot.ui.cards import DESCRIPTION_LIMIT, INK, LAMP, TITLE_LIMIT, Card, label, many, shown
from bot.ui.controls import Control, board, button, menu, option

YES, NO = discord.ButtonStyle.success, discord.ButtonStyle.danger
VALUE_LIMIT = 500
"""Units of one field of a header."""
_STATES = {
    State.SENT: "is being read",
    State.READ: "waits for your word",
    State.TAKEN: "is imported",
    State.DROPPED: "was dropped",
    State.FAILED: "could not be read",
}


def waiting(upload_id: int, what: str, done: int, total: int) -> Card:
    """How far reading or importing is."""
    share = f" {min(done, total) / total:.0%}" if total else ""
    embed = discord.Embed(title=f"Upload {upload_id}", description=f"{what}{share}…", colour=LAMP)
    embed.set_footer(text="/desk import shows it as well; you need not wait here.")
    return Card([embed])


def done(upload_id: int, said: str) -> Card:
    return Card([discord.Embed(title=f"Upload {upload_id} is imported", description=said, colour=LAMP)])


def page(found: Page) -> Card:
    """What reading an upload found; nothing of it is in the archive before somebody says so."""
    upload = found.upload
    embed = discord.Embed(title=f"Upload {upload.id} {_STATES[upload.state]}", colour=LAMP)
    embed.description = _summary(upload) + "\n\n" + "\n".join(map(_row, found.works))
    refusals: list[str] = upload.told.get("refusals", [])
    if refusals:
        embed.add_field(name=f"Cannot come in: {upload.told['refused']:,}", value=_lines(refusals, 1_000), inline=False)
    others: list[str] = upload.told.get("others", [])
    if others:
        name = f"No stories: {upload.told['documents']:,}"
        embed.add_field(name=name, value=_lines(others, 600), inline=False)
    return Card([embed], board(_opening(found), _turns(found), _verdicts(upload)))


def _summary(upload: Upload) -> str:
    names = shown(", ".join(upload.files), 300)
    if upload.problem:
        return f"{names}\n{shown(upload.problem, 500)}"
    totals: dict[str, int] = upload.told.get("totals", {})
    counted = ", ".join(f"{count:,} {status}" for status, count in totals.items() if count) or "nothing that is a story"
    if upload.state is not State.READ:
        return f"{names}\n{counted}."
    return (
        f"{names}\nRead on trial, nothing is in the archive yet: {counted}."
        f" **{upload.taken:,} of {many(upload.works, 'story', 'stories')} would come in**; ⚠ is worth a look."
    )


def _row(work: Work) -> str:
    told = work.told
    mark = "✗ ~~" if work.skipped else "⚠ " if work.doubtful else "✓ "
    end = "~~" if work.skipped else ""
    name: str = work.fixes.get("title") or told["title"]
    fixed = ", fixed" if work.fixes else ""
    author = shown(told["author"], 50)
    return (
        f"{mark}{work.position}. {shown(name, 80)} — {author}, {told['rating']}, {told['words']:,} words,"
        f" {told['status']}{fixed}{end}"
    )


def _opening(found: Page) -> list[Control]:
    options = [
        option(label(f"{work.position}. {work.told['title']}"), work.position, label(work.told["path"]))
        for work in found.works
    ]
    return [menu("Look at a story…", "upload-work", found.upload.id, options=options)] if options else []


def _turns(found: Page) -> list[Control]:
    turns: list[Control] = []
    if found.after:
        turns.append(button("Back", "upload", found.upload.id, max(0, found.after - ROWS), 0))
    if found.after + len(found.works) < found.upload.works:
        turns.append(button("On", "upload", found.upload.id, found.after + ROWS, 1))
    return turns


def _verdicts(upload: Upload) -> list[Control]:
    if upload.state is State.FAILED:
        return [
            button("Read it again", "upload-read", upload.id),
            button("Drop it…", "upload-drop", upload.id, style=NO),
        ]
    if upload.state is not State.READ:
        return [button("What it did…", "run", upload.run_id)] if upload.run_id else []
    return [
        button(f"Import {upload.taken:,}", "upload-take", upload.id, 0, style=YES, disabled=not upload.taken),
        button("Import for review", "upload-take", upload.id, 1, disabled=not upload.taken),
        button("Drop it…", "upload-drop", upload.id, style=NO),
    ]


def why(upload: Upload) -> discord.ui.Modal:
    """Asks why an upload is dropped, and says how much stays out."""
    said = f"Stories that stay out: {upload.works:,}. On record; an author who sent them in is told."
    return forms.why(f"Drop upload {upload.id}", said, "upload-dropped", upload.id)


def why_undo(view: View) -> discord.ui.Modal:
    """Asks why a run is taken back, and says how much goes with it."""
    said = f"Stories that go: {view.listed.added:,}; shown as before: {view.listed.updated:,}. It goes on record."
    return forms.why(f"Take back run {view.listed.run.id}", said, "undo-why", view.listed.run.id)


def work(work: Work) -> Card:
    """A story of an upload: each field with the line it was read in and how sure that is, and what is left over."""
    told = work.told
    embed = discord.Embed(title=shown(f"{work.position}. {told['title']}", TITLE_LIMIT), colour=INK)
    embed.description = _fitting([_field(work, name, value) for name, value in shown_fields(told)], DESCRIPTION_LIMIT)
    findings = [f"**{name}** {shown(value, VALUE_LIMIT)}" for name, value in shown_findings(told)]
    embed.add_field(name="What was found", value=_fitting(findings, 1_024), inline=False)
    if work.fixes:
        fixes = [f"**{name}** {shown(value, 200) or '(empty)'}" for name, value in work.fixes.items()]
        embed.add_field(name="Fixed by hand", value=_fitting(fixes, 600), inline=False)
    place = (work.upload_id, work.position)
    buttons = [
        button("Take it after all", "upload-skip", *place, 0, style=YES)
        if work.skipped
        else button("Skip it", "upload-skip", *place, 1, style=NO),
        button("Fix…", "upload-fix", *place, 0),
        button("Fix summary and tags…", "upload-fix", *place, 1),
        button("Next", "upload-next", *place),
        button("All stories", "upload", work.upload_id, (work.position - 1) // ROWS * ROWS, 2),
    ]
    return Card([embed], board(buttons))


def _field(work: Work, name: str, value: str) -> str:
    found = work.told["fields"].get(name, {})
    line = f", line {found['line']}" if found.get("line") else ""
    sure = f" *({found['confidence']:.0%} sure{line})*" if found else ""
    return f"**{name}** {shown(value, VALUE_LIMIT)}{sure}"


def _fitting(rows: Sequence[str], room: int) -> str:
    """As many rows as there is room for, and how many there are besides."""
    kept: list[str] = []
    left = room - 30
    for row in rows:
        left -= units(row) + 1
        if left < 0:
            break
        kept.append(row)
    rest = len(rows) - len(kept)
    return "\n".join([*kept, f"… and {rest:,} more"] if rest else kept) or "Nothing."


def _lines(texts: Sequence[str], room: int) -> str:
    return _fitting([shown(text, 200) for text in texts], room)


# What there is


def listed(uploads: Sequence[Upload], runs: Sequence[Listed]) -> Card:
    embed = discord.Embed(title="Import", colour=LAMP)
    embed.description = (
        "To bring stories in, add files to this command: text, HTML, Markdown, EPUB, mail, mailboxes, or zips of them."
        " They are read on trial first."
    )
    rows = [f"**{each.id}** {_STATES[each.state]}: {shown(', '.join(each.files), 80)}" for each in uploads]
    embed.add_field(name="Uploads", value=_fitting(rows, 1_000), inline=False)
    embed.add_field(name="Runs", value=_fitting([_run(each) for each in runs], 1_000), inline=False)
    return Card([embed], board(_upload_menu(uploads), _run_menu(runs), _older(runs)))


def _upload_menu(uploads: Sequence[Upload]) -> list[Control]:
    options = [option(f"Upload {each.id}", each.id, label(", ".join(each.files))) for each in uploads]
    return [menu("Look at an upload…", "open-upload", options=options)] if options else []


def _run_menu(runs: Sequence[Listed]) -> list[Control]:
    options = [option(f"Run {each.run.id}", each.run.id) for each in runs if each.run.undone_at is None]
    return [menu("Look at a run…", "open-run", options=options)] if options else []


def _older(runs: Sequence[Listed]) -> list[Control]:
    return [button("Older runs", "runs", runs[-1].run.id)] if len(runs) == RUNS else []


def _run(each: Listed) -> str:
    undone = ", taken back" if each.run.undone_at is not None else ""
    counts = f"{each.added:,} added, {each.updated:,} updated, {each.kept:,} kept beside"
    return f"**{each.run.id}** <t:{int(each.run.started_at)}:f> {counts}{undone}"


def run(view: View) -> Card:
    """A run, and in numbers what taking it back would do."""
    each = view.listed
    embed = discord.Embed(title=f"Run {each.run.id}", description=_run(each), colour=INK)
    if each.run.undone_at is not None:
        return Card([embed], board([button("All runs", "runs", 0)]))
    stays = f"\nStories that stay, because a later run changed them again: {len(view.stays):,}." if view.stays else ""
    embed.add_field(
        name="Taking it back",
        value=f"Stories that go: {each.added:,}; that are shown as before: {each.updated:,}.{stays}\n"
        f"Readers whose place goes too: {view.readers:,}. Letters that stay with their authors: {view.letters:,}.",
        inline=False,
    )
    take_back = button("Take it back…", "undo-run", each.run.id, style=NO)
    return Card([embed], board([take_back, button("All runs", "runs", 0)]))
