"""This room tells a row of the report field by field, for whoever shows it."""

from collections.abc import Iterator

from bot.services.intake.staging import Row

FIELDS = (
    "title", "authors", "series", "series_number", "rating", "rating_raw", "fandom", "tags", "description", "spoilers",
    "cautions", "language", "written", "notes", "disclaimer", "links", "progress",
)  # fmt: skip


def shown_fields(row: Row) -> Iterator[tuple[str, str]]:
    """Every field that the story has, as text."""
    for name in FIELDS:
        value: str | list[str | Row] = row[name]
        if value:
            yield name, value if isinstance(value, str) else "\n".join(map(_item, value))


def _item(value: str | Row) -> str:  # a name, a note or a link
    if isinstance(value, str):
        return value
    if "text" in value:
        return f"({value['moment']}) {value['text']}"
    return f"{value['kind']} {value['target']} ({'is here' if value['resolved'] else 'is not here'})"


def shown_findings(row: Row) -> Iterator[tuple[str, str]]:
    """What an import found out about a story and did with its bytes."""
    counted = (("words", "word"), ("pages", "page"), ("scene_breaks", "scene break"))
    yield "text", ", ".join(f"{row[name]:,} {noun}{'s' * (row[name] != 1)}" for name, noun in counted)
    yield (
        "status",
        row["status"] if row["state"] == "published" else f"{row['status']}, {row['state']}: {row['reason']}",
    )
    yield "bytes", ", ".join(f"{kind} {size:,}" for kind, size in row["accounting"].items() if size)
    for name in ("furniture", "repairs", "warnings"):
        if row[name]:
            yield name, "\n".join(row[name])
    if len(row["parts"]) > 1:
        yield "parts", "\n".join(f"{part['number']}  {part['title']}  {part['path']}" for part in row["parts"])
    if row["missing_parts"]:
        yield "missing", ", ".join(row["missing_parts"])
    if row["duplicates"]:
        yield "duplicates", "\n".join(f"{each['relation']}  {each['path']}" for each in row["duplicates"])
