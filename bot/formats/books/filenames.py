"""This room names files so that any system takes them as they are."""

import re
import unicodedata

from bot.domain.books import Book
from bot.formats.books.binding import Binding

LIMIT = 60
"""Characters of a title in the name of a file."""
# learn.microsoft.com, Naming Files, Paths, and Namespaces
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)")


def named(book: Book, binding: Binding) -> str:
    """Letters of ASCII, digits and hyphens: Discord changes others, and then nothing can refer to the file."""
    plain = unicodedata.normalize("NFKD", book.title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain.replace("'", "")).strip("-")[:LIMIT].strip("-")
    if not words or RESERVED.fullmatch(words):
        words = f"book-{words}".strip("-")
    volume = f"-{book.volume}-of-{book.volumes}" if book.volumes > 1 else ""
    return f"{words}{volume}.{binding}"
