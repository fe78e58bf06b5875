"""This room finds a passage of a page as its reader sees it: without marks, whatever the quotes and blanks are."""

import re
import unicodedata

MARKS = re.compile(r"\\([^0-9A-Za-z\s])|\*+|_(?![0-9A-Za-z])|(?<![0-9A-Za-z])_|~~|\|\|")
"""An escape, which stands for the character behind it, or a mark, which stands for nothing."""
QUOTES = str.maketrans("‘’‚‛“”„‟«»–—", '\'\'\'\'""""""--', "\u00ad\u200b\u2060\ufeff")


def plain(markdown: str) -> str:
    """A page's text as Discord shows it."""
    return MARKS.sub(lambda mark: mark[1] or "", markdown)


def find(passage: str, markdown: str) -> str | None:
    """The passage in the page's own spelling, or None where it does not stand in it."""
    text = " ".join(plain(markdown).split())
    wanted = _folded(" ".join(passage.split()).strip("\"'“”„‘’«» "))[0]
    if not wanted:
        return None
    folded, places = _folded(text)
    begins = folded.find(wanted)
    if begins < 0:
        return None
    return text[places[begins] : places[begins + len(wanted) - 1] + 1]


def _folded(text: str) -> tuple[str, list[int]]:
    """Text to compare by, and for each character of it which one of `text` it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for character in unicodedata.normalize("NFKD", letter.translate(QUOTES)).casefold():
            if not unicodedata.combining(character):
                folded.append(character)
                places.append(place)
    return "".join(folded), places
