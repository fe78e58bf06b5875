"""This room names what an export of an archive holds: its stories, whole, and what moderators decided about them."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.documents import Manuscript
from bot.domain.fields import Texts
from bot.domain.models import Standing

STANDINGS = (Standing.PUBLISHED, Standing.WITHHELD, Standing.HIDDEN)
"""Of a story that its author withdrew there is nothing to export."""


class ExportedPart(NamedTuple):
    """The text of a part as markup, and its number as people would say it."""

    label: str
    markup: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A story with all that its archive knows of it; no person stands in it but its authors' pen names."""

    number: int  # by which the links of other stories of the same export call it
    story: Manuscript  # its parts have titles alone
    parts: tuple[ExportedPart, ...]
    missing: tuple[str, ...] = ()  # parts that nobody has
    leads: tuple[int | None, ...] = ()  # for each link the number of the story that it means
    amended: Texts  # what a person said of its fields: it stands over what any file says
    state: Standing = Standing.PUBLISHED
    reason: str = ""  # for its state
    told: str = ""  # to readers, of its state
    approved: str = ""  # the misgiving over which a moderator published it
    added_at: float  # seconds since the epoch
    updated_at: float

    @property
    def content(self) -> tuple[Manuscript, tuple[ExportedPart, ...], tuple[str, ...]]:
        """What makes it this story, wherever it stands."""
        return self.story, self.parts, self.missing
