"""This room tells by its content alone what a document is."""

import enum
import re

from bot.domain.documents import Format
from bot.domain.errors import NoText, Unreadable
from bot.formats.decoding import BYTE_ORDER_MARK, CONTROL_BYTES, WIDE_MARKS

PAGE = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE)
PARAGRAPHS = re.compile(rb"<(?:p|br|/p|hr|div|h[1-6]|pre|table|center|blockquote)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
EMPHASIS = re.compile(
    rb"<(i|b|em|strong|u|center|font|h[1-6]|a|p|pre|blockquote)(?:\s[^<>]{0,300})?>[^<>]{1,5000}</\1>", re.IGNORECASE
)
ENTITY = re.compile(rb"&(?:quot|amp|lt|gt|nbsp|[aeiou](?:acute|grave|uml|circ)|[lr][sd]quo|[mn]dash|hellip|#\d{2,4});")
NAMES = (
    rb"From|To|Cc|Subject|Date|Message-I[dD]|Newsgroups|Received|Return-Path|Path|Sender|Organization|MIME-Version"
    rb"|Content-Type|Lines|Reply-To|References|Xref|X-[A-Za-z-]{1,40}|Approved|Followup-To|NNTP-Posting-Host"
)
MAIL_HEAD = re.compile(
    rb"""(?:From\ [^\r\n]{1,200}\r?\n)?
    (?:>?[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]{0,2000}(?:\r?\n|\Z)(?:[ \t][^\r\n]{0,2000}(?:\r?\n|\Z)){0,200}+){2,200}+
    (?=\r?\n|\Z)""",
    re.VERBOSE,
)
MAIL_NAME = re.compile(rb"^(" + NAMES + rb"):", re.MULTILINE)
SURE_NAMES = frozenset((b"message-id", b"received", b"return-path", b"path", b"mime-version", b"xref", b"newsgroups"))
ENVELOPE = re.compile(rb"From (?:[^\r\n]{1,150} \d{1,2}:\d{2}[^\r\n]{1,40}\d{4}|-?\d{9,25})[^\r\n\d]{0,40}\r?(?:\n|\Z)")
HEADING = re.compile(rb"(?:\A|\n)#{1,6} {1,4}[^\s#]")
LINK = re.compile(rb"(?<!!)\[[^\[\]\n]{1,200}\]\((?:https?://|\.{0,2}/|#|[\w-]{1,80}\.(?:md|html?)\b)[^()\s]{0,500}\)")
STRONG = re.compile(rb"(?<![*\w])\*\*(?=[^\s*])[^*\n]{1,300}(?<!\s)\*\*(?![*\w])")
FRONT_MATTER = re.compile(
    rb"\A---[ \t]{0,9}\r?\n(?:[A-Za-z][\w -]{0,40}:[^\n]{0,2000}\n|[ \t-][^\n]{0,2000}\n){1,100}---[ \t]{0,9}\r?\n"
)
HEAD = 20_000
KINDS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office document"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ITOLITLS", "a Microsoft Reader book (LIT)"),
)


class Container(enum.StrEnum):
    """What holds documents, each of which is read on its own."""

    ZIP = "zip"
    EPUB = "epub"
    MBOX = "mbox"


def container_of(head: bytes) -> Container | None:
    """By the first bytes of a file; a zip that is an EPUB says so in its first member, as the standard demands."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Container.EPUB if head[30:66].find(b"mimetypeapplication/epub+zip") >= 0 else Container.ZIP
    return Container.MBOX if ENVELOPE.match(head) and MAIL_HEAD.match(head) else None


def refuse(data: bytes) -> None:
    """Raises Unreadable for what is plainly no text."""
    if not data:
        raise Unreadable("it is empty")
    if data[:2] in WIDE_MARKS:
        return
    controls = len(data) - len(data.translate(None, delete=CONTROL_BYTES))
    if not controls:
        if data.startswith((b"%PDF-", b"{\\rtf")):
            raise Unreadable(f"it is {_kind(data)}, not text; save it as text")
        return
    if (kind := _kind(data)) and controls * 100 > min(len(data), HEAD):
        told = f"it is {kind}, not text"
        raise NoText(told) if kind.startswith("a picture") else Unreadable(told)
    if controls * 10 > len(data):
        raise Unreadable(f"it is binary, not text: {controls} of its {len(data)} bytes are control codes")


def _kind(data: bytes) -> str:
    return next((name for magic, name in KINDS if data.startswith(magic)), "")


def format_of(data: bytes) -> Format:
    if data[:2] in WIDE_MARKS:
        return Format.TEXT
    head = data[:HEAD]
    if is_mail(head):
        return Format.MAIL
    if b"<" in data and _is_page(data, head):
        return Format.HTML
    if b"&" in data and len(ENTITY.findall(data)) >= 3:
        return Format.HTML
    return Format.MARKDOWN if _is_markdown(data) else Format.TEXT


def is_mail(head: bytes) -> bool:
    """A block of header lines at the top: two known ones, with one that only mail has, or From, Subject and Date."""
    match = MAIL_HEAD.match(head.removeprefix(BYTE_ORDER_MARK).lstrip(b"\r\n"))
    if match is None:
        return False
    names = {name.lower() for name in MAIL_NAME.findall(match[0])}
    return len(names) >= 2 and (not names.isdisjoint(SURE_NAMES) or {b"from", b"subject", b"date"} <= names)


def _is_page(data: bytes, head: bytes) -> bool:
    if PAGE.search(head) or EMPHASIS.search(data):
        return True
    return len(PARAGRAPHS.findall(data)) >= 3


def _is_markdown(data: bytes) -> bool:
    """Front matter, or marks of two sorts, or headings and links enough to be meant."""
    data = data.removeprefix(BYTE_ORDER_MARK)
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    if FRONT_MATTER.match(data):
        return True
    headings = len(HEADING.findall(data)) if b"#" in data else 0
    links = len(LINK.findall(data)) if b"[" in data else 0
    if headings >= 2 or links >= 2:
        return True
    return headings > 0 and (links > 0 or (b"*" in data and STRONG.search(data) is not None))
