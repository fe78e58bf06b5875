"""This room compares what was read with what is true, field by field."""

import re
import textwrap
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.documents import Contact, DocumentKind, Kind, Manuscript, Moment, Range, Reading
from bot.domain.models import Block, Paragraph, SceneBreak, Style
from tests.archives import evidence
from tests.archives.truth import Chapter, Form, Gap, Mark, Passage, TrueDocument, emphasised, unmarked
from tests.archives.verdicts import Verdict, judged

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLANKS = re.compile("[ \t\u00a0]+")
NOBODY = ("Anonymous",)  # what a title page says where a text names no author
NOTE_LABEL = 40  # characters that a note's own label may stand ahead of what it says


def judge(document: TrueDocument, reading: Reading) -> Iterator[Verdict]:
    """Everything that is known of the document, against what was read of it."""
    yield judged("kind", document.kind, reading.kind)
    yield tiles(document.data, reading.ranges)
    yield kinds(document.marks, reading.ranges)
    yield from _promises(document, reading)
    if document.kind is not DocumentKind.STORY:
        yield judged("no story", 0, sum(len(story.parts) for story in reading.manuscripts))
        yield judged("entries", _entries(document.entries), _entries(reading.entries))
    elif len(reading.manuscripts) == 1:
        yield from evidence.judge(document, reading.manuscripts[0])
        yield from _story(document, reading, reading.manuscripts[0])
    else:
        yield Verdict("story", False, "one story", f"{len(reading.manuscripts)} stories")


def tiles(data: bytes, ranges: Sequence[Range]) -> Verdict:
    """Whether the ranges rebuild the document: no gap, no overlap, nothing beyond its end."""
    rebuilt = b"".join(data[each.start : each.end] for each in ranges)
    edges = [0, *(each.end for each in ranges)]
    joined = all(each.start == edge and each.end > each.start for each, edge in zip(ranges, edges, strict=False))
    return Verdict(
        "accounting", rebuilt == data and joined, f"{len(data)} bytes", f"{len(rebuilt)} bytes, joined: {joined}"
    )


def kinds(marks: Sequence[Mark], ranges: Sequence[Range]) -> Verdict:
    starts = [each.start for each in ranges]
    wrong = [(mark.text, mark.kind, found) for mark in marks if (found := _kind(mark, ranges, starts)) is not mark.kind]
    return judged("kinds", [], wrong)


def _kind(mark: Mark, ranges: Sequence[Range], starts: list[int]) -> Kind | None:
    place = bisect_right(starts, mark.start) - 1
    return ranges[place].kind if ranges and place >= 0 and mark.start < ranges[place].end else None


def _promises(document: TrueDocument, reading: Reading) -> Iterator[Verdict]:
    """What must be said: repairs, doubts, and addresses to moderators alone."""
    warnings = " | ".join((*reading.warnings, *(each for story in reading.manuscripts for each in story.warnings)))
    if document.repaired:
        yield Verdict("repairs", bool(reading.repairs), "a sentence in the repair log", "none")
    if document.doubts:
        unsaid = [each for each in document.doubts if each not in warnings]
        yield Verdict("warnings", not unsaid, f"warnings that name {unsaid}", warnings)
    if document.private:
        yield _contacts(document.private, reading.contacts)
        public = " | ".join(text for story in reading.manuscripts for text in public_of(story))
        yield judged("private", [], [each for each in document.private if each in public])


def _contacts(private: tuple[str, ...], contacts: Sequence[Contact]) -> Verdict:
    values = " | ".join(each.value for each in contacts)
    return judged("contacts", [], [each for each in private if each.rstrip("/") not in values])


def public_of(story: Manuscript) -> Iterator[str]:
    """Every field that readers see, the text itself apart."""
    yield from (story.title, *story.authors, story.series or "", story.rating_raw, story.description, story.disclaimer)
    yield from (
        *story.spoilers,
        *story.cautions,
        *story.tags,
        *story.fandom,
        story.status,
        story.language,
        story.written,
    )
    yield from (*(note.text for note in story.notes), *(link.target for link in story.links))
    yield from (part.title for part in story.parts)


def _entries(entries: Iterable[object]) -> list[tuple[str, str]]:
    return [(getattr(each, "target", ""), getattr(each, "title", "")) for each in entries]


def _story(document: TrueDocument, reading: Reading, story: Manuscript) -> Iterator[Verdict]:
    for name, expected in document.fields.items():
        yield field(name, expected, story)
    if document.number is not None or document.fields.get("title"):
        yield judged("part", document.number, reading.part.number if reading.part else None)
    yield headings(document.headings, [part.title for part in story.parts])
    yield from text(document.chapters, [block for part in story.parts for block in part.blocks])


def field(name: str, expected: object, story: Manuscript) -> Verdict:
    if name in {"before", "after"}:
        moment = Moment.BEFORE if name == "before" else Moment.AFTER
        return notes(name, expected, [note.text for note in story.notes if note.moment is moment])
    actual = getattr(story, name)
    if name == "authors":
        return judged(name, expected or NOBODY, actual or NOBODY)
    if name == "status":
        return judged(name, bare(str(expected)), bare(str(actual)))
    return judged(name, expected, actual)


def bare(text: str) -> str:
    return text.strip(" .…!*~").casefold()


def notes(name: str, expected: object, actual: list[str]) -> Verdict:
    """Every note and no other; whether its label stays with it is left open."""
    assert isinstance(expected, tuple)
    wanted: tuple[str, ...] = tuple(map(str, expected))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    same = len(wanted) == len(actual) and all(map(_is_note, wanted, actual))
    return Verdict(name, True) if same else Verdict(name, False, repr(wanted), repr(actual))


def _is_note(wanted: str, actual: str) -> bool:
    wanted, actual = " ".join(wanted.split()), " ".join(actual.split())
    return actual.endswith(wanted) and len(actual) <= len(wanted) + NOTE_LABEL


def headings(expected: Sequence[str], actual: list[str]) -> Verdict:
    """Each part's heading, or its own title alone where a colon parts the two; "" for the only part."""
    if len(expected) <= 1:
        return Verdict("parts", len(actual) == 1, "one part", f"{len(actual)} parts: {actual!r:.300}")
    same = len(expected) == len(actual) and all(map(_is_heading, expected, actual))
    return Verdict("parts", same, repr(expected), repr(actual))


def _is_heading(wanted: str, actual: str) -> bool:
    plain = bare(wanted.strip("-: "))
    return bare(actual.strip("-: ")) in {plain, bare(wanted.partition(": ")[2]) or plain}


def text(chapters: Sequence[Chapter], blocks: Sequence[Block]) -> Iterator[Verdict]:
    """Paragraphs, scene breaks and emphasis of all parts in one row; between parts no break is asked for."""
    pieces = [piece for chapter in chapters for piece in chapter.pieces]
    passages = [piece for piece in pieces if isinstance(piece, Passage)]
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    forms = [each.form for each in passages] + [Form.PROSE] * len(paragraphs)
    found = ["".join(span.text for span in each.spans) for each in paragraphs]
    yield judged("text", [tidy(unmarked(each.text), each.form) for each in passages], list(map(tidy, found, forms)))
    breaks = [len(_before(pieces, at)) for at, piece in enumerate(pieces) if isinstance(piece, Gap)]
    yield judged("scenes", breaks, _breaks(blocks))
    yield judged("emphasis", [each for piece in passages for each in emphasised(piece.text)], _emphasis(paragraphs))
    yield judged("no U+FFFD", 0, sum(each.count("\ufffd") for each in found))


def _before(pieces: Sequence[object], at: int) -> list[object]:
    return [piece for piece in pieces[:at] if isinstance(piece, Passage)]


def _breaks(blocks: Sequence[Block]) -> list[int]:
    """How many paragraphs stand ahead of each scene break."""
    return [
        sum(isinstance(each, Paragraph) for each in blocks[:at])
        for at, block in enumerate(blocks)
        if isinstance(block, SceneBreak)
    ]


def _emphasis(paragraphs: Sequence[Paragraph]) -> list[tuple[Style, str]]:
    return [(span.style, span.text) for each in paragraphs for span in each.spans if span.style is not Style.PLAIN]


def tidy(text: str, form: Form) -> str:
    """Blanks as they matter: of a picture all but its left margin, else one between words; controls are no text."""
    text = _CONTROL.sub("", text)
    if form is Form.ART:
        return "\n".join(line.rstrip() for line in textwrap.dedent(text).split("\n"))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
