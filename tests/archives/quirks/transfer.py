"""This room has the quirks of mail on its way: transfer encodings, folded and doubled bodies."""

import base64
from collections.abc import Iterator

from tests.archives import prose
from tests.archives.chance import Chance
from tests.archives.drafts import Chunk, Draft, bare
from tests.archives.quirks.coding import TYPESET
from tests.archives.quirks.paragraphs import mended, telling
from tests.archives.quirks.registry import MAIL, quirk
from tests.archives.specimens import Work

TYPE = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {}\n"


def _parted(draft: Draft) -> tuple[Draft, Draft]:
    """The message's header, and its body."""
    place = draft.index(bare("\n"))
    return draft[:place], draft[place + 1 :]


@quirk(MAIL)
def quoted_printable(work: Work, chance: Chance) -> Work:
    def mend(draft: Draft) -> Draft:
        head, body = _parted(draft)
        return [
            *head,
            bare(TYPE.format("quoted-printable")),
            bare("\n"),
            *(each._replace(text=quoted(each.text)) for each in body),
        ]

    return mended(telling(work, prose.prose(TYPESET)), mend)


def quoted(text: str) -> str:
    """Every byte that is not plain ASCII as =XX, and long lines broken softly."""
    return "".join(_soft(line) for line in text.splitlines(keepends=True))


def _soft(line: str) -> str:
    pieces, column = list[str](), 0
    for word in line.replace("=", "=3D").split(" "):
        written = "".join(_quoted(character) for character in word)
        pieces.append("=\n" if column and column + len(written) > 70 else "")
        column = len(written) + (0 if pieces[-1] else column + 1)
        pieces.append(written + " ")
    return "".join(pieces)[:-1]


def _quoted(character: str) -> str:
    return character if character.isascii() else "".join(f"={byte:02X}" for byte in character.encode("utf-8"))


@quirk(MAIL)
def base64_body(work: Work, chance: Chance) -> Work:
    """All of its bytes are what transfer costs or what they stand for; only the header's can be pointed at."""

    def mend(draft: Draft) -> Draft:
        head, body = _parted(draft)
        text = base64.encodebytes("".join(each.text for each in body).encode("utf-8")).decode("ascii")
        return [*head, bare(TYPE.format("base64")), bare("\n"), bare(text)]

    return mended(telling(work, prose.prose(TYPESET)), mend)


@quirk(MAIL)
def text_beside_a_page(work: Work, chance: Chance) -> Work:
    """The same letter as text and as a web page: the text is read."""

    def mend(draft: Draft) -> Draft:
        head, body = _parted(draft)
        return [*head, *_alternatives(body)]

    return mended(work, mend)


def _alternatives(body: Draft) -> Iterator[Chunk]:
    yield bare('MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="=_lamp"\n\n')
    yield bare("This is a message in several parts.\n--=_lamp\nContent-Type: text/plain; charset=utf-8\n\n")
    yield from body
    yield bare(
        "\n--=_lamp\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>The same once more.</p></body></html>\n"
    )
    yield bare("--=_lamp--\n")
