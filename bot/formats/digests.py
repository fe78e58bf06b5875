"""This room cuts a digest of a mailing list or newsgroup into the messages that it holds."""

import re
from itertools import pairwise

from bot.formats import mail_parts

# RFC 1153: seventy hyphens below the list of topics, thirty between two messages; others took other lengths.
RULE = re.compile(rb"^-{25,80}[ \t]*\r?\n(?:[ \t]*\r?\n){0,3}(?=[A-Z][A-Za-z-]{1,20}:[ \t])", re.MULTILINE)
CLOSE = re.compile(rb"^-{25,80}[ \t]*\r?\n(?:[ \t]*\r?\n){0,3}End of\b", re.MULTILINE | re.IGNORECASE)
BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
LARGEST_HEAD = 2_000  # bytes of a message's own header lines
FEWEST = 2


def messages(data: bytes) -> list[bytes]:
    """What stands ahead of the messages, each message, what stands below them; together all of it. [] for no digest."""
    if b"\n--------" not in data:
        return []
    starts = [match.end() for match in RULE.finditer(data) if is_message(data, match.end())]
    if len(starts) < FEWEST:
        return []
    close = CLOSE.search(data, starts[-1])
    end = close.start() if close else len(data)
    return [data[start:stop] for start, stop in pairwise([0, *starts, end, len(data)]) if start < stop]


def is_message(data: bytes, start: int = 0) -> bool:
    """Whether From and Subject are among the header lines there."""
    blank = BLANK_LINE.search(data, start, start + LARGEST_HEAD)
    if blank is None:
        return False
    names = {each.name.lower() for each in mail_parts.headers(data[start : blank.start()])}
    return {"from", "subject"} <= names
