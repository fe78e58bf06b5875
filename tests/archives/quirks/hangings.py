"""This room has the quirks of what hangs about a story: navigation, forms, banners, mail; and of Discord's signs."""

from bot.domain.documents import Kind
from tests.archives import prose, unseen
from tests.archives.chance import Chance
from tests.archives.drafts import Chunk, Draft, bare, furnished
from tests.archives.layout import SLASHES, UNDERSCORES
from tests.archives.quirks.paragraphs import mended, telling
from tests.archives.quirks.registry import HTML, MAIL, PLAIN, TEXT, quirk
from tests.archives.specimens import Work
from tests.archives.tales import Tale
from tests.archives.truth import Form, Passage

NAVIGATION = [
    "Back to Part 1",
    "Onwards to Part 3",
    "Return to Fiction Index | Return to Main",
    "| Return to Fiction Index | Return to Main |",
    "[Previous] [Index] [Next]",
    "Back | Home | Next",
]


@quirk(*PLAIN)
def rows_of_navigation(work: Work, chance: Chance) -> Work:
    row = chance.of(NAVIGATION, unseen.NAVIGATION)
    return work.lay(top=(row,) if chance.likely(0.5) else (), bottom=(row,), end="The End")


@quirk(HTML)
def navigation_of_links(work: Work, chance: Chance) -> Work:
    row = '<p align=center><a href="lamp1.html">Back to Part 1</a> | <a href="..\\index.HTM">Back to {} Index</a></p>\n'
    row = row.format(web_title(work.tale.title))
    return work.lay(top=(row,), bottom=(row,))


def web_title(title: str) -> str:
    return title.replace("&", "&amp;")


FORM = ["Tell the author what you think:", "Name:", "Email:", "Comments:"]


@quirk(*PLAIN)
def a_form_after_the_end(work: Work, chance: Chance) -> Work:
    return work.lay(bottom=("", *FORM, "", "| Return to Fiction Index | Return to Main |"), end="The End")


@quirk(HTML)
def a_real_form_after_the_end(work: Work, chance: Chance) -> Work:
    form = (
        '<form action="/cgi-bin/mail.pl" method="post">\nTell the author what you think:<br>\n'
        'Name: <input name="name"><br>\n'
        'Email: <input name="email"><br>\n'
        'Comments:<br><textarea name="comments" rows=4></textarea><br>\n'
        '<input type="submit" value="Send">\n</form>\n'
    )
    return work.lay(bottom=(form,), end="The End")


@quirk(HTML)
def banners_and_counters(work: Work, chance: Chance) -> Work:
    banner = '<center><a href="http://ads.example.com/"><img src="banner.gif" alt="Free web pages!"></a></center>\n'
    counter = '<p>You are visitor number <img src="/cgi-bin/counter?page=lamp"> since 1 May 1998</p>\n'
    return work.lay(top=(banner,), bottom=(counter,), end="The End")


@quirk(HTML)
def a_web_ring(work: Work, chance: Chance) -> Work:
    ring = (
        "<center>This site is a member of the Lamp Keepers WebRing.<br>\n"
        '[ <a href="r?prev">Previous</a> | <a href="r?next">Next</a> |'
        ' <a href="r?random">Random</a> | <a href="r?list">List Sites</a> ]</center>\n'
    )
    return work.lay(bottom=(ring,), end="The End")


@quirk(TEXT, MAIL)
def an_archivists_box(work: Work, chance: Chance) -> Work:
    box = [
        "*" * 60,
        "* This story was archived at the Weir Fiction Archive      *",
        "* Please do not post it anywhere else without permission    *",
        "*" * 60,
    ]
    return work.lay(top=tuple(box))


@quirk(TEXT)
def mail_headers_above_a_text(work: Work, chance: Chance) -> Work:
    """A saved message whose route stands above the story."""
    lines = [
        "Received: from relay.example.org by news.example.net; Tue, 14 Mar 1995 22:04:11 GMT",
        "Path: news.example.net!relay.example.org!not-for-mail",
        f"From: kestrel77@post2.example.net ({work.tale.authors[0]})",
        f"Subject: {work.tale.title}",
        "Message-ID: <3141$lamp@news.example.net>",
        "",
    ]
    told = mended(work, lambda draft: [*(bare(f"{line}\n") for line in lines), *draft])
    return told.tell(private=("kestrel77@post2.example.net",))


@quirk(MAIL)
def the_last_part_quoted(work: Work, chance: Chance) -> Work:
    """The reply carries what it answers, line by line, above the new text."""
    quoted = [
        "Calloway wrote:",
        "> He put the lamp down and listened to",
        "> the rain. Nobody came.",
        ">",
        "> to be continued",
        "",
    ]

    def mend(draft: Draft) -> Draft:
        place = next(number for number, chunk in enumerate(draft) if chunk.text == "\n")
        rows = [each for line in quoted for each in (Chunk(line, Kind.FURNITURE if line else None), bare("\n"))]
        return [*draft[: place + 1], *rows, *draft[place + 1 :]]

    return mended(work, mend)


@quirk(*PLAIN)
def a_signature(work: Work, chance: Chance) -> Work:
    def tail(tale: Tale, chance: Chance) -> Draft:
        return [
            bare("\n\n-- \n"),
            furnished("Have lamp, will travel"),
            bare("\n"),
            bare("http://www.lamp.example.org/~weir/\n"),
        ]

    return work.lay(tail=(*work.layout.tail, tail), end="The End").tell(private=("http://www.lamp.example.org/~weir/",))


@quirk(*PLAIN)
def underscores_for_emphasis(work: Work, chance: Chance) -> Work:
    return telling(work.lay(emphasis=UNDERSCORES), prose.emphatic(chance), prose.emphatic(chance))


@quirk(*PLAIN)
def slashes_for_emphasis(work: Work, chance: Chance) -> Work:
    return telling(work.lay(emphasis=SLASHES), prose.emphatic(chance), prose.emphatic(chance), prose.emphatic(chance))


@quirk(TEXT, HTML, MAIL)
def telepathy(work: Work, chance: Chance) -> Work:
    return telling(
        work,
        prose.prose("<<Can you hear me?>> Marit thought, as loudly as she could."),
        prose.prose("//I can,// came the answer. //Do not shout.//"),
    )


LINES = [
    "# 4 was the house they wanted, and # 5 the one they got.",
    "- And then? said Odo, who had read French novels.",
    "1. Find the lamp. That was all the list said.",
    "|| That was how the sign was drawn, with two bars.",
]


@quirk(TEXT, HTML, MAIL)
def lines_with_signs(work: Work, chance: Chance) -> Work:
    return telling(work, prose.prose(chance.choice(LINES)))


@quirk(TEXT, HTML, MAIL)
def signs_that_are_no_emphasis(work: Work, chance: Chance) -> Work:
    return telling(work, prose.prose("It was 2*3*4 planks, snake_case_names and and/or/neither, and 5 * 6 * 7 nails."))


@quirk(TEXT, HTML)
def address_in_the_running_text(work: Work, chance: Chance) -> Work:
    """In the story itself an address is the story's."""
    return telling(
        work, prose.prose('"Write to odo@weir.example," she said, "or look at http://weir.example/map and come."')
    )


@quirk(TEXT)
def a_very_small_text(work: Work, chance: Chance) -> Work:
    chapter = work.tale.chapters[0]._replace(pieces=(prose.prose("The lamp went out."), prose.prose("Nobody lit it.")))
    return work.tell(chapters=(chapter,))


@quirk(TEXT, HTML)
def a_very_long_text(work: Work, chance: Chance) -> Work:
    chapter = work.tale.chapters[0]._replace(pieces=prose.text(chance, scenes=60))
    return work.tell(chapters=(chapter,))


@quirk(TEXT)
def a_rhyme_of_one_line(work: Work, chance: Chance) -> Work:
    return telling(work, Passage(Form.LINES, ("over the weir", "under the moon")))
