"""This room looks up on which line of a document a field's value really stands."""

import html
import re
from collections.abc import Iterator

from bot.domain.documents import Manuscript
from bot.formats.decoding import undouble
from tests.archives.truth import TrueDocument
from tests.archives.verdicts import Verdict, judged

FIELDS = ("title", "authors", "series", "rating_raw", "description", "disclaimer", "status")
BELOW = 2  # lines that a value may stand under its label
TELLING = 8  # letters and digits by which a value is found
SURE = 0.7
DOUBTFUL = 0.5
_TAG = re.compile(r"<[^<>]*>")


def judge(document: TrueDocument, story: Manuscript) -> Iterator[Verdict]:
    """Whether each value stands on the line that is told, and whether doubts lower some confidence."""
    if b"Content-Transfer-Encoding" not in document.data:
        wrong = [name for name in FIELDS if not _is_there(document.data, story, name)]
        yield judged("lines", [], wrong)
    sure = [each.confidence for each in story.evidence.values()]
    if document.doubts and story.written:  # what was left open has no confidence
        yield Verdict("confidence", min(sure) <= DOUBTFUL, "some doubt", f"{story.evidence}")
    elif not document.doubts:
        labelled = [story.evidence[name].confidence for name in ("description", "disclaimer") if name in story.evidence]
        yield Verdict("confidence", min(labelled, default=1.0) >= SURE, "none below 0.7", f"{story.evidence}")


def _is_there(data: bytes, story: Manuscript, name: str) -> bool:
    found = story.evidence.get(name)
    value: str | tuple[str, ...] = getattr(story, name)
    if found is None or found.path or not found.line or not value:
        return True
    lines = data.split(b"\n" if b"\n" in data else b"\r")
    key = _key(value[0] if isinstance(value, tuple) else value)[:TELLING]
    return any(key in _key(_text(line)) for line in lines[found.line - 1 : found.line + BELOW])


def _text(raw: bytes) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    return html.unescape(_TAG.sub("", undouble(text)))


def _key(text: str) -> str:
    """Letters and digits that are the same in every encoding."""
    return "".join(each for each in text.casefold() if each.isalnum() and each.isascii())
