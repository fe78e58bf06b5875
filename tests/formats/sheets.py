"""This room makes sheets and readings out of a few lines, as the readers of documents give them."""

from bot.domain.documents import Kind, Manuscript, Reading
from bot.formats import manuscript, source
from bot.formats.sheet import Sheet

TEXT = "Once there was a lamp, and nobody knew who had lit it."


def sheet(text: str) -> Sheet:
    """The lines of a plain text, or of a web page if it looks like one."""
    return Sheet(source.read(text.encode()).lines)


def read(text: str, name: str = "") -> Reading:
    return manuscript.read(source.read(text.encode()), name=name)


def story(text: str, name: str = "") -> Manuscript:
    """The one story of a document."""
    (found,) = read(text, name).manuscripts
    return found


def field(*lines: str) -> Manuscript:
    """A story with these lines between its heading and its text."""
    return story("\n".join(["The Lamp -- by Ann", "", *lines, "", "", TEXT, "", TEXT]))


def kinds(text: str, reading: Reading | None = None) -> list[tuple[str, str]]:
    """What each line that can be read is, one letter each: t(ext) f(urniture) F(ields) n(otes) u(nclassified)."""
    data = text.encode()
    found = reading or read(text)
    return [
        (LETTERS[each.kind], data[each.start : each.end].decode().strip())
        for each in found.ranges
        if each.kind in LETTERS
    ]


LETTERS = {Kind.TEXT: "t", Kind.FURNITURE: "f", Kind.FIELDS: "F", Kind.NOTES: "n", Kind.UNCLASSIFIED: "u"}
