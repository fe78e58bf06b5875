"""This room has the quirks of scene breaks, and the rows that are none."""

from tests.archives import prose, unseen
from tests.archives.chance import Chance
from tests.archives.drafts import Draft, bare, furnished
from tests.archives.layout import Block
from tests.archives.quirks.paragraphs import telling
from tests.archives.quirks.registry import HTML, MAIL, MARKDOWN, PLAIN, TEXT, Change, add, quirk
from tests.archives.specimens import Work
from tests.archives.tales import Tale
from tests.archives.truth import Form, Passage

ROWS = {
    "stars": ["***", "*****", "*" * 40],
    "dashes": ["---", "-----", "-" * 60],
    "underscores": ["___", "_" * 30],
    "equals": ["===", "=" * 40],
    "tildes": ["~~~", "~" * 20],
    "one_star": ["*"],
    "star_between_tildes": ["~*~", "~*~*~", "~*~ ~*~ ~*~"],
    "equals_and_dashes": ["=-=", "=-=-=-="],
    "diamonds": ["<><>", "<><><>"],
    "hashes": ["###", "# # #"],
    "pluses": ["+++", "+ + +"],
    "crosses": ["-XXX-"],
    "small_rings": ["-o-", "-o-o-o-"],
    "spaced_stars": ["* * * * *", "*  *  *", "*       *       *"],
}


def _row(rows: list[str]) -> Change:
    def change(work: Work, chance: Chance) -> Work:
        block = Block.P if work.layout.block is Block.OPEN else work.layout.block
        return work.lay(scene=chance.choice(rows), block=block)

    return change


for _name, _rows in ROWS.items():
    add(f"scenes_of_{_name}", _row(_rows), (TEXT, HTML, MAIL))


@quirk(TEXT, HTML, MAIL)
def scenes_of_other_ornaments(work: Work, chance: Chance) -> Work:
    return work.lay(scene=chance.of(["*#*#*", "~~**~~", "=*=*=", "-+-+-"], unseen.SCENES))


@quirk(MARKDOWN)
def scenes_of_markdown(work: Work, chance: Chance) -> Work:
    return work.lay(scene=chance.choice(["***", "---", "* * *", "___"]))


@quirk(*PLAIN)
def centred_stars(work: Work, chance: Chance) -> Work:
    return work.lay(scene="* * *".center(68).rstrip(), width=70)


def _page_scene(*markup: str) -> Change:
    def change(work: Work, chance: Chance) -> Work:
        block = chance.choice([Block.P, Block.BREAKS, Block.DIV])
        return work.lay(scene=chance.choice(markup), block=block, width=0)

    return change


add(
    "scenes_of_rules",
    _page_scene("<hr>", '<hr width="50%" noshade size=1>', '<HR ALIGN="center" COLOR=red>', "<hr/>"),
    (HTML,),
)
add(
    "scenes_of_pictures",
    _page_scene(
        '<p align="center"><img src="images/line3.gif" width="400" height="5" alt=""></p>',
        '<center><img src="bluebar.gif"></center>',
        '<p><img src="../gfx/divider.jpg" alt="divider"></p>',
    ),
    (HTML,),
)
add(
    "scenes_of_centred_stars",
    _page_scene(
        '<p align="center">***</p>',
        "<center>* * *</center>",
        '<p style="text-align: center">***</p>',
        "<div align=center>*</div>",
    ),
    (HTML,),
)


@quirk(*PLAIN)
def a_row_of_quotation_marks_is_mail(work: Work, chance: Chance) -> Work:
    """Only empty quoted lines between quoted lines: no scene is parted."""
    quoted = Passage(Form.QUOTE, ("> Is the ferry running?", ">", "> Say yes."))
    return telling(work, prose.paragraph(chance), quoted)


@quirk(*PLAIN)
def dashes_part_header_from_story(work: Work, chance: Chance) -> Work:
    return work.lay(separator=chance.choice(["----", "-" * 20, "----------------------------------------"]))


@quirk(*PLAIN)
def stars_end_the_header(work: Work, chance: Chance) -> Work:
    return work.lay(separator="***", scene="***")


@quirk(*PLAIN)
def dashes_part_story_from_signature(work: Work, chance: Chance) -> Work:
    def signature(tale: Tale, chance: Chance) -> Draft:
        return [
            bare("\n-- \n"),
            furnished(tale.authors[0]),
            bare("\n"),
            furnished("Keeper of the north lamp since 1994"),
            bare("\n"),
        ]

    return work.lay(tail=(*work.layout.tail, signature), scene="-----", end="The End")
