"""What the keepers of an archive or list say of it is no story, and kept."""

import pytest

from bot.domain.documents import DocumentKind, Kind
from tests.formats.sheets import read

RULES = "Stories are in /pub/fic, and new ones come on Sundays.\n\nSend yours to keeper@harbour.example.\n"
POST = "From: mod@lists.example\nDate: 1 Mar 1997 00:00:00 GMT\nMessage-ID: <1@lists.example>\nSubject: {}\n\n{}"
TEXT = "Maren went down to the weir.\n\nNobody had crossed the bar since the storm, or said so.\n"
WARNING = "It speaks of the archive and was not taken for a story."


@pytest.mark.parametrize("name", ["README", "fic.zip/00README.TXT", "readme.1st", "texts/FAQ.html", "FILE_ID.DIZ"])
def test_what_such_files_are_called_everywhere(name: str) -> None:
    found = read(f"The Harbour Archive\n\n{RULES}", name)
    assert (found.kind, found.manuscripts, found.warnings) == (DocumentKind.OTHER, (), (WARNING,))
    assert [each.value for each in found.contacts] == ["keeper@harbour.example"]
    assert Kind.UNCLASSIFIED in {each.kind for each in found.ranges}, "it is told as left over"


@pytest.mark.parametrize(
    "subject", ["ADMIN: Posting guidelines", "[fic] [ADMIN] Be kind", "FAQ: monthly", "META: labels"]
)
def test_a_subject_that_says_so(subject: str) -> None:
    found = read(POST.format(subject, RULES), "12.txt")
    assert (found.kind, found.warnings) == (DocumentKind.OTHER, (WARNING,))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README", f"Title: Readme\nAuthor: Ann\nRating: PG\n\n{TEXT}"),
        ("faq.txt", f"Frequently Asked -- by Ann\n\n{TEXT}"),
        ("readme.txt", f"Read Me\n\n{'“Read me,” said the note, “now.” ' * 3}\n\n{TEXT}"),
        ("reader.txt", f"The Reader\n\n\n{TEXT}"),
        ("1.txt", f"The Administrator\n\n\n{TEXT}"),
        ("2.txt", POST.format("STORY: The FAQ", f"The FAQ\nby Ann\n\n{TEXT}")),
        ("3.txt", POST.format("ADMIN: a new story of Ann's", f"Title: The Weir\nAuthor: Ann\n\n{TEXT}")),
    ],
)
def test_a_story_may_be_called_so(name: str, text: str) -> None:
    assert read(text, name).kind is DocumentKind.STORY
