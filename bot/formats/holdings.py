"""This room writes down what is kept about somebody: as JSON for programs, as a page for people, both in one file."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape

Row = Mapping[str, str | int | float | bytes | None]
Held = Mapping[str, Sequence[Row]]
"""Rows by the table they stand in."""


def bundle(account: int, held: Held, told: Mapping[str, str], now: float) -> bytes:
    """A zip of `mydata.json` and `mydata.html`; `told` says of a table what it is for."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mydata.json", as_json(account, held, now))
        made.writestr("mydata.html", as_html(account, held, told, now))
    return file.getvalue()


def as_json(account: int, held: Held, now: float) -> str:
    """Times are seconds since 1970 as they are kept; the account is text, since not every reader holds its digits."""
    whole = {"account": str(account), "made": _day(now), "held": {name: list(map(_plain, held[name])) for name in held}}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _plain(row: Row) -> dict[str, str | int | float | None]:
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}


def as_html(account: int, held: Held, told: Mapping[str, str], now: float) -> str:
    sections = "".join(_section(name, rows, told.get(name, "")) for name, rows in held.items() if rows)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>What is kept about you</title>'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        "<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:"
        "collapse}th,td{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top;white-space:"
        "pre-wrap}</style></head><body><main><h1>What is kept about you</h1>"
        f"<p>Account {account}, on {_day(now)}.</p>{sections or '<p>Nothing.</p>'}</main></body></html>"
    )


def _section(name: str, rows: Sequence[Row], what: str) -> str:
    heads = "".join(f'<th scope="col">{escape(column.replace("_", " "))}</th>' for column in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{_cell(*cell)}</td>" for cell in row.items()) + "</tr>" for row in rows)
    said = f"<p>{escape(what)}</p>" if what else ""
    return f"<h2>{escape(name)}</h2>{said}<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _cell(name: str, value: str | float | bytes | None) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and (name.endswith(("_at", "_until")) or name in ("at", "until")):
        return _moment(value)
    return escape(value.hex() if isinstance(value, bytes) else str(value))


def _moment(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (OverflowError, OSError, ValueError):
        return str(seconds)


def _day(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d")
