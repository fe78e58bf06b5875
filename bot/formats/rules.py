"""This room knows a row that draws a scene break when it sees one."""

import re
from collections.abc import Sequence

STRONG = "*#~•·§⁂★☆✦❖◊♦†‡"
WEAK = "-_=+<^–—%@"
RULE_STARTS = frozenset(STRONG + WEAK)
RULE = re.compile(
    rf"""(?:
      [{re.escape(STRONG + WEAK)}>.:\s]*[{re.escape(STRONG)}][{re.escape(STRONG + WEAK)}>.:\s]*   # one star is enough
    | (?:\s*[{re.escape(WEAK)}>]){{3,}}\s*
    | (?:[{re.escape(STRONG + WEAK)}>]+\s*[oOxX0]{{1,5}}\s*)+[{re.escape(STRONG + WEAK)}>]+        # -o-, <x>
    )""",
    re.VERBOSE,
)
LETTER_RULES = frozenset({"oOo", "OoO", "o0o", "oOoOo"})
LONGEST_RULE = 200
LONGEST_LETTERS = max(map(len, LETTER_RULES))
SUSPECT = RULE_STARTS | frozenset(character for character in map(chr, range(0x3001)) if character.isspace())
"""What a line begins with that is blank or a rule, unless that is short."""


def suspects(texts: Sequence[str]) -> list[int]:
    """The lines that may be blank or a rule: a few of many, found quickly."""
    return [index for index, text in enumerate(texts) if not text or text[0] in SUSPECT or len(text) <= LONGEST_LETTERS]


def is_rule(text: str) -> bool:
    """A line that draws a scene break: a row of stars, `~*~`, `###`, `-o-`, a lone `*`."""
    text = text.strip()
    if not text or text[0] not in RULE_STARTS:
        return text in LETTER_RULES
    return set(text) <= RULE_STARTS if len(text) > LONGEST_RULE else RULE.fullmatch(text) is not None
