"""This room makes an edition that was kept ready to be shown again."""

from array import array
from dataclasses import replace

from bot.domain.models import Part
from bot.formats import prose
from bot.formats.assembly import Work
from bot.formats.likeness import prints, sketch
from bot.formats.merging import merge
from bot.formats.people import ANONYMOUS
from bot.formats.summary import Piece
from bot.services.intake.binding import paged
from bot.services.intake.preparing import Job, read, text_of, without_text
from bot.store import documents, editions
from bot.store.editions import Edition
from bot.store.sqlite import Reader


async def restored(reader: Reader, edition_id: int) -> Edition:
    """An edition with its pages, from its snapshot or, where none was kept, from its documents."""
    kept = await editions.load(reader, edition_id)
    if kept is None:
        return await _read_again(reader, edition_id)
    story = kept.manuscript
    parts = [Part(part.title, prose.from_markup(markup)) for part, markup in zip(story.parts, kept.markup, strict=True)]
    texts = [text_of(part) for part in parts]
    return replace(
        kept,
        pages=list(paged(texts)),
        words=sum(text.words for text in texts),
        scene_breaks=sum(text.scene_breaks for text in texts),
        sketch=sketch(kept.prints or prints(parts)),
    )


async def _read_again(reader: Reader, edition_id: int) -> Edition:
    """Old databases kept of editions that are not shown the document alone, and a story was one document."""
    [made] = await editions.documents_of(reader, edition_id)
    document = await documents.kept(reader, made.document_id)
    reading = read(Job(0, document.path, document.content))
    piece = Piece(0, 0)
    whole = merge(Work((piece,), (reading.part,)), [reading.manuscripts[0]])
    texts = [text_of(part) for part in whole.parts]
    numbers: array[int] = prints(whole.parts)
    return Edition(
        manuscript=replace(without_text(whole), authors=whole.authors or (ANONYMOUS,)),
        markup=[text.markup for text in texts],
        pages=list(paged(texts)),
        words=sum(text.words for text in texts),
        scene_breaks=sum(text.scene_breaks for text in texts),
        path=document.path,
        prints=numbers,
        sketch=sketch(numbers),
        repairs=len(reading.repairs),
    )
