"""This room reads a rating in any of the forms that archives wrote it in."""

import re

from bot.domain.models import Rating

CODES = {
    Rating.G: r"G|K(?!\+)|FRC|FRK",
    Rating.PG: r"PG|K\+",
    Rating.PG_13: r"PG[ -]?1[23]|T|P[ -]?12|FRT|FR[ -]?13",
    Rating.R: r"R|M|P[ -]?16|PG[ -]?1[4-9]|FRM|FR[ -]?15",
    Rating.NC_17: r"NC[ -]?\d\d|X{1,3}|MA|P[ -]?18|FRAO|FR[ -]?18",
}
WORDS = {
    Rating.G: r"general(?: audiences?)?|everyone|all ages|all audiences",
    Rating.PG: r"parental guidance",
    Rating.PG_13: r"teens?(?: and up)?|1[23]\+?",
    Rating.R: r"mature|restricted|1[56]\+?",
    Rating.NC_17: r"explicit|adults?(?: only)?|1[78]\+?|21\+?",
}
LONE_CODE = re.compile(r"\w[\w+-]{0,4}")


def _whole(forms: dict[Rating, str], flags: int = 0) -> list[tuple[Rating, re.Pattern[str]]]:
    """Whole tokens alone: "Mild" is not "M", nor are the letters of "M/M" and "I'm"."""
    ahead, behind = r"(?<![\w'’+-])(?<![MF]/)", r"(?![\w'’+]|-?\d|/[MF]\b)"
    return [(rating, re.compile(f"{ahead}(?:{form}){behind}", flags)) for rating, form in forms.items()]


CODE_PATTERNS = _whole(CODES)
WORD_PATTERNS = _whole(WORDS, re.IGNORECASE)


def read(raw: str) -> Rating:
    """The strictest rating that `raw` names: letters in capitals first, then words; UNRATED where there is none."""
    text = re.sub(r"[‐-–—]", "-", raw.strip())
    text = text.upper() if LONE_CODE.fullmatch(text) or (text.islower() and len(text) < 8) else text
    for patterns in (CODE_PATTERNS, WORD_PATTERNS):
        if named := [rating for rating, pattern in patterns if pattern.search(text)]:
            return max(named)
    return Rating.UNRATED
