"""This room turns the bytes of a document into lines, whatever its format."""

from bot.domain.documents import Format, Source
from bot.domain.errors import Unreadable
from bot.formats import enclosures, html, mail, marked, plain, sniff

READERS = {
    Format.TEXT: plain.read,
    Format.HTML: html.read,
    Format.MARKDOWN: marked.read,
    Format.MAIL: mail.read,
}


def read(data: bytes, format: Format | None = None) -> Source:  # noqa: A002
    """A document as lines, in the format that it is told to have or is found to have.

    Raises Unreadable with a clause ("it is empty") that the caller puts the document's name before.
    """
    sniff.refuse(data)
    source = READERS[format or sniff.format_of(data)](data)
    if b"\nbegin" in data or b"\rbegin" in data:
        source = enclosures.without(source)
    if not any(line.text and not line.text.isspace() for line in source.lines):
        raise Unreadable("it is empty")
    return source
