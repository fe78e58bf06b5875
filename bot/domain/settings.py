"""This room names what readers may choose for themselves."""

import enum
from typing import NamedTuple


class PageLength(enum.IntEnum):
    """Units of Markdown that a page may have; the numbers stand in custom ids and never change."""

    SHORT = 1_200
    MEDIUM = 2_400
    LONG = 4_000  # what is stored


class Notice(enum.StrEnum):
    """How news of what a reader follows reaches them."""

    DM = "dm"
    DIGEST = "digest"
    NONE = "none"


class ReaderSettings(NamedTuple):
    """How a reader wants to be served; the defaults are everybody's until they choose."""

    page_length: PageLength = PageLength.LONG
    plain: bool = False  # text alone, as a screen reader reads it best
    shared: bool = False  # whether a page is for everybody where /read does not say
    counted: bool = True  # in the figures that authors see
    new_parts: Notice = Notice.DM
    new_stories: Notice = Notice.DM
    spoiled: bool = False  # whether stories that tell of what they have not seen open like all others
    told: bool = False  # what becomes of a private page; nobody is told twice

    @property
    def limit(self) -> PageLength:
        """The length that pages are shown in: a plain message holds 4,000 units with all that stands around a page."""
        return min(self.page_length, PageLength.MEDIUM) if self.plain else self.page_length
