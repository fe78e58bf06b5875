"""This room reads web pages of any age, and tells for each byte which line of theirs it belongs to."""

import re
from collections import Counter
from itertools import chain

from bot.domain.documents import Format, RawField, Role, Source
from bot.domain.models import Style
from bot.formats import html_dead, html_pictures
from bot.formats.decoding import BYTE_ORDER_MARK, Decoder
from bot.formats.html_download import Download
from bot.formats.html_inline import Inline, Row
from bot.formats.html_lines import Lines
from bot.formats.html_tables import Tables
from bot.formats.html_tags import BLOCK, attributes

HEADINGS = {f"h{level}".encode(): level for level in range(1, 7)}
PARAGRAPHS = frozenset(
    b"p blockquote center dir dl figure fieldset form isindex menu ol table ul pre listing xmp plaintext title".split()
) | frozenset(HEADINGS)
PREFORMATTED = frozenset((b"pre", b"listing", b"xmp", b"plaintext"))
CELLS = frozenset((b"td", b"th", b"tr", b"table", b"caption", b"tbody", b"thead", b"tfoot"))
ADDRESSES = {b"base": "href", b"frame": "src"}
"""Tags of which nothing is kept but the address in this attribute."""
DIVISIONS_OF_TEXT = frozenset((b"p", b"div"))
CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
STRUCTURE = re.compile(rb"<(?:p|br|div|li|td|tr|pre|h[1-6]|hr|blockquote|dd)\b", re.IGNORECASE)
DIVISIONS = re.compile(
    rb"</div[^<>]{0,80}>\s{0,99}<div[^<>]{0,400}>(\s{0,99}(?:&nbsp;|<br[^<>]{0,20}>|\xc2?\xa0){0,3}+\s{0,99}</div)?",
    re.IGNORECASE,
)
PARAGRAPH = re.compile(rb"<p[\s>]", re.IGNORECASE)
UNMARKED = 4_000  # bytes without a tag that parts lines: then the page's own newlines do
NEWLINES = b"\r\n"
MOST_TOLD = 3


def read(data: bytes) -> Source:
    """A page as lines, with blank ones between its paragraphs, as many as a browser's reader would see."""
    page = _Page(data)
    page.walk()
    return page.source()


def is_unmarked(data: bytes) -> bool:
    """Whether the page leaves its lines to their newlines: a plain text with a few tags in it."""
    tags = sum(1 for _ in STRUCTURE.finditer(data))
    return data.count(b"\n") > 4 * tags and len(data) > UNMARKED * tags


class _Page:
    """Walks over the tags that part lines; what stands between two of them is a line of the page."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._living = html_dead.living(data)
        self._decoder = Decoder(data)
        self._inline = Inline(self._living, self._decoder)
        self._lines = Lines()
        self._tables = Tables(self._lines)
        self._download = Download(self._lines)
        self._fields: list[RawField] = []
        self._pre = int(is_unmarked(data))
        self._division = _is_division_paragraph(data)
        self._centres: list[bytes] = []
        self._is_fresh = False  # whether <pre> was right here, behind which a newline is not seen
        self._quotes = self._forms = 0
        self._has_pictures = html_pictures.PICTURE.search(data) is not None
        self._role, self._level = Role.PLAIN, 0

    def walk(self) -> None:
        data, place, lines = self._living.data, 0, self._lines
        if data.startswith(BYTE_ORDER_MARK):
            place = len(BYTE_ORDER_MARK)
            lines.tag(0, place)
        for match in BLOCK.finditer(data, place):
            begin, end = match.span()
            if place < begin:
                self._stretch(data[place:begin], place)
            lines.tag(begin, end)
            self._tag(match[2].lower(), match[0], closes=bool(match[1]))
            place = end
        if place < len(data):
            self._stretch(data[place:], place)
        lines.finish(len(data))
        self._tables.finish()

    def source(self) -> Source:
        repairs = [*self._living.repairs, *self._decoder.repairs()]
        if self._data.startswith(BYTE_ORDER_MARK):
            repairs.insert(0, "A byte-order mark stands at the beginning.")
        fields = (*self._fields, *self._download.fields)
        return Source(
            format=Format.HTML,
            lines=tuple(self._lines.told()),
            repairs=tuple(repairs),
            fields=fields,
            warnings=tuple(self._warnings()),
            origin=self._data,
        )

    def _warnings(self) -> list[str]:
        told: list[str] = []
        if pictures := [each for each in self._inline.pictures if each]:
            told.append(f"{_counted(pictures, 'picture')} left out")
        if odd := self._inline.odd:
            told.append(f"{_counted(odd, 'word')} in angle brackets kept as text")
        return [f"{sentence}." for sentence in told]

    def _stretch(self, raw: bytes, start: int) -> None:
        """What stands between two tags that part lines; the picture of a rule parts them too."""
        if not self._has_pictures:
            self._run(raw, start)
            return
        place = 0
        for begin, end in html_pictures.rules(raw):
            self._run(raw[place:begin], start + place)
            self._lines.tag(start + begin, start + end)
            self._lines.end_block(margin=True)
            self._lines.rule()
            place = end
        self._run(raw[place:], start + place)

    def _run(self, raw: bytes, start: int) -> None:
        if self._pre and not self._level:
            self._preformatted(raw, start)
        elif raw and not raw.isspace():
            if self._role is Role.PLAIN and self._inline.is_quiet(raw) and not self._download.is_framed:
                self._quiet(raw, start)
                return
            row = self._inline.read(raw, start)
            if row.text or row.costs or row.is_blank:
                self._row(row, start, start + len(raw))

    def _quiet(self, raw: bytes, start: int) -> None:
        """Letters alone, as most lines of most pages are."""
        text = self._inline.plain(raw, start)
        if text.isspace() or text[:1] == "\xa0":
            self._row(self._inline.read(raw, start), start, start + len(raw))
        elif text:
            role = Role.QUOTE if self._quotes else Role.PLAIN
            self._lines.add_plain(text, start, start + len(raw), role, centred=bool(self._centres))

    def _row(self, row: Row, start: int, end: int) -> None:
        role = self._role
        if row.is_control and self._forms:
            role = Role.CONTROL
            self._lines.prompt()
        elif role is Role.PLAIN:
            role = self._download.role(row) or self._plain_role(row)
        self._lines.add(row, start, end, role, self._level, centred=bool(self._centres))

    def _plain_role(self, row: Row) -> Role:
        if row.links and _is_all_links(row):
            return Role.LINKS
        return Role.QUOTE if self._quotes else Role.PLAIN

    def _preformatted(self, raw: bytes, start: int) -> None:
        """The last line may go on behind the next tag; the others end with their newlines."""
        inline, lines = self._inline, self._lines
        if self._is_fresh:
            bare = raw.removeprefix(b"\r").removeprefix(b"\n")
            raw, start, self._is_fresh = bare, start + len(raw) - len(bare), False
        for line in raw.splitlines(keepends=True):
            end = start + len(line)
            if line[-1] not in NEWLINES:
                row = inline.read(line, start, preformatted=True)
                lines.add(row, start, end, Role.PREFORMATTED, 0, centred=False)
            elif inline.is_quiet(line):
                lines.add_preformatted_text(inline.preformatted(line, start), start, end)
            else:
                row = inline.read(line, start, preformatted=True)
                role = Role.LINKS if row.links and _is_all_links(row) else Role.PREFORMATTED
                lines.add_preformatted(row, start, end, role)
            start = end

    def _tag(self, name: bytes, tag: bytes, *, closes: bool) -> None:
        lines = self._lines
        if name == b"br":
            lines.break_line()
            return
        lines.end_block(margin=name in PARAGRAPHS or (name == b"div" and self._division))
        if name in DIVISIONS_OF_TEXT:
            self._block(name, tag, closes=closes)
        elif name in HEADINGS:
            self._head(name, tag, closes=closes)
        elif name == b"hr":
            lines.rule()
        elif name in PREFORMATTED:
            self._pre = max(0, self._pre + (-1 if closes else 1))
            self._is_fresh = not closes
        elif name in CELLS:
            self._tables.tag(name, closes=closes)
            self._block(name, tag, closes=closes)
        else:
            self._other(name, tag, closes=closes)

    def _block(self, name: bytes, tag: bytes, *, closes: bool) -> None:
        """A paragraph ends the one before it; what centres it ends with it."""
        if name == b"p" or closes:
            self._inline.base = Style.PLAIN
            while name in self._centres:
                if self._centres.pop() == name:
                    break
        if not closes and b"=" in tag:
            told = attributes(tag)
            if told.get("align", "").lower() in ("center", "middle") or CENTRED.search(told.get("style", "")):
                self._centres.append(name)
            if name == b"p":
                self._inline.base = self._inline.css(tag)
            self._download.open(told)

    def _head(self, name: bytes, tag: bytes, *, closes: bool) -> None:
        self._block(name, tag, closes=closes)
        self._role, self._level = (Role.PLAIN, 0) if closes else (Role.HEADING, HEADINGS[name])

    def _other(self, name: bytes, tag: bytes, *, closes: bool) -> None:
        step = -1 if closes else 1
        if name == b"title":
            self._role = Role.PLAIN if closes else Role.TITLE
        elif name in (b"body", b"head", b"html"):
            self._role, self._level = Role.PLAIN, 0
        elif name == b"center":
            self._centre(closes=closes)
        elif name == b"blockquote":
            self._quotes = max(0, self._quotes + step)
        elif name == b"form":
            self._forms = max(0, self._forms + step)
        elif name in ADDRESSES and (address := attributes(tag).get(ADDRESSES[name])):
            self._fields.append(RawField(name.decode(), address, self._lines.number))
        elif name == b"meta":
            self._meta(attributes(tag))
        elif name in (b"dt", b"dd", b"dl"):
            self._tables.definition(name, closes=closes)
            self._download.definition(name, closes=closes)
        elif name in (b"option", b"textarea", b"optgroup"):
            self._role = Role.PLAIN if closes else Role.CONTROL

    def _centre(self, *, closes: bool) -> None:
        if not closes:
            self._centres.append(b"center")
        elif b"center" in self._centres:
            del self._centres[len(self._centres) - 1 - self._centres[::-1].index(b"center") :]

    def _meta(self, told: dict[str, str]) -> None:
        name = told.get("name", "") or told.get("property", "")
        if name and told.get("content"):
            self._fields.append(RawField(name, told["content"], self._lines.number))


def _is_division_paragraph(data: bytes) -> bool:
    """Whether <div> parts paragraphs: no <p> does, and no empty <div> stands between two that hold lines."""
    found = Counter(bool(match[1]) for match in DIVISIONS.finditer(data))
    paragraphs = sum(1 for _ in PARAGRAPH.finditer(data))
    return found[False] > paragraphs and 4 * found[True] < found[False]


def _is_all_links(row: Row) -> bool:
    """Whether nothing but links and what parts them stands there."""
    place, between = 0, list[str]()
    for link in row.links:
        between.append(row.text[place : link.start])
        place = link.end
    between.append(row.text[place:])
    return not any(map(str.isalnum, chain.from_iterable(between)))


def _counted(found: list[str], noun: str) -> str:
    shown = ", ".join(f"“{each}”" for each in dict.fromkeys(found[:MOST_TOLD]))
    more = " and others" if len(found) > MOST_TOLD else ""
    return f"1 {noun} ({shown}) was" if len(found) == 1 else f"{len(found)} {noun}s ({shown}{more}) were"
