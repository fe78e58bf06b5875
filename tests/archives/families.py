"""This room builds whole archives: three families of them, with their index pages, copies and boxes."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.archives import books, fields, post, prose, structure, web
from tests.archives.chance import Chance
from tests.archives.drafts import encoded
from tests.archives.layout import Heading, Writing, ordinary
from tests.archives.quirks import QUIRKS, coding, paragraphs, people, scenes
from tests.archives.specimens import Work, documents, story
from tests.archives.structure import Row, Section
from tests.archives.tales import AUTHORS, Tale, person, said, saying_of, tale, unsaid
from tests.archives.truth import Chapter, TrueDocument, TrueEntry, TrueStory, Truth

ROOMS = {room.__name__ for room in (coding, paragraphs, scenes, people)}  # quirks that leave names and numbers alone
NAVIGATION = '<p align="center"><a href="index.html")>Back to the Index</a> | <a href="/")>Return to Main</a></p>\n'


@dataclass(slots=True)
class Shelf:
    """An archive as it grows."""

    chance: Chance
    documents: list[TrueDocument] = field(default_factory=list[TrueDocument])
    stories: list[TrueStory] = field(default_factory=list[TrueStory])
    works: list[Work] = field(default_factory=list[Work])  # of the stories, one for one
    boxes: dict[str, bytes] = field(default_factory=dict[str, bytes])  # files that hold documents

    def add(self, work: Work, folder: str, stem: str, names: tuple[str, ...]) -> list[TrueDocument]:
        made = [replace(each, path=f"{folder}{each.path}") for each in documents(work, self.chance, stem, names)]
        self.documents += made
        self.stories.append(story(work, made, names))
        self.works.append(work)
        return made


def build(seed: int, folder: Path, *, stories: int = 8) -> Truth:
    """An archive of the family that the seed falls to, on disk; what it holds comes back."""
    shelf = Shelf(Chance(seed, "archive"))
    FAMILIES[seed % len(FAMILIES)](shelf, stories)
    for document in shelf.documents:
        if not any(f"{document.path}/".startswith(f"{box}/") for box in shelf.boxes):
            _write(folder / document.path, document.data)
    for path, data in shelf.boxes.items():
        _write(folder / path, data)
    return Truth(documents=tuple(shelf.documents), stories=tuple(shelf.stories))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def titles(chance: Chance) -> Iterator[str]:
    """Titles of one archive, no two alike."""
    pairs = [(thing, place) for thing in prose.THINGS for place in prose.PLACES]
    for thing, place in chance.sample(pairs, len(pairs)):
        yield chance.choice(["The {} of the {}", "{}, {} and After", "Past the {} - {}"]).format(
            thing.title(), place.title()
        )


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())[:8] or "x"


def told(chance: Chance, title: str, chapters: int) -> Tale:
    """A tale under a title of its own; one of two authors, so that authors have several."""
    author = chance.choice(AUTHORS[:3] if chance.likely(0.6) else [person(chance).name])
    return replace(tale(chance, chapters=chapters), title=title, authors=(author,))


def quirky(chance: Chance, work: Work) -> tuple[Work, tuple[str, ...]]:
    """The work with a quirk or two that its writing is found with."""
    fit = [
        each
        for each in QUIRKS.values()
        if work.layout.writing in each.writings and each.change.__module__ in ROOMS and each.chapters == 1
    ]
    picked = chance.choice([each for each in fit if not _is_about_authors(each.name)])
    return picked.change(work, chance), (picked.name,)


def _is_about_authors(name: str) -> bool:
    return any(
        word in name for word in ("author", "anonymous", "address", "with_help", "posted", "sent_by", "third_in")
    )


def of_pages(shelf: Shelf, count: int) -> None:
    """HTML pages of one template, a page a part, with an index page for each story of several and each author."""
    names = titles(shelf.chance)
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for number in range(count):
        work = Work(
            told(shelf.chance, next(names), shelf.chance.choice([1, 1, 2, 4, 11])), ordinary(shelf.chance, Writing.HTML)
        )
        work, quirks = quirky(shelf.chance, work)
        work = _lacking(_templated(work), shelf.chance)
        author, stem = work.tale.authors[0], f"{slug(work.tale.title)}{number}"
        made = shelf.add(work, f"weir/{slug(author)}/{stem}/", "", quirks)
        target = _indexed(shelf, work, made)
        target = _as_written(shelf.chance, f"{stem}/{target}")
        rows.setdefault(author, []).append((target, work.tale.title, _about(work)))
    for author, works in rows.items():
        shelf.documents.append(structure.of_author(f"weir/{slug(author)}/index.html", author, works))
    sections = [Section(author, tuple(_row(slug(author), *work) for work in works)) for author, works in rows.items()]
    shelf.documents.append(structure.page("weir/index.html", "The Weir Archive", "<h1>Fiction Index</h1>", sections))


def _about(work: Work) -> str:
    saying = saying_of(work.tale, "description")
    return saying.value if saying else ""


def _row(folder: str, target: str, title: str, about: str) -> Row:
    return Row(TrueEntry(f"{folder}/{target}", title), f" - {about}")


def _templated(work: Work) -> Work:
    """As the archive's one template has every page."""
    several = len(work.tale.chapters) > 1
    return work.lay(
        heading=Heading.TWO,
        title="{title} (part {number} of {total})" if several else "{title}",
        file="part{number}.html",
        bottom=(NAVIGATION,),
        divided="",
        cells=False,
    )


def _lacking(work: Work, chance: Chance) -> Work:
    """Of some longer stories a part is lost."""
    chapters = work.tale.chapters
    if len(chapters) < 4 or chance.likely(0.6):
        return work
    lost = chapters[2]
    return work.tell(chapters=(*chapters[:2], *chapters[3:]), missing=(lost.number.label,))


def _as_written(chance: Chance, target: str) -> str:
    """Links from systems that parted folders otherwise, or did not care for capitals."""
    written = chance.choice([target, target, target.replace("/", "\\"), target.replace(".html", ".HTML")])
    assert followed(written) == target
    return written


def followed(target: str) -> str:
    """Where a link leads, however it is written."""
    return target.replace("\\", "/").replace(".HTML", ".html")


def _indexed(shelf: Shelf, work: Work, made: list[TrueDocument]) -> str:
    """The page that leads to the story: its own index where it has several parts."""
    if len(made) == 1:
        return made[0].path.rpartition("/")[2]
    parts = [
        (each.path.rpartition("/")[2], f"Part {chapter.number.label}")
        for each, chapter in zip(made, work.tale.chapters, strict=True)
    ]
    folder = made[0].path.rpartition("/")[0]
    shelf.documents.append(structure.of_parts(f"{folder}/index.html", work.tale.title, work.tale.authors[0], parts))
    return "index.html"


def of_texts(shelf: Shelf, count: int) -> None:
    """Text files that name no author; the index names all, under a heading for each rating."""
    names = titles(shelf.chance)
    sections: dict[str, list[Row]] = {}
    for number in range(count):
        work = Work(
            told(shelf.chance, next(names), shelf.chance.choice([1, 1, 1, 3])), ordinary(shelf.chance, Writing.TEXT)
        )
        work, quirks = quirky(shelf.chance, work)
        work = _nameless(work, shelf.chance)
        made = shelf.add(work, "texts/", f"{slug(work.tale.title)}{number}", quirks)
        rating = saying_of(work.tale, "rating_raw")
        assert rating is not None
        sections.setdefault(rating.value, []).extend(_linked(work, each) for each in made)
    listed = [Section(rating, tuple(rows)) for rating, rows in sections.items()]
    shelf.documents.append(structure.page("texts/index.html", "Texts by Rating", "<h1>The Text Archive</h1>", listed))
    _copied(shelf)
    _doubled(shelf)


def _nameless(work: Work, chance: Chance) -> Work:
    rated = Work(
        said(work.tale, fields.Saying("rating_raw", "Rating", raw := chance.choice(fields.RATINGS), raw)), work.layout
    )
    several = len(work.tale.chapters) > 1
    return rated.lay(
        heading=Heading.BARE,
        unstated=frozenset({"authors", "rating_raw", "rating"}),
        title="{title} - Part {number}" if several else "{title}",
        file="{stem}_Part_{number}.txt" if several else "{stem}.txt",
        divided="",
    )


def _linked(work: Work, document: TrueDocument) -> Row:
    title, author = work.tale.title, work.tale.authors[0]
    entry = TrueEntry(document.path.rpartition("/")[2], title, authors=(author,))
    return Row(entry, f" by {author}")


def _copied(shelf: Shelf) -> None:
    """Copies of stories of one document: as it is in another folder, without a paragraph, as a page."""
    single = [number for number, each in enumerate(shelf.stories) if len(each.paths) == 1]
    for number, (relation, ending, remake) in zip(single, COPIES, strict=False):
        original = shelf.stories[number]
        document = next(each for each in shelf.documents if each.path == original.paths[0])
        path = f"mirror/{document.path.rpartition('/')[2].removesuffix('.txt')}{ending}"
        data = remake(document, shelf.works[number])
        shelf.documents.append(replace(document, path=path, data=data, marks=(), quirks=("copies",)))
        shelf.stories[number] = replace(original, duplicates=((path, relation),))


def _doubled(shelf: Shelf) -> None:
    """Of the first story of several parts the second was saved twice."""
    number = next((number for number, each in enumerate(shelf.stories) if len(each.paths) > 1), None)
    if number is not None:
        story = shelf.stories[number]
        document = next(each for each in shelf.documents if each.path == story.paths[1])
        path = document.path.replace("_Part_2", "_Part_2_Final")
        shelf.documents.append(replace(document, path=path, quirks=("doubled",)))
        shelf.stories[number] = replace(story, doubled=(path,))


def _as_it_is(document: TrueDocument, work: Work) -> bytes:
    return document.data


def _as_a_page(document: TrueDocument, work: Work) -> bytes:
    layout = replace(books.LAYOUT, unstated=work.layout.unstated, heading=Heading.BARE)
    return encoded(web.document(work.tale, list(document.chapters), layout, Chance(0)))[0]


def _shorter(document: TrueDocument, work: Work) -> bytes:
    """Without its last paragraph."""
    last = [mark for mark in document.marks if mark.kind == "text"][-2]
    begin = document.data.rfind(b"\n\n", 0, last.start)
    end = document.data.find(b"\n\n", last.end)
    return document.data[:begin] + document.data[end:]


def of_news(shelf: Shelf, count: int) -> None:
    """Messages, some of them in one box, a zip of texts, and books."""
    names = titles(shelf.chance)
    for number in range(count):
        maker, writing, most = MAKERS[number % len(MAKERS)]
        chapters = shelf.chance.randint(1, most)
        maker(shelf, Work(told(shelf.chance, next(names), chapters), ordinary(shelf.chance, writing)), number)


def _message(shelf: Shelf, work: Work, number: int) -> None:
    shelf.add(_numbered(work), "news/", f"{number:04}-", ("news",))


def _numbered(work: Work) -> Work:
    if len(work.tale.chapters) == 1:
        return work
    return work.lay(title="{title} ({number}/{total})", heading=Heading.BYLINE, file="{stem}{number}{suffix}")


def _boxed(shelf: Shelf, work: Work, number: int) -> None:
    """Messages of a box are its members, counted from 1."""
    box = f"news/box{number}.mbox"
    made = documents(_numbered(work), shelf.chance, "", ("box",))
    alone = len(made) == 1  # a box of one message is that message
    members = [replace(each, path=box if alone else f"{box}/{at}") for at, each in enumerate(made, 1)]
    shelf.boxes[box] = post.mbox([each.data for each in made])
    shelf.documents += members
    shelf.stories.append(story(work, members, ("box",)))


def _zipped(shelf: Shelf, work: Work, number: int) -> None:
    work, quirks = quirky(shelf.chance, work)
    inner = shelf.chance.choice(["", "inner.zip/"])
    made = shelf.add(work, f"old{number}.zip/{inner}", slug(work.tale.title), (*quirks, "zip"))
    data = _packed({each.path.rpartition("/")[2]: each.data for each in made})
    shelf.boxes[f"old{number}.zip"] = _packed({"inner.zip": data}) if inner else data


def _packed(files: dict[str, bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return box.getvalue()


def _book(shelf: Shelf, work: Work, number: int) -> None:
    """A story bound as a book: its pages are documents, and its package says what the text does not."""
    name = shelf.chance.choice(sorted(books.BINDINGS))
    work = Work(_packaged(work.tale, books.BINDINGS[name]), books.LAYOUT)
    path = f"books/{slug(work.tale.title)}{number}.epub"
    bound = books.bound(work.tale, books.BINDINGS[name])
    shelf.boxes[path] = bound.data
    members = [_page(path, member, data, chapter) for member, data, chapter in bound.pages]
    shelf.documents += members
    shelf.stories.append(story(work, [each for each in members if each.chapters], (f"book_{name}",)))


def _packaged(told: Tale, binding: books.Binding) -> Tale:
    """Without a title page, the package is all that says anything."""
    kept = {"description", "language", "written", "tags"}
    return (
        told if binding.title_page else unsaid(told, *(each.field for each in told.sayings if each.field not in kept))
    )


def _page(book: str, name: str, data: bytes, chapter: Chapter | None) -> TrueDocument:
    chapters = (chapter,) if chapter else ()
    return TrueDocument(path=f"{book}/{name}", data=data, fields={}, chapters=chapters, quirks=("book",))


COPIES = [("same", ".txt", _as_it_is), ("edition", ".txt", _shorter), ("same", ".html", _as_a_page)]
MAKERS: list[tuple[Callable[[Shelf, Work, int], None], Writing, int]] = [
    (_message, Writing.MAIL, 3),
    (_boxed, Writing.MAIL, 3),
    (_zipped, Writing.TEXT, 1),
    (_book, Writing.HTML, 3),
]
FAMILIES = [of_pages, of_texts, of_news]
