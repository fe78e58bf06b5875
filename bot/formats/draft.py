"""This room makes a story's fields of what was found, the surest first, with its evidence and its doubts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.domain import names
from bot.domain.documents import Evidence, Moment, Note, PartLabel
from bot.domain.models import Link, Rating
from bot.formats import addresses, dates, heading, partlabels, people, ratings, relations
from bot.formats.scan import Found, Header

SURE = 0.9
WITHHELD = "[address withheld]"
SCALARS = ("description", "disclaimer", "status", "language", "rating_raw")
LISTS = ("cautions", "tags", "fandom")
UNSHOWN = frozenset(("title", "authors", "contact", "name", "measure"))
NOTHING = re.compile(
    r"\W*(?:none|no|n/?a|nil|nothing|no(?:t)?\s+applicable|no\s+warnings?(?:\s+apply)?)?\W*", re.IGNORECASE
)
UNRATED = re.compile(r"\b(?:not\s+(?:yet\s+)?rated|unrated|none)\b", re.IGNORECASE)
SEPARATOR = re.compile(r"\s*[;,]\s*(?![^()]*\))")
SLASHED = frozenset(("genre", "genres", "category", "categories", "classification"))
SERIES_PART = re.compile(
    r"""(?:(?:part|book|story|number|no\.?|\#|volume|episode)\s*\#?(?P<ahead>\d{1,3}(?:\.\d)?[a-z]?)\s+(?:of|in)\s+(?:the\s+)?(?P<of>\S.*)
    |(?P<name>\S.*?)\s*[,(:;–—-]?\s*(?:\#|\b(?:part|book|story|number|no\.?|volume)\s*\#?)\s*(?P<behind>\d{1,3}(?:\.\d)?[a-z]?)\s*(?:of\s*\d+\s*)?\)?
    |(?P<called>\S.*?)\s*\[(?P<bracketed>\d{1,3})\])\s*""",
    re.IGNORECASE | re.VERBOSE,
)
NOTE_SPOILERS = re.compile(r"(?:contains\s+)?spoilers?\s*(?:for\b|:|--?|[–—])[\s:–—-]*", re.IGNORECASE)
SPOILERS_END = re.compile(r"(?<=[a-z]{3})[.!]\s+(?=[A-Z])|\n")
SPOILER = re.compile(r'\s*(?:and\s+)?("[^"]{0,200}"|“[^”]{0,200}”|[^,;]+)')
RELATED = frozenset(("sequel to", "prequel to", "companion to", "follows", "sequel", "prequel"))
QUOTES = " \t\"'“”‘’*_"
FINISHED = {"yes": "Complete", "y": "Complete", "no": "In progress", "n": "In progress"}


class Draft:
    """Fields of one story in the making; `values` are by the names of Manuscript's fields."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {"title": "", "rating": Rating.UNRATED}
        self.evidence: dict[str, Evidence] = {}
        self.before: list[str] = []
        self.after: list[str] = []
        self.spoilers: list[str] = []
        self.lists: dict[str, list[str]] = {name: [] for name in LISTS}
        self.warnings: list[str] = []
        self.part: PartLabel | None = None

    def set(self, name: str, value: object, found: Found) -> None:
        self.values[name] = value
        self.evidence.setdefault(name, _evidence(found))

    def has(self, name: str) -> bool:
        return bool(self.values.get(name))

    def fields(self) -> dict[str, Any]:
        notes = [Note(Moment.BEFORE, text) for text in dict.fromkeys(self.before)]
        notes += [Note(Moment.AFTER, text) for text in dict.fromkeys(self.after)]
        lists = {name: tuple(dict.fromkeys(values)) for name, values in self.lists.items()}
        return {
            **self.values,
            **lists,
            "spoilers": tuple(dict.fromkeys(self.spoilers)),
            "notes": tuple(notes),
            "links": tuple(_links(self.values.get("description", ""), self.before)),
            "evidence": self.evidence,
            "warnings": tuple(dict.fromkeys(self.warnings)),
        }


def made(header: Header, outside: Sequence[Found], after: Sequence[Found] = ()) -> Draft:
    """The draft of a story; `outside` are fields that stand outside of its text, `after` those behind its end."""
    draft = Draft()
    _entitle(draft, header, outside)
    _attribute(draft, header, outside)
    for found in _ordered(header.found):
        _fill(draft, found, is_inside=True)
    told = {_twin(each.meaning) for each in (*header.found, *after)}
    for found in _ordered(outside):
        if _twin(found.meaning) not in told:
            _fill(draft, found, is_inside=False)
    for found in after:
        _fill_after(draft, found)
    _place(draft)
    _rate(draft)
    return draft


def _ordered(found: Iterable[Found]) -> list[Found]:
    """The surest first, else in the order in which they stand."""
    return sorted(found, key=lambda each: -each.confidence)


def _twin(meaning: str) -> str:
    """What a program notes twice, outside of a text and in it, it may call by either name."""
    return "note" if meaning == "after" else meaning


def _best(meaning: str, *several: Iterable[Found]) -> Found | None:
    """The surest; of two that are as sure the one whose label says the very word."""
    named = [each for found in several for each in found if each.meaning == meaning and _shown(each.value)]
    return max(named, key=lambda each: (each.confidence, each.label.lower() == meaning), default=None)


def _entitle(draft: Draft, header: Header, outside: Sequence[Found]) -> None:
    """A label names the title best, then the heading; it also says where to cut that."""
    label = _best("title", header.found, outside)
    series = _best("series", header.found, outside)
    series = series if series and NOTHING.fullmatch(series.value) is None else None
    author = header.byline or _best("authors", header.found, outside)
    head = header.headline or (None if label else header.page_title)
    told = label.value if label and label.confidence >= SURE else ""
    if head is not None:
        read = _cut(head.text, series, told, author)
        draft.before += [head.text.strip()] if told and head.confidence < SURE and not _akin(head.text, told) else []
        line = Found("title", "", read.title, head.line, head.confidence)
        _take_heading(draft, header, read, line, series)
        _title(draft, told or read.title, label if label and told else line)
    elif label is not None:
        _title(draft, label.value, label)
        if label.confidence < SURE and (read := _cut(draft.values["title"], series, "", author)).author:
            _take_heading(draft, header, read, label, series)
            _title(draft, read.title, label)
    draft.part = (
        draft.part or header.part or _part_of(label.value if label else "") or _part_of(head.text if head else "")
    )


def _part_of(title: str) -> PartLabel | None:
    """What a subject says that the heading does not, or the heading that a label does not."""
    return partlabels.of_title(heading.unquoted(title))[1]


def _akin(line: str, title: str) -> bool:
    """Whether a line ahead of the fields says the title that they say."""
    one, other = names.key(line), names.key(partlabels.of_title(heading.unquoted(title))[0])
    return one in other or other in one


def _cut(text: str, series: Found | None, title: str, author: Found | None) -> heading.Heading:
    title = partlabels.of_title(heading.unquoted(title))[0]
    return heading.read(
        text,
        series=heading.series_name(_series(series.value)[0]) if series else "",
        title=title if title and title.casefold() in text.casefold() else "",
        author=author.value if author else "",
    )


def _take_heading(draft: Draft, header: Header, read: heading.Heading, line: Found, series: Found | None) -> None:
    """What the heading says beside the title, and doubts if it had to be guessed at; a label names the series first."""
    draft.warnings += read.warnings
    if read.author and header.byline is None and people.read(read.author).authors:
        header.byline = Found("authors", "", read.author, line.line, 0.5 if read.warnings else 0.9)
    if read.series and not draft.has("series"):
        draft.set("series", read.series, series or line._replace(confidence=0.9))


def _title(draft: Draft, text: str, found: Found) -> None:
    title, part = partlabels.of_title(heading.unquoted(_shown(text)))
    draft.part = part
    draft.set("title", heading.unquoted(" ".join(title.split())), found)


def _attribute(draft: Draft, header: Header, outside: Sequence[Found]) -> None:
    """The authors of a label, else of the byline; with them whoever else is named there."""
    labelled = _best("authors", (each for each in header.found if people.read(each.value).authors))
    told = [each for each in (labelled, header.byline, _best("authors", outside)) if each]
    found = max(told, key=lambda each: each.confidence, default=None)
    named = people.read(found.value, listed=_is_list(found)) if found else people.People()
    draft.before += named.notes
    if found and named.authors:
        draft.set("authors", named.authors, found)
        return
    draft.values["authors"] = (people.ANONYMOUS,)
    draft.warnings.append(people.NAMELESS)


def _is_list(found: Found) -> bool:
    return (
        found.label == ""
        and found.value.count(",") == 1
        and all(len(each.split()) > 1 for each in found.value.split(","))
    )


def _fill(draft: Draft, found: Found, *, is_inside: bool) -> None:
    value = _shown(found.value)
    if not value or found.meaning in UNSHOWN:
        return
    if found.meaning == "spoilers":
        _spoil(draft, value, found)
    elif found.meaning in LISTS:
        _list(draft, found, value)
    elif found.meaning == "note":
        _note(draft, value, found)
    elif found.meaning == "after":
        draft.after.append(value)
    elif found.meaning == "series":
        _serialise(draft, value, found)
    elif found.meaning == "written":
        _date(draft, value, found)
    elif found.meaning == "other" and NOTHING.fullmatch(value):
        return
    elif not _claim(draft, found, value) and is_inside:
        draft.before.append(f"{found.label}: {value}" if found.label else value)


def _claim(draft: Draft, found: Found, value: str) -> bool:
    """Whether the value found its place; the first of a kind counts, and a later one joins the notes."""
    if found.meaning == "series_number" or found.meaning in SCALARS:
        if draft.has(found.meaning):
            return draft.values[found.meaning] == value
        if found.meaning == "status":
            value = FINISHED.get(value.lower().strip("."), value)
        draft.set(found.meaning, value, found)
        return True
    return False


def _fill_after(draft: Draft, found: Found) -> None:
    value = _shown(found.value)
    if not value or found.meaning in UNSHOWN:
        return
    if found.meaning in ("disclaimer", "status") and not draft.has(found.meaning):
        draft.set(found.meaning, value, found)
    elif found.meaning in LISTS and found.label and not draft.lists[found.meaning]:
        _list(draft, found, value)
    elif found.meaning == "written" and not draft.has("written"):
        _date(draft, value, found)
    elif found.meaning in ("note", "after"):
        draft.after.append(value)
        draft.evidence.setdefault("notes", _evidence(found))
    else:
        draft.after.append(f"{found.label}: {value}" if found.label else value)


def _shown(value: str) -> str:
    """Without addresses, which stay in the original alone; "" for a value that was nothing else."""
    value = value.strip()
    if not addresses.is_suspicious(value):
        return value
    found = addresses.find(value)
    for each in reversed(found):
        value = value[: each.start] + WITHHELD + value[each.end :]
    value = value.replace(f"<{WITHHELD}>", WITHHELD)
    return value if not found or re.search(r"\w", value.replace(WITHHELD, "")) else ""


def _note(draft: Draft, value: str, found: Found) -> None:
    """A note may be, or begin with, the spoilers: `Spoilers -- A, B. And more.`"""
    match = NOTE_SPOILERS.match(value)
    if match is not None:
        named, *rest = SPOILERS_END.split(value[match.end() :], maxsplit=1)
        _spoil(draft, named, found)
        value = rest[0] if rest else ""
    if value:
        draft.before.append(value)
        draft.evidence.setdefault("notes", _evidence(found))


def _spoil(draft: Draft, value: str, found: Found) -> None:
    named = (_bare(_bare(match[1]).rstrip(".")) for match in SPOILER.finditer(value))
    names = [name for name in named if name and NOTHING.fullmatch(name) is None]
    draft.spoilers += names
    if names:
        draft.evidence.setdefault("spoilers", _evidence(found))


def _bare(name: str) -> str:
    """Without the quotation marks around it; those that stand around one word of it stay."""
    name = name.strip(" \t*_")
    inner = name.strip(QUOTES)
    return name if '"' in inner and name.count('"') == 2 and not name.startswith('"') else inner


def _list(draft: Draft, found: Found, value: str) -> None:
    pieces = SEPARATOR.split(value.rstrip(".")) if len(value) < 400 and ". " not in value else [value]
    label = found.label.lower()
    if len(pieces) == 1 and label in SLASHED and all(len(each.strip()) > 2 for each in value.split("/")):
        pieces = value.split("/")
    kept = [piece.strip() for piece in pieces if piece.strip() and NOTHING.fullmatch(piece) is None]
    draft.lists[found.meaning] += kept
    if kept:
        draft.evidence.setdefault(found.meaning, _evidence(found))


def _series(value: str) -> tuple[str, str]:
    """A series' name and, if it is said there, the place in it."""
    value = value.strip(QUOTES)
    match = SERIES_PART.fullmatch(value)
    if match is None:
        return value, ""
    name, number = (match["of"] or match["name"] or match["called"]), match["ahead"] or match["behind"]
    return name.strip(QUOTES + ",:;-–—("), number or match["bracketed"]


def _serialise(draft: Draft, value: str, found: Found) -> None:
    if NOTHING.fullmatch(value):
        return
    name, number = _series(value)
    if not draft.has("series"):
        draft.set("series", heading.series_name(name), found)
    if number and not draft.has("series_number"):
        draft.set("series_number", number, found)


def _date(draft: Draft, value: str, found: Found) -> None:
    if value.lower().strip(".") in FINISHED:
        _claim(draft, found._replace(meaning="status"), value)
        return
    if draft.has("written"):
        return
    read = dates.read(value)
    if read.iso:
        draft.set("written", read.iso, found._replace(confidence=found.confidence / 2) if read.doubt else found)
    if read.doubt:
        draft.warnings.append(read.doubt)


def _place(draft: Draft) -> None:
    """ "Third in the Salt Road series" in a description or note."""
    for text, name in (
        (draft.values.get("description", ""), "description"),
        *((note, "notes") for note in draft.before),
    ):
        place = relations.place(text)
        if place is None or (draft.has("series") and draft.values["series"].casefold() != place.series.casefold()):
            continue
        where = draft.evidence.get(name, Evidence(1, 0.7))._replace(confidence=0.7)
        for field, value in (("series", place.series), ("series_number", place.number)):
            if not draft.has(field):
                draft.values[field] = value
                draft.evidence[field] = where
        return


def _rate(draft: Draft) -> None:
    raw = draft.values.get("rating_raw", "")
    draft.values["rating"] = ratings.read(raw)
    if raw and draft.values["rating"] is Rating.UNRATED and not UNRATED.search(raw):
        draft.warnings.append(f"The rating “{raw}” is unknown and counts as the strictest.")


def _links(description: str, notes: Iterable[str]) -> Iterator[Link]:
    yield from dict.fromkeys(relations.find("\n".join((description, *notes))))


def _evidence(found: Found) -> Evidence:
    return Evidence(found.line + 1, found.confidence, found.path)
