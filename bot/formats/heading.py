"""This room takes a story's heading apart: `Series - Title -- by Author`."""

import re
from typing import NamedTuple

LONGEST = 300  # characters; a longer first line is a paragraph
LONGEST_BARE = 120  # of a title that stands alone
DASHED_BYLINE = re.compile(r"(?:^|\s*)(?:--+|[–—]|(?<=\s)-)\s*by:?\s+(?=\S)", re.IGNORECASE)
PLAIN_BYLINE = re.compile(r"\s+by\s+(?=\S)", re.IGNORECASE)
OWN_BYLINE = re.compile(r"[\s*_~(-]*(?:(?:written|a (?:story|fic)) )?by:?(?:\s+(?P<author>\S.*))?", re.IGNORECASE)
SINGLE_DASH = re.compile(r"\s+[-–—]\s+")
ANY_DASH = re.compile(r"\s+(?:--+|[-–—])\s+")
SERIES_WORD = re.compile(r"(?<=\S)\s+series$", re.IGNORECASE)
POSTED_BY = re.compile(r"(?<!\s)\s*+[,;(]\s*(?:posted|archived|e-?mail)\b.*$", re.IGNORECASE)
EMAIL = re.compile(
    r"[<(\[]?(?:mailto[:;])?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+[>)\]]?", re.IGNORECASE
)
SENTENCE = re.compile(r"""(?<!\.)[.,;:]["'”’]?$""")
ORNAMENT = " \t\ufeff*_~="


class Heading(NamedTuple):
    """A heading's pieces, "" where there is none."""

    title: str
    author: str = ""
    series: str = ""
    warnings: tuple[str, ...] = ()


def read(text: str, *, series: str = "", title: str = "", author: str = "") -> Heading:
    """The heading in `text`; what labelled fields or a byline of its own already say decides where it is cut."""
    text = text.strip(ORNAMENT)
    named, writer, warnings = _byline(text, author=author)
    found, name, doubts = _series(named, series=series, title=title)
    return Heading(title or name.strip(ORNAMENT), name_of(writer) or author, found or series, (*warnings, *doubts))


def is_bare(text: str) -> bool:
    """Whether a line that stands alone reads as a title and not as a sentence."""
    text = text.strip(ORNAMENT)
    return 0 < len(text) <= LONGEST_BARE and not SENTENCE.search(text) and not text.startswith(('"', "“", "|", ">"))


def has_byline(text: str) -> bool:
    return len(text) <= LONGEST and DASHED_BYLINE.search(text) is not None


def byline(text: str) -> str | None:
    """The author on a line of its own, "" where the line is a lone "by"; None where it is no byline."""
    match = OWN_BYLINE.fullmatch(text.rstrip()) if len(text) <= LONGEST_BARE else None
    if match is None or SENTENCE.search(match["author"] or ""):
        return None
    return match["author"] or ""


def name_of(text: str) -> str:
    """An author's name without the address and the poster that may stand beside it; "" for "-" and the like."""
    name = POSTED_BY.sub("", EMAIL.sub("", text)).strip(" \t*_~,;:()<>[]")
    return name if re.search(r"\w", name) else ""


def _byline(text: str, *, author: str) -> tuple[str, str, tuple[str, ...]]:
    *_, dashed = [None, *DASHED_BYLINE.finditer(text)]
    if dashed:
        return text[: dashed.start()].strip(), text[dashed.end() :], ()
    *_, plain = [None, *PLAIN_BYLINE.finditer(text)]
    if plain is None or author:
        return text, "", ()
    title, writer = text[: plain.start()].rstrip(" ,"), text[plain.end() :]
    doubt = f"“{text}” was read as “{title}” by {writer}, with no dash to say so; add “Author:” if that is wrong."
    return title, writer, (doubt,)


def _series(text: str, *, series: str, title: str) -> tuple[str, str, tuple[str, ...]]:
    """Series and title: known by the word Series, by the labels, or else by the first single dash."""
    dashes = list(ANY_DASH.finditer(text))
    for dash in dashes:
        ahead, behind = text[: dash.start()].strip(), text[dash.end() :].strip()
        if SERIES_WORD.search(ahead) or _same(ahead, series) or _same(behind, title):
            return series_name(ahead), behind, ()
    single = SINGLE_DASH.search(text)
    if not dashes or series or _same(text, title):
        return "", text, ()
    if single is None:
        return "", text, (f"“{text}” was taken for a title with a dash in it; add “Series:” if it is not.",)
    ahead, behind = text[: single.start()].strip(), text[single.end() :].strip()
    doubt = f"“{ahead}” was taken for the series of “{behind}”; add “Title:” if it belongs to the title."
    return series_name(ahead), behind, (doubt,)


def _same(one: str, other: str) -> bool:
    return bool(other) and series_name(one).casefold() == series_name(other).casefold()


def series_name(text: str) -> str:
    """Without the word Series at its end."""
    return SERIES_WORD.sub("", text.strip(ORNAMENT))
