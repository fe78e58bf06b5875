"""This room takes a story's heading apart: `Series - Title -- by Author`."""

import re
from typing import NamedTuple

from bot.formats import people

LONGEST = 300  # characters; a longer first line is a paragraph
LONGEST_BARE = 120  # of a title that stands alone
DASHED_BYLINE = re.compile(r"(?:^|\s*)(?:--+|[–—]|(?<=\s)-)\s*(?:written\s+)?by:?\s+(?=\S)", re.IGNORECASE)
PLAIN_BYLINE = re.compile(r",?\s+(?:written\s+)?by\s+(?=\S)", re.IGNORECASE)
PREFIX = re.compile(
    r"\s*(?:(?:re|fwd?|aw|new|fic|fanfic|story|repost|post|submission|update)\s*:\s*|\[[^\[\]]{1,40}\]\s*)",
    re.IGNORECASE,
)
"""What lists and journals put ahead of a title."""
POSTED = re.compile(
    r"\s*(?:\[\s*)?(?:new\s+)?(?:fan\s?)?(?:fic(?:tion|let)?|story|drabble)(?:\s*\]\s*:?|\s*:)\s*(?=\S)", re.IGNORECASE
)
OWN_BYLINE = re.compile(
    r"""[\s*_~(\[-]*(?:(?:written|authored|created|story|fic|fanfic|fan\s?fiction|lyrics|words|poem|text)\s+|
    (?P<kind>an?\s+(?P<series>\S.{0,80}?\s+)??(?:story|fic|fan\s?fic(?:tion)?|tale|novel|vignette|novella|poem|ballad|sonnet|song|filk|play|script|drabble|ficlet
      |one[ -]?shot|parody|fable|crossover|round\s?robin)\s+(?:written\s+)?))?
    (?:by\b:?(?:\s*(?P<author>\S.*))?|(?:von|par|por)\s+(?P<foreign>(?-i:[A-ZÀ-Þ])\S*(?:\s+(?:(?-i:[A-ZÀ-Þ&])\S*|und|et|y|de|von))*))""",
    re.IGNORECASE | re.VERBOSE,
)
ANY_DASH = re.compile(r"\s+(?:--+|[-–—])\s+")
SERIES_WORD = re.compile(r"(?<=\S)\s+series$", re.IGNORECASE)
SENTENCE = re.compile(r"""(?<!\.)[.,;:]["'”’]?$""")
COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "his",
        "her",
        "its",
        "our",
        "their",
        "this",
        "that",
        "these",
        "those",
        "me",
        "him",
        "them",
        "us",
        "you",
        "it",
        "itself",
        "myself",
        "himself",
        "herself",
        "each",
        "any",
        "all",
        "no",
        "noon",
        "night",
        "day",
        "morning",
        "dawn",
        "now",
        "then",
        "chance",
        "mistake",
        "accident",
        "hand",
        "heart",
        "itself",
        "one",
        "two",
        "three",
    ]
)
ORNAMENT = " \t\ufeff\xa0*_~="
QUOTED = re.compile(r"""(?:"([^"]+)"|“([^”]+)”|'([^']+)'|‘([^’]+)’|«([^»]+)»)""")


class Heading(NamedTuple):
    """A heading's pieces, "" where there is none."""

    title: str
    author: str = ""
    series: str = ""
    warnings: tuple[str, ...] = ()


class Byline(NamedTuple):
    """An author on a line of its own, "" where the line is a lone "by"; the series that stands in it, if any."""

    author: str
    series: str = ""


def read(text: str, *, series: str = "", title: str = "", author: str = "") -> Heading:
    """The heading in `text`; what labelled fields or a byline of its own already say decides where it is cut."""
    text = text.strip(ORNAMENT)
    named, writer, warnings = _byline(text, author=author, title=title)
    found, name, doubts = _series(named, series=series, title=title)
    return Heading(title or unquoted(name), writer or author, found or series, (*warnings, *doubts))


def unquoted(title: str) -> str:
    """Without the ornament and the quotation marks that stand around the whole of it."""
    title = title.strip(ORNAMENT)
    match = QUOTED.fullmatch(title)
    return next(filter(None, match.groups())).strip(ORNAMENT) if match else title


def is_bare(text: str) -> bool:
    """Whether a line that stands alone reads as a title and not as a sentence."""
    text = text.strip(ORNAMENT)
    if not 0 < len(text) <= LONGEST_BARE or text.startswith(("|", ">")) or not any(map(str.isalnum, text)):
        return False
    return (
        QUOTED.fullmatch(text) is not None
        and not SENTENCE.search(unquoted(text))
        and not text.endswith(('?"', "?”", '!"', "!”"))
    ) or (not SENTENCE.search(text) and not text.startswith(('"', "“")))


def has_byline(text: str) -> bool:
    return len(text) <= LONGEST and "by" in text.lower() and DASHED_BYLINE.search(text) is not None


def posted(text: str) -> str:
    """A journal's heading without the word that says what is posted: "Fic: The Weir (1/2)", "[fic] The Weir"."""
    match = POSTED.match(text)
    return text[match.end() :] if match else text


def byline(text: str) -> Byline | None:
    """None where a line is no byline: "By the sea it rained." names nobody."""
    match = OWN_BYLINE.fullmatch(text.rstrip()) if len(text) <= LONGEST_BARE + 80 else None
    if match is None:
        return None
    author = (match["author"] or match["foreign"] or "").strip()
    if not author:
        return None if match["kind"] else Byline("")
    if not is_named(author):
        return None
    return Byline(author, series_name(match["series"] or ""))


def ends_in_by(text: str) -> bool:
    return re.search(r"\S\s+by\s*$", text, re.IGNORECASE) is not None


def is_named(text: str) -> bool:
    """Whether what follows "by" may be names: few words, and not the beginning of a sentence."""
    found = people.read(text)
    if not found.authors:
        return "@" in text or not any(map(str.isalpha, text))
    return all(_is_name(name) for name in found.authors) and not SENTENCE.search(
        re.sub(r"\b(?:jr|sr|[A-Z])\.$", "", text.strip(), flags=re.IGNORECASE)
    )


def _is_name(name: str) -> bool:
    words = name.split()
    if len(words) > 6 or (words[0].lower() in COMMON and (len(words) == 1 or words[0].islower())):
        return False
    return len(words) <= 2 or 2 * sum(not word[0].islower() for word in words) > len(words)


def _byline(text: str, *, author: str, title: str) -> tuple[str, str, tuple[str, ...]]:
    *_, dashed = [None, *DASHED_BYLINE.finditer(text)]
    if dashed:
        return text[: dashed.start()].strip(), text[dashed.end() :], ()
    *_, plain = [None, *PLAIN_BYLINE.finditer(text)]
    if plain is None or not text[: plain.start()].strip():
        return text, "", ()
    name, writer = text[: plain.start()].rstrip(" ,"), text[plain.end() :]
    if author or title:
        known = _same(name, title) or (bool(author) and people.read(writer).authors == people.read(author).authors)
        return (name, writer, ()) if known else (text, "", ())
    if not is_named(writer):
        return text, "", ()
    if not _is_full_name(writer):
        return text, "", (f"“{text}” was taken for a title; add “Author:” if “{writer}” is who wrote it.",)
    doubt = f"“{text}” was read as “{name}” by {writer}, with no dash to say so; add “Author:” if that is wrong."
    return name, writer, (doubt,)


def _is_full_name(text: str) -> bool:
    """Two words or more that all begin large, or one with a digit in it: "Stand by Me" has neither."""
    words = text.split()
    return all(word[0].isupper() for word in words) if len(words) > 1 else any(map(str.isdigit, text))


def _series(text: str, *, series: str, title: str) -> tuple[str, str, tuple[str, ...]]:
    """Series and title where the word Series or a label says which is which; else all of it is the title."""
    for dash in ANY_DASH.finditer(text):
        ahead, behind = text[: dash.start()].strip(), text[dash.end() :].strip()
        if SERIES_WORD.search(ahead) or _same(ahead, series) or (_same(behind, title) and not _same(text, title)):
            return series_name(ahead), behind, ()
    return "", text, ()


def _same(one: str, other: str) -> bool:
    return bool(other) and series_name(one).casefold() == series_name(other).casefold()


def series_name(text: str) -> str:
    """Without the word Series at its end."""
    return SERIES_WORD.sub("", text.strip(ORNAMENT + "-–—"))
