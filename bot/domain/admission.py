"""This room says whether a letter is taken at all, by what its author and its archive ask of senders."""

import enum
from typing import NamedTuple

from bot.domain.delivery import Wish
from bot.domain.people import Sender
from bot.domain.refusals import Barred, Blocked, LettersUnwanted, NotAMember, SameLetter, TooManyLetters, TooNew

DAY = 86_400.0
"""Seconds over which letters are counted."""


ANSWERS = 20
"""Answers of an author in one conversation a day: nobody is written to by a stranger without end."""


class Blocker(enum.StrEnum):
    """Who takes no letters of somebody."""

    AUTHOR = "author"
    ARCHIVE = "archive"  # a moderator, for all authors


class Limits(NamedTuple):
    """What an archive asks; letters are counted by the day."""

    account_days: int
    member_days: int
    of_sender: int
    to_author: int
    of_archive: int


class Facts(NamedTuple):
    """What is known of a sender and an author before a letter is written; counts are of the last day."""

    author: str
    title: str  # of the story that the author has a wish of its own about; else empty
    blocked: Blocker | None
    wish: Wish
    away_until: float | None
    of_sender: int
    to_author: int
    of_archive: int
    limits: Limits
    said_before: bool = False  # these very words, to this author, on the same day


def admit(facts: Facts, sender: Sender, now: float) -> None:
    """Lets a sender write to an author.

    Raises:
        SameLetter, Barred, Blocked, LettersUnwanted, TooManyLetters, TooNew, NotAMember: why not.
    """
    if facts.said_before:
        raise SameLetter(facts.author)
    admit_answer(facts)
    _age(facts.limits, sender, now)


def admit_answer(facts: Facts) -> None:
    """Lets a reader go on in a conversation that an author has answered in.

    How old account and membership are was asked of its first letter. An answer comes from a direct message, where
    nobody can tell whether its writer is a member.

    Raises:
        Barred, Blocked, LettersUnwanted, TooManyLetters: why not.
    """
    refuse(facts.blocked, facts.author)
    if facts.wish is Wish.OFF:
        raise LettersUnwanted(facts.author, facts.title)
    _count(facts)


def refuse(blocked: Blocker | None, author: str) -> None:
    """Lets through whom nobody blocks.

    Raises:
        Barred, Blocked: who does.
    """
    if blocked is Blocker.ARCHIVE:
        raise Barred
    if blocked is Blocker.AUTHOR:
        raise Blocked(author)


def _count(facts: Facts) -> None:
    limits = facts.limits
    if facts.of_sender >= limits.of_sender:
        raise TooManyLetters("Your share of letters", limits.of_sender)
    if facts.to_author >= limits.to_author:
        raise TooManyLetters(f"What “{facts.author}” can be sent", limits.to_author)
    if facts.of_archive >= limits.of_archive:
        raise TooManyLetters("What this archive carries", limits.of_archive)


def count_answers(of_author: int, in_conversation: int, limit: int) -> None:
    """Lets an author answer, as often in a day as letters may come to them, and not too often the same reader.

    Raises:
        TooManyLetters: it was often enough.
    """
    if in_conversation >= ANSWERS:
        raise TooManyLetters("What you can answer one letter", ANSWERS)
    if of_author >= limit:
        raise TooManyLetters("What one author can answer", limit)


def _age(limits: Limits, sender: Sender, now: float) -> None:
    if limits.account_days and now - sender.account_since < limits.account_days * DAY:
        raise TooNew("an account", limits.account_days)
    if not limits.member_days:
        return
    if sender.member_since is None:
        raise NotAMember(limits.member_days)
    if now - sender.member_since < limits.member_days * DAY:
        raise TooNew("a membership in the server", limits.member_days)
