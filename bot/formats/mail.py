"""This room reads mail and Usenet messages: their headers, the one part with the text, quotation and signature."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.documents import Extent, Format, Line, RawField, Role, Source
from bot.domain.errors import Unreadable
from bot.formats import html, mail_parts, plain, sniff, transfer
from bot.formats.decoding import uncontrolled
from bot.formats.mail_parts import Part

LONGEST_SIGNATURE = 15  # lines
SEPARATOR = re.compile(r"--\s?")
ESCAPED = re.compile(r">From ")


def read(data: bytes) -> Source:
    """The text part wins over HTML; other parts are markup, each told in a warning."""
    start = len(data) - len(data.lstrip(b"\r\n"))
    body = mail_parts.body_of(data, start, len(data))
    found = list(mail_parts.parts(data, start, len(data)))
    chosen = _chosen(data, found)
    lines = _header_lines(data, body)
    repairs: list[str] = []
    for part in found:
        source = _source(data, part) if part is chosen else None
        if source is None:
            lines += _skipped(part, len(lines) and lines[-1].end)
        else:
            lines += _part_lines(part, source, len(lines) and lines[-1].end)
            repairs += source.repairs
    fields = [RawField(each.name, _on_one_line(each.value), each.line) for each in mail_parts.headers(data[:body])]
    return Source(
        format=Format.MAIL,
        lines=tuple(_signed(lines)),
        repairs=tuple(repairs),
        fields=tuple(fields),
        warnings=tuple(_warnings(found, chosen)),
        origin=data,
    )


def _on_one_line(value: str) -> str:
    """An encoded word may hold line ends, and a broken header any control code."""
    return " ".join(uncontrolled(value).split())


def _chosen(data: bytes, found: Sequence[Part]) -> Part | None:
    """The part that is read: the first plain text with a letter in it, else the first HTML, else the first text."""
    for kind in ("text/plain", "text/html", "text/"):
        for part in found:
            if part.kind.startswith(kind) and not part.name and data[part.body : part.end].strip():
                return part
    return next((part for part in found if part.body < part.end), None)


def _header_lines(data: bytes, body: int) -> list[Line]:
    head = plain.read(data[:body]) if body else None
    return [line._replace(role=Role.MAIL) if line.text else line for line in head.lines] if head else []


def _source(data: bytes, part: Part) -> Source | None:
    """The part's own lines, by the bytes of the document."""
    raw = data[part.body : part.end]
    sent = transfer.decoded(raw, part.body, part.encoding)
    inner = sent.data if sent else raw
    if not inner:
        return None
    try:
        sniff.refuse(inner)
    except Unreadable:
        return None
    source = html.read(inner) if part.kind == "text/html" or _is_page(inner) else plain.read(inner)
    lines = sent.lines(source.lines, part.body) if sent else _moved(source.lines, part.body)
    return replace(source, lines=tuple(map(_quoted, lines)))


def _is_page(data: bytes) -> bool:
    return sniff.format_of(b"\n" + data) is Format.HTML


def _moved(lines: Iterable[Line], by: int) -> list[Line]:
    return [
        line._replace(
            start=line.start + by,
            end=line.end + by,
            markup=tuple(Extent(each.start + by, each.end + by) for each in line.markup),
        )
        for line in lines
    ]


def _quoted(line: Line) -> Line:
    if not line.text.startswith(">"):
        return line
    if ESCAPED.match(line.text):
        return line._replace(text=line.text[1:], markup=(Extent(line.start, line.start + 1), *line.markup))
    return line._replace(role=Role.QUOTE)


def _part_lines(part: Part, source: Source, place: int) -> list[Line]:
    """The lines of the part that is read, ahead of them its own headers, and the rest of it if any."""
    head = [_blank(place, part.body)] if place < part.body else []
    end = source.lines[-1].end
    return [*head, *source.lines, *([_blank(end, part.end)] if end < part.end else [])]


def _skipped(part: Part, place: int) -> list[Line]:
    return [_blank(place, part.end)] if place < part.end else []


def _blank(start: int, end: int) -> Line:
    return Line("", start, end, markup=(Extent(start, end),))


def _signed(lines: list[Line]) -> list[Line]:
    """With the signature as what it is: what stands under the last "-- ", if that is short."""
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.role is Role.PLAIN and SEPARATOR.fullmatch(line.text):
            if sum(bool(each.text.strip()) for each in lines[index + 1 :]) <= LONGEST_SIGNATURE:
                lines[index:] = [each._replace(role=Role.MAIL) if each.text else each for each in lines[index:]]
            break
    return lines


def _warnings(found: Sequence[Part], chosen: Part | None) -> list[str]:
    told: list[str] = []
    for part in found:
        if part is chosen or part.body == part.end:
            continue
        what = f"“{part.name}” ({part.kind})" if part.name else f"A part that is {part.kind}"
        told.append(f"{what}, of {part.end - part.body} bytes, was left aside.")
    return told
