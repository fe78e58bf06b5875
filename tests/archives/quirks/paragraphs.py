"""This room has the quirks of paragraphs: wraps, blanks, breaks and the markup of old pages."""

import re

from bot.domain.documents import Kind
from tests.archives import prose
from tests.archives.chance import Chance
from tests.archives.drafts import Draft, bare, replaced
from tests.archives.layout import TAGS, Block, Mend, Spacing
from tests.archives.quirks.registry import HTML, MAIL, MARKDOWN, PLAIN, TEXT, quirk
from tests.archives.specimens import Work
from tests.archives.tales import with_piece
from tests.archives.truth import Piece


def mended(work: Work, *mends: Mend) -> Work:
    return work.lay(mends=(*work.layout.mends, *mends))


def telling(work: Work, *pieces: Piece) -> Work:
    return work.tell(chapters=with_piece(work.tale, *pieces).chapters)


@quirk(*PLAIN)
def hard_wrap(work: Work, chance: Chance) -> Work:
    return work.lay(width=chance.randint(60, 82))


@quirk(HTML)
def one_pre(work: Work, chance: Chance) -> Work:
    return work.lay(block=Block.PRE, width=chance.randint(60, 82), scene="* * *", emphasis=TAGS)


@quirk(*PLAIN)
def wrapped_twice(work: Work, chance: Chance) -> Work:
    """80 columns through a mailer of 72 leave lines of a word or two."""
    return work.lay(width=80, rewrapped=72)


@quirk(*PLAIN)
def a_blank_line_after_every_line(work: Work, chance: Chance) -> Work:
    return work.lay(width=chance.randint(60, 76), spacing=Spacing.EVERY_LINE, scene="* * *")


@quirk(*PLAIN)
def paragraphs_by_indent_and_blank_scenes(work: Work, chance: Chance) -> Work:
    return work.lay(width=chance.randint(60, 78), spacing=Spacing.INDENT, scene="")


@quirk(*PLAIN)
def paragraphs_by_indent_and_rows_of_stars(work: Work, chance: Chance) -> Work:
    return work.lay(width=chance.randint(60, 78), spacing=Spacing.INDENT, scene="* * *")


@quirk(*PLAIN)
def two_blank_lines_for_a_scene(work: Work, chance: Chance) -> Work:
    return work.lay(scene="")


@quirk(HTML)
def runs_of_breaks(work: Work, chance: Chance) -> Work:
    return work.lay(block=Block.BREAKS, scene="* * *", width=0)


@quirk(HTML)
def longer_runs_of_breaks_for_a_scene(work: Work, chance: Chance) -> Work:
    return work.lay(block=Block.BREAKS, scene="", width=0)


@quirk(HTML)
def paragraphs_are_divs(work: Work, chance: Chance) -> Work:
    return work.lay(block=Block.DIV, scene="<hr>", width=0)


@quirk(HTML)
def unclosed_paragraphs(work: Work, chance: Chance) -> Work:
    return work.lay(block=Block.OPEN, scene="<hr>", width=0)


def between_paragraphs(work: Work, markup: str) -> Work:
    """The markup after every paragraph of a page of <p>."""

    def mend(draft: Draft) -> Draft:
        return [each for chunk in draft for each in ((chunk, bare(markup)) if chunk == bare("</p>\n") else (chunk,))]

    return mended(work.lay(block=Block.P, width=0, scene="<hr>"), mend)


@quirk(HTML)
def empty_paragraphs(work: Work, chance: Chance) -> Work:
    return between_paragraphs(work, "<p></p>\n")


@quirk(HTML)
def paragraphs_of_a_blank(work: Work, chance: Chance) -> Work:
    return between_paragraphs(work, "<p>&nbsp;</p>\n")


@quirk(HTML)
def comments_of_one_dash(work: Work, chance: Chance) -> Work:
    return between_paragraphs(work, "<!- here was a counter ->\n")


@quirk(HTML)
def comments_with_markup_inside(work: Work, chance: Chance) -> Work:
    return between_paragraphs(work, "<!-- <p>not to be read</p> -->\n")


@quirk(HTML)
def markup_of_a_word_processor(work: Work, chance: Chance) -> Work:
    """Office's own tags, styles and conditional comments about every paragraph."""
    head = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->\n"
    style = "<style>\n<!-- p.MsoNormal {margin:0in; font-size:12.0pt;} -->\n</style>\n"

    def mend(draft: Draft) -> Draft:
        dressed = [bare(_word(chunk.text)) if chunk.kind is None else chunk for chunk in draft]
        return [dressed[0], bare(head + style), *dressed[1:]]

    return mended(work.lay(block=Block.P, width=0, scene="<hr>"), mend)


def _word(tags: str) -> str:
    opened = tags.replace(
        "<p>", "<p class=MsoNormal style='mso-margin-top-alt:auto'><span style='font-family:\"Arial\"'>"
    )
    return opened.replace("</p>", "<o:p></o:p></span></p>")


@quirk(HTML)
def a_rule_within_a_paragraph(work: Work, chance: Chance) -> Work:
    return work.lay(block=Block.P, width=0, scene="<p><hr></p>")


@quirk(HTML)
def a_stray_end_of_script(work: Work, chance: Chance) -> Work:
    return mended(work, lambda draft: [bare("</script>\n"), *draft])


@quirk(HTML)
def a_quote_too_many_in_an_address(work: Work, chance: Chance) -> Work:
    """`href="…html")>`, as one template wrote every link."""
    row = '<p align="center"><a href="../index.html")>Back to the Index</a> | <a href="next.html")>Next part</a></p>\n'
    return work.lay(top=(row,), bottom=(row,))


@quirk(HTML)
def unclosed_tags(work: Work, chance: Chance) -> Work:
    """Lists, fonts and centres that nobody ends."""

    def mend(draft: Draft) -> Draft:
        first = next(number for number, chunk in enumerate(draft) if chunk.kind is Kind.TEXT)
        return [*draft[:first], bare('<font size="3" face="Verdana"><div>'), *draft[first:]]

    return mended(work, mend)


@quirk(HTML)
def shouting_tags(work: Work, chance: Chance) -> Work:
    shout = re.compile(r"</?[a-z0-9]+")
    return mended(work, lambda draft: replaced(draft, lambda text: shout.sub(_upper, text), frozenset({None})))


def _upper(found: re.Match[str]) -> str:
    return found.group().upper()


@quirk(HTML)
def a_document_within_a_document(work: Work, chance: Chance) -> Work:
    """Somebody pasted a whole page into the template."""
    frame = '<html><head><title>The Weir Archive</title></head><body bgcolor="#ffffff">\n'
    return mended(work, lambda draft: [bare(frame), *draft, bare("</body></html>\n")])


@quirk(TEXT)
def tags_in_a_text(work: Work, chance: Chance) -> Work:
    """A text file whose author set its emphasis in tags."""
    return telling(work.lay(emphasis=TAGS, width=0), prose.emphatic(chance), prose.emphatic(chance))


@quirk(HTML)
def scripts_and_styles(work: Work, chance: Chance) -> Work:
    script = (
        '<script language="JavaScript">\n<!--\n'
        'if (1 < 2 && "</p>") { document.write("<b>Hit counter</b>"); }\n//-->\n</script>\n'
    )
    return mended(work, lambda draft: [draft[0], bare(script), *draft[1:]])


@quirk(TEXT, HTML, MAIL, MARKDOWN)
def verse(work: Work, chance: Chance) -> Work:
    return telling(work, prose.verse(chance))


@quirk(TEXT, HTML, MAIL, MARKDOWN)
def a_letter(work: Work, chance: Chance) -> Work:
    return telling(work, *prose.letter(chance))


@quirk(TEXT, HTML, MAIL, MARKDOWN)
def a_script(work: Work, chance: Chance) -> Work:
    return telling(work, prose.script(chance))


@quirk(TEXT, HTML, MAIL)
def ascii_art(work: Work, chance: Chance) -> Work:
    return telling(work, prose.art(chance))


@quirk(TEXT, HTML, MAIL)
def quoted_mail_in_the_story(work: Work, chance: Chance) -> Work:
    return telling(work, prose.quotation(chance))


@quirk(TEXT, HTML, MAIL, MARKDOWN)
def mail_in_the_story(work: Work, chance: Chance) -> Work:
    return telling(work, *prose.mail(chance))


@quirk(TEXT, HTML, MAIL, MARKDOWN)
def emphasis(work: Work, chance: Chance) -> Work:
    return telling(work, prose.emphatic(chance), prose.outcry(chance), prose.emphatic(chance))
