"""This room decides when two names are the same name."""

import re
import unicodedata

_ARTICLE = re.compile(r"^(?:the|an?) (?=.)")


def key(name: str) -> str:
    """The name without case, accents, punctuation and doubled blanks: what is compared, never what is shown."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.findall(r"\w+", plain.replace("'", "").replace("’", "").casefold())
    return " ".join(words) or name.strip().casefold()


def sort_key(title: str) -> str:
    """What a title is filed under: its key without a leading English article."""
    return _ARTICLE.sub("", key(title))
