"""This room lists what Talebearer refuses: one class, one sentence."""

from collections.abc import Sequence

NAME_LIMIT = 100
"""Characters of a name in a sentence: what is to be done must still be read behind it."""


class ArchiveError(Exception):
    """Anything a person is told in one sentence: what it is about, why, and what to do.

    `str(error)` is that sentence, plain text without any Markdown. Whatever is not an ArchiveError is a bug.
    """


def _quoted(name: str) -> str:
    return f"“{name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1] + '…'}”"


class Unreadable(ArchiveError):
    """A document that cannot be made into a story; its message is a clause, the caller puts the name ahead."""


class NoText(Unreadable):
    """A picture, a sound, a program: nothing is wrong with not reading it."""


class SettingsRefused(ArchiveError):
    """Settings that Talebearer cannot start with, all of them told at once, a line each."""


class DatabaseRefused(ArchiveError):
    """A database file that cannot be served."""


class NotFound(ArchiveError):
    """A name that nothing in the archive answers to."""

    def __init__(self, what: str, text: str, nearest: str | None = None) -> None:
        hint = f"the nearest is {_quoted(nearest)}" if nearest else "look through the Fiction Index with /stories"
        super().__init__(f"No {what} here is called {_quoted(text)}; {hint}.")


class Gone(ArchiveError):
    """A story or series that was in the archive once, or never in this one."""

    def __init__(self, what: str = "story") -> None:
        super().__init__(f"This {what} is no longer in the archive; /stories shows what is.")


class Withdrawn(Gone):
    """A story that its author took back while its pages were open."""

    def __init__(self) -> None:
        ArchiveError.__init__(
            self, "The author of this story withdrew it, and its text is no longer here; /stories shows what is."
        )


class TooMature(ArchiveError):
    """A story above the archive's limit, asked for in a place that is not age-restricted."""

    def __init__(self, title: str, rating: str, doubt: str = "") -> None:
        where = f"this place does not count as one because {doubt}" if doubt else "this place is not one"
        super().__init__(
            f"{_quoted(title)} is rated {rating} and opens only in an age-restricted channel, and {where};"
            " ask again in one."
        )


class NoSuchPart(ArchiveError):
    """A part number that the story does not have."""

    def __init__(self, title: str, parts: int) -> None:
        has = "is not divided into parts" if parts == 1 else f"has parts 1 to {parts}"
        super().__init__(f"{_quoted(title)} {has}; leave the option “part” out or name one.")


class NoSuchStop(ArchiveError):
    """Something that names no page, part or share of a story."""

    def __init__(self, text: str, pages: int, parts: int) -> None:
        of_parts = f", a part from “part 1” to “part {parts}”" if parts > 1 else ""
        super().__init__(
            f"{_quoted(text.strip())} is no place in this story; name a page from 1 to {pages:,}{of_parts},"
            " or a share of it like “40 %”."
        )


class NoPage(ArchiveError):
    """A message of which a page was wanted, and that shows none."""

    def __init__(self) -> None:
        super().__init__("This message shows no page of a story; choose this from the menu of a page that is shared.")


class NoSuchEpisode(ArchiveError):
    """A name that no episode of a list has."""

    def __init__(self, name: str, text: str, nearest: str | None) -> None:
        hint = f"the nearest is {_quoted(nearest)}" if nearest else "ask the moderators to add it"
        super().__init__(f"The list {_quoted(name)} has no episode called {_quoted(text)}; {hint}.")


class NoPlace(ArchiveError):
    """A reader who has not read anything yet."""

    def __init__(self) -> None:
        super().__init__("You have no story open yet; choose one with /stories or /read.")


class NoneOpens(ArchiveError):
    """An author or a series to be taken home, in a place where no story of theirs opens."""

    def __init__(self, name: str) -> None:
        super().__init__(f"No story of {_quoted(name)} opens in this place; ask again in an age-restricted channel.")


class TooLarge(ArchiveError):
    """More than fits into the files of one answer."""

    def __init__(self, name: str, noun: str) -> None:
        instead = "take it in another format" if noun == "story" else "take its stories one by one"
        super().__init__(f"{_quoted(name)} is too large for one download; {instead} with /download story.")


class NothingOpens(ArchiveError):
    """A story by lot, in a place where none opens."""

    def __init__(self) -> None:
        super().__init__("No story of the archive opens in this place; /stories shows what there is and where it does.")


class NoBookmark(ArchiveError):
    """A bookmark that was removed, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__("This bookmark is no longer on your shelf; /shelf shows what is.")


class ShelfFull(ArchiveError):
    """A reader with more bookmarks than anybody finds again."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"Your shelf holds {limit:,} bookmarks, which is all it can; remove one with /shelf first.")


class FollowsFull(ArchiveError):
    """A reader who follows more than anybody keeps up with."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"You follow {limit:,} things here, which is all you can; let one go with /follow list first.")


class QueryRefused(ArchiveError):
    """A search that cannot be read: the bad piece of it, what is wrong with it, and the nearest good one."""

    def __init__(self, piece: str, reason: str, cure: str) -> None:
        super().__init__(f"{_quoted(piece.strip())} cannot be searched for because {reason}; {cure}.")


class LetterRefused(ArchiveError):
    """A letter that cannot be taken as it is."""


class EmptyLetter(LetterRefused):
    """A form without comments."""

    def __init__(self) -> None:
        super().__init__("The letter has no comments in it; write something under “Comments” and send it again.")


class BadEmail(LetterRefused):
    """Something in the e-mail field that is no address."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"{_quoted(typed)} is not an e-mail address; correct it or leave the field empty and send the letter again."
        )


class UnknownAuthor(ArchiveError):
    """A pen name that the archive does not have."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        hint = f"did you mean {' or '.join(nearest)}?" if nearest else "import a story by that name first."
        super().__init__(f"No author in the archive is called {_quoted(name)}; {hint}")


class NoSuchRun(ArchiveError):
    """A run of the importer that is not there to be taken back."""

    def __init__(self, run_id: int, why: str, newest: int | None) -> None:
        hint = f"the newest is run {newest}" if newest else "there is none to take back"
        super().__init__(f"Run {run_id} {why}; {hint}.")


class NoSuchEdition(ArchiveError):
    """A number that no edition of the story has."""

    def __init__(self, title: str, editions: int) -> None:
        super().__init__(f"{_quoted(title)} has editions 1 to {editions}; name one of them.")


class UnknownControl(ArchiveError):
    """A button or form of another version."""

    def __init__(self) -> None:
        super().__init__(
            "This button or form belongs to another version of Talebearer and leads nowhere now;"
            " start again with /archive."
        )


class UnknownCommand(ArchiveError):
    """A command that Discord still offers and this version does not have."""

    def __init__(self) -> None:
        super().__init__(
            "This command belongs to another version of Talebearer; reload Discord, and choose it again from the list."
        )
