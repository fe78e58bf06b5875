"""This room reads EPUB books: their documents in reading order, and what their package document says of them."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from bot.domain.documents import Kind, RawField
from bot.formats.boxes import Aside, Box, Member, Refused, path_of, shown

CONTAINER = "META-INF/container.xml"
LARGEST_PACKAGE = 4 << 20
DOCTYPE = re.compile(rb"<!DOCTYPE[^<>\[]{0,500}(?:\[[^\]]{0,20000}\])?\s{0,9}>", re.IGNORECASE)
ENTITY = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)([A-Za-z][A-Za-z0-9]{1,30});")
DUBLIN_CORE = frozenset(
    ("title", "creator", "contributor", "description", "subject", "date", "language", "rights", "publisher", "source")
)
SERIES = {"calibre:series": "series", "calibre:series_index": "series number"}
STRUCTURE = {
    "cover": "cover",
    "cover-page": "cover",
    "coverpage": "cover",
    "title-page": "title page",
    "titlepage": "title page",
    "title_page": "title page",
    "toc": "contents",
    "nav": "contents",
    "toc_page": "contents",
    "contents": "contents",
    "log_page": "log",
}


DRESS = "it belongs to the book's dress, not to its text"


class Item(NamedTuple):
    """A file of the book that its package document lists."""

    path: str
    kind: str
    properties: frozenset[str]


class Book:
    """An EPUB 2 or 3; `path` is that of the book itself. Raises Refused where it has no package document."""

    def __init__(self, path: str, box: Box) -> None:
        self._path = path
        self._box = box
        self._package_path = self._rootfile()
        self._package = self._parsed(self._package_path)
        self._items = dict(self._manifest())
        self._titles = self._part_titles()
        self._structures = self._guide()

    def members(self) -> Iterator[Member | Aside]:
        """The documents of the spine in order, then all else, named and not read."""
        told = {self._package_path, CONTAINER, "mimetype"}
        fields = tuple(self._fields())
        for order, (name, item) in enumerate(self._spine(), 1):
            told.add(item.path)
            yield self._member(name, item, order, fields)
        package = self._box.named(self._package_path)
        if package:
            size = package.file_size
            yield Aside(
                self._full(self._package_path), "its fields count for the book's pages", size, True, Kind.FIELDS
            )
        for info in self._box:
            if info.filename in (CONTAINER, "mimetype"):
                yield Aside(self._full(info.filename), "it says what kind of file the book is", info.file_size, True)
            elif info.filename not in told:
                yield Aside(self._full(info.filename), DRESS, info.file_size, expected=True)

    def _member(self, name: str, item: Item, order: int, fields: tuple[RawField, ...]) -> Member | Aside:
        info = self._box.named(item.path)
        if info is None:
            return Aside(self._full(item.path), "the book's package document lists it, but it is missing")
        try:
            data = self._box.read(info)
        except Refused as reason:
            return Aside(self._full(item.path), str(reason), info.file_size)
        title = self._titles.get(item.path, "")
        part = (RawField("part title", title, 0, self._full(self._package_path)),) if title else ()
        structure = self._structures.get(item.path) or _structure(name, item)
        return Member(self._full(item.path), data, (*fields, *part), order, self._path, structure)

    def _full(self, name: str) -> str:
        return f"{self._path}/{shown(name)}"

    def _rootfile(self) -> str:
        if self._box.named(CONTAINER):
            for element in self._parsed(CONTAINER).iter():
                if _tag(element) == "rootfile" and element.get("full-path"):
                    return str(element.get("full-path"))
        found = next((info.filename for info in self._box if info.filename.endswith(".opf")), None)
        if found is None:
            raise Refused("it is an EPUB without a package document; make it again")
        return found

    def _parsed(self, name: str) -> ET.Element:
        info = self._box.named(name)
        if info is None:
            raise Refused(f"it is an EPUB whose {shown(name)} is missing; make it again")
        data = DOCTYPE.sub(b"", self._box.read(info, LARGEST_PACKAGE), count=1)
        if b"<!ENTITY" in data:
            raise Refused(f"it is an EPUB whose {shown(name)} defines entities of its own; make it again")
        try:
            return ET.fromstring(ENTITY.sub(_character, data))  # noqa: S314  without entities of its own
        except (ET.ParseError, ValueError, LookupError) as error:
            raise Refused(f"it is an EPUB whose {shown(name)} cannot be read; make it again") from error

    def _resolved(self, target: str, base: str) -> str:
        try:
            return path_of(
                posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(target.partition("#")[0])))
            )
        except Refused:
            return ""

    def _manifest(self) -> Iterator[tuple[str, Item]]:
        for element in self._package.iter():
            if _tag(element) == "item" and element.get("id") and element.get("href"):
                properties = frozenset(element.get("properties", "").split())
                path = self._resolved(element.get("href", ""), self._package_path)
                yield element.get("id", ""), Item(path, element.get("media-type", ""), properties)

    def _spine(self) -> Iterator[tuple[str, Item]]:
        seen: set[str] = set()
        for element in self._package.iter():
            name = element.get("idref", "") if _tag(element) == "itemref" else ""
            if name in self._items and self._items[name].path not in seen:
                seen.add(self._items[name].path)
                yield name, self._items[name]

    def _guide(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for element in self._package.iter():
            kind = STRUCTURE.get(element.get("type", "")) if _tag(element) == "reference" else None
            if kind:
                found[self._resolved(element.get("href", ""), self._package_path)] = kind
        return found

    def _fields(self) -> Iterator[RawField]:
        """Dublin Core, calibre's series and EPUB 3's collections."""
        where = self._full(self._package_path)
        for element in self._package.iter():
            name, value = _tag(element), " ".join("".join(element.itertext()).split())
            if name in DUBLIN_CORE and "dc/elements" in element.tag and value:
                yield RawField(name, value, 0, where)
            elif name == "meta":
                label = SERIES.get(element.get("name", "")) or self._refined(element)
                content = element.get("content") or value
                if label and content:
                    yield RawField(label, content, 0, where)

    def _refined(self, element: ET.Element) -> str:
        told = element.get("property", "")
        return {"belongs-to-collection": "series", "group-position": "series number"}.get(told, "")

    def _part_titles(self) -> dict[str, str]:
        """Of the documents that the book's own table of contents leads to; the first title of each."""
        found: dict[str, str] = {}
        for item in self._items.values():
            if "nav" in item.properties or item.kind == "application/x-dtbncx+xml":
                try:
                    pairs = list(_entries(self._parsed(item.path)))
                except Refused:
                    continue
                for target, title in pairs:
                    found.setdefault(self._resolved(target, item.path), title)
        return found


def _entries(root: ET.Element) -> Iterator[tuple[str, str]]:
    """Targets and titles of a nav document's links, or of an NCX file's points."""
    for element in root.iter():
        if _tag(element) == "a" and element.get("href"):
            yield element.get("href", ""), " ".join("".join(element.itertext()).split())
        elif _tag(element) == "navPoint":
            text = next((each.text or "" for each in element.iter() if _tag(each) == "text"), "")
            target = next((each.get("src", "") for each in element.iter() if _tag(each) == "content"), "")
            yield target, " ".join(text.split())


def _tag(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _structure(name: str, item: Item) -> str:
    """By the item's properties, or by what its id and file are called in every maker's books."""
    if "nav" in item.properties:
        return "contents"
    stem = posixpath.splitext(posixpath.basename(item.path))[0].lower()
    return STRUCTURE.get(name.lower(), "") or STRUCTURE.get(stem, "")


def _character(match: re.Match[bytes]) -> bytes:
    """Entities of HTML, which XML does not know."""
    text = unescape(match[0].decode("ascii"))
    return text.encode() if not text.startswith("&") else b"&amp;" + match[0][1:]
