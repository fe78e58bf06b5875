"""This room decides when two names are the same name."""

import re
import unicodedata
from functools import lru_cache

_WORDS = re.compile(r"\w+")
_ARTICLE = re.compile(r"^(?:the|an?) (?=.)")


@lru_cache(maxsize=2_000)  # an import asks for each name twenty times
def key(name: str) -> str:
    """The name without case, accents, punctuation and doubled blanks: what is compared, never what is shown."""
    plain = name if name.isascii() else _plain(name)
    words = _WORDS.findall(plain.replace("'", "").replace("’", "").casefold())
    return " ".join(words) or name.strip().casefold()


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def sort_key(title: str) -> str:
    """What a title is filed under: its key without a leading English article."""
    return _ARTICLE.sub("", key(title))
