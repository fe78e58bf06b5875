"""This room lists what Talebearer refuses about letters, claims and the desk: one class, one sentence."""

from bot.domain.errors import ArchiveError, LetterRefused
from bot.domain.errors import _quoted as quoted


class DraftKept(ArchiveError):
    """A refused form whose text is kept for a day, to be opened again."""

    def __init__(self, refusal: ArchiveError, draft_id: int) -> None:
        super().__init__(str(refusal))
        self.draft_id = draft_id


class DraftGone(ArchiveError):
    """A draft that was kept for its day, was sent, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__("This draft is not kept any more; write the letter anew with /feedback.")


class NotInPage(LetterRefused):
    """A passage that does not stand on the page it was said to be from."""

    def __init__(self, passage: str, page: int) -> None:
        super().__init__(
            f"{quoted(passage)} does not stand on page {page}; copy the passage from there, or choose what else the"
            " letter is about."
        )


class NoPassage(LetterRefused):
    """A letter about a passage that was not given."""

    def __init__(self) -> None:
        super().__init__(
            "The letter is said to be about a passage and names none; copy it into “Passage”, or choose what else the"
            " letter is about."
        )


class NoSuchSender(LetterRefused):
    """A name that looks as if Talebearer had given it to somebody without one."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{quoted(name)} reads like somebody without a name; sign otherwise, or empty the name to stay anonymous."
        )


class Barred(LetterRefused):
    """A sender of whom the moderators of an archive take no letters."""

    def __init__(self) -> None:
        super().__init__("The moderators of this archive take no letters from you; ask them if you do not know why.")


class Blocked(LetterRefused):
    """A sender whose letters the author does not take."""

    def __init__(self, author: str) -> None:
        super().__init__(f"{quoted(author)} takes no letters from you here; there is nothing that you need to do.")


class LettersUnwanted(LetterRefused):
    """An author who takes no letters at all, or none about this story."""

    def __init__(self, author: str, title: str = "") -> None:
        about = f" about {quoted(title)}" if title else ""
        super().__init__(f"{quoted(author)} wishes no letters{about} for now; look in again another day.")


class TooManyLetters(LetterRefused):
    """A limit of letters a day that is used up."""

    def __init__(self, whose: str, limit: int) -> None:
        super().__init__(f"{whose} (at most {limit:,} a day) is used up; send it again tomorrow.")


class SameLetter(LetterRefused):
    """The same text to the same author within a day."""

    def __init__(self, author: str) -> None:
        super().__init__(
            f"{quoted(author)} has this very letter from you already; /letters shows where it is, or write something"
            " else."
        )


class TooNew(LetterRefused):
    """An account, or a membership, that is younger than the archive asks."""

    def __init__(self, what: str, days: int) -> None:
        super().__init__(
            f"To write letters here, {what} has to be at least {days} {'day' if days == 1 else 'days'} old; come back"
            " when it is."
        )


class NotAMember(LetterRefused):
    """A letter from outside a server that asks for membership."""

    def __init__(self, days: int) -> None:
        super().__init__(
            f"To write letters here one has to be a member of the server for {days} {'day' if days == 1 else 'days'};"
            " write from the server itself, where that can be seen."
        )


class NoSuchLetter(ArchiveError):
    """A letter that is not there, or not this person's to see: nobody learns which."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Letter {number} is none of yours; /letters and /pen inbox show those that are.")


class ConversationEnded(LetterRefused):
    """A conversation in which nobody can write any more."""

    def __init__(self) -> None:
        super().__init__(
            "This conversation was ended, so nothing more can be sent in it; a new letter begins with /feedback."
        )


class TooLate(ArchiveError):
    """A letter that has gone out, or may have."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Letter {number} has gone out or is on its way, so it cannot be taken back; its e-mail address can still"
            " be forgotten."
        )


class AlreadyRead(ArchiveError):
    """A letter that somebody has answered, or shown to the moderators: nobody learns which."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Letter {number} has been read in the inbox, so it cannot be taken back; its e-mail address can still be"
            " forgotten."
        )


class NothingWaits(ArchiveError):
    """Something that was to be handed over and has reached its account, or was never for it."""

    def __init__(self) -> None:
        super().__init__("This does not wait for you any more; /letters shows what does.")


class JustKnocked(ArchiveError):
    """Direct messages that are to be tried again, a moment after they were."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"Your direct messages were tried a moment ago; wait {seconds / 60:.0f} minutes, and until then read what"
            " waits for you in /letters."
        )


class NoEmail(ArchiveError):
    """A letter whose address is to be forgotten or shared, and that has none to do so with."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Letter {number} holds no e-mail address that this could be done with; nothing was changed.")


class NoPenName(ArchiveError):
    """Somebody to whom no pen name belongs."""

    def __init__(self) -> None:
        super().__init__("No pen name of this archive is tied to your account; ask for yours with /pen claim.")


class NotYourPenName(ArchiveError):
    """A pen name that is another account's, or nobody's."""

    def __init__(self, name: str = "") -> None:
        what = quoted(name) if name else "This pen name"
        super().__init__(f"{what} is not tied to your account; ask for it with /pen claim.")


class AlreadyYours(ArchiveError):
    """A claim of a pen name that belongs to the account."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{quoted(name)} is tied to your account already; /pen inbox shows its letters.")


class NeverAgain(ArchiveError):
    """A claim of a name that the account wished never to be asked about again."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"You said that you are not {quoted(name)} and are never to be asked again; a moderator can take that back."
        )


class ClaimSettled(ArchiveError):
    """A claim that is decided or answered already, or was never this person's."""

    def __init__(self) -> None:
        super().__init__("There is nothing left to decide here: it has been answered, or was never asked of you.")


class NameTaken(ArchiveError):
    """A new pen name that somebody in the archive writes under."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Somebody in this archive writes as {quoted(name)} already; choose another name.")


class NobodysName(ArchiveError):
    """The name that stories stand under whose author wants none on them: it can be nobody's."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{quoted(name)} is what stories stand under whose author took the name off, so it can be nobody's; choose"
            " another name."
        )


class NoName(ArchiveError):
    """A new pen name without a letter in it."""

    def __init__(self) -> None:
        super().__init__("A pen name needs at least one letter or digit; choose another one.")


class BadDate(ArchiveError):
    """A date that is none, or that lies in the past."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"{quoted(typed)} is no day to come; write it like 2031-12-24, or leave it empty to be here again."
        )


class NotYourDesk(ArchiveError):
    """An act for moderators by somebody who is none of this archive's."""

    def __init__(self) -> None:
        super().__init__(
            "Only the moderators of the archive that is read here can do this, and only in its own server; ask one of"
            " them."
        )


class NothingAtDesk(ArchiveError):
    """Something a moderator meant to settle and that is settled, or another archive's."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This {what} is settled, or not of this archive; open the list of the desk again.")


class NoReason(ArchiveError):
    """An act that must be given a reason."""

    def __init__(self) -> None:
        super().__init__("This goes on record and needs a reason; say in a few words why, and do it again.")


class TooManyReports(ArchiveError):
    """A reader who reported more stories than the moderators have answered."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"You have reported {limit} stories that the moderators have not come to yet; wait for their answers first."
        )


class OwnClaim(ArchiveError):
    """A moderator wants to agree with what they claim themselves."""

    def __init__(self, author: str) -> None:
        super().__init__(
            f"It is you who claims {quoted(author)}, so another moderator has to agree; where there is none, whoever"
            " runs the bot can: talebearer author link."
        )


class OwnLetters(ArchiveError):
    """A moderator who is an author wants to know who wrote to them."""

    def __init__(self) -> None:
        super().__init__(
            "This letter was written to you, so another moderator has to decide whether its writer is looked up; ask"
            " one of them."
        )


class OpensElsewhere(ArchiveError):
    """A story of another archive, asked for by whoever has a letter about it."""

    def __init__(self, title: str, archive: str, *, restricted: bool) -> None:
        where = "an age-restricted channel of its server" if restricted else "its server"
        super().__init__(f"{quoted(title)} stands in the archive {quoted(archive)}; use /read in {where} to open it.")


class NotYourStory(ArchiveError):
    """A story that somebody else wrote, or that nobody is known to have written."""

    def __init__(self) -> None:
        super().__init__(
            "No pen name of yours stands over this story; /pen stories shows those that are yours,"
            " and /pen claim asks for a name."
        )


class NoStoryOfYours(ArchiveError):
    """A title that none of an author's own stories has."""

    def __init__(self, text: str, nearest: str | None) -> None:
        hint = f"the nearest is {quoted(nearest)}" if nearest else "/pen stories shows those that are yours"
        super().__init__(f"None of your stories is called {quoted(text)}; {hint}.")


class WithdrawnAlready(ArchiveError):
    """A story that its author takes out a second time."""

    def __init__(self, title: str) -> None:
        super().__init__(f"{quoted(title)} is withdrawn already; nothing of its text is left in the archive.")


class NoPenToSubmit(ArchiveError):
    """A file without a name that its story could stand under."""

    def __init__(self) -> None:
        super().__init__(
            "A story needs a pen name to stand under; fill in the option “name”, or ask for yours with /pen claim."
        )


class TooManySent(ArchiveError):
    """An author with as many files before the moderators as they can have."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"{limit} files of yours wait for the moderators already; send more when they have decided,"
            " or take one back with /pen submit."
        )


class NothingSent(ArchiveError):
    """A file that is decided about, or that somebody else sent."""

    def __init__(self) -> None:
        super().__init__("This file waits no more, or is none of yours; /pen stories shows what came in.")
