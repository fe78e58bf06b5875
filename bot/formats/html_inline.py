"""This room reads what stands within a paragraph of a web page: letters, entities, emphasis, links, pictures."""

import re
from typing import NamedTuple

from bot.domain.documents import Extent, Hyperlink, Run
from bot.domain.models import Style
from bot.formats import entities
from bot.formats.decoding import Decoder, is_doubled
from bot.formats.html_dead import ABSENT, UNSOUGHT, Living
from bot.formats.html_tags import INLINE, REST, attributes
from bot.formats.making import make

TOKEN = re.compile(
    rb"<(?:(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:_-]*+)" + REST + rb"|!++>?)|" + entities.PATTERN, re.VERBOSE
)
ENTITY = re.compile(entities.PATTERN, re.VERBOSE)
ITALIC = frozenset((b"i", b"em", b"cite", b"dfn", b"var", b"address"))
BOLD = frozenset((b"b", b"strong", b"big"))
STYLED = frozenset((b"span", b"font"))
STYLING = ITALIC | BOLD | STYLED | {b"a"}
CONTROLS = frozenset((b"input", b"button", b"select", b"textarea", b"keygen"))
BLANKS = "\n\r\t\v\f"
FOLDING = BLANKS + " "
SPACES = re.compile(" {2,}")
CSS_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
CSS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
AMPERSAND = 0x26
LONGEST_TOKEN = 60  # characters of an unknown tag that is told in a warning


class Row(NamedTuple):
    """A paragraph's line: `blank` where it has a blank that a reader sees, and no letter."""

    text: str
    runs: tuple[Run, ...] = ()
    links: tuple[Hyperlink, ...] = ()
    costs: tuple[Extent, ...] = ()
    is_blank: bool = False
    is_control: bool = False


class Piece(NamedTuple):
    text: str
    style: Style
    link: int  # index of its link, or -1


class Inline:
    """Reads one stretch after another; emphasis that is closed further on goes on across paragraphs."""

    def __init__(self, page: Living, decoder: Decoder) -> None:
        self.decoder = decoder
        self.base = Style.PLAIN  # what the paragraph's own tag says
        self.pictures: list[str] = []
        self.odd: list[str] = []  # words in angle brackets that are no tags
        self._page = page
        self._small = page.data.lower()
        self._next: dict[bytes, int] = {}
        self._depths = {Style.ITALIC: 0, Style.BOLD: 0}
        self._styled: list[Style] = []
        self._opened: dict[Style, bytes] = {}
        self._targets: list[str] = []
        self._link = -1
        self._goes_on = False  # whether emphasis or a link was not closed yet

    def is_quiet(self, raw: bytes) -> bool:
        """Whether there is nothing but letters, in no style."""
        return b"<" not in raw and b"&" not in raw and not self._goes_on and self.base is Style.PLAIN

    def read(self, raw: bytes, start: int, *, preformatted: bool = False) -> Row:
        """`raw` stands at byte `start`; blanks fold into one unless they are `preformatted`."""
        if self.is_quiet(raw):
            return _plain_row(self.preformatted(raw, start) if preformatted else self.plain(raw, start))
        if b"<" not in raw and not self._goes_on and self.base is Style.PLAIN:
            return self._spelt(raw, start, preformatted=preformatted)
        return self._stretch(raw, start, preformatted=preformatted)

    def preformatted(self, raw: bytes, start: int) -> str:
        return self.decoder.text(raw, start).rstrip("\r\n")

    def plain(self, raw: bytes, start: int) -> str:
        """Letters with their blanks folded into one."""
        return _single(self.decoder.text(raw, start).strip(FOLDING))

    def _spelt(self, raw: bytes, start: int, *, preformatted: bool) -> Row:
        """Letters and entities alone."""
        texts: list[str] = []
        costs: list[Extent] = []
        place = 0
        for match in ENTITY.finditer(raw):
            if entity := entities.read(match[0]):
                begin, after = match.start(), match.start() + entity.length
                texts += (self.decoder.text(raw[place:begin], start + place), entity.text)
                if entity.content < entity.length:
                    costs.append(make(Extent, (start + begin + entity.content, start + after)))
                place = after
        text = "".join((*texts, self.decoder.text(raw[place:], start + place)))
        if not text.isascii() and is_doubled(text):
            text = self.decoder.repaired(text, start)
        return _row(text.rstrip("\r\n") if preformatted else _single(text.strip(FOLDING)), tuple(costs))

    def _stretch(self, raw: bytes, start: int, *, preformatted: bool) -> Row:
        reader = _Stretch(self, raw, start, preformatted=preformatted)
        row = reader.row()
        self._settle(start + len(raw))
        return row

    def style(self) -> Style:
        if self._depths[Style.BOLD]:
            return Style.BOLD
        return Style.ITALIC if self._depths[Style.ITALIC] else self.base

    def tag(self, name: bytes, tag: bytes, *, closes: bool) -> None:
        if name in ITALIC:
            self._emphasise(Style.ITALIC, name, closes=closes)
        elif name in BOLD:
            self._emphasise(Style.BOLD, name, closes=closes)
        elif name in STYLED:
            self._dress(name, tag, closes=closes)
        elif name == b"a":
            self._anchor(tag, closes=closes)

    @property
    def link(self) -> int:
        return self._link

    def targets(self) -> list[str]:
        return self._targets

    def css(self, tag: bytes) -> Style:
        """What a tag's own style or class says."""
        if b"=" not in tag:
            return Style.PLAIN
        told = attributes(tag)
        css, classes = told.get("style", ""), told.get("class", "").split()
        if CSS_BOLD.search(css) or not self._page.bolds.isdisjoint(classes):
            return Style.BOLD
        if CSS_ITALIC.search(css) or not self._page.italics.isdisjoint(classes):
            return Style.ITALIC
        return Style.PLAIN

    def _emphasise(self, style: Style, name: bytes, *, closes: bool) -> None:
        self._depths[style] = max(0, self._depths[style] - 1) if closes else self._depths[style] + 1
        if not closes:
            self._opened[style] = name

    def _dress(self, name: bytes, tag: bytes, *, closes: bool) -> None:
        if closes:
            style = self._styled.pop() if self._styled else Style.PLAIN
        else:
            style = self.css(tag)
            self._styled.append(style)
        if style is not Style.PLAIN:
            self._emphasise(style, name, closes=closes)

    def _anchor(self, tag: bytes, *, closes: bool) -> None:
        target = "" if closes else attributes(tag).get("href", "")
        self._link = -1
        if target:
            self._link = len(self._targets)
            self._targets.append(target)

    def _settle(self, place: int) -> None:
        """At a paragraph's end: what opens again before it closes was never closed."""
        if self._link >= 0 and not self._closes(b"a", b"<a ", place):
            self._link = -1
        for style, depth in self._depths.items():
            name = self._opened.get(style, b"")
            if depth and not self._closes(name, b"<" + name + (b" " if name in STYLED else b">"), place):
                self._depths[style] = 0
                if name in STYLED:
                    self._styled.clear()
        self._goes_on = self._link >= 0 or any(self._depths.values())

    def _closes(self, name: bytes, opening: bytes, place: int) -> bool:
        closed, opened = self._find(b"</" + name + b">", place), self._find(opening, place)
        return closed >= 0 and (opened < 0 or closed < opened)

    def _find(self, what: bytes, place: int) -> int:
        found = self._next.get(what, UNSOUGHT)
        if found != ABSENT and found < place:
            found = self._next[what] = self._small.find(what, place)
        return found


def _plain_row(text: str) -> Row:
    if text and not text.strip():
        return Row("", is_blank=True)
    return Row(text.replace("\xa0", " ") if text[:1] == "\xa0" else text)


def _row(text: str, costs: tuple[Extent, ...]) -> Row:
    """A hard space ahead of letters indents them; without letters it is a blank that a reader sees."""
    if not text.strip():
        return Row("", costs=costs, is_blank="\xa0" in text)
    if text[0] == "\xa0":
        bare = text.lstrip("\xa0 ")
        text = " " * (len(text) - len(bare)) + bare
    return Row(text, costs=costs)


class _Stretch:
    """One stretch of bytes, piece by piece."""

    def __init__(self, inline: Inline, raw: bytes, start: int, *, preformatted: bool) -> None:
        self._inline = inline
        self._raw = raw
        self._start = start
        self._preformatted = preformatted
        self._pieces: list[Piece] = []
        self._buffer: list[str] = []
        self._costs: list[Extent] = []
        self._is_control = False

    def row(self) -> Row:
        raw, read, costs = self._raw, self._letters, self._costs
        place = 0
        for match in TOKEN.finditer(raw):
            begin, end = match.span()
            if raw[begin] != AMPERSAND:
                if self._is_tag(match):
                    read(place, begin)
                    self._tag_token(match)
                    place = end
            elif entity := entities.read(match[0]):
                read(place, begin)
                place = begin + entity.length
                self._buffer.append(entity.text)
                if entity.content < entity.length:
                    costs.append(make(Extent, (self._start + begin + entity.content, self._start + place)))
        read(place, len(raw))
        self._flush()
        return self._laid()

    def _is_tag(self, match: re.Match[bytes]) -> bool:
        """Whether it is markup: an element, or at least written as one ("<o:p>", "<foo bar=1>"); "<sigh>" is text."""
        name = (match["name"] or b"").lower()
        if not name or name in INLINE or b":" in name or b"=" in match[0]:
            return True
        self._inline.odd.append(match[0][:LONGEST_TOKEN].decode("ascii", "ignore"))
        return False

    def _tag_token(self, match: re.Match[bytes]) -> None:
        begin, end = match.span()
        self._costs.append(Extent(self._start + begin, self._start + end))
        if match["name"]:
            self._tag(match["name"].lower(), match[0], closes=bool(match["close"]))

    def _letters(self, begin: int, end: int) -> None:
        if begin < end:
            self._buffer.append(self._inline.decoder.text(self._raw[begin:end], self._start + begin))

    def _flush(self) -> None:
        """What was read so far is one piece: the style or link changes now."""
        if self._buffer:
            text = "".join(self._buffer)
            if not text.isascii() and is_doubled(text):
                text = self._inline.decoder.repaired(text, self._start)
            self._pieces.append(Piece(text, self._inline.style(), self._inline.link))
            self._buffer = []

    def _tag(self, name: bytes, tag: bytes, *, closes: bool) -> None:
        if name in CONTROLS:
            self._control(name, tag, closes=closes)
        elif name in (b"img", b"image"):
            self._picture(attributes(tag))
        elif name in STYLING:
            self._flush()
            self._inline.tag(name, tag, closes=closes)

    def _control(self, name: bytes, tag: bytes, *, closes: bool) -> None:
        told = attributes(tag) if name == b"input" else {}
        kind = told.get("type", "text").lower()
        if kind == "hidden":
            return
        self._is_control = True
        if not closes and kind in ("submit", "reset", "button"):
            self._buffer.append(f"[{told.get('value', kind.title())}]")

    def _picture(self, told: dict[str, str]) -> None:
        alt = told.get("alt", "")
        if alt and self._inline.link >= 0:
            self._buffer.append(alt)
        else:
            self._inline.pictures.append(alt or told.get("src", ""))

    def _laid(self) -> Row:
        """The pieces in one string, blanks folded, emphasis and links told by its characters."""
        text, places = self._joined()
        row = _row(text, tuple(self._costs))
        if row.text and self._is_marked():
            runs, links = self._marks(text, places)
            row = row._replace(runs=runs, links=links)
        return row._replace(is_control=True) if self._is_control else row

    def _joined(self) -> tuple[str, list[int]]:
        """The text, and where each piece begins in it."""
        if self._preformatted:
            texts = [piece.text for piece in self._pieces]
            if texts:
                texts[-1] = texts[-1].rstrip("\r\n")
        else:
            texts = _folded([piece.text for piece in self._pieces])
        places = [0]
        for text in texts:
            places.append(places[-1] + len(text))
        return "".join(texts), places

    def _is_marked(self) -> bool:
        return len(self._pieces) > 1 or self._pieces[0].style is not Style.PLAIN or self._pieces[0].link >= 0

    def _marks(self, text: str, places: list[int]) -> tuple[tuple[Run, ...], tuple[Hyperlink, ...]]:
        runs: list[Run] = []
        links: list[Hyperlink] = []
        targets = self._inline.targets()
        linked = -1
        for piece, begin, end in zip(self._pieces, places, places[1:], strict=False):
            if piece.style is not Style.PLAIN and begin < end:
                _add_run(runs, begin, end, piece.style)
            if piece.link >= 0:
                if piece.link == linked:
                    links[-1] = links[-1]._replace(end=end)
                else:
                    links.append(Hyperlink(begin, end, targets[piece.link]))
                linked = piece.link
        return tuple(run for run in (_trimmed(run, text) for run in runs) if run.start < run.end), tuple(links)


def _single(text: str) -> str:
    """Each run of blanks as one; a hard space is none."""
    for blank in BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    return SPACES.sub(" ", text) if "  " in text else text


def _folded(texts: list[str]) -> list[str]:
    """Blanks as one, none at either end."""
    if len(texts) == 1:
        return [_single(texts[0]).strip(" ")]
    folded: list[str] = []
    ended = True
    for text in texts:
        single = _single(text)
        single = single[1:] if ended and single[:1] == " " else single
        ended = single.endswith(" ") if single else ended
        folded.append(single)
    for index in range(len(folded) - 1, -1, -1):
        folded[index] = folded[index].rstrip(" ")
        if folded[index]:
            break
    return folded


def _add_run(runs: list[Run], begin: int, end: int, style: Style) -> None:
    if runs and runs[-1].end == begin and runs[-1].style is style:
        runs[-1] = Run(runs[-1].start, end, style)
    else:
        runs.append(Run(begin, end, style))


def _trimmed(run: Run, text: str) -> Run:
    """Without blanks at its ends, which no mark may stand beside."""
    held = text[run.start : run.end]
    return Run(run.start + len(held) - len(held.lstrip()), run.end - len(held) + len(held.rstrip()), run.style)
