"""This room has the quirks of headers: where title and labels stand, and what only looks like one."""

from dataclasses import replace

from tests.archives import fields, prose, unseen
from tests.archives.chance import Chance
from tests.archives.drafts import Draft, bare, noted
from tests.archives.fields import Saying
from tests.archives.layout import Block, Heading
from tests.archives.quirks.paragraphs import telling
from tests.archives.quirks.registry import HTML, MAIL, MARKDOWN, PLAIN, TEXT, Change, add, quirk
from tests.archives.specimens import Work
from tests.archives.tales import SERIES, Tale, said, unsaid


@quirk(TEXT, HTML, MAIL)
def a_label_for_the_series(work: Work, chance: Chance) -> Work:
    return work.tell(series=chance.of(SERIES, unseen.SERIES)).lay(heading=Heading.LABELS)


@quirk(TEXT, HTML)
def the_seed_heading(work: Work, chance: Chance) -> Work:
    return work.tell(series=chance.of(SERIES, unseen.SERIES)).lay(heading=Heading.SEED)


@quirk(HTML, chapters=3)
def part_in_the_first_heading_series_in_the_second(work: Work, chance: Chance) -> Work:
    told = work.tell(series=chance.of(SERIES, unseen.SERIES))
    return told.lay(heading=Heading.TWO, title="{title} (part {number} of {total})")


@quirk(HTML)
def byline_with_an_address(work: Work, chance: Chance) -> Work:
    """`<h2>` with the title, then "By Name <address>"."""
    address = "weir77@post3.example.net"

    def mend(draft: Draft) -> Draft:
        place = next(number for number, chunk in enumerate(draft) if chunk.text.startswith("By "))
        link = f' &lt;<a href="mailto:{address}">{address}</a>&gt;'
        return [*draft[: place + 1], bare(link), *draft[place + 1 :]]

    return work.tell(private=(address,)).lay(heading=Heading.BYLINE, mends=(*work.layout.mends, mend))


@quirk(*PLAIN, chapters=1)
def bare_title_then_a_chapter(work: Work, chance: Chance) -> Work:
    """No label at all: a title, and a chapter's heading; the author is named nowhere."""
    told = Work(unsaid(work.tale, *fields.LABELS), work.layout)
    lay = told.lay(heading=Heading.BARE, divided="Chapter {word}", unstated=frozenset({"authors"}))
    chapter = told.tale.chapters[0]._replace(title="The Weir")
    return lay.tell(chapters=(chapter,))


@quirk(*PLAIN)
def centred_title_starred_underline(work: Work, chance: Chance) -> Work:
    return work.lay(heading=Heading.CENTRED)


@quirk(HTML)
def centred_title_of_a_page(work: Work, chance: Chance) -> Work:
    return work.lay(heading=Heading.CENTRED)


def _labelled(field: str) -> Change:
    def change(work: Work, chance: Chance) -> Work:
        saying = fields.rating(chance) if field == "rating_raw" else fields.saying(chance, field)
        return Work(said(work.tale, saying), work.layout)

    return change


for _field in ["rating_raw", *fields.ORDINARY]:
    add(f"label_of_{_field}", _labelled(_field), (TEXT, HTML, MAIL, MARKDOWN))


@quirk(TEXT, HTML, MAIL)
def all_labels(work: Work, chance: Chance) -> Work:
    sayings = [
        fields.rating(chance),
        *fields.description(chance),
        *(fields.saying(chance, each) for each in fields.ORDINARY),
    ]
    return work.tell(sayings=tuple(sayings)).lay(heading=Heading.LABELS, between=chance.choice(["\n", "\n\n"]))


@quirk(TEXT, HTML, MAIL)
def labels_that_no_field_has(work: Work, chance: Chance) -> Work:
    """Archive, distribution, feedback, timeline, setting: kept, and none of the text."""
    values = [
        ("Archive", "anywhere, just ask"),
        ("Distribution", "my page and nowhere else"),
        ("Feedback", "yes, please"),
        ("Timeline", "two winters after the storm"),
        ("Setting", "the weir"),
        ("Challenge", "a lamp, a boat and a lie"),
    ]
    label, value = chance.choice(values)
    told = work.tell(sayings=(*work.tale.sayings, Saying("unlabelled", label, value, value)))
    return told.lay(unjudged=frozenset({"before", "unlabelled"}))


@quirk(*PLAIN)
def values_over_several_lines(work: Work, chance: Chance) -> Work:
    text = " ".join(fields.DESCRIPTIONS) + " and so on, until the ferry came."
    told = said(work.tale, Saying("description", "Summary", text, text))
    return Work(told, work.layout).lay(label_width=chance.randint(55, 72), heading=Heading.LABELS)


@quirk(*PLAIN)
def several_labels_on_a_line(work: Work, chance: Chance) -> Work:
    pair = Saying("rating_raw", "Rating", "PG-13   Spoilers: Low Water   Status: Complete", "PG-13")
    told = unsaid(work.tale, "rating_raw", "spoilers", "status")
    extra = (pair, Saying("spoilers", "", "", ("Low Water",)), Saying("status", "", "", "Complete"))
    return Work(replace(told, sayings=(*extra, *told.sayings)), work.layout)


@quirk(HTML)
def labels_in_cells(work: Work, chance: Chance) -> Work:
    return work.lay(cells=True, heading=Heading.LABELS, block=Block.P, width=0, scene="<hr>")


@quirk(HTML)
def labels_with_breaks_between(work: Work, chance: Chance) -> Work:
    return work.lay(between="\n", block=Block.P, width=0, scene="<hr>", heading=Heading.BYLINE)


@quirk(TEXT, MAIL)
def labels_line_by_line(work: Work, chance: Chance) -> Work:
    return work.lay(between="\n", heading=Heading.LABELS)


@quirk(*PLAIN)
def labels_in_stars(work: Work, chance: Chance) -> Work:
    return work.lay(label=chance.choice(["*{label}:* {value}", "**{label}**: {value}"]), heading=Heading.BYLINE)


@quirk(*PLAIN)
def labels_in_capitals(work: Work, chance: Chance) -> Work:
    shouted = tuple(each._replace(label=each.label.upper()) for each in work.tale.sayings)
    return work.tell(sayings=shouted)


@quirk(*PLAIN)
def labels_with_other_signs(work: Work, chance: Chance) -> Work:
    """`=` or a dash where the colon should stand."""
    return work.lay(
        label=chance.choice(["{label} = {value}", "{label} - {value}", "{label}= {value}"]), heading=Heading.BYLINE
    )


@quirk(*PLAIN)
def a_label_with_no_colon(work: Work, chance: Chance) -> Work:
    told = said(work.tale, Saying("rating_raw", "", f"Rated {(raw := chance.choice(fields.RATINGS))}", raw))
    return Work(told, work.layout).lay(between="\n\n")


OWNERSHIP = [
    "I do not own any of these people; they belong to the Weir Company and I am making no money from this.",
    "The characters in this story are the property of North Stair Productions. No infringement is intended.",
    "All characters belong to Example Pictures, and are used here without permission.",
]


@quirk(TEXT, HTML, MAIL)
def ownership_in_prose(work: Work, chance: Chance) -> Work:
    text = chance.choice(OWNERSHIP)
    return Work(said(work.tale, Saying("disclaimer", "", text, text)), work.layout)


@quirk(TEXT, HTML, MAIL, MARKDOWN)
def labels_in_dialogue(work: Work, chance: Chance) -> Work:
    return telling(work, *(prose.trap(chance) for _ in range(4)))


@quirk(TEXT, HTML, MAIL)
def text_that_begins_with_a_label(work: Work, chance: Chance) -> Work:
    """The first paragraph of a story is dialogue about a rating."""
    first = work.tale.chapters[0]
    opening = prose.prose('"Rating: none. Author: unknown," Odo read from the card. "Who writes such things?"')
    return work.tell(chapters=(first._replace(pieces=(opening, *first.pieces)),))


@quirk(TEXT, HTML, MAIL)
def a_rating_deep_in_the_text(work: Work, chance: Chance) -> Work:
    first = work.tale.chapters[0]
    deep = (*prose.text(chance, scenes=3), prose.prose("Rating: NC-17"), prose.paragraph(chance))
    return work.tell(chapters=(first._replace(pieces=(*first.pieces, *deep)),))


@quirk(TEXT, HTML, MAIL)
def a_note_after_the_end(work: Work, chance: Chance) -> Work:
    return work.tell(after=("Thank you for reading this far.",)).lay(end="The End")


@quirk(TEXT, MAIL)
def a_glossary_after_the_end(work: Work, chance: Chance) -> Work:
    """Kept as a note, line by line."""
    lines = ("Glossary", "weir - a low dam", "tholepin - what an oar leans on")

    def glossary(tale: Tale, chance: Chance) -> Draft:
        return [bare("\n\n"), *(chunk for line in lines for chunk in (noted(line), bare("\n")))]

    return work.tell(after=("\n".join(lines),)).lay(end="The End", tail=(*work.layout.tail, glossary))


@quirk(TEXT, HTML, MAIL)
def a_disclaimer_only_at_the_end(work: Work, chance: Chance) -> Work:
    text = "The weir belongs to its owners."
    told = replace(
        unsaid(work.tale, "disclaimer"),
        sayings=(*unsaid(work.tale, "disclaimer").sayings, Saying("disclaimer", "", "", text)),
    )

    def tail(tale: Tale, chance: Chance) -> Draft:
        opening, closing = (
            ("<p>", "</p>\n") if work.layout.block and work.layout.emphasis.italic[0] == "<i>" else ("\n\n", "\n")
        )
        return [bare(f"{opening}Disclaimer: {text}{closing}")]

    return Work(told, work.layout).lay(end="The End", tail=(*work.layout.tail, tail))
