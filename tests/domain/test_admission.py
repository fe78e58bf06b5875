"""Who may write to whom, and who looks after an archive."""

import pytest

from bot.domain import admission, people
from bot.domain.access import HOME, Archive, Audience
from bot.domain.admission import DAY, Blocker, Facts, Limits
from bot.domain.delivery import Wish
from bot.domain.errors import ArchiveError
from bot.domain.models import Rating
from bot.domain.people import Actor, Keepers, Sender
from bot.domain.refusals import (
    Barred,
    Blocked,
    LettersUnwanted,
    NotAMember,
    NotYourDesk,
    TooManyLetters,
    TooNew,
)

NOW = 1_000 * DAY
SERVER, OTHER, ROLE = 10, 20, 30
LIMITS = Limits(account_days=0, member_days=0, of_sender=3, to_author=5, of_archive=7)
FACTS = Facts("Ruby", "", None, Wish.ON, None, 0, 0, 0, LIMITS)
SENDER = Sender(Audience(Archive(HOME, "Home", Rating.PG, directory_safe=False), 7), 0.0, 0.0)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"blocked": Blocker.AUTHOR}, Blocked),
        ({"blocked": Blocker.ARCHIVE}, Barred),
        ({"wish": Wish.OFF}, LettersUnwanted),
        ({"of_sender": 3}, TooManyLetters),
        ({"to_author": 5}, TooManyLetters),
        ({"of_archive": 7}, TooManyLetters),
        ({"limits": LIMITS._replace(account_days=1_001)}, TooNew),
        ({"limits": LIMITS._replace(member_days=1_001)}, TooNew),
    ],
)
def test_each_reason_refuses_by_itself(changed: dict[str, object], refusal: type[ArchiveError]) -> None:
    admission.admit(FACTS, SENDER, NOW)
    with pytest.raises(refusal):
        admission.admit(Facts(**{**FACTS._asdict(), **changed}), SENDER, NOW)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "changed",
    [
        {"wish": Wish.DAILY},
        {"away_until": NOW + DAY},
        {"of_sender": 2, "to_author": 4, "of_archive": 6},
        {"limits": LIMITS._replace(account_days=1_000, member_days=1_000)},
    ],
)
def test_what_only_delays_refuses_nobody(changed: dict[str, object]) -> None:
    admission.admit(Facts(**{**FACTS._asdict(), **changed}), SENDER, NOW)  # pyright: ignore[reportArgumentType]


def test_whose_membership_cannot_be_told_is_refused_only_where_it_counts() -> None:
    outside = SENDER._replace(member_since=None)
    admission.admit(FACTS, outside, NOW)
    with pytest.raises(NotAMember):
        admission.admit(FACTS._replace(limits=LIMITS._replace(member_days=1)), outside, NOW)


@pytest.mark.parametrize("rule", ["account_days", "member_days"])
def test_an_answer_is_not_asked_how_old_its_writer_is(rule: str) -> None:
    """It comes from a direct message, where nobody can tell; the first letter was asked."""
    limits = LIMITS._replace(**{rule: 1_001})
    admission.admit_answer(FACTS._replace(limits=limits))
    with pytest.raises(Blocked):
        admission.admit_answer(FACTS._replace(limits=limits, blocked=Blocker.AUTHOR))


def test_an_author_answers_often_but_not_without_end() -> None:
    admission.count_answers(99, admission.ANSWERS - 1, 100)
    with pytest.raises(TooManyLetters, match="answer one letter"):
        admission.count_answers(99, admission.ANSWERS, 100)
    with pytest.raises(TooManyLetters, match="one author"):
        admission.count_answers(100, 0, 100)


def _actor(archive: int = HOME, server: int | None = SERVER, **rights: object) -> Actor:
    plain = Actor(1, archive, server, manages=False, roles=frozenset(), owns_bot=False)
    return plain._replace(**rights)  # pyright: ignore[reportArgumentType]


HOME_KEEPERS = Keepers(None, ROLE)


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (_actor(manages=True), True),
        (_actor(roles=frozenset({ROLE})), True),
        (_actor(owns_bot=True), True),
        (_actor(server=OTHER, owns_bot=True), True),
        (_actor(), False),
        (_actor(roles=frozenset({ROLE + 1})), False),
        (_actor(server=OTHER, manages=True), False),
        (_actor(server=OTHER, roles=frozenset({ROLE})), False),
        (_actor(server=None, manages=True), False),
    ],
)
def test_the_home_archives_moderators_come_from_the_home_server(actor: Actor, may: bool) -> None:
    assert people.looks_after(actor, HOME_KEEPERS, SERVER) is may


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (_actor(2, OTHER, manages=True), True),
        (_actor(2, OTHER, roles=frozenset({ROLE})), True),
        (_actor(2, OTHER, owns_bot=True), False),
        (_actor(2, SERVER, manages=True), False),
        (_actor(2, None, manages=True), False),
    ],
)
def test_an_archive_of_a_servers_own_is_that_servers(actor: Actor, may: bool) -> None:
    assert people.looks_after(actor, Keepers(OTHER, ROLE), SERVER) is may


def test_without_a_home_server_only_the_bots_owners_look_after_the_home_archive() -> None:
    assert not people.looks_after(_actor(manages=True), HOME_KEEPERS, None)
    assert not people.looks_after(_actor(server=None, manages=True), HOME_KEEPERS, None)
    assert people.looks_after(_actor(owns_bot=True), HOME_KEEPERS, None)


def test_no_role_at_all_is_not_a_role_that_everybody_has() -> None:
    assert not people.looks_after(_actor(), Keepers(None, None), SERVER)


def test_whoever_does_not_look_after_it_is_told() -> None:
    people.require(_actor(manages=True), HOME_KEEPERS, SERVER)
    with pytest.raises(NotYourDesk):
        people.require(_actor(), HOME_KEEPERS, SERVER)
