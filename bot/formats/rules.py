"""This room knows a row that draws a scene break when it sees one."""

import re

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


def is_rule(text: str) -> bool:
    """A line that draws a scene break: a row of stars, `~*~`, `###`, `-o-`, a lone `*`."""
    text = text.strip()
    if not text or len(text) > LONGEST_RULE:
        return len(text) > LONGEST_RULE and set(text) <= RULE_STARTS
    if text[0] not in RULE_STARTS:
        return text in LETTER_RULES
    return RULE.fullmatch(text) is not None
