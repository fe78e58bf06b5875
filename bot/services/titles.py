"""This room finds the story that somebody who looks after an archive has named."""

from bot.domain.errors import ArchiveError, NotFound
from bot.domain.models import Story
from bot.formats.spelling import nearest
from bot.store import stories
from bot.store.database import Reader


async def story_named(db: Reader, archive_id: int, text: str) -> Story:
    """The story of a number, "12" or "#12" as autocomplete offers it, or of exactly this title.

    Raises:
        NotFound: there is none.
        ArchiveError: there are several; the sentence tells their numbers.
    """
    found = await stories.meant(db, archive_id, text.removeprefix("#"))
    if not found:
        raise NotFound("story", text, nearest(text, await stories.every_title(db, archive_id)))
    if len(found) > 1:
        told = ", ".join(f"{story.id} (by {story.author})" for story in found)
        raise ArchiveError(f"{len(found)} stories are called “{text}”; name one by its number: {told}.")
    return found[0]
