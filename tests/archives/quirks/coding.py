"""This room has the quirks of bytes: encodings, entities, controls, line ends."""

from collections.abc import Callable

from bot.domain.documents import Kind
from tests.archives import prose
from tests.archives.chance import Chance
from tests.archives.drafts import Chunk, Draft, bare, replaced, utf8, windows
from tests.archives.quirks.registry import HTML, MAIL, MARKDOWN, PLAIN, TEXT, quirk
from tests.archives.specimens import Work
from tests.archives.tales import with_piece

TYPESET = "“You’re late,” Étienne said—or nearly said… “The café’s shut – naïve of you.”"
LATIN = "«Señora Ruiz», said Jürg, «the café is 20° warm, ½ empty and naïve.»"


def _typeset(work: Work) -> Work:
    return work.tell(chapters=with_piece(work.tale, prose.prose(TYPESET)).chapters)


@quirk(TEXT, HTML, MAIL, MARKDOWN)
def typographic_utf8(work: Work, chance: Chance) -> Work:
    return _typeset(work)


@quirk(TEXT, HTML)
def windows_1252(work: Work, chance: Chance) -> Work:
    return _typeset(work).lay(encode=windows, repaired=True)


@quirk(TEXT, HTML)
def latin_1(work: Work, chance: Chance) -> Work:
    told = with_piece(work.tale, prose.prose(LATIN))
    return work.tell(chapters=told.chapters).lay(encode=windows, repaired=True)


@quirk(TEXT, HTML)
def bytes_that_windows_lacks(work: Work, chance: Chance) -> Work:
    told = with_piece(work.tale, prose.prose("“Marit\u0081 came down,” said Odo, “and the \u009dlamp with her.”"))
    return work.tell(chapters=told.chapters).lay(encode=windows, repaired=True)


@quirk(TEXT, HTML, MARKDOWN)
def byte_order_mark(work: Work, chance: Chance) -> Work:
    return _mended(_typeset(work), lambda draft: [bare("\ufeff"), *draft]).lay(repaired=True)


def _mended(work: Work, mend: Callable[[Draft], Draft]) -> Work:
    return work.lay(mends=(*work.layout.mends, mend))


def twice_encoded(text: str) -> bytes:
    """UTF-8 that somebody took for cp1252 and wrote as UTF-8."""
    return b"".join(_misread(byte) for byte in text.encode("utf-8"))


def _misread(byte: int) -> bytes:
    try:
        return bytes([byte]).decode("cp1252").encode("utf-8")
    except UnicodeDecodeError:
        return chr(byte).encode("utf-8")


@quirk(TEXT, HTML)
def encoded_twice(work: Work, chance: Chance) -> Work:
    return _typeset(work).lay(encode=twice_encoded, repaired=True)


@quirk(HTML)
def frame_in_latin_and_story_in_utf8(work: Work, chance: Chance) -> Work:
    framed = _typeset(work).lay(top=(FRAME,), bottom=(FRAME,))
    return framed.lay(encode=_by_line, repaired=True)


FRAME = '<p align=center><a href="/">Bibliothèque Étoilée</a> | <a href="../index.html">Étoilée, accueil</a></p>\n'


def _by_line(text: str) -> bytes:
    return b"".join(windows(line) if "Étoilée" in line else utf8(line) for line in text.splitlines(keepends=True))


NUMBERED = {"“": "&#147;", "”": "&#148;", "’": "&#146;", "—": "&#151;", "…": "&#133;", "–": "&#150;"}
UNFINISHED = {
    "“": "&ldquo;",
    "”": "&rdquo;",
    "’": "&#8217",
    "—": "&#8212",
    "…": "&hellip;",
    "É": "&Eacute",
    "é": "&eacute",
    "ï": "&iuml",
}


def _spelt(names: dict[str, str]) -> Callable[[Draft], Draft]:
    table = str.maketrans(names)
    return lambda draft: replaced(draft, lambda text: text.translate(table), frozenset({Kind.TEXT}))


@quirk(HTML)
def entities_for_windows_code_points(work: Work, chance: Chance) -> Work:
    return _mended(_typeset(work), _spelt(NUMBERED))


@quirk(HTML)
def entities_without_semicolons(work: Work, chance: Chance) -> Work:
    return _mended(_typeset(work), _spelt(UNFINISHED))


@quirk(HTML)
def things_that_look_like_entities(work: Work, chance: Chance) -> Work:
    told = with_piece(
        work.tale, prose.prose("They rang AT&T; nobody at B&O or the R&D; office answered, & that was that.")
    )
    work = work.tell(chapters=told.chapters)
    return _mended(work, lambda draft: replaced(draft, lambda text: text.replace("&amp;", "&"), frozenset({Kind.TEXT})))


@quirk(HTML)
def a_heart(work: Work, chance: Chance) -> Work:
    told = with_piece(work.tale, prose.prose('"Love you <3 always," said the note, and 4 <5 was all the sum on it.'))
    work = work.tell(chapters=told.chapters)
    return _mended(work, lambda draft: replaced(draft, lambda text: text.replace("&lt;", "<"), frozenset({Kind.TEXT})))


@quirk(HTML)
def a_page_with_the_name_of_a_text(work: Work, chance: Chance) -> Work:
    return work.lay(file=chance.choice(["{stem}.txt", "{stem}.TXT", "{stem}", "{stem}.md"]))


@quirk(TEXT)
def a_text_with_the_name_of_a_page(work: Work, chance: Chance) -> Work:
    return work.lay(file=chance.choice(["{stem}.html", "{stem}.HTM", "{stem}.doc"]))


@quirk(TEXT, HTML, MAIL)
def end_mark_of_dos(work: Work, chance: Chance) -> Work:
    return _mended(work, lambda draft: [*draft, Chunk("\x1a")])


@quirk(*PLAIN)
def nulls_here_and_there(work: Work, chance: Chance) -> Work:
    return _within(work, "\0").lay(repaired=True)


def _within(work: Work, character: str) -> Work:
    """The character at a blank of the second paragraph."""

    def mend(draft: Draft) -> Draft:
        place = [number for number, chunk in enumerate(draft) if chunk.kind is Kind.TEXT][1]
        draft[place] = draft[place]._replace(text=draft[place].text.replace(" ", f"{character} ", 1))
        return draft

    return _mended(work, mend)


@quirk(TEXT)
def form_feeds(work: Work, chance: Chance) -> Work:
    """A new sheet of the printer's is a gap."""
    return work.lay(scene="\f")


def _line_ends(change: Callable[[str], str]) -> Callable[[Draft], Draft]:
    return lambda draft: replaced(draft, change)


@quirk(TEXT, HTML, MARKDOWN)
def carriage_returns_alone(work: Work, chance: Chance) -> Work:
    return _mended(work, _line_ends(lambda text: text.replace("\n", "\r")))


@quirk(TEXT, HTML, MAIL, MARKDOWN)
def windows_line_ends(work: Work, chance: Chance) -> Work:
    return _mended(work, _line_ends(lambda text: text.replace("\n", "\r\n")))


@quirk(TEXT, HTML, MAIL)
def mixed_line_ends(work: Work, chance: Chance) -> Work:
    """Every chunk of text has its own line ends: a file that went through two systems."""

    def mend(draft: Draft) -> Draft:
        return [
            chunk._replace(text=chunk.text.replace("\n", "\r\n")) if chance.likely(0.4) else chunk for chunk in draft
        ]

    return _mended(work, mend)


@quirk(TEXT, HTML, MAIL)
def nothing_decomposed(work: Work, chance: Chance) -> Work:
    """Letters that a compatibility form would change stay as they are."""
    return work.tell(
        chapters=with_piece(
            work.tale, prose.prose("The ﬁrst ½ mile was 20 m² of mud, № 4 on the map of Ålesund.")
        ).chapters
    )
