"""This room answers one question: may this audience see this story?"""

import enum
from dataclasses import dataclass

from bot.domain.desk_refusals import Hidden, ShownNowhere
from bot.domain.errors import Gone, TooMature, Withdrawn
from bot.domain.models import Gated, Leaf, Rating, Standing, Story

HOME = 1
"""Id of the home archive: what the command line imports into, and direct messages read."""
STRICTEST = max(Rating)
"""Found once: each row of a list is compared with it."""


class Sight(enum.Enum):
    """What an audience gets of a story."""

    OPEN = "open"  # everything
    LISTED = "listed"  # its row, which says where it opens; nothing of its text
    ABSENT = "absent"  # not even that it exists


@dataclass(frozen=True, slots=True)
class Archive:
    """The stories of one community, and how mature they may be in an ordinary channel."""

    id: int
    name: str
    rating_limit: Rating
    directory_safe: bool  # an app in Discord's directory may hold no story above the limit at all


@dataclass(frozen=True, slots=True)
class Audience:
    """Who asks, of which archive, and in what kind of place."""

    archive: Archive
    reader: int  # Discord user id
    age_restricted: bool = False
    doubt: str = ""  # why the place counts as ordinary although it might not be one

    @property
    def opens(self) -> Rating:
        """The most mature rating that opens here; the SQL of `store.stories` compares with it too."""
        if self.age_restricted and not self.archive.directory_safe:
            return STRICTEST
        return self.archive.rating_limit

    @property
    def lists(self) -> Rating:
        """The most mature rating that has a row here."""
        return self.archive.rating_limit if self.archive.directory_safe else STRICTEST


Work = Story | Gated | Leaf


def may_see(work: Work, audience: Audience) -> Sight:
    """What `audience` gets of a story or a page of it.

    Only what is published exists at all. Authors and moderators are no exception, and a direct message is never an
    age-restricted place.
    """
    if work.archive_id != audience.archive.id or work.state is not Standing.PUBLISHED or work.rating > audience.lists:
        return Sight.ABSENT
    return Sight.OPEN if work.rating <= audience.opens else Sight.LISTED


def admit(work: Work, audience: Audience) -> None:
    """Lets an audience in to a story or a page of it.

    Raises:
        Gone: to this audience it does not exist, or (Withdrawn) not any more.
        Hidden: moderators took it away, and tell why.
        TooMature: it opens elsewhere.
    """
    match may_see(work, audience):
        case Sight.OPEN:
            return
        case Sight.LISTED:
            raise TooMature(work.title, work.rating.label, audience.doubt)
        case Sight.ABSENT if _was_there(work, audience, Standing.WITHDRAWN):
            raise Withdrawn
        case Sight.ABSENT if work.told and _was_there(work, audience, Standing.HIDDEN):
            raise Hidden(work.title, work.told)
        case Sight.ABSENT:
            raise Gone


def admit_moderator(work: Work, audience: Audience) -> None:
    """Lets a moderator in to a story, whatever its state; how mature a place may be holds for them too.

    Raises:
        Gone: it is another archive's.
        TooMature: it opens elsewhere.
        ShownNowhere: it opens nowhere.
    """
    if work.archive_id != audience.archive.id:
        raise Gone
    if work.rating > audience.lists:
        raise ShownNowhere(work.title, work.rating.label)
    if work.rating > audience.opens:
        raise TooMature(work.title, work.rating.label, audience.doubt)


def _was_there(work: Work, audience: Audience, state: Standing) -> bool:
    """Whether the audience may have had its row before it came into this state."""
    here = work.archive_id == audience.archive.id and work.rating <= audience.lists
    return here and work.state is state
