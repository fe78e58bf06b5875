"""This room knows the form of the Archive of Our Own's HTML download: its preface, its fields, its notices."""

from bot.domain.documents import RawField, Role
from bot.formats.html_inline import Row
from bot.formats.html_lines import Lines

FRAMES = frozenset(("preface", "afterword"))
LABELS = frozenset(("summary", "notes", "end notes", "chapter summary", "chapter notes", "chapter end notes"))
OF_A_PART = "chapter "


class Download:
    """Reads along; in a page without a preface so named it says nothing."""

    def __init__(self, lines: Lines) -> None:
        self.fields: list[RawField] = []
        self._lines = lines
        self._is_download = False
        self.is_framed = self._is_notice = self._is_term = False
        self._label = ""

    def open(self, told: dict[str, str]) -> None:
        """A block begins whose attributes are `told`."""
        name, classes = told.get("id", ""), told.get("class", "").split()
        self._is_download = self._is_download or name == "preface"
        if name in FRAMES or "meta" in classes:
            self.is_framed, self._label = self._is_download, ""
        elif name == "chapters" or "userstuff" in classes:
            self.is_framed = False
        self._is_notice = self.is_framed and "message" in classes

    def definition(self, name: bytes, *, closes: bool) -> None:
        self._is_term = name == b"dt" and not closes
        if closes and name == b"dl":
            self._label = ""

    def role(self, row: Row) -> Role | None:
        """What a line of the preface is; its fields are noted on the way."""
        if not self.is_framed:
            return None
        if self._is_notice:
            return Role.LINKS
        text = row.text.rstrip(": ")
        if self._is_term or text.lower() in LABELS:
            self._label = text
        elif self._label and not self._label.lower().startswith(OF_A_PART):
            self.fields.append(RawField(self._label, row.text, self._lines.upcoming))
        return Role.CELL
