"""This room knows the labels of a header, in all their spellings, and cuts lines at them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.domain.models import Rating
from bot.formats import foreign, ratings

LONGEST = 400  # characters of a line that several labels share

MEANINGS = {
    "title": "title|story title|story|story name|name of story|fic|fic title|title of story",
    "authors": "author|authors|by|written by|writer|writers|author name|authors name|pen name|penname|byline|creator",
    "series": "series|series name|series title|part of series|part of the series",
    "series_number": "series number|number in series|story number",
    "rating_raw": "rating|ratings|rated|mpaa",
    "description": "description|summary|synopsis|blurb|teaser|plot|premise|abstract",
    "spoilers": "spoiler|spoilers|spoils",
    "cautions": "warning|warnings|caution|cautions|content|contents warning|contains|squicks",
    "tags": "category|categories|classification|classifications|key words|keywords|keyword|pairing|pairings|couple"
    "|couples|genre|genres|relationship|relationships|ship|ships|character|characters|main characters|additional tags"
    "|tag|tags|type|codes|story codes|subject tags|cast|starring|featuring",
    "fandom": "fandom|fandoms|crossover|crossover with|based on",
    "language": "language",
    "written": "date|written|posted|posted on|published|completed|completed on|finished|first posted|updated"
    "|last updated",
    "status": "status|complete",
    "disclaimer": "disclaimer|disclaimers|legal|legalese|legalities|copyright|ownership|rights|the usual",
    "note": "note|notes|an|comments|comment|dedication|dedicated to|acknowledgements|acknowledgments|thanks|thanks to"
    "|special thanks|foreword|preface|ps|nb|chapter notes|chapter summary|story notes",
    "after": "end note|end notes|endnote|endnotes|glossary|afterword|postscript|footnotes|translations|translation"
    "|authors end note|authors endnotes|closing notes|chapter end notes|story end notes",
    "contact": "email|mail|contact|homepage|home page|url|website|web site|web page|webpage|site|my page|icq|aim"
    "|address|email me|journal|livejournal|e mail",
    "name": "name|real name|authors real name|your name",
    "measure": "words|word count|chapters|size|length|stats|hits|kudos|bookmarks|reviews|packaged"
    "|current mood|current music|current location",
    "other": "archive|archived|archiving|beta|betas|challenge|companion to|continuity|credits|credit|distribution"
    "|feedback|from|inspired by|location|notice|part|parts|chapter|permission|prequel to|sequel to"
    "|follows|subject|time frame"
    "|timeframe|timeline|time line|time|setting|universe|improv|season|episode|song|lyrics|music|soundtrack|publisher"
    "|extra|collections|collection|posting date|sequel|prequel|recipient|for|prompt|request|posted to|place|pov",
}
LABELS = {
    name: meaning
    for known in (foreign.MEANINGS, MEANINGS)
    for meaning, names in known.items()
    for name in names.split("|")
}
WORDS = (
    ("disclaimer", r"disclaim|legal|copyright|infring|owner|(?:fine|small) print"),
    ("spoilers", r"spoil"),
    ("cautions", r"warning|caution|advisory|squick"),
    ("rating_raw", r"\brat(?:ing|ed)"),
    ("description", r"summar|synops|blurb|premise"),
    ("after", r"\bend ?notes?\b|\bclosing notes?\b|glossar"),
    ("note", r"\bnotes?\b|\bthanks?\b|acknowledg|dedicat|\bcomments?\b"),
    ("tags", r"pairing|categor|genre|key ?word|classif|relationship|\bships?\b|\btags?\b|\bcharacters?\b"),
    ("fandom", r"\bfandoms?\b"),
    ("contact", r"\be ?mail|home ?page|web ?(?:site|page)|\burl\b"),
    ("authors", r"\bauthors?\b|written by|\bwriters?\b"),
    ("language", r"\blanguage"),
    ("written", r"\bdate|\bposted\b|publish|\bwritten\b|finished|\bcompleted\b"),
    ("status", r"\bstatus\b"),
    ("title", r"\btitle"),
    ("series", r"\bseries\b"),
    ("other", r"feedback|archiv|distribut|permission|\bbeta|setting|time ?(?:line|frame)|challenge|inspir|continuity"),
)
BY_WORD = tuple((meaning, re.compile(words)) for meaning, words in WORDS)
HEADED = frozenset(("series", "title", "authors"))
"""What a heading with dashes in it speaks of as well: "Salt Road Series - The Well"."""
SMALL = frozenset(("of", "to", "the", "and", "for", "in", "on", "or", "a"))
MOST_WORDS = 4  # of a label that is known by one of them

LABEL = re.compile(
    r"""[\s*_\[(<{~•·=»-]{0,6}(?P<label>[^\W\d_](?:[^\W\d_]|['’`/&.() -]){0,29}(?<![ '’`/&.(-]))\s?
    (?:[*_]{0,3}[\])}>]\s?[:=-]?(?=\s)|[*_\])]{0,3}
      (?:\s?(?:-?[:=]{1,3}[->]{0,2}|[|>~»^#@+/\\;•·]{1,3}(?=\s)|-{1,2}>|\.{2,9}|-{2,3}(?=\S)|[–—](?=\S)|(?=\[[^\[\]]{1,200}\]\s*$))
      |\s-{1,3}(?=\s|$)|\s[–—](?=\s)|(?<=\w)\.\s\.(?:\s\.){1,9}))
    [*_\])]{0,3}\s*(?P<value>.*)""",
    re.VERBOSE | re.DOTALL,
)
RATED = re.compile(r"[\s*_(\[]*(?:rated|rating)[*_]*\s+(?P<value>[\w(\[].{0,40})", re.IGNORECASE)
BRACKETED = re.compile(r"[\s*_]*[(\[](?P<value>[\w+ -]{1,20})[)\]][\s*_]*")
LOUD = re.compile(
    r"""[\s*_]*(?P<label>DISCLAIMERS?|Disclaimers?|SUMMARY|SPOILERS?|Spoilers|PAIRINGS?|CLASSIFICATION|CATEGORY|RATING|KEYWORDS)[*_]*\s+
    (?P<value>(?=[A-Z0-9]|(?:not|none|no|the|all|see|they|these|any|standard|usual)\b)\S.*)""",
    re.VERBOSE | re.DOTALL,
)
WIDE = re.compile(r"[\s*_]*(?P<label>[A-Z][A-Za-z'’/ -]{0,26}[A-Za-z])(?:\t\s*|\s{3,})(?P<value>\S.*)", re.DOTALL)
STRONG = (
    "Rating|Rated|Spoilers|Status|Pairings?|Category|Classification|Author|Genre|Words|Chapters|Published|Updated"
    "|Completed|Fandom|Keywords|Warnings?|Archive|Feedback|Disclaimers?|Language|Characters|Series|Summary|E-?mail"
    "|Distribution"
)
WEAK = (
    "Title|Date|Notes?|Author['’]s Notes?|A/N|Type|Setting|Timeline|Length|Beta|Story|Written|Subject|Dedication"
    "|Homepage|Stats"
)
INNER = re.compile(
    rf"""(?P<gap>\s{{2,}}|\t|\s*[|;•·]\s*|(?<=[.!?,)\]])\s|\s)[*_]{{0,2}}
    (?:(?P<strong>(?=[A-Z])(?i:{STRONG}))|(?P<weak>(?=[A-Z])(?i:{WEAK})))[*_]{{0,2}}\s?:[*_]{{0,2}}(?=\s|$)""",
    re.VERBOSE,
)


class Said(NamedTuple):
    """A labelled field: what it means to us ("other" for one we only keep), the label as written, its value."""

    meaning: str
    label: str
    value: str
    confidence: float = 1.0


@lru_cache(maxsize=100)  # the lines of a header are looked at again and again
def read(text: str, *, is_cell: bool = False) -> tuple[Said, ...]:
    """The fields that a line begins with; () where it begins with none."""
    if len(text) > 40 and text[0] in "\"“‘'«":
        return ()
    first = _first(text) or (_bare(text) if is_cell else None)
    return tuple(_parted(first)) if first else ()


def meaning_of(label: str) -> str:
    """ "" for what is no label; longer ones are known by a word in them: "Standard Disclaimer", "Episode Spoilers"."""
    plain = folded(label)
    if plain in LABELS:
        return LABELS[plain]
    if not is_like_label(label):
        return ""
    return next((meaning for meaning, word in BY_WORD if word.search(plain)), "")


def unknown(text: str) -> Said | None:
    """What has the form of a field, though its label is none that we know."""
    match = LABEL.match(text) if len(text) < LONGEST else None
    if match is None or not is_like_label(match["label"]):
        return None
    return Said("other", match["label"].strip(), match["value"], 0.5)


def is_like_label(text: str) -> bool:
    """A few words that begin large, all of them if they are more than two: no beginning of a sentence."""
    words = text.split()
    if not words or len(words) > MOST_WORDS or not words[0][0].isupper():
        return False
    return len(words) < 3 or all(word[0].isupper() or word in SMALL for word in words)


@lru_cache(maxsize=1_000)  # an archive has few labels, and each is met again and again
def folded(label: str) -> str:
    """A label without case, apostrophes and what may or may not part its words."""
    plain = re.sub(r"['’`.]|(?<=\ba)/(?=n$)", "", label.lower()).replace("-", " ").replace("&", "and")
    return " ".join(re.sub(r"\(s\)", "s", plain).split())


def _first(text: str) -> Said | None:
    rated = RATED.fullmatch(text.rstrip()) if len(text) < 80 else None
    if rated and ratings.read(rated["value"]) is not Rating.UNRATED:
        return Said("rating_raw", "Rating", rated["value"].rstrip(")].* _"), 0.9)
    for pattern, confidence in ((LABEL, 1.0), (WIDE, 0.8), (LOUD, 0.7)):
        match = pattern.match(text)
        if match and (meaning := meaning_of(match["label"])):
            known = folded(match["label"]) in LABELS
            if not known and meaning in HEADED and ":" not in text[: match.start("value")]:
                continue
            return Said(meaning, match["label"].strip(), match["value"], confidence if known else confidence - 0.1)
    bracketed = BRACKETED.fullmatch(text) if len(text) < 30 else None
    if bracketed and ratings.read(bracketed["value"]) is not Rating.UNRATED:
        return Said("rating_raw", "Rating", bracketed["value"], 0.7)
    return None


def _bare(text: str) -> Said | None:
    """A table's cell that is a label needs no colon."""
    label = text.strip(" *_:.")
    meaning = LABELS.get(folded(label), "")
    return Said(meaning, label, "", 0.9) if meaning else None


def _parted(first: Said) -> Iterator[Said]:
    """Several fields on one line: wide gaps and signs part them, or a label that is hardly ever anything else."""
    value = first.value
    if (
        len(value) > LONGEST
        or ":" not in value
        or (first.meaning in ("note", "after", "disclaimer") and len(value) > 160)
    ):
        yield first
        return
    said, place = first, 0
    for match in INNER.finditer(value):
        if not value[place : match.start()].strip() or (
            match["weak"] and match["gap"] == " " and value[match.start() - 1].isalnum()
        ):
            continue
        yield said._replace(value=value[place : match.start()])
        label = match["strong"] or match["weak"]
        said, place = Said(meaning_of(label) or "other", label, ""), match.end()
    yield said._replace(value=value[place:].lstrip() if place else value)
