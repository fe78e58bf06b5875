"""This room reads where in a story somebody wants to go on: a page, a part, or a share, in each language."""

import re
from collections.abc import Sequence

from bot.domain.errors import NoSuchStop

_STOP = re.compile(
    r"(?P<what>page|part|p\.|seite|teil)?\s*(?P<number>[0-9]{1,6})(?:[.,][0-9]+)?\s*"
    r"(?P<percent>%|percent|per cent|prozent)?"
)


def page_of(text: str, pages: int, part_starts: Sequence[int]) -> int:
    """The page that "12", "page 12", "part 3" or "40 %" means; `part_starts` are the first pages of the parts.

    Beyond the end is the last page, as when pages are turned.

    Raises:
        NoSuchStop: it says no such thing, or there is no such part.
    """
    said = _STOP.fullmatch(text.strip().casefold())
    if said is None:
        raise NoSuchStop(text, pages, len(part_starts))
    number = int(said["number"])
    if said["percent"]:
        number = min(number, 100) * pages // 100 + 1
    elif said["what"] in ("part", "teil"):
        if not 1 <= number <= len(part_starts):
            raise NoSuchStop(text, pages, len(part_starts))
        number = part_starts[number - 1]
    return max(1, min(number, pages))
