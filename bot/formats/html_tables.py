"""This room tells the cells of a table that may hold fields from those that lay a page out."""

from bot.formats.html_lines import Lines


class Tables:
    """A row whose cells hold one line each, and two or more of them, is a row of fields."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._is_cell = False
        self._before = 0  # lines with letters ahead of the cell
        self._cells = 0  # of the row that hold a line
        self._is_layout = False

    def tag(self, name: bytes, *, closes: bool) -> None:
        if name in (b"td", b"th"):
            self._end_cell()
            self._is_cell, self._before = not closes, self._lines.letters
        else:
            self._end_row()
            self._lines.end_block(margin=True)

    def definition(self, name: bytes, *, closes: bool) -> None:
        """A term and what stands for it are a row of two."""
        if name == b"dd":
            self.tag(b"td", closes=closes)
        elif name == b"dt" and not closes:
            self.tag(b"tr", closes=False)
            self.tag(b"td", closes=False)
        elif name == b"dl":
            self._end_row()

    def finish(self) -> None:
        self._end_row()

    def _end_cell(self) -> None:
        if self._is_cell:
            lines = self._lines.letters - self._before
            self._cells += lines > 0
            self._is_layout = self._is_layout or lines > 1

    def _end_row(self) -> None:
        self._end_cell()
        if self._cells > 1 and not self._is_layout:
            self._lines.mark_cells(self._cells)
        self._is_cell, self._cells, self._is_layout = False, 0, False
