"""The gate: who sees what where."""

from dataclasses import replace

import pytest

from bot.domain.access import Archive, Audience, Sight, admit_moderator, may_see
from bot.domain.desk_refusals import ShownNowhere
from bot.domain.errors import ArchiveError, Gone, TooMature
from bot.domain.models import Rating, Standing, Story

TEEN = Archive(1, "Home", Rating.PG_13, directory_safe=False)
STORY = Story(
    id=1, archive_id=1, author_id=1, author="Ruby", series_id=None, series=None, title="The Lamp", rating=Rating.G,
    rating_raw="", description="", spoilers=(), note="", disclaimer="", status="", words=1, parts=1, pages=1,
)  # fmt: skip
SAFE = Archive(1, "Home", Rating.PG_13, directory_safe=True)


@pytest.mark.parametrize("rating", Rating)
@pytest.mark.parametrize("age_restricted", [True, False])
def test_a_mature_story_opens_only_in_an_age_restricted_place(rating: Rating, age_restricted: bool) -> None:
    sight = may_see(replace(STORY, rating=rating), Audience(TEEN, 7, age_restricted))
    assert sight is (Sight.OPEN if rating <= Rating.PG_13 or age_restricted else Sight.LISTED)


@pytest.mark.parametrize("age_restricted", [True, False])
def test_a_directory_safe_archive_hides_mature_stories_everywhere(age_restricted: bool) -> None:
    audience = Audience(SAFE, 7, age_restricted)
    assert may_see(replace(STORY, rating=Rating.R), audience) is Sight.ABSENT
    assert may_see(replace(STORY, rating=Rating.PG_13), audience) is Sight.OPEN


def test_what_nobody_rated_counts_as_the_strictest() -> None:
    adult = Archive(1, "Home", Rating.NC_17, directory_safe=False)
    assert may_see(replace(STORY, rating=Rating.UNRATED), Audience(adult, 7)) is Sight.LISTED


def test_a_story_of_another_archive_does_not_exist() -> None:
    assert may_see(replace(STORY, archive_id=2), Audience(TEEN, 7, age_restricted=True)) is Sight.ABSENT


@pytest.mark.parametrize("state", Standing)
def test_only_what_is_published_exists(state: Standing) -> None:
    sight = may_see(replace(STORY, state=state), Audience(TEEN, 7, age_restricted=True))
    assert sight is (Sight.OPEN if state is Standing.PUBLISHED else Sight.ABSENT)


@pytest.mark.parametrize("state", Standing)
@pytest.mark.parametrize(
    ("archive", "age_restricted", "rating", "refusal"),
    [
        (TEEN, False, Rating.PG_13, None),
        (TEEN, False, Rating.R, TooMature),
        (TEEN, True, Rating.NC_17, None),
        (SAFE, False, Rating.PG_13, None),
        (SAFE, True, Rating.R, ShownNowhere),
        (Archive(2, "Elsewhere", Rating.NC_17, directory_safe=False), True, Rating.G, Gone),
    ],
)
def test_moderators_see_every_state_but_no_rating_more_than_readers(
    archive: Archive, age_restricted: bool, rating: Rating, refusal: type[ArchiveError] | None, state: Standing
) -> None:
    asked = replace(STORY, rating=rating, state=state), Audience(archive, 7, age_restricted)
    if refusal is None:
        admit_moderator(*asked)
    else:
        with pytest.raises(refusal):
            admit_moderator(*asked)
