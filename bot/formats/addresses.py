"""This room finds the ways to a person that old pages tell: e-mail addresses and home pages."""

import re
from typing import NamedTuple

from bot.domain.documents import ContactKind

MAIL = re.compile(
    r"""(?<![\w.+@-])(?:mail\s?to\s?[:;]\s{0,3})?
    (?P<address>[A-Za-z0-9_][\w.+-]{0,63}\s?
      (?:@|\(at\)|\[at\]|\s(?:AT|at)\s(?=[\w-]{1,60}\s?(?:\(dot\)|\[dot\]|\sdot\s|\sDOT\s)))\s?
      [A-Za-z0-9-]{1,63}(?:(?:\.|\s?(?:\(dot\)|\[dot\]|\sdot\s|\sDOT\s)\s?)[A-Za-z0-9-]{1,63}){1,6})
    (?![\w@-])""",
    re.VERBOSE,
)
PAGE = re.compile(
    r"""(?<![\w@/.])(?:(?:https?|ftp):[/\\]{1,2}|www\d?\.)[^\s<>"'()\[\]{}|]{1,300}
    |(?<![\w@/.])(?:(?:geocities|angelfire|tripod|livejournal|fortunecity|xoom)\.(?:com|org|net|co\.uk)[/\\][^\s<>"'()]{1,300})""",
    re.VERBOSE | re.IGNORECASE,
)
NO_PAGE = re.compile(r"(?:https?:[/\\]{0,2})?(?:www\.)?none(?:yet|here)?(?:\.com)?/?|n/?a|not\s?yet", re.IGNORECASE)
MAIL_SCHEME = re.compile(r"mail\s?to\s?[:;]\s{0,3}", re.IGNORECASE)
SIGNS = ("@", "://", ":\\", "www", "(at)", "[at]", " at ", "mailto", ".com/", ".org/", ".net/")
DISGUISES = (
    (re.compile(r"\s?(?:\(at\)|\[at\]|\s(?:at|AT)\s)\s?"), "@"),
    (re.compile(r"\s?(?:\(dot\)|\[dot\]|\sdot\s|\sDOT\s)\s?"), "."),
)


class Found(NamedTuple):
    """An address in a text: characters `start` to `end`, and what it leads to."""

    start: int
    end: int
    kind: ContactKind
    value: str


def find(text: str) -> list[Found]:
    """E-mail addresses (also behind `mailto;`, or written with "(at)") and home pages, in order."""
    if not is_suspicious(text):
        return []
    found = [Found(*match.span(), ContactKind.MAIL, _plain(match["address"])) for match in MAIL.finditer(text)]
    taken = [(each.start, each.end) for each in found]
    for match in PAGE.finditer(text):
        value = match[0].rstrip(".,;:!?")
        if not is_no_page(value) and not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(Found(match.start(), match.start() + len(value), ContactKind.PAGE, value))
    return sorted(found)


def is_suspicious(text: str) -> bool:
    """Whether there may be an address at all; quick."""
    return any(map(text.lower().__contains__, SIGNS))


def of_link(target: str) -> Found | None:
    """The address that a link of a web page leads to, if it is a person's mail."""
    if not MAIL_SCHEME.match(target):
        return None
    value = MAIL_SCHEME.sub("", target, count=1).partition("?")[0].strip()
    return Found(0, len(target), ContactKind.MAIL, value) if value and "@" in value else None


def is_no_page(value: str) -> bool:
    """What people wrote in a form that demanded a home page: "noneyet"."""
    return NO_PAGE.fullmatch(value.strip()) is not None


def _plain(address: str) -> str:
    for disguise, sign in DISGUISES:
        address = disguise.sub(sign, address)
    return "".join(address.split())
