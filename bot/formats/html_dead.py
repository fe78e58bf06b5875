"""This room finds what a web page hides from its readers: comments, scripts, style sheets.

They are overwritten with as many bytes of one harmless tag (`<!!!>`), so that every other byte keeps its place.
"""

import re
from typing import NamedTuple

START = re.compile(rb"<(?:!--|!|\?|(script|style|xml)(?=[\s>/]))", re.IGNORECASE)
BEGINS_TEXT = re.compile(
    rb"^[ \t]{0,40}<(?:/head|body|p|br|hr|center|table|h[1-6]|title|script|style|/?pre|div)\b",
    re.IGNORECASE | re.MULTILINE,
)
ITALIC_CLASS = re.compile(rb"\.([\w-]{1,60})[^{}<>]{0,200}\{[^{}]{0,500}?font-style\s{0,9}:\s{0,9}(?:italic|oblique)")
BOLD_CLASS = re.compile(rb"\.([\w-]{1,60})[^{}<>]{0,200}\{[^{}]{0,500}?font-weight\s{0,9}:\s{0,9}(?:bold|[6-9]00)")
LONGEST_SHEET = 100_000
ABSENT = -1  # as bytes.find says it
UNSOUGHT = -2


class Living(NamedTuple):
    """A page without what it hides, and what was wrong there."""

    data: bytes
    repairs: tuple[str, ...]
    italics: frozenset[str]  # classes that its style sheets set in italics
    bolds: frozenset[str]


def living(data: bytes) -> Living:
    if START.search(data) is None:
        return Living(data, (), frozenset(), frozenset())
    return _Hidden(data).living()


class _Hidden:
    """Walks from one hidden region to the next; what is never closed is looked for once alone."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._small = data.lower()
        self._next: dict[bytes, int] = {}
        self._next_text = -1
        self._pieces: list[bytes] = []
        self._unclosed: dict[str, int] = {}
        self._sheets: list[bytes] = []

    def living(self) -> Living:
        place = 0
        while match := START.search(self._data, place):
            self._pieces.append(self._data[place : match.start()])
            place = max(self._end(match), match.start() + 2)
            self._pieces.append(b"<!" + b"!" * (place - match.start() - 3) + b">"[: place - match.start() - 2])
        self._pieces.append(self._data[place:])
        sheet = b"".join(self._sheets)[:LONGEST_SHEET]
        return Living(
            b"".join(self._pieces),
            tuple(_told(what, number) for what, number in self._unclosed.items()),
            frozenset(name.decode("ascii", "ignore") for name in ITALIC_CLASS.findall(sheet)),
            frozenset(name.decode("ascii", "ignore") for name in BOLD_CLASS.findall(sheet)),
        )

    def _end(self, match: re.Match[bytes]) -> int:
        if match[1]:
            return self._element(match.start(), match[1].lower())
        return self._comment(match.start()) if match[0] == b"<!--" else self._tag(match.start())

    def _find(self, what: bytes, place: int) -> int:
        """Where `what` stands next, or -1; looked for from where it was found last, so that no byte is read twice."""
        found = self._next.get(what, UNSOUGHT)
        if found != ABSENT and found < place:
            found = self._next[what] = self._small.find(what, place)
        return found

    def _find_text(self, place: int) -> int:
        if self._next_text < place:
            match = BEGINS_TEXT.search(self._data, place)
            self._next_text = match.start() if match else len(self._data)
        return self._next_text

    def _tag(self, start: int) -> int:
        """Up to the next ">", on this side of the next "<"."""
        end = self._find(b">", start)
        following = self._small.find(b"<", start + 1, end if end >= 0 else len(self._data))
        if following >= 0:
            return following
        return end + 1 if end >= 0 else len(self._data)

    def _comment(self, start: int) -> int:
        """Up to "-->"; one that holds another was never closed, and then it is its first tag alone."""
        end = self._find(b"-->", start + 2)
        inner = self._small.find(b"<!--", start + 4, max(end - 2, start + 4)) if end >= 0 else ABSENT
        if end >= 0 and inner < 0:
            return end + 3
        self._note("comment")
        return self._tag(start)

    def _element(self, start: int, name: bytes) -> int:
        end = self._find(b"</" + name, start)
        head = self._tag(start)
        if end < 0 or (name != b"xml" and self._find_text(head) < end):
            self._note(f"<{name.decode()}>")
            return self._find_text(head) if self._find_text(head) < len(self._data) else head
        if name == b"style":
            self._sheets.append(self._data[head:end])
        return self._tag(end)

    def _note(self, what: str) -> None:
        self._unclosed[what] = self._unclosed.get(what, 0) + 1


def _told(what: str, number: int) -> str:
    if number == 1:
        return f"A {what} is never closed; what follows was kept."
    return f"{number} of {what} are never closed; what follows was kept."
