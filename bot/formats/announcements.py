"""This room tells what an archive's keepers say of the archive itself from its stories."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from bot.domain.documents import DocumentKind, Format, Reading, Role, Source
from bot.formats import heading, labels, single
from bot.formats.lead import TELLING
from bot.formats.sheet import Sheet

MARKED = re.compile(
    r"""\s*(?:\[[^\[\]]{1,40}\]\s*)?(?:\[(?:admin|faq|mod|meta)\]
    |(?:admin|administrivia|faq|meta|moderator(?:['’]s)?\s+note|mod\s+note|list\s+(?:admin|rules))\s*[:!])""",
    re.IGNORECASE | re.VERBOSE,
)
NAMES = frozenset(("readme", "readmefirst", "readmenow", "faq", "guidelines", "licence", "license", "fileiddiz"))
SPEECH = re.compile(r"[\"“][^\"”]{2,300}[,.!?][\"”]")
MOST_SPEECH = 2  # quotations that a text of rules may have
WARNING = "It speaks of the archive and was not taken for a story."


def read(sheet: Sheet, source: Source, name: str) -> Reading | None:
    """None where neither the document's name nor its subject says so, or it has a story's fields or byline."""
    lines = [index for index in range(len(sheet)) if sheet.role(index) is not Role.MAIL and not sheet.is_gap(index)]
    if not lines or not (_is_named(name) or MARKED.match(_subject(sheet, source, lines))):
        return None
    if any(_is_story_s(sheet.texts[index]) for index in lines):
        return None
    if sum(len(SPEECH.findall(sheet.texts[index])) for index in lines) > MOST_SPEECH:
        return None
    found = (contact for index in range(len(sheet)) for contact in single.contacts_of(sheet, index))
    return Reading(
        kind=DocumentKind.OTHER, format=source.format, contacts=tuple(dict.fromkeys(found)), warnings=(WARNING,)
    )


def _is_named(path: str) -> bool:
    """By what such files are called everywhere: `README`, `00readme.txt`, `FAQ`."""
    name = PurePosixPath(path).name
    stem = name if name.lower().startswith("file_id") else name.partition(".")[0]
    return re.sub(r"[^a-z]", "", stem.lower()) in NAMES


def _subject(sheet: Sheet, source: Source, lines: Sequence[int]) -> str:
    told = next((each.value for each in source.fields if each.label.lower() == "subject"), "")
    return told if source.format is Format.MAIL else sheet.texts[lines[0]]


def _is_story_s(text: str) -> bool:
    if len(text) <= heading.LONGEST and heading.has_byline(text):
        return True
    return any(each.meaning in TELLING and each.confidence == 1.0 and each.value.strip() for each in labels.read(text))
