"""This room has the quirks of authors, ratings, dates and relations."""

from bot.domain.models import Link, LinkKind
from tests.archives import fields, unseen
from tests.archives.chance import Chance
from tests.archives.drafts import Draft, bare
from tests.archives.fields import RELATIONS, Relation, Saying
from tests.archives.layout import Heading
from tests.archives.quirks.registry import HTML, MAIL, MARKDOWN, PLAIN, TEXT, Change, add, quirk
from tests.archives.specimens import Work
from tests.archives.tales import said

ADDRESS = "lamp42@post7.example.net"
TARGETS = ["Ebb and Flow", "The Lock-Keeper", "A Third Winter", "Ash", "Won by Two"]


def _after_author(work: Work, tail: str) -> Work:
    """The heading names the author, and this behind the name."""
    name = " & ".join(work.tale.authors)

    def mend(draft: Draft) -> Draft:
        place = next(number for number, chunk in enumerate(draft) if chunk.kind and name in chunk.text)
        return [*draft[: place + 1], bare(tail), *draft[place + 1 :]]

    return work.lay(mends=(*work.layout.mends, mend), heading=Heading.BYLINE)


@quirk(*PLAIN)
def an_address_in_the_name(work: Work, chance: Chance) -> Work:
    tail = chance.choice([f" <{ADDRESS}>", f" ({ADDRESS})", f" - {ADDRESS}"])
    return _after_author(work.tell(private=(ADDRESS,)), tail)


@quirk(*PLAIN)
def an_address_below_the_name(work: Work, chance: Chance) -> Work:
    return _after_author(work.tell(private=(ADDRESS,)), f"\n{ADDRESS}")


@quirk(TEXT, HTML, MAIL)
def two_authors(work: Work, chance: Chance) -> Work:
    return work.tell(authors=("Ruth Kessler", "Tam Okafor"))


@quirk(*PLAIN)
def with_help_from(work: Work, chance: Chance) -> Work:
    """Who helped is no author; the facts leave open where the thanks are kept."""
    return _after_author(work, " with help from Brannagh").lay(unjudged=frozenset({"before"}))


@quirk(*PLAIN)
def written_by_one_posted_by_another(work: Work, chance: Chance) -> Work:
    return _after_author(work, ", posted by Calloway").lay(unjudged=frozenset({"before"}))


@quirk(MAIL)
def sent_by_somebody_else(work: Work, chance: Chance) -> Work:
    """The text names its author; From: is only who posted it."""

    def mend(draft: Draft) -> Draft:
        return [
            bare(f"From: Archive Keeper <{ADDRESS}>\n") if chunk.text.startswith("From: ") else chunk for chunk in draft
        ]

    told = work.tell(private=(ADDRESS,))
    return told.lay(mends=(*work.layout.mends, mend), heading=Heading.LABELS)


@quirk(TEXT, HTML, MAIL)
def anonymous(work: Work, chance: Chance) -> Work:
    return work.tell(authors=("Anonymous",))


@quirk(TEXT, MAIL)
def a_dash_for_an_author(work: Work, chance: Chance) -> Work:
    return (
        work.tell(authors=("-",))
        .lay(heading=Heading.LABELS, unstated=frozenset({"authors"}))
        .tell(sayings=(*work.tale.sayings, Saying("nobody", "Author", "-", "")))
        .lay(unjudged=frozenset({"nobody"}))
    )


@quirk(TEXT, HTML)
def mail_and_home_page(work: Work, chance: Chance) -> Work:
    """Both are for moderators alone; a home page that is none is no contact."""
    page = "http://www.lamp.example.org/~lamp42/"
    sayings = (
        *work.tale.sayings,
        Saying("mail", "E-mail", ADDRESS, ""),
        Saying("page", "Homepage", chance.choice([page, "noneyet"]), ""),
    )
    return work.tell(sayings=sayings, private=(ADDRESS, page)).lay(unjudged=frozenset({"mail", "page"}))


@quirk(HTML)
def mailto_with_a_semicolon(work: Work, chance: Chance) -> Work:
    row = f'<p>Write to <a href="mailto;{ADDRESS}">the author</a></p>\n'
    return work.tell(private=(ADDRESS,)).lay(bottom=(row,), end="The End")


@quirk(*PLAIN)
def bare_address_after_the_end(work: Work, chance: Chance) -> Work:
    def tail(_tale: object, chance: Chance) -> Draft:
        return [bare(f"\n\n{ADDRESS}\n")]

    return work.tell(private=(ADDRESS,)).lay(
        tail=(*work.layout.tail, tail), end="The End", unjudged=frozenset({"after"})
    )


# What each spelling means; the raw text is kept beside it.
RATINGS = {
    "letters": ["G", "PG", "PG-13", "R", "NC-17", "X", "K", "K+", "T", "M", "MA"],
    "spaced": ["PG 13", "NC17", "PG13", "pg-13", "nc-17"],
    "words": ["General", "Teen", "Mature", "Explicit", "General Audiences", "Teen and Up"],
    "not_rated": ["Not Rated", "Unrated", "not rated"],
    "with_reasons": ["PG-13 for language", "R (violence)", "PG, I think", "Mild PG-13"],
}


def _rated(spellings: list[str]) -> Change:
    def change(work: Work, chance: Chance) -> Work:
        return Work(said(work.tale, fields.rating(chance, chance.of(spellings, unseen.RATINGS))), work.layout)

    return change


for _name, _spellings in RATINGS.items():
    add(f"rating_{_name}", _rated(_spellings), (TEXT, HTML, MAIL))

# Raw, and what it means; an ambiguous or broken date must be named by a warning.
DATES: dict[str, list[tuple[str, str]]] = {
    "iso": [("2001-05-30", "2001-05-30"), ("1999-12-31", "1999-12-31"), ("2003-07", "2003-07")],
    "american": [("5/30/2001", "2001-05-30"), ("12/25/1998", "1998-12-25")],
    "american_short": [("8/15/99", "1999-08-15"), ("1/31/02", "2002-01-31")],
    "words": [
        ("May 30, 2001", "2001-05-30"),
        ("30 May 2001", "2001-05-30"),
        ("December 1999", "1999-12"),
        ("1998", "1998"),
    ],
    "usenet": [("Tue, 14 Mar 1995 22:04:11 GMT", "1995-03-14"), ("14 Mar 1995 22:04:11 -0500", "1995-03-14")],
}


def _dated(dates: list[tuple[str, str]]) -> Change:
    def change(work: Work, chance: Chance) -> Work:
        raw, meaning = chance.of(dates, unseen.DATES)
        return Work(said(work.tale, Saying("written", fields.label(chance, "written"), raw, meaning)), work.layout)

    return change


for _name, _dates in DATES.items():
    add(f"date_{_name}", _dated(_dates), (TEXT, HTML, MARKDOWN))


@quirk(TEXT, HTML)
def date_of_two_meanings(work: Work, chance: Chance) -> Work:
    raw = chance.choice(["3/4/2001", "05/06/99"])
    told = Work(said(work.tale, Saying("written", "Date", raw, "")), work.layout)
    return told.tell(doubts=(raw,)).lay(unjudged=frozenset({"written"}))


@quirk(TEXT, HTML)
def date_that_is_broken(work: Work, chance: Chance) -> Work:
    raw = chance.choice(["31/31/2001", "Febtober 9th", "0/0/00"])
    told = Work(said(work.tale, Saying("written", "Date", raw, "")), work.layout)
    return told.tell(doubts=(raw,))


def _related(relation: Relation) -> Change:
    def change(work: Work, chance: Chance) -> Work:
        target = chance.choice(TARGETS)
        return Work(said(work.tale, *fields.description(chance, relation, target)), work.layout)

    return change


for _relation in RELATIONS:
    add(f"relation_{_relation.words.split(' {')[0].replace(' ', '_')}", _related(_relation), (TEXT, HTML, MAIL))


@quirk(TEXT, HTML)
def relation_between_two(work: Work, chance: Chance) -> Work:
    first, second = chance.sample(TARGETS, 2)
    text = f"One night, takes place between {first} and {second}."
    return Work(said(work.tale, Saying("description", "Summary", text, text)), work.layout).lay(
        unjudged=frozenset({"links"})
    )


@quirk(TEXT, HTML)
def relation_in_quotes(work: Work, chance: Chance) -> Work:
    target = chance.choice(TARGETS)
    text = f'What came of it. Sequel to "{target}".'
    link = Saying("links", "", "", (Link(LinkKind.SEQUEL, target),))
    return Work(said(work.tale, Saying("description", "Summary", text, text), link), work.layout)


@quirk(TEXT, HTML)
def relation_to_a_universe(work: Work, chance: Chance) -> Work:
    text = "A quiet hour, set in Nightjar's universe."
    return Work(said(work.tale, Saying("description", "Summary", text, text)), work.layout).lay(
        unjudged=frozenset({"links"})
    )


@quirk(TEXT, HTML)
def third_in_a_series(work: Work, chance: Chance) -> Work:
    series = chance.choice(["Salt Road", "North Stair"])
    text = f"The storm again. Third in the {series} series."
    told = work.tell(series=None)
    number = Saying("series_number", "", "", "3")
    return Work(
        said(told.tale, Saying("description", "Summary", text, text), Saying("series", "", "", series), number),
        told.layout,
    )
