"""This room cuts a story into the pages that a reader turns, and finds a place again."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain.models import Block, Page, Paragraph, Part
from bot.formats import markdown
from bot.formats.prose import digest

PAGE_LIMIT = 4000  # of the 4,096 units an embed's description may have (Discord: Embed Limits)
LEAST_LIMIT = 40  # below it a scene break and an emphasised word have no room
GAP = "\n\n"
SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]*_]*+\s++|\n\s*+""")
WHITE = re.compile(r"\s")


class Cloth(NamedTuple):
    """One long paragraph, ready to be cut: its Markdown, and the same with no white space inside emphasis."""

    text: str
    mask: str
    kept: list[tuple[int, int]]  # start and end of each emphasis, in order


class _Desk:
    """The page being filled."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.pages: list[Page] = []
        self.pieces: list[str] = []
        self.size = 0
        self.place = (0, 0, 0, "")
        self.origin = (-1, -1)

    @property
    def room(self) -> int:
        return self.limit - self.size - len(GAP) if self.pieces else self.limit

    def add(self, piece: str, part: int, index: int, block: Block, within: int = 0) -> None:
        if not self.pieces:
            anchor = self.place[-1] if self.origin == (part, index) else digest(block)
            self.place, self.origin = (part, index, within, anchor), (part, index)
        size = markdown.units(piece)
        self.size = self.limit - self.room + size
        self.pieces.append(piece)

    def turn(self) -> None:
        if self.pieces:
            self.pages.append(Page(*self.place, GAP.join(self.pieces)))
            self.pieces, self.size = [], 0


def cut(parts: Sequence[Part], limit: int = PAGE_LIMIT) -> list[Page]:
    """Pages of at most `limit` UTF-16 units of Markdown as sent; each part with any text begins one.

    A paragraph goes to the next page whole where it fits there; a longer one is cut after a sentence, else after
    a word, else (an endless word) anywhere. Emphasis is cut only where it alone is longer than a page.
    """
    if limit < LEAST_LIMIT:
        raise ValueError(f"A page of {limit} units is too small; give it {LEAST_LIMIT} or more.")
    desk = _Desk(limit)
    for number, part in enumerate(parts):
        for index, block in enumerate(part.blocks):
            _lay(desk, number, index, block)
        desk.turn()
    return desk.pages


def _lay(desk: _Desk, part: int, index: int, block: Block) -> None:
    text = markdown.render_block(block)
    size = markdown.units(text)
    if size > desk.limit and isinstance(block, Paragraph):
        _lay_long(desk, part, index, block)
        return
    if size > desk.room:
        desk.turn()
    desk.add(text, part, index, block)


def _lay_long(desk: _Desk, part: int, index: int, block: Paragraph) -> None:
    cloth = _cloth(block, desk.limit - 1)
    if desk.room < desk.limit // 2:
        desk.turn()
    place = 0
    while place < len(cloth.text):
        end = _end(cloth, place, desk.room - 1, fresh=not desk.pieces)
        if piece := cloth.text[place:end].strip():
            # what stood within a line now begins one, which may take one more backslash
            piece = markdown.escape_start(piece) if place else piece
            desk.add(piece, part, index, block, place)
        place = end
        if place < len(cloth.text):
            desk.turn()


def _end(cloth: Cloth, place: int, room: int, *, fresh: bool) -> int:
    """Where the piece that begins at `place` ends; `place` itself where it is better begun on a fresh page."""
    end = place + markdown.within(cloth.text[place : place + room], room)
    if end == len(cloth.text):
        return end
    window = cloth.mask[place : end + 1]
    last = _sentence_end(window) or _word_end(window)
    if last:
        return place + last
    return _inside_a_word(cloth, place, end) if fresh else place


def _sentence_end(window: str) -> int:
    """The end of the last sentence or line in `window`; 0 where there is none, or nothing but white space before it."""
    last = max((match.end() for match in SENTENCE_END.finditer(window)), default=0)
    return 0 if window[:last].isspace() else last


def _word_end(window: str) -> int:
    if window[-1].isspace():
        return 0 if window.isspace() else len(window)
    *ahead, word = window.rsplit(maxsplit=1)
    return len(window) - len(word) if ahead else 0


def _inside_a_word(cloth: Cloth, place: int, end: int) -> int:
    nearest = bisect_right(cloth.kept, (end,)) - 1
    if nearest >= 0:
        start, stop = cloth.kept[nearest]
        if place < start < end < stop:
            return start
    return place + markdown.whole_escapes(cloth.text[place:end])


def _cloth(block: Paragraph, limit: int) -> Cloth:
    texts: list[str] = []
    masks: list[str] = []
    kept: list[tuple[int, int]] = []
    place = 0
    for text, mark in _runs(block, limit):
        texts.append(text)
        masks.append(WHITE.sub("x", text) if mark else text)
        if mark:
            kept.append((place, place + len(text)))
        place += len(text)
    return Cloth("".join(texts), "".join(masks), kept)


def _runs(block: Paragraph, limit: int) -> Iterator[tuple[str, str]]:
    for text, mark in markdown.runs(block):
        if mark and markdown.units(text) > limit:
            yield from _shreds(text[len(mark) : -len(mark)], mark, limit)
        else:
            yield text, mark


def _shreds(text: str, mark: str, limit: int) -> Iterator[tuple[str, str]]:
    """An emphasis longer than a page, as several that are not."""
    cloth = Cloth(text, text, [])
    place = 0
    while place < len(text):
        end = _end(cloth, place, limit - 2 * len(mark), fresh=True)
        piece = text[place:end]
        yield mark + piece.strip() + mark, mark
        yield piece[len(piece.rstrip()) :], ""
        place = end


def locate(parts: Sequence[Part], part: int, paragraph: int, anchor: str) -> tuple[int, int]:
    """The part and block of a place in a text edited since: the same block nearest by, or the old position."""
    if not parts:
        return 0, 0
    part = min(part, len(parts) - 1)
    places = [(number, index) for number, each in enumerate(parts) for index in range(len(each.blocks))]
    here = bisect_left(places, (part, paragraph))
    for number, index in _outward(places, here):
        if digest(parts[number].blocks[index]) == anchor:
            return number, index
    return part, max(0, min(paragraph, len(parts[part].blocks) - 1))


def _outward(places: Sequence[tuple[int, int]], here: int) -> Iterator[tuple[int, int]]:
    for distance in range(len(places) + 1):
        yield from places[here + distance : here + distance + 1]
        if distance and here >= distance:
            yield from places[here - distance : here - distance + 1]
