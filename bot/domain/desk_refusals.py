"""This room lists what the desk refuses about stories and uploads: one class, one sentence."""

from bot.domain.errors import ArchiveError
from bot.domain.errors import _quoted as quoted


class FieldRefused(ArchiveError):
    """Something typed into a field that cannot be what the field holds."""

    def __init__(self, label: str, typed: str, why: str) -> None:
        what = quoted(typed) if typed else "what was typed"
        super().__init__(f"{label} {why}, and {what} does not; correct it and send the form again.")


class UploadRefused(ArchiveError):
    """A file that is not taken, with the reason as a clause."""

    def __init__(self, name: str, why: str, cure: str) -> None:
        super().__init__(f"{quoted(name)} was not taken because {why}; {cure}.")


class UploadSettled(ArchiveError):
    """An upload that was imported or dropped already, or is another archive's."""

    def __init__(self) -> None:
        super().__init__(
            "This upload was imported or dropped already, or is not of this archive; /desk import shows what there is."
        )


class UploadUnread(ArchiveError):
    """An upload that is being read."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Upload {number} is still being read; look again in a moment with /desk import.")


class NothingToImport(ArchiveError):
    """An upload in which every story is skipped, or none was found."""

    def __init__(self) -> None:
        super().__init__("Nothing of this upload is to be imported; take at least one story, or drop the upload.")


class RunGone(ArchiveError):
    """A run of another archive, or one that did nothing."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Run {number} is none of this archive's, or it changed nothing; /desk import shows what did.")


class StandsAlready(ArchiveError):
    """An act on a story whose state does not allow it, most often since another moderator was faster."""

    def __init__(self, title: str, state: str, act: str) -> None:
        super().__init__(
            f"{quoted(title)} is {state} now, so there is nothing to {act}; /desk ledger tells who did that and when."
        )


class Hidden(ArchiveError):
    """A story that moderators took out of readers' sight, with the reason they give."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(f"{quoted(title)} is hidden by the moderators: {reason.rstrip('.')}. /stories shows the rest.")


class ChangedMeanwhile(ArchiveError):
    """An edit of fields that another moderator, or an import, changed meanwhile."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"Somebody changed {quoted(title)} meanwhile, so nothing was saved over it; look at both, and decide."
        )


class MilderRating(ArchiveError):
    """An author who would give a story a milder rating than it has."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"Only moderators give {quoted(title)} a milder rating than it has; leave the rating as it is, or ask them."
        )


class ProposalGone(ArchiveError):
    """What was typed was saved, is older than a day, or somebody else's."""

    def __init__(self) -> None:
        super().__init__(
            "What was typed here is saved already, or not kept any more; begin again with /desk edit or /pen edit."
        )


class NothingToUndo(ArchiveError):
    """An entry of the record that cannot be undone."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Entry {number} cannot be undone: it was already, what stood there before is erased, or it is no edit;"
            " /desk ledger shows which."
        )


class ExportTooLarge(ArchiveError):
    """An archive that does not fit into the files of one answer."""

    def __init__(self, archive: str, files: int) -> None:
        super().__init__(
            f"The archive {quoted(archive)} does not fit into {files} files as Discord takes them here; ask whoever"
            " runs the bot for `talebearer export`, which has no such limit."
        )


class ExportRefused(ArchiveError):
    """An export that cannot be read, with the reason as a clause."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{quoted(name)} was not imported: {why}.")


class NoDays(ArchiveError):
    """A number of days that is none, or too many."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"{quoted(typed)} is no number of days from 1 to 3650; type one, or nothing for good.")


class NoSuchEntry(ArchiveError):
    """A number that no entry of this archive's record has."""

    def __init__(self, number: int) -> None:
        super().__init__(f"The record of this archive has no entry {number}; /desk ledger shows what it has.")


class ShownNowhere(ArchiveError):
    """The text of a story above the limit, asked for at the desk of a directory-safe archive."""

    def __init__(self, title: str, rating: str) -> None:
        super().__init__(
            f"{quoted(title)} is rated {rating}, and a directory-safe archive shows the text of such a story nowhere;"
            " /desk settings tells how it is run."
        )


class NotYourServer(ArchiveError):
    """Opening an archive by somebody who does not manage the server."""

    def __init__(self) -> None:
        super().__init__("Only who may manage this server can open an archive for it; ask one of them.")


class HasArchive(ArchiveError):
    """A second archive for a server, or one for the server that keeps the home archive."""

    def __init__(self) -> None:
        super().__init__("This server has an archive of its own already; /desk settings shows how it is run.")


class NoArchiveName(ArchiveError):
    """An archive without a name."""

    def __init__(self) -> None:
        super().__init__("An archive needs a name; type one and run the command again.")


class ListRefused(ArchiveError):
    """A list of episodes that is not taken, with the reason as a clause."""

    def __init__(self, why: str, cure: str) -> None:
        super().__init__(f"This list of episodes was not taken because {why}; {cure}.")


class RunUndone(ArchiveError):
    """A run of the importer that somebody took back meanwhile."""

    def __init__(self, run_id: int) -> None:
        super().__init__(f"Run {run_id} was taken back already; look under /desk import at what it left.")


class LinkSettled(ArchiveError):
    """A link that a moderator has ruled on already; `target`: what it means, None for no story of the archive."""

    def __init__(self, story: str, named: str, target: str | None) -> None:
        meaning = "no story of this archive" if target is None else quoted(target)
        super().__init__(
            f"What {quoted(story)} names {quoted(named)} is settled already, as {meaning}; look under “Settled” in"
            " /desk links to open it again."
        )


class LinkOpen(ArchiveError):
    """A ruling to be taken back where there is none."""

    def __init__(self, story: str, named: str) -> None:
        super().__init__(
            f"Nobody has ruled on what {quoted(story)} names {quoted(named)}, or no more; /desk links shows what is"
            " open."
        )


class LinkToItself(ArchiveError):
    """A story that would be its own sequel."""

    def __init__(self, title: str) -> None:
        super().__init__(f"{quoted(title)} cannot be what it names itself; choose another story.")


class MovedMeanwhile(ArchiveError):
    """A story that stands elsewhere in its series than whoever moves it saw; `place`: where, from 1."""

    def __init__(self, title: str, place: int) -> None:
        super().__init__(
            f"Somebody moved {quoted(title)} to place {place} meanwhile; look at the order, and move it again."
        )


class NoSuchPlace(ArchiveError):
    """A place that a series has not."""

    def __init__(self, name: str, place: int | str, last: int) -> None:
        super().__init__(f"{quoted(name)} has no place {quoted(str(place))}; its stories stand at 1 to {last}.")


class NotInSeries(ArchiveError):
    """A story that was taken out of a series, by a moderator or an import."""

    def __init__(self, name: str) -> None:
        super().__init__(f"This story does not belong to {quoted(name)} any more; look at the series again.")


class SeriesNamedSo(ArchiveError):
    """A name that another series has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Another series is called {quoted(name)} already; choose another name, or add the stories to it."
        )
