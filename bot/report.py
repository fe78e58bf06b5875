"""This room is the report of an import on the terminal, for people and for programs."""

from collections.abc import AsyncIterable

import orjson
from rich.console import Console
from rich.table import Table

from bot.logs import printable
from bot.services.intake import Outcome, Status
from bot.services.intake.rows import is_doubtful, public
from bot.services.intake.staging import Row
from bot.services.intake.telling import shown_fields, shown_findings

FEW = 12
"""Stories up to which each has a table of its own."""
MANY = 100
"""Stories from which on only the doubtful ones are listed."""
LONGEST = 300
"""Characters of a value that are shown on a terminal."""

errors = Console(stderr=True, highlight=False, markup=False)


async def print_json(told: AsyncIterable[Row], outcome: Outcome) -> None:
    """One JSON object, a row a line, so that an archive of any size is printed as it is read."""
    print(f'{{"run": {outcome.run_id}, "stories": [')
    separator = ""
    async for row in told:
        print(separator + _json(public(row)), end="")
        separator = ",\n"
    documents = ",\n".join(_json(public(row)) for row in outcome.documents)
    totals = ", ".join(f'"{status.value}": {count}' for status, count in outcome.totals.items())
    print(f'\n], "documents": [\n{documents}\n], {totals}}}')


def _json(row: Row) -> str:
    return orjson.dumps(row).decode()


async def print_report(told: AsyncIterable[Row], outcome: Outcome, *, dry_run: bool) -> None:
    """What became of each story, or would: tables while they are few, else the doubtful ones."""
    count = sum(outcome.totals.values())
    console = Console(markup=False, highlight=False, emoji=False)
    summary = _summary()
    async for row in told:
        if row["error"] is not None:
            errors.print(printable(row["error"]), soft_wrap=True)
            continue
        if dry_run and (count <= FEW or is_doubtful(row)):
            console.print(_details(row))
        elif not dry_run and (count <= MANY or is_doubtful(row)):
            _add(summary, row)
            for warning in _remarks(row):
                errors.print(printable(f"{row['path']}: {warning}"), soft_wrap=True)
    if summary.row_count:
        console.print(summary)
    _print_documents(console, outcome)
    print(totals(outcome, dry_run=dry_run))


def totals(outcome: Outcome, *, dry_run: bool) -> str:
    counted = ", ".join(
        f"{count} {status.value}" for status, count in outcome.totals.items() if count or status is not Status.HELD
    )
    said = f"Dry run, nothing written: {counted}." if dry_run else f"{counted}.".capitalize()
    return (
        said if dry_run else f"{said} Run {outcome.run_id}; `talebearer import --undo {outcome.run_id}` takes it back."
    )


def _summary() -> Table:
    return Table("", "Title", "Author", "Rating", "Words", "Pages", box=None, pad_edge=False)


def _add(table: Table, row: Row) -> None:
    status = row["state"] if row["state"] != "published" else row["status"]
    figures = (row["rating"], f"{row['words']:,}", str(row["pages"]))
    table.add_row(status, printable(row["title"]), printable(row["author"]), *figures)


def _remarks(row: Row) -> list[str]:
    reasons = [f"it is {row['state']}: {row['reason']}"] if row["state"] != "published" else []
    return [*reasons, *row["repairs"], *row["warnings"]]


def _details(row: Row) -> Table:
    """Every field of a story, the line it was read in, and how sure that is."""
    table = Table(title=printable(f"{row['title']} · {row['path']}"), title_justify="left", width=None)
    for name, width in (("Field", 13), ("Value", None), ("Line", 6), ("Sure", 5)):
        table.add_column(name, min_width=width, overflow="fold", justify="right" if width in (5, 6) else "left")
    for name, value in shown_fields(row):
        found = row["fields"].get(name, {})
        line = str(found.get("line", ""))
        sure = f"{found['confidence']:.0%}" if found else ""
        place = f" (in {found['path']})" if "path" in found else ""
        table.add_row(name, _lines(_short(value) + place), line, sure)
    for name, value in shown_findings(row):
        table.add_row(name, _lines(_short(value)), "", "")
    return table


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text):,} characters)"


def _print_documents(console: Console, outcome: Outcome) -> None:
    kinds = [row["kind"] for row in outcome.documents]
    if kinds:
        told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
        console.print(f"Documents that are no stories: {told}.")


def _lines(text: str) -> str:
    """The same of a text of several lines."""
    return "\n".join(map(printable, text.split("\n")))
