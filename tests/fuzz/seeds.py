"""This room has what the search begins with: a document of every quirk, and the words that readers look for."""

import io
import zipfile
from pathlib import Path

from tests.archives import books, post
from tests.archives.chance import Chance
from tests.archives.layout import Writing
from tests.archives.matrix import specimen
from tests.archives.quirks import QUIRKS
from tests.archives.tales import tale

LARGEST = 8_192  # bytes of an input: enough for a header, two parts and a tail
WRITINGS = {"text": Writing.TEXT, "html": Writing.HTML, "mail": Writing.MAIL, "markdown": Writing.MARKDOWN}
WORDS = [
    "<p>",
    "</p>",
    "<br>",
    "<hr>",
    "<pre>",
    "</pre>",
    "<!--",
    "-->",
    "<!-",
    "<script>",
    "</script>",
    "<table>",
    "<tr><td>",
    '<a href="',
    '")>',
    "&nbsp;",
    "&#150;",
    "&#8212",
    "&eacute",
    "<blockquote>",
    "<h1>",
    "<dl><dt>",
    "<form>",
    "<input>",
    "Title: ",
    "Author: ",
    "Rating: ",
    "Summary: ",
    "Disclaimer: ",
    "Part 1",
    "Chapter Two",
    "(1/8?)",
    "The End",
    " -- by ",
    "* * *",
    "----",
    "\\x1a",
    "\\x00",
    "\\xef\\xbb\\xbf",
    "\\xc3\\xa2\\xe2\\x82\\xac",
    "\\x93",
    "\\x0d",
    "\\x0c",
    "From ",
    "From: ",
    "Subject: ",
    "Date: ",
    "=?utf-8?q?",
    "?=",
    "Content-Type: multipart/mixed; boundary=x",
    "--x",
    "=3D",
    "> ",
    "Content-Transfer-Encoding: base64",
    "Content-Transfer-Encoding: quoted-printable",
    "-- ",
    "```",
    "---",
    "# ",
    "[a](b)",
]


def documents(reader: str) -> list[bytes]:
    """Small documents for a reader; for a container, containers of them."""
    if reader in {"zip", "epub", "mbox"}:
        return _boxes(reader)
    writing = WRITINGS.get(reader)
    quirks = [each for each in QUIRKS.values() if writing is None or writing in each.writings]
    made = [specimen(each, _seed(each.writings, writing))[0].data for each in quirks]
    return [_short(data) for data in made]


def _seed(writings: tuple[Writing, ...], writing: Writing | None) -> int:
    return writings.index(writing) if writing else 0


def _short(data: bytes) -> bytes:
    """Its head and its tail, where all the rules are."""
    half = LARGEST // 2
    return data if len(data) <= LARGEST else data[:half] + data[-half:]


def _boxes(reader: str) -> list[bytes]:
    told = tale(Chance(0, reader), chapters=2)
    if reader == "epub":
        return [books.bound(told, binding).data for binding in books.BINDINGS.values()]
    texts = [data[:500] for data in documents("mail")[:4]]
    return [post.mbox(texts)] if reader == "mbox" else [_zipped(texts), _zipped([_zipped(texts)])]


def _zipped(texts: list[bytes]) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as file:
        for number, text in enumerate(texts):
            file.writestr(f"tales/x{number}.txt", text)
    return box.getvalue()


def write(reader: str, folder: Path) -> None:
    """The documents as files of a corpus, and the words as libFuzzer's dictionary beside it."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, data in enumerate(documents(reader)):
        (corpus / str(number)).write_bytes(data)
    words = (word.replace('"', '\\"') for word in WORDS)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in words), "utf-8")
