"""This room knows the form of the Archive of Our Own's HTML download: its preface, its fields, its notices."""

from bot.domain.documents import RawField, Role
from bot.formats.html_inline import Row
from bot.formats.html_lines import Lines

FRAMES = frozenset(("preface", "afterword"))


class Download:
    """Reads along; outside of a preface or afterword so named it says nothing."""

    def __init__(self, lines: Lines) -> None:
        self.fields: list[RawField] = []
        self._lines = lines
        self._frame = ""
        self._is_notice = self._is_term = False
        self._label = ""

    def open(self, told: dict[str, str]) -> None:
        """A block begins whose attributes are `told`."""
        name, classes = told.get("id", ""), told.get("class", "").split()
        if name in FRAMES:
            self._frame = name
        elif name == "chapters":
            self._frame = ""
        self._is_notice = bool(self._frame) and "message" in classes

    def definition(self, name: bytes, *, closes: bool) -> None:
        self._is_term = name == b"dt" and not closes
        if closes and name == b"dl":
            self._label = ""

    def role(self, row: Row) -> Role | None:
        """What a line of the preface is; its fields are noted on the way."""
        if not self._frame:
            return None
        if self._is_notice:
            return Role.LINKS
        if self._is_term:
            self._label = row.text.rstrip(": ")
        elif self._label:
            self.fields.append(RawField(self._label, row.text, self._lines.number + 1))
        return Role.CELL
