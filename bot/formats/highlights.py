"""This room makes an excerpt of a story's markup into a line of Discord Markdown, with what was looked for in bold."""

import re

from bot.domain.search import BEGIN, END
from bot.formats.markdown import escape, shorten

MARKS = re.compile(r"\\(.)|\*+", re.DOTALL)
HIT = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
STRAY = re.compile(f"[{BEGIN}{END}]")


def highlighted(excerpt: str, limit: int) -> str:
    """One line of at most `limit` units and four for each hit."""
    plain = " ".join(MARKS.sub(lambda mark: mark[1] or "", excerpt).split())
    whole = escape(plain)
    line = shorten(whole, limit)
    if line != whole and line.rfind(BEGIN) > line.rfind(END):  # it was cut inside a hit
        line += END
    return STRAY.sub("", HIT.sub(r"**\1**", line))
