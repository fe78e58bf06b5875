"""This room tells what readers of a mailing list wrote about stories from the stories."""

import re

from bot.domain.documents import DocumentKind, Format, Kind, Reading, Role, Source
from bot.formats import labels, outside, single
from bot.formats.lead import TELLING
from bot.formats.sheet import Sheet

ANSWERS = re.compile(r"\s*(?:\[[^\[\]]{1,40}\]\s*){0,3}(?:re|aw|sv|antw)\s*(?:\[\d+\]|\^\d+)?\s*:", re.IGNORECASE)
LONGEST = 600  # characters of a message that answers another one and is no story, and
LONGEST_QUOTING = 2_000  # of one that quotes it
WARNING = "It answers another message and was not taken for a story."


def read(sheet: Sheet, source: Source) -> Reading | None:
    """None where a message may be a story: parts of some were sent as answers, too."""
    subject = next((each.value for each in source.fields if each.label.lower() == "subject"), "")
    if source.format is not Format.MAIL or not ANSWERS.match(subject):
        return None
    lines = [index for index in range(len(sheet)) if sheet.role(index) is not Role.MAIL and not sheet.is_gap(index)]
    own = [index for index in lines if sheet.role(index) is not Role.QUOTE]
    most = LONGEST if len(own) == len(lines) else LONGEST_QUOTING
    if sum(len(sheet.texts[index]) for index in own) > most or any(_is_field(sheet.texts[index]) for index in own):
        return None
    around = outside.read(source, sheet)
    sheet.mark((index for index in lines if sheet.role(index) is Role.QUOTE), Kind.FURNITURE)
    return Reading(
        kind=DocumentKind.OTHER,
        format=source.format,
        contacts=tuple(
            dict.fromkeys((*around.contacts, *(each for index in own for each in single.contacts_of(sheet, index))))
        ),
        warnings=(WARNING,),
    )


def _is_field(text: str) -> bool:
    return any(each.meaning in TELLING and each.value.strip() for each in labels.read(text))
