"""This room has the quirks of parts: how they are numbered, named, filed, divided, missing and doubled."""

from typing import NamedTuple

from tests.archives import prose, unseen
from tests.archives.chance import Chance
from tests.archives.layout import Heading
from tests.archives.quirks.paragraphs import telling
from tests.archives.quirks.registry import HTML, MAIL, PLAIN, TEXT, Change, add, quirk
from tests.archives.specimens import Work, renumbered
from tests.archives.tales import EPILOGUE, PROLOGUE, numbered
from tests.archives.truth import Number


class Naming(NamedTuple):
    """How each part's document names it: in its heading and as a file."""

    name: str
    title: str
    file: str
    numbers: tuple[Number, ...] = (numbered(1), numbered(2), numbered(3))


def _roman(*values: int) -> tuple[Number, ...]:
    return tuple(Number((value, ""), numeral) for value, numeral in zip(values, ("I", "II", "III"), strict=True))


def _words(*words: str) -> tuple[Number, ...]:
    return tuple(Number((value, ""), word) for value, word in enumerate(words, 1))


LETTERED = (numbered(1, "a"), numbered(1, "b"), numbered(2))
NAMINGS = [
    Naming("part_n_of_m", "{title} (part {number} of {total})", "{stem}{number}{suffix}"),
    Naming("capital_part_n_of_m", "{title} (Part {number}/{total})", "{stem}-ch{number}{suffix}"),
    Naming("lettered", "{title} ({number}/{total})", "{stem}{number}{suffix}", LETTERED),
    Naming("n_of_m", "{title} {number}/{total}", "{stem}_Part_{number}{suffix}"),
    Naming("n_of_perhaps_m", "{title} ({number}/{total}?)", "{stem}Pt{number}{suffix}"),
    Naming("roman_part", "{title} - Part {number}", "{stem}_Part_{number}{suffix}", _roman(1, 2, 3)),
    Naming("dash_part_n", "{title} - Part {number}", "{stem}PT_{number}{suffix}"),
    Naming("chapter_in_words", "{title} - Chapter {number}", "{stem}-{number}{suffix}", _words("One", "Two", "Three")),
    Naming("episode", "{title}: Episode {number}", "{stem}-ep{number}{suffix}"),
    Naming("act", "{title}, Act {number}", "{stem}.{number}{suffix}"),
    Naming("book", "{title} - Book {number}", "{stem}.{number}", _roman(1, 2, 3)),
    Naming(
        "half_parts",
        "{title} - part {number}",
        "{stem}.{number}{suffix}",
        (numbered(2), numbered(2.5), numbered(2.5, "b")),
    ),
    Naming("prologue", "{title} - {number}", "{stem}-{number}{suffix}", (PROLOGUE, numbered(1), EPILOGUE)),
]


def _named(naming: Naming) -> Change:
    def change(work: Work, chance: Chance) -> Work:
        heading = Heading.TWO if work.layout.writing is HTML else chance.choice([Heading.BYLINE, Heading.LABELS])
        renamed = renumbered(work, list(naming.numbers))
        if naming.name == "prologue":
            renamed = _some_named(renamed)
        return renamed.lay(title=naming.title, file=naming.file, heading=heading)

    return change


def _some_named(work: Work) -> Work:
    """The part between is plainly "Part 1"."""
    chapters = work.tale.chapters
    middle = chapters[1]._replace(number=chapters[1].number._replace(label="Part 1"))
    return work.tell(chapters=(chapters[0], middle, chapters[2]))


for _naming in NAMINGS:
    add(f"parts_{_naming.name}", _named(_naming), (TEXT, HTML, MAIL), 3)


@quirk(TEXT, HTML, MAIL, chapters=3)
def parts_named_otherwise(work: Work, chance: Chance) -> Work:
    title = chance.of(["{title}: part {number}", "{title} (Chapter {number})", "{title} pt. {number}"], unseen.PARTS)
    heading = Heading.TWO if work.layout.writing is HTML else Heading.BYLINE
    return work.lay(title=title, heading=heading, file="{stem}{number}{suffix}")


@quirk(TEXT, HTML, chapters=3)
def parts_named_by_files_alone(work: Work, chance: Chance) -> Work:
    """Old extensions that count: `lamp.1`, `lamp.02`, `x1.a`; the text says only the title."""
    files = [
        "{stem}.{number:0>2}",
        "{stem}_Part_{number}{suffix}",
        "{stem}-ch{number}.html",
        "{stem}PT_{number}{suffix}",
        "{stem}Pt{number}{suffix}",
    ]
    return work.lay(file=chance.of(files, unseen.FILES), title="{title}")


@quirk(TEXT, HTML, chapters=3)
def parts_named_by_no_one_rule(work: Work, chance: Chance) -> Work:
    """Each part was filed in another mood; the text says only the title."""
    files = ("{stem}Pt1.txt", "{stem}_Part_2.txt", "{stem}_Part_3_Final.txt")
    return work.lay(files=files, title="{title}")


@quirk(TEXT, chapters=3)
def parts_by_letters_of_files(work: Work, chance: Chance) -> Work:
    letters = [numbered(1, "a"), numbered(1, "b"), numbered(2, "a")]
    named = renumbered(work, letters)
    return named.lay(file="x{number[0]}.{number[1]}", title="{title}")


@quirk(TEXT, HTML, chapters=7)
def a_missing_part(work: Work, chance: Chance) -> Work:
    """One set really has parts 1a to 5 and 7, and no 6."""
    numbers = [numbered(1, "a"), numbered(1, "b"), numbered(2), numbered(3), numbered(4), numbered(5), numbered(7)]
    return (
        renumbered(work, numbers)
        .tell(missing=("6",))
        .lay(title="{title} ({number}/{total})", file="{stem}{number}{suffix}")
    )


DIVISIONS = [
    "Part {number}",
    "Chapter {word}",
    "PART {word}",
    "Chapter {number}",
    "Act {number}",
    "Episode {number}",
    "Part {number} of 3",
    "- {number} -",
]


def _divided(heading: str, *, named: bool = False) -> Change:
    def change(work: Work, chance: Chance) -> Work:
        titles = ["The Weir", "Low Water", "What Odo Saw"] if named else ["", "", ""]
        chapters = zip(work.tale.chapters, titles, strict=True)
        return work.tell(chapters=tuple(each._replace(title=title) for each, title in chapters)).lay(divided=heading)

    return change


for _number, _heading in enumerate(DIVISIONS):
    add(f"divided_by_heading_{_number}", _divided(_heading), (TEXT, HTML, MAIL), 3)
    if not _heading.startswith("-"):
        add(f"divided_by_named_heading_{_number}", _divided(_heading, named=True), (TEXT, HTML, MAIL), 3)


@quirk(*PLAIN, chapters=3)
def divided_with_prologue_and_epilogue(work: Work, chance: Chance) -> Work:
    return renumbered(work, [PROLOGUE, Number((1, ""), "Chapter 1"), EPILOGUE]).lay(divided="{number}")


@quirk(*PLAIN, chapters=3)
def parts_end_with_a_mark(work: Work, chance: Chance) -> Work:
    return work.lay(
        title="{title} (part {number} of {total})",
        part_end=chance.choice(["End part {number}", "End of Part {number}", "End of part {number}."]),
        file="{stem}{number}{suffix}",
    )


@quirk(*PLAIN)
def a_date_that_looks_like_a_part(work: Work, chance: Chance) -> Work:
    """`12/10` is usually a date."""
    return telling(work, prose.prose("12/10"), prose.paragraph(chance), prose.prose("12/11"))


@quirk(TEXT, HTML, MAIL)
def sentences_that_look_like_parts(work: Work, chance: Chance) -> Work:
    return telling(
        work,
        prose.prose("Part of me wanted to stay."),
        prose.prose("Chapter one was done, said Odo, and shut the book."),
    )


@quirk(TEXT, HTML, MAIL)
def to_be_continued(work: Work, chance: Chance) -> Work:
    mark = chance.choice(["To be continued", "To be continued...", "TO BE CONTINUED", "TBC"])
    told = work.tell(sayings=tuple(each for each in work.tale.sayings if each.field != "status"), status=mark)
    return told.lay(end=mark)


ENDS = [
    "The End",
    "THE END",
    "End",
    "END",
    "Fin",
    "Finis",
    "Owari",
    "~The End~",
    "*** The End ***",
    "The End.",
    "~ Fin ~",
]


@quirk(TEXT, HTML, MAIL)
def end_marks(work: Work, chance: Chance) -> Work:
    return work.lay(end=chance.of(ENDS, unseen.ENDS))


@quirk(TEXT, HTML, MAIL)
def no_end_mark(work: Work, chance: Chance) -> Work:
    return work.lay(end="")
