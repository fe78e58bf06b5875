"""This room states what holds for any document, whatever its bytes."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from bot.domain.documents import DocumentKind, Extent, Format, Line, Range, Reading, Source
from bot.domain.errors import Unreadable
from bot.domain.models import Paragraph
from bot.formats import containers, manuscript, source
from bot.formats.containers import Aside

READERS: dict[str, Format | None] = {"any": None, **{each.value: each for each in Format}}
# U+FFFD as it stands in UTF-8 and UTF-16: only where a document itself has it may a line have it.
REPLACEMENTS = ("\ufffd".encode(), "\ufffd".encode("utf-16-le"), "\ufffd".encode("utf-16-be"))
CONTAINERS = ("zip", "epub", "mbox")


def read(data: bytes, form: Format | None = None, name: str = "lamp.txt") -> Reading | None:
    """The document as read, with every law seen to hold; None where it is refused in a sentence."""
    try:
        found = source.read(data, form)
        check_source(data, found)
        reading = manuscript.read(found, name=name)
    except Unreadable as refusal:
        _check_clause(refusal)
        return None
    check_reading(data, reading)
    return reading


def check_source(data: bytes, found: Source) -> None:
    edges = [(line.start, line.end) for line in found.lines]
    assert _tile(edges, len(data)), "the lines do not tile the document"
    for line in found.lines:
        _check_line(line)
    if not any(replacement in data for replacement in REPLACEMENTS):
        assert not any("\ufffd" in line.text for line in found.lines), "a replacement character was made up"


def _tile(edges: Sequence[tuple[int, int]], size: int) -> bool:
    joined = all(end == start for (_, end), (start, _) in pairwise(edges))
    return joined and (edges[0][0], edges[-1][1]) == (0, size) if edges else size == 0


def _check_line(line: Line) -> None:
    assert line.start <= line.end
    assert all(0 <= run.start < run.end <= len(line.text) for run in line.runs), "a run leaves its line"
    assert all(0 <= link.start <= link.end <= len(line.text) for link in line.links), "a link leaves its line"
    assert _apart(line.markup, line.start, line.end), "markup leaves its line, or overlaps"


def _apart(extents: Iterable[Extent], start: int, end: int) -> bool:
    edges = [start, *(edge for extent in extents for edge in extent), end]
    return all(one <= other for one, other in pairwise(edges))


def check_reading(data: bytes, reading: Reading) -> None:
    check_ranges(reading.ranges, len(data))
    story = reading.kind is DocumentKind.STORY
    assert story or not any(told.parts for told in reading.manuscripts), "structure became a story"
    assert all(_sayable(text) for told in reading.manuscripts for text in (told.title, told.description, *told.authors))
    blocks = [block for told in reading.manuscripts for part in told.parts for block in part.blocks]
    assert all(any(span.text for span in each.spans) for each in blocks if isinstance(each, Paragraph)), (
        "an empty paragraph"
    )


def check_ranges(ranges: Sequence[Range], size: int) -> None:
    assert _tile([(each.start, each.end) for each in ranges], size), "the ranges do not tile the document"
    assert all(each.start < each.end for each in ranges), "an empty range"
    assert all(one.kind is not other.kind for one, other in pairwise(ranges)), "two ranges where one would do"


def _sayable(text: str) -> bool:
    """Whether it can be stored as UTF-8 and stands on one line."""
    return not set(text) & {"\n", "\r", "\0"} and text.encode("utf-8", "replace").decode("utf-8") == text


def open_box(data: bytes) -> int:
    """How many members a container has that are documents; each of them is read."""
    members = 0
    try:
        for member in containers.members("box", data):
            if isinstance(member, Aside):
                assert member.reason
                continue
            members += 1
            read(member.data, name=member.path)
    except Unreadable as refusal:
        _check_clause(refusal)
    return members


def _check_clause(refusal: Unreadable) -> None:
    assert str(refusal), "refused without a reason"


def attack(reader: str) -> Callable[[bytes], object]:
    """What one input is put through."""
    if reader in CONTAINERS:
        return open_box
    form = READERS[reader]
    return lambda data: read(data, form)
