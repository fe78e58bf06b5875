"""This room reads Markdown: its marks become roles, runs and links, and what they take is markup."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.documents import Extent, Format, Hyperlink, Line, RawField, Role, Run, Source
from bot.domain.models import Style
from bot.formats import plain
from bot.formats.rules import is_rule

HEADING = re.compile(r"(#{1,6})[ \t]{1,9}(?=\S)")
CLOSING = re.compile(r"[ \t]{1,9}#{1,9}[ \t]{0,9}$")
UNDERLINE = re.compile(r" {0,3}(?:={2,200}|-{2,200})[ \t]{0,9}")
OWN_LINE = re.compile(r"[ \t]{0,9}(?:[-+*][ \t]|\d{1,9}[.)][ \t]|>|\||    |\t|```|~~~)")
QUOTE = re.compile(r" {0,3}>[ \t]?")
FIELD = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]{0,9}(.*)")
ITEM = re.compile(r"[ \t]{0,9}-[ \t]{1,9}(.+)")
INLINE = re.compile(
    r"""\\(?:(?P<escape>[!-/:-@\[-`{-~])|\Z)
    | !?\[(?P<label>[^\[\]]{0,300})\]\((?P<target>[^()\s]{1,1000})(?:[ ]"[^"]{0,200}")?\)
    | <(?P<auto>https?://[^<>\s]{1,500})>
    | (?P<bold>\*\*(?=[^\s*])(?P<strong>[^*]{1,5000})(?<=[^\s*])\*\*(?!\*)
      | __(?<![\w_]__)(?=[^\s_])(?P<under>[^_]{1,5000})(?<=[^\s_])__(?![\w_]))
    | (?P<italic>\*(?<!\*\*)(?=[^\s*])(?P<star>[^*]{1,5000})(?<=[^\s*])\*(?!\*)
      | _(?<![\w_]_)(?=[^\s_])(?P<line>[^_]{1,5000})(?<=[^\s_])_(?![\w_]))""",
    re.VERBOSE,
)
INNER = ("escape", "label", "auto", "strong", "under", "star", "line")


def read(data: bytes) -> Source:
    """Lines of a paragraph are one Line, except where two blanks or a backslash break it."""
    source = plain.read(data)
    first, fields = _front_matter(source.lines)
    lines = [_front_line(line) for line in source.lines[:first]]
    lines += _body(source.lines[first:])
    return Source(format=Format.MARKDOWN, lines=tuple(lines), repairs=source.repairs, fields=tuple(fields), origin=data)


def _front_matter(lines: Sequence[Line]) -> tuple[int, list[RawField]]:
    """The number of lines it takes, and what it says; a list's items are fields of one label."""
    if not lines or lines[0].text.rstrip() != "---":
        return 0, []
    fields: list[RawField] = []
    label = ""
    for index, line in enumerate(lines[1:], 1):
        if line.text.rstrip() in ("---", "..."):
            return index + 1, fields
        if match := FIELD.match(line.text):
            label = match[1]
            fields += [RawField(label, value, index + 1) for value in _values(match[2])]
        elif (match := ITEM.match(line.text)) and label:
            fields += [RawField(label, value, index + 1) for value in _values(match[1])]
    return 0, []


def _values(text: str) -> list[str]:
    """One value, or those of a list in brackets; quotation marks off."""
    text = text.strip()
    items = text[1:-1].split(",") if text.startswith("[") and text.endswith("]") else [text]
    bare = (item.strip().strip("\"'") for item in items)
    return [item for item in bare if item and item not in ("|", ">")]


def _front_line(line: Line) -> Line:
    """Front matter holds fields; its fences are markup."""
    if line.text.rstrip() in ("---", "..."):
        return line._replace(text="", markup=(Extent(line.start, line.end),))
    return line._replace(role=Role.CELL)


def _body(lines: Sequence[Line]) -> Iterator[Line]:
    index = 0
    while index < len(lines):
        line = lines[index]
        below = lines[index + 1].text if index + 1 < len(lines) else ""
        if HEADING.match(line.text):
            yield _heading(line)
        elif _is_underlined(line.text, below):
            yield _underlined(line, lines[index + 1])
            index += 1
        else:
            size = _paragraph_size(lines, index)
            yield _read(_joined(lines[index : index + size]))
            index += size - 1
        index += 1


def _is_underlined(text: str, below: str) -> bool:
    return bool(text.strip()) and not is_rule(text) and len(text) <= 200 and UNDERLINE.fullmatch(below) is not None


def _heading(line: Line) -> Line:
    match = HEADING.match(line.text)
    closing = CLOSING.search(line.text)
    begin, end = match.end() if match else 0, closing.start() if closing else len(line.text)
    size = len(line.text[:begin].encode())
    bare = line._replace(
        text=line.text[begin:end],
        role=Role.HEADING,
        level=len(match[1]) if match else 1,
        markup=(Extent(line.start, line.start + size),),
    )
    return _read(bare, ahead=size)


def _underlined(line: Line, below: Line) -> Line:
    level = 1 if "=" in below.text else 2
    read = _read(line)
    costs = (*read.markup, Extent(below.start, below.end))
    return read._replace(role=Role.HEADING, level=level, end=below.end, markup=costs)


def _paragraph_size(lines: Sequence[Line], start: int) -> int:
    """How many lines flow together from line `start` on; one where it stands alone."""
    index = start
    while index + 1 < len(lines) and _flows(lines[index].text, lines[index + 1].text):
        index += 1
    return index + 1 - start


def _flows(text: str, below: str) -> bool:
    if not text.strip() or not below.strip() or text.endswith(("  ", "\\")):
        return False
    return not any(OWN_LINE.match(each) or HEADING.match(each) or is_rule(each) for each in (text, below))


def _joined(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    return lines[0]._replace(text=" ".join(line.text.strip() for line in lines), end=lines[-1].end)


def _read(line: Line, ahead: int = 0) -> Line:
    """A line with its marks read; `ahead` bytes of it are not in its text."""
    role = line.role
    text = line.text
    if role is Role.PLAIN and QUOTE.match(text):
        return line._replace(role=Role.QUOTE)
    if INLINE.search(text) is None:
        return line
    marks = _Marks(text, line.start + ahead)
    marks.read()
    return line._replace(
        text="".join(marks.pieces),
        runs=tuple(marks.runs),
        links=tuple(marks.links),
        markup=(*line.markup, *_within(marks.costs, line)),
    )


def _within(costs: Sequence[Extent], line: Line) -> Iterator[Extent]:
    """The same inside the line: bytes that are no UTF-8, or CRLF within a paragraph, push them on."""
    place = line.markup[-1].end if line.markup else line.start
    for each in costs:
        start = max(min(each.start, line.end), place)
        place = max(min(each.end, line.end), start)
        if start < place:
            yield Extent(start, place)


class _Marks:
    """Reads the marks within a line, whose text stands at byte `start`."""

    def __init__(self, text: str, start: int) -> None:
        self.pieces: list[str] = []
        self.runs: list[Run] = []
        self.links: list[Hyperlink] = []
        self.costs: list[Extent] = []
        self._text = text
        self._start = start
        self._size = 0

    def read(self) -> None:
        place = 0
        for match in INLINE.finditer(self._text):
            self._add(self._text[place : match.start()])
            self._mark(match)
            place = match.end()
        self._add(self._text[place:])

    def _mark(self, match: re.Match[str]) -> None:
        begin = self._size
        inner = next((name for name in INNER if match[name]), "")
        self._skip(match.start(), match.start(inner) if inner else match.end())
        self._add(match[inner] if inner else "")
        self._skip(match.end(inner) if inner else match.end(), match.end())
        if match["target"] or match["auto"]:
            self.links.append(Hyperlink(begin, self._size, match["target"] or match["auto"]))
        elif self._size > begin:
            style = Style.BOLD if match["bold"] else Style.ITALIC if match["italic"] else Style.PLAIN
            self.runs.append(Run(begin, self._size, style))

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self._size += len(text)
        self._start += len(text.encode())

    def _skip(self, begin: int, end: int) -> None:
        size = len(self._text[begin:end].encode())
        if size:
            self.costs.append(Extent(self._start, self._start + size))
        self._start += size
