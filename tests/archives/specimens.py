"""This room makes the documents of one tale, and says what each of them alone says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tests.archives import plain, post, sites, web
from tests.archives.chance import Chance
from tests.archives.drafts import Draft, encoded
from tests.archives.layout import Layout, Writing, filename
from tests.archives.tales import Tale
from tests.archives.truth import NOTHING, Chapter, Number, TrueDocument, TrueStory

WRITERS = {
    Writing.TEXT: plain.document,
    Writing.MARKDOWN: plain.document,
    Writing.MAIL: post.document,
    Writing.HTML: web.document,
    Writing.DOWNLOAD: sites.archive_download,
    Writing.FETCHED: sites.fetched,
}


@dataclass(frozen=True, slots=True)
class Work:
    """A tale and how it is laid out: what a quirk is given and gives back."""

    tale: Tale
    layout: Layout

    def tell(self, **changes: object) -> "Work":
        return replace(self, tale=replace(self.tale, **changes))

    def lay(self, **changes: object) -> "Work":
        return replace(self, layout=replace(self.layout, **changes))


def drafted(work: Work, chapters: list[Chapter], chance: Chance) -> Draft:
    draft = WRITERS[work.layout.writing](work.tale, chapters, work.layout, chance)
    for mend in work.layout.mends:
        draft = mend(draft)
    return draft


def documents(work: Work, chance: Chance, stem: str, quirks: tuple[str, ...]) -> list[TrueDocument]:
    """One document, where the tale is undivided or its parts stand in one; else one a part."""
    chapters = list(work.tale.chapters)
    together = work.layout.divided or len(chapters) == 1
    groups = [chapters] if together else [[each] for each in chapters]
    return [_document(work, group, chance, stem, quirks) for group in groups]


def _document(work: Work, chapters: list[Chapter], chance: Chance, stem: str, quirks: tuple[str, ...]) -> TrueDocument:
    data, marks = encoded(drafted(work, chapters, chance), work.layout.encode)
    number = chapters[0].number
    part = len(chapters) == 1 and (len(work.tale.chapters) > 1 or bool(work.layout.divided))
    return TrueDocument(
        path=filename(work.layout, stem, chapters[0], work.tale.chapters.index(chapters[0])),
        data=data,
        fields=said_by(work, chapters),
        chapters=tuple(chapters),
        headings=tuple(plain.division(each, work.layout) for each in chapters) if work.layout.divided else (),
        number=number.order if part else None,
        marks=marks,
        private=tuple(each for each in (*work.tale.private, post.box(work.tale)) if each.encode() in data),
        doubts=work.tale.doubts,
        repaired=work.layout.repaired,
        quirks=quirks,
    )


def said_by(work: Work, chapters: list[Chapter]) -> Mapping[str, object]:
    """The fields that this document says: labels on the first part or all, notes after the end on the last."""
    fields = dict(work.tale.fields)
    if not work.layout.repeats and chapters[0] is not work.tale.chapters[0]:
        kept = ("title", "authors", "series")
        fields = {**NOTHING, **{name: fields[name] for name in kept}}
    if chapters[-1] is not work.tale.chapters[-1]:
        fields |= {"after": (), "status": fields["status"] if "status" in _labels(work) else ""}
    if work.layout.writing is Writing.MAIL and not fields["written"]:
        fields["written"] = post.WHEN[1]
    fields |= {name: NOTHING[name] for name in work.layout.unstated}
    return {name: value for name, value in fields.items() if name not in work.layout.unjudged}


def _labels(work: Work) -> set[str]:
    return {each.field for each in work.tale.sayings}


def story(work: Work, made: list[TrueDocument], quirks: tuple[str, ...]) -> TrueStory:
    fields = {name: value for name, value in work.tale.fields.items() if name not in work.layout.unjudged}
    if work.layout.writing is Writing.MAIL and not fields.get("written"):
        fields["written"] = post.WHEN[1]
    return TrueStory(
        fields=fields,
        chapters=work.tale.chapters,
        paths=tuple(each.path for each in made),
        missing=work.tale.missing,
        quirks=quirks,
    )


def renumbered(work: Work, numbers: list[Number]) -> Work:
    """The tale's chapters under these numbers, one for one."""
    chapters = zip(work.tale.chapters, numbers, strict=True)
    return work.tell(chapters=tuple(chapter._replace(number=number) for chapter, number in chapters))
