"""This room draws the cover of a book."""

from collections.abc import Iterator
from textwrap import wrap

from bot.domain.books import Book
from bot.formats.books.xhtml import text

WIDTH, HEIGHT = 600, 900
MOST_LINES = 6
COLUMNS = 16  # letters of the largest size on a line
LAMP = (
    '<circle cx="300" cy="650" r="120" fill="#c9962e" opacity="0.25"/>'
    '<circle cx="300" cy="650" r="64" fill="#c9962e" opacity="0.5"/>'
    '<path d="M300 590 q34 44 0 92 q-34 -48 0 -92 z" fill="#f4e3b8"/>'
)


def draw(book: Book) -> str:
    """An SVG picture, 600 by 900: the title, a lamp, the authors; no font but the reader's own."""
    lines = "".join((*_lines(book.name, 150, 54, COLUMNS), *_lines(" & ".join(book.authors), 800, 32, 28)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{text(book.name)}</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#2b2118"/>'
        f'<rect x="24" y="24" width="{WIDTH - 48}" height="{HEIGHT - 48}" fill="none" stroke="#8c6a3f"/>'
        f"{LAMP}{lines}</svg>\n"
    )


def _lines(told: str, top: int, size: int, columns: int) -> Iterator[str]:
    """Centred lines; one that is too long for six is cut, since the contents have it whole."""
    for index, line in enumerate(wrap(told, columns, max_lines=MOST_LINES, placeholder=" …")):
        yield (
            f'<text x="{WIDTH // 2}" y="{top + index * size * 6 // 5}" font-family="Georgia, serif" font-size="{size}"'
            f' fill="#f4e3b8" text-anchor="middle">{text(line)}</text>'
        )
