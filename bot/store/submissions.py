"""This room keeps what authors sent in, from the file to the moderators' word."""

import enum
import json
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain import names
from bot.store import claims, outbox
from bot.store.sqlite import Reader, Writer


class State(enum.StrEnum):
    """Where a submission is."""

    WAITING = "waiting"
    TAKEN = "taken"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"  # by its author


class Submission(NamedTuple):
    """A file that an author sent in."""

    id: int
    archive_id: int
    upload_id: int | None
    user_id: int
    name: str
    file: str
    state: State
    submitted_at: float


async def add(db: Writer, archive_id: int, upload_id: int, user_id: int, name: str, file: str, now: float) -> int:
    return await db.insert(
        "INSERT INTO submissions (archive_id, upload_id, user_id, name, file, state, submitted_at)"
        " VALUES (:archive, :upload, :user, :name, :file, 'waiting', :now)",
        archive=archive_id,
        upload=upload_id,
        user=user_id,
        name=name,
        file=file,
        now=now,
    )


async def waiting(db: Reader, user_id: int) -> list[Submission]:
    """What an account sent in and nobody has decided, oldest first."""
    rows = await db.all(
        "SELECT id, archive_id, upload_id, user_id, name, file, state, submitted_at FROM submissions"
        " WHERE user_id = :user AND state = 'waiting' ORDER BY id",
        user=user_id,
    )
    return [Submission._make(row)._replace(state=State(row["state"])) for row in rows]


async def _of_upload(db: Reader, upload_id: int) -> Submission | None:
    row = await db.one(
        "SELECT id, archive_id, upload_id, user_id, name, file, state, submitted_at FROM submissions"
        " WHERE upload_id = :upload AND state = 'waiting'",
        upload=upload_id,
    )
    return None if row is None else Submission._make(row)._replace(state=State(row["state"]))


async def name_works(db: Writer, upload_id: int) -> None:
    """Has every story of a submission come in under the pen name of whoever sent it, whatever the file says.

    Nothing for uploads that are no submission.
    """
    submission = await _of_upload(db, upload_id)
    if submission is not None:
        await db.run(
            "UPDATE upload_works SET fixes = json_set(fixes, '$.authors', :name) WHERE upload_id = :upload",
            name=submission.name,
            upload=upload_id,
        )


async def take(db: Writer, upload_id: int, story_ids: Sequence[int], now: float) -> None:
    """A moderator took an upload in: its author is told, and a name that nobody had becomes theirs.

    Nothing for uploads that are no submission.
    """
    submission = await _of_upload(db, upload_id)
    if submission is None:
        return
    await _decide(db, submission, State.TAKEN, now)
    author = await db.value(
        "SELECT a.id FROM authors a JOIN story_authors sa ON sa.author_id = a.id WHERE a.archive_id = :archive"
        " AND a.name_key = :key AND a.user_id IS NULL AND sa.story_id IN (SELECT value FROM json_each(:stories))"
        # A name that has other stories, or letters waiting, is claimed, not taken.
        " AND NOT EXISTS (SELECT 1 FROM story_authors o WHERE o.author_id = a.id"
        "  AND o.story_id NOT IN (SELECT value FROM json_each(:stories)))"
        " AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.author_id = a.id) LIMIT 1",
        archive=submission.archive_id,
        key=names.key(submission.name),
        stories=json.dumps(list(story_ids)),
    )
    if author is not None:
        await claims.link(db, author, submission.user_id, now)
    await _tell(db, submission, "is in the archive now; /pen stories shows it, and whether readers see it yet.", now)


async def drop(db: Writer, upload_id: int, why: str, now: float) -> None:
    """A moderator did not take an upload: its author is told why, in Markdown.

    Nothing for uploads that are no submission.
    """
    submission = await _of_upload(db, upload_id)
    if submission is not None:
        await _decide(db, submission, State.DROPPED, now)
        await _tell(db, submission, f"was not taken. The reason the moderators gave: {why}", now)


async def undo(db: Writer, run_id: int, now: float) -> None:
    """The run that brought a submission in was taken back: its author is told, who heard that it is there."""
    rows = await db.all(
        "SELECT s.id, s.archive_id, s.upload_id, s.user_id, s.name, s.file, s.state, s.submitted_at FROM submissions s"
        " JOIN uploads u ON u.id = s.upload_id WHERE u.run_id = :run AND s.state = 'taken'",
        run=run_id,
    )
    for row in rows:
        submission = Submission._make(row)._replace(state=State(row["state"]))
        await _decide(db, submission, State.DROPPED, now)
        said = "is out of the archive again, because its import was taken back. Ask the moderators why."
        await _tell(db, submission, said, now, again=True)


async def withdraw(db: Writer, submission_id: int, user_id: int, now: float) -> bool:
    """Its author takes a submission back with the file; False where it is decided, or another's."""
    [*found] = [each for each in await waiting(db, user_id) if each.id == submission_id]
    if not found or not await _is_undecided(db, found[0]):
        return False
    await _decide(db, found[0], State.WITHDRAWN, now)
    await db.run("DELETE FROM uploads WHERE id = :upload", upload=found[0].upload_id)
    return True


async def _is_undecided(db: Reader, submission: Submission) -> bool:
    """A moderator may be importing it at this moment."""
    state = await db.value("SELECT state FROM uploads WHERE id = :upload", upload=submission.upload_id)
    return state in (None, "sent", "read", "failed")


async def _decide(db: Writer, submission: Submission, state: State, now: float) -> None:
    await db.run(
        "UPDATE submissions SET state = :state, decided_at = :now WHERE id = :id",
        id=submission.id,
        state=state,
        now=now,
    )


async def _tell(db: Writer, submission: Submission, said: str, now: float, *, again: bool = False) -> None:
    await outbox.notice(
        db,
        submission.archive_id,
        submission.user_id,
        f"submission {submission.id} again" if again else f"submission {submission.id}",
        title="What you sent in",
        text=f"Your file of <t:{int(submission.submitted_at)}:f> {said}",
        now=now,
    )
