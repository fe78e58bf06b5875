"""This room knows the marks that end a story or a part of one."""

import re

LONGEST = 60  # characters of an end mark
NUMBER = r"(?:\d+(?:\.\d)?[a-z]?|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
DIVISION = r"(?:part|chapter|book|act|episode|section|volume|story|tale|prologue|epilogue|series)"
ORNAMENT = r"[\s*~=_<>#+.!?()\[\]|:^•·–—-]*+"
CONTINUED = (
    r"(?:t\.?b\.?c\b|to\s+be\s+con(?:tinued|t['’.]?d?|cluded)(?:\s+(?:in|on|next|soon)\b[^.]*)?|continued\s+in\s+\S[^.]*"
    r"|more\s+(?:to\s+come|soon)|fortsetzung\s+folgt|(?:à|a)\s+suivre)"
)
END = re.compile(
    rf"""{ORNAMENT}(?:
      (?:the\s+)?(?:very\s+)?end(?:\s*(?:of|:))?(?:\s+(?:this\s+)?{DIVISION}(?:\s+{NUMBER}(?:\s*(?:/|of)\s*\d+)?)?|\s+\d{{1,3}}[a-z]?\s*(?:/|of)\s*\d{{1,3}})?(?:[\s,(]+for\s+now)?
    | (?:la\s+)?fin(?:is|ito|i)? | owari | finished | (?:das\s+)?ende | el\s+fin | 30 | e\.?o\.?f
    | (?P<continued>{CONTINUED})
    ){ORNAMENT}""",
    re.IGNORECASE | re.VERBOSE,
)
FIRST_LETTERS = frozenset("tTeEfFoOcC")


def is_end(text: str) -> bool:
    """A line that is an end mark and nothing else; `"The end," she said.` is none, nor is one in quotes."""
    return 0 < len(text) <= LONGEST and END.fullmatch(text) is not None


def continued(text: str) -> str:
    """What a mark says is still to come, "" where it says nothing of the kind."""
    match = END.fullmatch(text) if 0 < len(text) <= LONGEST else None
    return match["continued"].strip(" \t*~=_.-–—") if match and match["continued"] else ""
