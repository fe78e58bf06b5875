"""This room cuts a story into the pages that a reader turns, and finds a place again."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from bot.domain.models import Block, Page, Paragraph, Part
from bot.formats import markdown
from bot.formats.prose import digest

PAGE_LIMIT = 4000  # of the 4,096 units an embed's description may have (Discord: Embed Limits)
LEAST_LIMIT = 40  # below it a scene break and an emphasised word have no room
GAP = "\n\n"
SPEECH = re.compile(r"“[^“”]{1,2000}”|«[^«»]{1,2000}»|„[^„“”]{1,2000}[“”]")
SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]*_]*+\s++|\n\s*+""")
WIDOW = 8  # a last page of less than an eighth of the one before holds a widow
WHITE = re.compile(r"\s")


class Piece(NamedTuple):
    """One block as it is sent."""

    place: int
    block: Block
    text: str
    size: int  # UTF-16 units


class Cloth(NamedTuple):
    """One long paragraph, ready to be cut: its Markdown, and the same with no white space where it is not to be cut."""

    text: str
    mask: str
    kept: list[tuple[int, int]]  # start and end of each emphasis, in order
    origins: list[tuple[int, int]]  # start of each run, here and in the Markdown of the paragraph whole

    def origin(self, place: int) -> int:
        """Where a place stands in the Markdown of the paragraph whole, which no length of a page changes."""
        here, origin = self.origins[bisect_right(self.origins, (place, len(self.text) * 2)) - 1]
        return origin + place - here


class _Desk:
    """The page being filled."""

    def __init__(self, part: int, limit: int) -> None:
        self.part = part
        self.limit = limit
        self.pages: list[Page] = []
        self.pieces: list[str] = []
        self.size = 0
        self.place = (0, 0, 0, "")
        self.origin = -1

    @property
    def room(self) -> int:
        return self.limit - self.size - len(GAP) if self.pieces else self.limit

    def add(self, text: str, size: int, index: int, block: Block, within: int = 0) -> None:
        if not self.pieces:
            anchor = self.place[-1] if self.origin == index else digest(block)
            self.place, self.origin = (self.part, index, within, anchor), index
        self.size = self.limit - self.room + size
        self.pieces.append(text)

    def turn(self) -> None:
        if self.pieces:
            self.pages.append(Page(*self.place, GAP.join(self.pieces)))
            self.pieces, self.size = [], 0


def cut(parts: Sequence[Part], limit: int = PAGE_LIMIT) -> list[Page]:
    """Pages of at most `limit` UTF-16 units of Markdown as sent; each part with any text begins one.

    A part has no more pages than it needs, and they are of like lengths. A paragraph goes to the next page whole where
    it fits there; a longer one, or one that would leave a line alone on the last page, is cut after a sentence, else
    after a word, else (an endless word) anywhere. Emphasis and speech are cut only where they alone are too long.
    """
    if limit < LEAST_LIMIT:
        raise ValueError(f"A page of {limit} units is too small; give it {LEAST_LIMIT} or more.")
    return [page for number, part in enumerate(parts) for page in _balanced(number, part, limit)]


def _balanced(number: int, part: Part, limit: int) -> list[Page]:
    pieces = [_piece(index, block) for index, block in enumerate(part.blocks)]
    longest = max((piece.size for piece in pieces), default=0)
    pages = (_even if longest <= limit else _even_if_cut)(number, pieces, limit)
    return _without_widow(number, pieces, pages, limit) if _is_widow(pages, limit) else pages


def _even(number: int, pieces: Sequence[Piece], limit: int) -> list[Page]:
    """Pages of like lengths where no paragraph is longer than a page."""
    ends = list(accumulate((piece.size + len(GAP) for piece in pieces), initial=0))
    count = _needed(ends, limit)
    least = _least(pieces, limit, count, lambda size: _needed(ends, size)) if count > 1 else limit
    filled = (pieces[start:end] for start, end in pairwise((0, *_turns(ends, least))))
    return [
        Page(number, first.place, 0, digest(first.block), GAP.join(piece.text for piece in (first, *others)))
        for first, *others in filled
    ]


def _even_if_cut(number: int, pieces: Sequence[Piece], limit: int) -> list[Page]:
    filled = _fill(number, pieces, limit)
    if len(filled) < 2:
        return filled
    sizes = [piece.size for piece in pieces]
    even = _fill(number, pieces, _least(pieces, limit, len(filled), lambda size: _needed_by_long(sizes, size)))
    return even if len(even) == len(filled) else filled


def _piece(index: int, block: Block) -> Piece:
    text = markdown.render_block(block)
    return Piece(index, block, text, markdown.units(text))


def _least(pieces: Iterable[Piece], limit: int, count: int, needed: Callable[[int], int]) -> int:
    """The smallest limit that needs no more pages: they are then as alike in length as paragraphs allow."""
    sizes = [piece.size for piece in pieces]
    longest = max((size for size in sizes if size <= limit), default=0)  # what fits a page is not cut for balance
    least = max(LEAST_LIMIT, sum(sizes) // count, longest)
    return bisect_left(range(limit), 1, lo=min(least, limit), key=lambda size: needed(size) <= count)


def _turns(ends: Sequence[int], limit: int) -> Iterator[int]:
    """How many blocks there are up to the end of each page; `ends` are theirs, each with the gap behind it."""
    place, last = 0, len(ends) - 1
    while place < last:
        place = bisect_right(ends, ends[place] + limit + len(GAP)) - 1
        yield place


def _needed(ends: Sequence[int], limit: int) -> int:
    """How many pages of `limit` blocks fill, none of which is longer."""
    return sum(1 for _ in _turns(ends, limit))


def _needed_by_long(sizes: Sequence[int], limit: int) -> int:
    """How many pages of `limit` blocks of these sizes fill; one that is longer than a page counts by its length."""
    pages, used = 1, 0
    for size in sizes:
        if used and used + len(GAP) + size > limit:
            pages, used = pages + 1, 0
        full, rest = divmod(size, limit) if size > limit else (0, size)
        pages += full
        used += rest + (len(GAP) if used else 0)
    return pages


def _is_widow(pages: Sequence[Page], limit: int) -> bool:
    if len(pages) < 2:
        return False
    last = markdown.units(pages[-1].text)
    return last * WIDOW < limit and last * WIDOW < markdown.units(pages[-2].text)


def _without_widow(number: int, pieces: Sequence[Piece], pages: list[Page], limit: int) -> list[Page]:
    """The same number of pages, with paragraphs cut so that the last one holds more than a line."""
    total = sum(piece.size + len(GAP) for piece in pieces)
    for share in (total // len(pages) * 11 // 10, total // len(pages) * 5 // 4):
        room = max(LEAST_LIMIT, min(limit, share))
        found = _fill(number, pieces, room, whole=room // 3)
        if len(found) == len(pages) and not _is_widow(found, limit):
            return found
    return pages


def _fill(number: int, pieces: Sequence[Piece], limit: int, whole: int = PAGE_LIMIT) -> list[Page]:
    """One page after the other; a paragraph longer than `whole` is cut where the page ends."""
    desk = _Desk(number, limit)
    for piece in pieces:
        _lay(desk, piece, min(whole, limit))
    desk.turn()
    return desk.pages


def _lay(desk: _Desk, piece: Piece, whole: int) -> None:
    if piece.size > desk.room and piece.size > whole and isinstance(piece.block, Paragraph):
        _lay_long(desk, piece.place, piece.block)
        return
    if piece.size > desk.room:
        desk.turn()
    desk.add(piece.text, piece.size, piece.place, piece.block)


def _lay_long(desk: _Desk, index: int, block: Paragraph) -> None:
    cloth = _cloth(block, desk.limit - 1)
    if desk.room < desk.limit // 4:
        desk.turn()
    place = 0
    while place < len(cloth.text):
        end = _end(cloth, place, desk.room - 1, fresh=not desk.pieces)
        raw = cloth.text[place:end]
        if piece := raw.strip():
            # what stood within a line now begins one, which may take one more backslash
            piece = markdown.escape_start(piece) if place else piece
            begun = cloth.origin(end - len(raw.lstrip())) if cloth.text[:place].strip() else 0
            desk.add(piece, markdown.units(piece), index, block, begun)
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
    origins: list[tuple[int, int]] = []
    place = origin = 0
    for text, mark, whole in _runs(block, limit):
        texts.append(text)
        origins.append((place, origin))
        masks.append(WHITE.sub("x", text) if mark else _speech_kept(text, limit // 3))
        if mark:
            kept.append((place, place + len(text)))
        place += len(text)
        origin += whole
    return Cloth("".join(texts), "".join(masks), kept, origins)


def _speech_kept(text: str, limit: int) -> str:
    """A speech stays on one page unless it is long."""
    return SPEECH.sub(lambda match: WHITE.sub("x", match[0]) if len(match[0]) <= limit else match[0], text)


def _runs(block: Paragraph, limit: int) -> Iterator[tuple[str, str, int]]:
    """Each run with its mark, and the characters of the paragraph's own Markdown that it stands for."""
    for text, mark in markdown.runs(block):
        if mark and markdown.units(text) > limit:
            yield from _shreds(text[len(mark) : -len(mark)], mark, limit)
        else:
            yield text, mark, len(text)


def _shreds(text: str, mark: str, limit: int) -> Iterator[tuple[str, str, int]]:
    """An emphasis longer than a page, as several that are not."""
    cloth = Cloth(text, text, [], [(0, 0)])
    place = 0
    while place < len(text):
        end = _end(cloth, place, limit - 2 * len(mark), fresh=True)
        piece = text[place:end]
        core = piece.rstrip()
        yield mark + piece.strip() + mark, mark, len(core) + len(mark) * ((place == 0) + (end == len(text)))
        yield piece[len(core) :], "", len(piece) - len(core)
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
