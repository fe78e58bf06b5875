"""This room writes tales as mail and Usenet messages, and boxes of them."""

from email.header import Header

from tests.archives import plain
from tests.archives.chance import Chance
from tests.archives.drafts import Chunk, Draft, bare
from tests.archives.layout import Layout
from tests.archives.tales import Tale
from tests.archives.truth import Chapter

HOST = "news.example.net"
WHEN = ("Tue, 14 Mar 1995 22:04:11 GMT", "1995-03-14")


def document(tale: Tale, chapters: list[Chapter], layout: Layout, chance: Chance) -> Draft:
    return [*header(tale, chapters, layout, chance), bare("\n"), *plain.document(tale, chapters, layout, chance)]


def header(tale: Tale, chapters: list[Chapter], layout: Layout, chance: Chance) -> Draft:
    """The lines ahead of a message, the author's box among them; one field is folded."""
    sender = f"{encoded_word(tale.authors[0])} <{box(tale)}>"
    lines = [
        f"Path: {HOST}!relay.example.org!not-for-mail",
        f"From: {sender}",
        "Newsgroups: alt.weir.creative,\n rec.arts.example",
        f"Subject: {encoded_word(plain.named(tale, chapters[0], layout))}",
        f"Date: {WHEN[0]}",
        f"Message-ID: <{chance.randint(1000, 9999)}$lamp@{HOST}>",
        "Lines: 212",
    ]
    return [Chunk(f"{line}\n") for line in lines]


def box(tale: Tale) -> str:
    return f"writer{len(tale.authors[0])}{len(tale.title)}@mail.example.net"


def encoded_word(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=900).encode()


def mbox(messages: list[bytes]) -> bytes:
    """One file of them, with "From " lines quoted as mbox does."""
    return b"".join(
        b"From writer@mail.example.net Tue Mar 14 22:04:11 1995\n" + each.replace(b"\nFrom ", b"\n>From ") + b"\n"
        for each in messages
    )
