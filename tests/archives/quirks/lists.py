"""This room has the quirks of mailing lists and of other countries: greetings, sent files, answers, labels, letters."""

import binascii

from tests.archives import prose
from tests.archives.chance import Chance
from tests.archives.drafts import Draft, bare, furnished, noted
from tests.archives.layout import Heading
from tests.archives.quirks.coding import TYPESET
from tests.archives.quirks.paragraphs import mended, telling
from tests.archives.quirks.registry import MAIL, PLAIN, TEXT, quirk
from tests.archives.specimens import Work
from tests.archives.tales import Tale

GREETINGS = [
    "Hi all, this is the first thing that I dare to post. Be gentle.",
    "Well, here it is...finally.",
    "Hello everybody!\nIt took a year, and I hope that it was worth it.",
    "De-lurking at last; please be kind, and sorry for the length.",
]
LANGUAGES = [
    ("Titel", "Autorin", "Reihe"),
    ("Titre", "Auteur", "Série"),
    ("Título", "Autora", "Serie"),
    ("Titolo", "Autore", "Serie"),
    ("Название", "Автор", "Серия"),
]


@quirk(MAIL)
def a_greeting_above_the_labels(work: Work, chance: Chance) -> Work:
    greeting = chance.choice(GREETINGS)

    def mend(draft: Draft) -> Draft:
        place = draft.index(bare("\n"))
        return [*draft[: place + 1], noted(greeting), bare("\n\n"), *draft[place + 1 :]]

    return mended(work.lay(heading=Heading.LABELS, unjudged=frozenset({"before"})), mend)


@quirk(*PLAIN)
def a_picture_sent_as_letters(work: Work, chance: Chance) -> Work:
    """Nothing of it is text, and none of its bytes can be pointed at."""
    rows = [binascii.b2a_uu(bytes(chance.randint(0, 255) for _ in range(45))).decode() for _ in range(12)]

    def tail(tale: Tale, chance: Chance) -> Draft:
        return [bare(f"\n\nbegin 644 lamp.gif\n{''.join(rows)}`\nend\n")]

    return work.lay(tail=(*work.layout.tail, tail), end="The End")


@quirk(*PLAIN)
def an_answer_below_the_text(work: Work, chance: Chance) -> Work:
    lines = ["On Tuesday, Calloway wrote:", "> What became of the lamp?", "> And who lit it?"]

    def tail(tale: Tale, chance: Chance) -> Draft:
        return [bare("\n\n"), *(each for line in lines for each in (furnished(line), bare("\n")))]

    return work.lay(tail=(*work.layout.tail, tail))


@quirk(*PLAIN)
def labels_of_another_language(work: Work, chance: Chance) -> Work:
    return work.lay(heading=Heading.LABELS, names=chance.choice(LANGUAGES))


@quirk(TEXT)
def letters_of_a_macintosh(work: Work, chance: Chance) -> Work:
    def encode(text: str) -> bytes:
        return text.encode("mac_roman", "xmlcharrefreplace")

    told = telling(work, prose.prose(TYPESET), prose.prose("“Zoë’s naïve,” said the señor at the café."))
    return told.lay(encode=encode, repaired=True)
