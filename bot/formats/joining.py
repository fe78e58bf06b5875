"""This room reads index pages beside the documents they lead to: what only the index says is joined."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from bot.domain import names
from bot.domain.documents import DocumentKind, Entry, Evidence
from bot.formats import heading, people
from bot.formats.summary import Summary

CONFIDENCE = 0.8
"""What an index says of a story was written by whoever kept the archive, not by its author."""

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]{0,20}:", re.IGNORECASE)


class Row(NamedTuple):
    """A row of an index page that leads to a document which is here."""

    page: Summary
    entry: Entry


class Joined(NamedTuple):
    """A field that stands on an index page, not in the story's own document."""

    value: tuple[str, ...]
    evidence: Evidence
    rules: bool = False  # whatever the documents themselves say


class Signposts:
    """Which rows of which index pages lead to which document."""

    def __init__(self, pages: Iterable[Summary], documents: Sequence[Summary]) -> None:
        self._here = {_key(each.path): each.path for each in documents}
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._lists: dict[str, list[str]] = {}
        self._people = _people_of(documents)
        for page in pages:
            self._read(page)

    def _read(self, page: Summary) -> None:
        found = [(path, entry) for entry in page.entries if (path := self._find(page.path, entry.target))]
        led = [(path, entry) for path, entry in found if path != page.path]
        by_author = any(_is_of(entry.section, self._people.get(path)) for path, entry in led)
        for path, entry in led:
            self._rows[path].append(Row(page, _signed(entry) if by_author else entry))
        self._lists[page.path] = list(dict.fromkeys(path for path, _ in led))

    def _find(self, page: str, address: str) -> str | None:
        """The document that an address means; one from the site's root is tried from wherever that may lie here."""
        address = unquote(re.split("[?#]", address.strip(), maxsplit=1)[0]).replace("\\", "/")
        if not address or SCHEME.match(address):
            return None
        folder = posixpath.dirname(page.replace("\\", "/"))
        for base in [folder] if not address.startswith("/") else _upward(folder):
            if path := self._here.get(_key(posixpath.normpath(posixpath.join(base, address.lstrip("/"))))):
                return path
        return None

    def to(self, path: str) -> Sequence[Row]:
        """The rows that lead to a document, or to the index page of its story."""
        return self._rows.get(path, ())

    def led_by(self, page: str) -> Sequence[str]:
        """The documents that an index page leads to, in its order."""
        return self._lists.get(page, ())

    def pages_of(self, paths: Iterable[str]) -> Iterator[str]:
        """The index pages that lead to any of these documents, each once."""
        yield from dict.fromkeys(row.page.path for path in paths for row in self.to(path))


def _people_of(documents: Iterable[Summary]) -> Mapping[str, frozenset[str]]:
    """Keys of the authors that documents name themselves."""
    return {each.path: each.people for each in documents if each.people}


def _is_of(section: str, authors: frozenset[str] | None) -> bool:
    """Whether a section is headed by the names of those who wrote a document in it."""
    return bool(section and authors) and frozenset(map(names.key, people.read(section).authors)) == authors


def _signed(entry: Entry) -> Entry:
    """Where one section of a page is headed by authors, all are."""
    if entry.authors or not entry.section or not heading.is_named(entry.section):
        return entry
    return entry._replace(authors=people.read(entry.section).authors)


def _upward(folder: str) -> Iterator[str]:
    """A folder and all above it."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder) if folder != posixpath.dirname(folder) else ""
    yield ""


def _key(path: str) -> str:
    """Old servers told neither case nor `.htm` from `.html`."""
    folded = path.replace("\\", "/").casefold()
    return folded[:-1] if folded.endswith(".html") else folded


def joined(rows: Iterable[Row]) -> tuple[Mapping[str, Joined], tuple[str, ...]]:
    """What the rows say of one work, by name of the field, and where they do not agree."""
    fields: dict[str, Joined] = {}
    warnings: list[str] = []
    for page, entry in rows:
        for name, value in _said(page, entry):
            known = fields.setdefault(name, Joined(value, Evidence(entry.line, CONFIDENCE, page.path)))
            if known.value != value:
                warnings.append(
                    f"{known.evidence.path} and {page.path} differ about the {name.removesuffix('_raw')}:"
                    f" “{', '.join(known.value)}” and “{', '.join(value)}”; the first was taken."
                )
    return fields, tuple(dict.fromkeys(warnings))


def _said(page: Summary, entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in ("title", "series", "rating_raw", "description"):
        if value := getattr(entry, name):
            yield name, (value,)
    if authors := entry.authors or ((page.heading,) if page.kind is DocumentKind.AUTHOR and page.heading else ()):
        yield "authors", authors
