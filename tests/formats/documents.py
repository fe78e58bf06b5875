"""This room holds what every reader of documents must keep to, and shorthands to look at lines."""

from collections.abc import Iterable

from bot.domain.documents import Line, Role, Source
from bot.domain.models import Style


def check(data: bytes, source: Source) -> None:
    """Lines tile the document; what is markup lies inside its line; runs and links lie inside its text."""
    assert b"".join(data[line.start : line.end] for line in source.lines) == data
    assert all(one.end == other.start for one, other in zip(source.lines, source.lines[1:], strict=False))
    for line in source.lines:
        _check_line(line)


def _check_line(line: Line) -> None:
    assert not {"\n", "\r"} & set(line.text)
    place = line.start
    for extent in line.markup:
        assert place <= extent.start < extent.end <= line.end, line
        place = extent.end
    end = 0
    for run in line.runs:
        assert end <= run.start < run.end <= len(line.text), line
        end = run.end
    assert all(0 <= link.start <= link.end <= len(line.text) for link in line.links)


def letters(source: Source) -> list[str]:
    """The lines with letters."""
    return [line.text for line in source.lines if line.text]


def gaps(source: Source) -> list[str]:
    """The lines with letters; a blank line as "", several as their number."""
    told: list[str] = []
    blanks = 0
    for line in source.lines:
        if line.text:
            told += [""] if blanks == 1 and told else [str(blanks)] if blanks and told else []
            told.append(line.text)
            blanks = 0
        else:
            blanks += 1
    return told


def roles(source: Source) -> list[tuple[Role, str]]:
    return [(line.role, line.text) for line in source.lines if line.text]


def emphasis(lines: Iterable[Line]) -> list[tuple[str, Style]]:
    return [(line.text[start:end], style) for line in lines for start, end, style in line.runs]


def worth(source: Source) -> int:
    """Bytes that are no markup."""
    return sum(line.end - line.start - sum(end - start for start, end in line.markup) for line in source.lines)
