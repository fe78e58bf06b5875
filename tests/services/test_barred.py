"""Near copies of what was taken back are known in every format; what merely shares a passage comes in."""

import io
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest

from bot.domain.books import BoundStory
from bot.domain.models import Paragraph, Part, Span, Style
from bot.formats.books import epub
from bot.services.intake.curating import Curator
from bot.store.database import Database
from tests.formats.books.shelf import book
from tests.imports import take
from tests.pages import page, tale

Form = Callable[[Sequence[str]], bytes]

HEAD = "<html><head><title>Renamed</title></head><body><h1>Renamed</h1><h2>by Nobody</h2>"


def plain(text: str) -> bytes:
    return f"Renamed\nby Nobody\n\n\n{text}\n\nThe End\n".encode()


def wrapped(paragraphs: Sequence[str], indent: str = "") -> str:
    gap = "\n" if indent else "\n\n"
    return gap.join(textwrap.fill(text, 64, initial_indent=indent) for text in paragraphs)


def emphasised(paragraphs: Sequence[str], mark: str) -> list[str]:
    return [text.replace("the lamp", f"{mark}the lamp{mark}") for text in paragraphs]


def web(text: str) -> bytes:
    return f"{HEAD}{text}</body></html>".encode()


def quoted(paragraphs: Sequence[str]) -> list[str]:
    return [escape(text).replace("the lamp", "<EM>the <b>l</b>amp</EM>") for text in paragraphs]


def mail(paragraphs: Sequence[str], coding: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Nobody <nobody@example.org>"
    message["Subject"] = "Renamed (1/1)"
    message["Date"] = "Tue, 14 Mar 1995 22:04:11 +0100"
    message.set_content(f"{wrapped(paragraphs)}\n\nThe End\n", cte=coding)
    return bytes(message)


def bound(paragraphs: Sequence[str]) -> bytes:
    half = len(paragraphs) // 2
    parts = tuple(
        Part(title, tuple(Paragraph((Span(text[:9], Style.ITALIC), Span(text[9:]))) for text in some))
        for title, some in (("Chapter 1", paragraphs[:half]), ("Chapter 2", paragraphs[half:]))
    )
    return epub.write(book(BoundStory(title="Renamed", authors=("Nobody",), parts=parts)))


def zipped(paragraphs: Sequence[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as box:
        box.writestr("old/renamed.txt", plain(wrapped(paragraphs)))
    return file.getvalue()


FORMS: dict[str, Form] = {
    "heron.txt": lambda some: plain(wrapped(some)),
    "stork.txt": lambda some: plain(wrapped(some, "    ")),
    "egret.txt": lambda some: plain("\n\n".join(emphasised(some, "*")).upper()),
    "raven.txt": lambda some: plain(wrapped(some)).replace(b"\n", b"\n\n"),
    "robin.html": lambda some: web("".join(f"<P>{text}\n" for text in quoted(some))),
    "finch.html": lambda some: web("<br>&nbsp;<BR>".join(quoted(some))),
    "eagle.html": lambda some: web(f"<pre>{wrapped(some)}</pre>"),
    "crane.html": lambda some: web("".join(f"<div><font face=x>{text}</font></div>" for text in quoted(some))),
    "swift.md": lambda some: ("# Renamed\n\nby Nobody\n\n" + "\n\n".join(emphasised(some, "**"))).encode(),
    "quail.eml": lambda some: mail(some, "quoted-printable"),
    "snipe.eml": lambda some: mail(some, "base64"),
    "goose.mbox": lambda some: b"From nobody Tue Mar 14 22:04:11 1995\n" + mail(some, "7bit") + b"\n",
    "diver.epub": bound,
    "heath.zip": zipped,
}
"""By the name of a file, which begins with what its story is about, how it holds paragraphs."""


@pytest.mark.parametrize(("common", "status"), [(12, "held"), (11, "added")])
async def test_sixty_percent_of_the_paragraphs_hold_a_copy_back_in_every_format(
    database: Database, tmp_path: Path, common: int, status: str
) -> None:
    tales = {name: tale(name.partition(".")[0]) for name in FORMS}
    known = {f"{name}.txt": page(name, paragraphs=paragraphs) for name, paragraphs in tales.items()}
    await take(database, tmp_path / "known", known)
    curator = Curator(database)
    for name in FORMS:
        await curator.bar_story(await curator.story(name))
    copies = {name: form(tales[name][:common] + tale(f"other {name[:5]}")[common:]) for name, form in FORMS.items()}
    made = await take(database, tmp_path / "copies", copies)
    told = {Path(str(row["path"])).relative_to(tmp_path / "copies").parts[0]: row["status"] for row in made.rows}
    assert told == dict.fromkeys(FORMS, status)


async def test_a_copy_in_parts_is_held_back_whether_they_come_together_or_alone(
    database: Database, tmp_path: Path
) -> None:
    paragraphs = tale("heron")
    await take(database, tmp_path / "known", {"lamp.txt": page("The Lamp", paragraphs=paragraphs)})
    curator = Curator(database)
    await curator.bar_story(await curator.story("The Lamp"))
    halves = {
        f"renamed{number}.txt": page(f"Renamed (part {number} of 2)", "Nobody", paragraphs=some)
        for number, some in enumerate((paragraphs[:10], paragraphs[10:]), start=1)
    }
    for come in (halves, *({name: text} for name, text in halves.items())):
        assert set((await take(database, tmp_path / "copies", come)).statuses) == {"held"}
    assert await database.reader.value("SELECT count(*) FROM documents") == 1, "nothing is kept of them"
