"""This room is the report of an import as one HTML file: each original beside what was made of it."""

import hashlib
from base64 import b64encode
from collections.abc import AsyncIterable, Iterable, Iterator
from html import escape
from typing import IO

from bot.domain.documents import Kind
from bot.report import shown_fields, shown_findings, totals
from bot.services.intake import Outcome, Stage
from bot.services.intake.staging import Row
from bot.store.packing import unpack_ranges

STYLE = """
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1b1f; --faint: #5c5c66; --line: #d5d5dc;
  --text: #1b1b1f; --fields: #0b5c8a; --notes: #6b3fa0; --furniture: #8a5a00; --markup: #767680; --left: #b3261e;
  --fields-bg: #e3f1fa; --notes-bg: #f0e8fa; --furniture-bg: #fbf0d9; --left-bg: #fbe4e2; }
@media (prefers-color-scheme: dark) { :root { --ground: #16161a; --ink: #e6e6ea; --faint: #a2a2ae; --line: #3a3a44;
  --text: #e6e6ea; --fields: #8fcdf2; --notes: #cdb2f2; --furniture: #efc878; --markup: #8c8c98; --left: #ff9d94;
  --fields-bg: #10303f; --notes-bg: #2c2140; --furniture-bg: #3a2d10; --left-bg: #47201d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 100rem; padding: 1.5rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 0; display: inline; }
p.legend span { display: inline-block; margin: 0 .75rem .25rem 0; padding: 0 .35rem; border-radius: .25rem; }
details { border-top: 1px solid var(--line); padding: .75rem 0; } summary { cursor: pointer; overflow-wrap: anywhere; }
.notice { display: inline-block; margin-left: .5rem; padding: 0 .4rem; border: 1px solid var(--line);
  border-radius: .25rem; font-size: .85rem; }
summary .path { color: var(--faint); }
table { border-collapse: collapse; margin: .75rem 0; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem .25rem 0; text-align: left;
  vertical-align: top; } td.value { white-space: pre-wrap; overflow-wrap: anywhere; width: 70%; }
td.number, th:nth-child(n + 3) { text-align: right; } td.number { font-variant-numeric: tabular-nums; }
.beside { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem; }
@media (max-width: 60rem) { .beside { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 40rem) { tr { display: grid; grid-template-columns: minmax(0, 1fr) auto 3.5rem; }
  td, th { border: 0; padding-bottom: 0; } tr { border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
  td:first-child { color: var(--faint); } td.value { grid-row: 2; grid-column: 1 / -1; width: auto; }
  th:nth-child(2) { display: none; } }
h3 { font-size: .85rem; color: var(--faint); font-weight: 600; margin: .5rem 0; overflow-wrap: anywhere; }
pre { font: .85rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0;
  max-height: 40rem; overflow: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .5rem; }
.text { color: var(--text); } .fields { color: var(--fields); background: var(--fields-bg); }
.notes { color: var(--notes); background: var(--notes-bg); }
.furniture { color: var(--furniture); background: var(--furniture-bg); }
.markup { color: var(--markup); } .blank { color: var(--faint); }
.unclassified { color: var(--left); background: var(--left-bg); text-decoration: underline wavy; }
.warning { color: var(--left); }
"""
MEANINGS = {
    Kind.TEXT: "text of the story",
    Kind.FIELDS: "fields of the header",
    Kind.NOTES: "notes of the author",
    Kind.FURNITURE: "furniture: removed",
    Kind.MARKUP: "markup and encoding",
    Kind.BLANK: "blank",
    Kind.UNCLASSIFIED: "left over: nobody knows what it is",
}


async def write(file: IO[str], told: AsyncIterable[Row], outcome: Outcome, stage: Stage, *, dry_run: bool) -> None:
    """The whole report, story by story; nothing of it is kept in memory."""
    file.writelines(_head(outcome, dry_run=dry_run))
    async for row in told:
        file.writelines(_refused(row) if row["error"] is not None else _story(row, stage))
    for row in outcome.documents:
        file.writelines(_document(row, stage))
    file.write("</main>\n</html>\n")


def _head(outcome: Outcome, *, dry_run: bool) -> Iterator[str]:
    digest = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>Report of an import</title>\n<style>{STYLE}</style>\n<main>\n<h1>Report of an import</h1>\n"
    yield f"<p>{shown(totals(outcome, dry_run=dry_run))}</p>\n"
    yield '<p class="legend">In the originals: '
    yield " ".join(f'<span class="{kind}">{meaning}</span>' for kind, meaning in MEANINGS.items())
    yield "</p>\n"


def _refused(row: Row) -> Iterator[str]:
    yield f'<details><summary><h2 class="warning">{shown(row["error"])}</h2></summary></details>\n'


def _story(row: Row, stage: Stage) -> Iterator[str]:
    yield f"<details><summary><h2>{shown(row['title'])}</h2> by {shown(row['author'])}"
    yield f' <span class="path">{shown(row["path"])}</span>{_noticed(_at_a_glance(row))}</summary>\n'
    yield "<table><tr><th>Field<th>Value<th>Line<th>Sure</tr>\n"
    for name, value in shown_fields(row):
        yield _field(name, value, row["fields"].get(name, {}))
    for name, value in shown_findings(row):
        yield _field(name, value, {})
    yield '</table>\n<div class="beside">\n<div>\n'
    for number in dict.fromkeys(document for document, _ in row["pieces"]):
        yield from _original(number, stage)
    yield "</div>\n<div>\n"
    yield from _result(row, stage)
    yield "</div>\n</div>\n</details>\n"


def _at_a_glance(row: Row) -> Iterator[str]:
    """What is worth a look, before anybody opens the story."""
    if row["state"] != "published":
        yield row["state"]
    if row["missing_parts"]:
        yield f"missing: {', '.join(row['missing_parts'])}"
    if row["duplicates"]:
        yield _counted(len(row["duplicates"]), "other copy", "other copies")
    yield from _doubts(row)


def _doubts(row: Row) -> Iterator[str]:
    if row.get("warnings"):
        yield _counted(len(row["warnings"]), "warning", "warnings")
    if left := row["accounting"]["unclassified"]:
        yield _counted(left, "byte left over", "bytes left over")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _noticed(found: Iterable[str]) -> str:
    return "".join(f' <span class="notice">{shown(each)}</span>' for each in found)


def _field(name: str, value: str, found: Row) -> str:
    place = f' <span class="path">{shown(found["path"])}</span>' if "path" in found else ""
    sure = f"{found['confidence']:.0%}" if found else ""
    return (
        f'<tr><td>{shown(name)}<td class="value">{shown(value)}{place}'
        f'<td class="number">{found.get("line", "")}<td class="number">{sure}</tr>\n'
    )


def _original(number: int, stage: Stage) -> Iterator[str]:
    """A document as it came, each kind of byte in its colour."""
    prepared = stage.prepared(number)
    yield f"<h3>{shown(prepared.path)}, as it came</h3>\n<pre>"
    yield from coloured(stage.content(number), prepared.ranges)
    yield "</pre>\n"


def coloured(content: bytes, ranges: bytes) -> Iterator[str]:
    for start, end, kind in unpack_ranges(ranges):
        yield f'<span class="{kind}">{shown(readable(content[start:end]))}</span>'


def readable(data: bytes) -> str:
    """Bytes for the eye, whatever their encoding; the reader of the story takes more care."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "backslashreplace")


def _result(row: Row, stage: Stage) -> Iterator[str]:
    pieces: list[tuple[int, int]] = row["pieces"]
    texts = [text for document, story in pieces for text in stage.prepared(document).texts[story]]
    for part, text in zip(row["parts"], texts, strict=True):
        yield f"<h3>{shown(part['title']) or 'Text'}, as it is stored</h3>\n<pre>{shown(text.markup)}</pre>\n"


def _document(row: Row, stage: Stage) -> Iterator[str]:
    yield f'<details><summary><h2>{shown(row["kind"])}</h2> <span class="path">{shown(row["path"])}</span>'
    yield f"{_noticed(_doubts(row))}</summary>\n"
    for warning in row.get("warnings", ()):
        yield f'<p class="warning">{shown(warning)}</p>\n'
    if "pieces" in row:
        yield from _original(row["pieces"][0][0], stage)
    else:
        yield f"<p>{shown(row['reason'])}</p>\n"
    yield "</details>\n"


def shown(text: str) -> str:
    """Text that is seen and never obeyed: escaped, and with control characters spelt out."""
    return escape("".join(c if c.isprintable() or c == "\n" else _spelt(c) for c in text.replace("\r\n", "\n")))


def _spelt(character: str) -> str:
    return {"\t": "    ", "\r": "\n", "\xa0": " "}.get(character) or character.encode("unicode_escape").decode()
