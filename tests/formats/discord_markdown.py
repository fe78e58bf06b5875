"""This room reads Markdown back as Discord's client does, independently of what wrote it."""

import re
from itertools import groupby

# The rules of the client's parser (simple-markdown), each tried at a place in the text; the longest emphasis wins.
ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
EMPHASES = {
    "italic": re.compile(
        r"_((?:__|\\[\s\S]|[^\\_])+?)_(?![0-9A-Za-z_])"
        r"|\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)"
    ),
    "bold": re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"),
    "underline": re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)"),
}
OTHERS = {
    "strikethrough": re.compile(r"~~[\s\S]+?~~"),
    "spoiler": re.compile(r"\|\|[\s\S]+?\|\|"),
    "code": re.compile(r"(`+)[\s\S]*?[^`]\1(?!`)"),
    "mention": re.compile(r"<(?:@[!&]?|#)\d+>|@everyone|@here|<id:\w+>|</[\w -]+:\d+>"),
    "timestamp": re.compile(r"<t:-?\d+(?::[tTdDfFR])?>"),
    "emoji": re.compile(r"<a?:\w+:\d+>|:[\w+-]+:"),
    "autolink": re.compile(r"<[^\s<>:]+:/[^ >]+>|<[^\s<>@]+@[^\s<>@]+\.\w+>"),
    "address": re.compile(r"(?:https?|steam)://[^\s<]"),
    "link": re.compile(r"\[(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*\]\([^\s)]"),
}
BLOCKS = re.compile(r"[^\S\n]*(?:#{1,3}\s|-#\s|[-*+]\s|\d+[.)]\s|>\s|>>>)", re.MULTILINE)

Runs = list[tuple[str, str]]


def shown(markdown: str, style: str = "plain") -> Runs:
    """Runs of text with the style each is shown in; whatever is not literal text is named as its style."""
    runs: Runs = []
    place = 0
    while place < len(markdown):
        taken, end = _next(markdown, place, style)
        runs += taken
        place = end
    return _merged(runs)


def letters(runs: Runs) -> list[tuple[str, str]]:
    """Each character that leaves ink, with its style: white space at a page's edge or a mark's does not matter."""
    return [(letter, style) for text, style in runs for letter in text if not letter.isspace()]


def literal(markdown: str) -> str:
    """The text alone, which must all be plain."""
    runs = shown(markdown)
    assert {style for _, style in runs} <= {"plain"}, runs
    return "".join(text for text, _ in runs)


def _next(markdown: str, place: int, style: str) -> tuple[Runs, int]:
    at_start = place == 0 or markdown[place - 1] == "\n"
    if at_start and style == "plain" and (block := BLOCKS.match(markdown, place)):
        return [(block[0], "block")], block.end()
    if escape := ESCAPE.match(markdown, place):
        return [(escape[1], style)], escape.end()
    for name, rule in OTHERS.items():
        if other := rule.match(markdown, place):
            return [(other[0], name)], other.end()
    found = [(match.end(), name, match) for name, rule in EMPHASES.items() if (match := rule.match(markdown, place))]
    if found:
        end, name, match = max(found, key=lambda each: each[0])
        return shown(match[match.lastindex or 0], name if style == "plain" else f"{style}+{name}"), end
    return [(markdown[place], style)], place + 1


def _merged(runs: Runs) -> Runs:
    return [("".join(text for text, _ in run), style) for style, run in groupby(runs, key=lambda each: each[1])]
