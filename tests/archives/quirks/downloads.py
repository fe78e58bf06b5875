"""This room has the layouts of two well-known tools, and Markdown's front matter."""

from bot.domain.models import Rating
from tests.archives.chance import Chance
from tests.archives.drafts import bare
from tests.archives.fields import Saying
from tests.archives.layout import Heading, Writing
from tests.archives.quirks.paragraphs import mended
from tests.archives.quirks.registry import MARKDOWN, quirk
from tests.archives.specimens import Work

RATED = {
    "General Audiences": Rating.G,
    "Teen And Up Audiences": Rating.PG_13,
    "Mature": Rating.R,
    "Explicit": Rating.NC_17,
    "Not Rated": Rating.UNRATED,
}


def _titled(work: Work) -> Work:
    titles = ["The Weir", "Low Water", "What Odo Saw"]
    pairs = zip(work.tale.chapters, titles, strict=True)
    return work.tell(chapters=tuple(chapter._replace(title=title) for chapter, title in pairs))


@quirk(Writing.DOWNLOAD, chapters=3)
def download_of_ao3(work: Work, chance: Chance) -> Work:
    raw = chance.choice(sorted(RATED))
    sayings = (
        Saying("rating_raw", "", raw, raw),
        Saying("rating", "", "", RATED[raw]),
        Saying("cautions", "", "No Archive Warnings Apply", ("No Archive Warnings Apply",)),
        Saying("categories", "", "F/M, Gen", ""),
        Saying("fandom", "", "The Weir, Salt Road", ("The Weir", "Salt Road")),
        Saying("relationships", "", "Marit/Odo", ""),
        Saying("characters", "", "Marit, Odo, Señora Ruiz", ""),
        Saying("freeforms", "", "Lamps, Bad Weather", ""),
        Saying("tags", "", "", ("F/M", "Gen", "Marit/Odo", "Marit", "Odo", "Señora Ruiz", "Lamps", "Bad Weather")),
        Saying("language", "", "English", "English"),
        Saying("series_number", "", "", "2"),
        Saying("series", "", "Part 2 of Salt Tales", "Salt Tales"),
        Saying("description", "", "Marit goes back for the lamp.", "Marit goes back for the lamp."),
        Saying("before", "", "Written on a train.", ("Written on a train.",)),
        Saying("written", "", "", "2014-03-09"),
    )
    told = work.tell(sayings=sayings, after=("Thanks for reading.",), authors=("Ruth Kessler", "Tam Okafor"))
    return _titled(told).lay(unjudged=frozenset({"status", "categories", "relationships", "characters", "freeforms"}))


@quirk(Writing.FETCHED, chapters=3)
def page_of_fanficfare(work: Work, chance: Chance) -> Work:
    sayings = (
        Saying("fandom", "", "The Weir", ("The Weir",)),
        Saying("genre", "", "Drama, Angst", ""),
        Saying("tags", "", "", ("Drama", "Angst")),
        Saying("language", "", "English", "English"),
        Saying("status", "", "Complete", "Complete"),
        Saying("rating_raw", "", "T", "T"),
        Saying("description", "", "Marit goes back for the lamp.", "Marit goes back for the lamp."),
    )
    told = work.tell(sayings=sayings)
    return _titled(told).lay(
        unjudged=frozenset({"genre", "fandom", "tags"})
    )  # its "Category" is a fandom: who can tell


@quirk(MARKDOWN)
def front_matter(work: Work, chance: Chance) -> Work:
    """`key: value` between two rows of dashes, as site generators want it."""
    tale = work.tale
    head = f'---\ntitle: "{tale.title}"\nauthor: {tale.authors[0]}\nrating: PG\n---\n\n'
    told = work.tell(sayings=(Saying("rating_raw", "", "", "PG"),)).lay(heading=Heading.BYLINE)
    return mended(told, lambda draft: [bare(head), *draft])
