"""This room writes tales as plain text, Markdown and within a page's <pre>."""

import textwrap

from tests.archives.chance import Chance
from tests.archives.drafts import Draft, bare, furnished, noted, stated, told
from tests.archives.fields import Saying
from tests.archives.layout import Emphasis, Heading, Layout, Spacing, Writing
from tests.archives.tales import Tale
from tests.archives.truth import BOLD, ITALIC, Chapter, Form, Gap, Passage, Piece


def document(tale: Tale, chapters: list[Chapter], layout: Layout, chance: Chance) -> Draft:
    """One document of the tale: header, these chapters, end, and what hangs about them."""
    draft: Draft = [chunk for line in layout.top for chunk in (furnished(line), bare("\n"))]
    draft += [bare("\n")] if layout.top else []
    draft += heading(tale, chapters[0], layout) + labels(tale, chapters[0], layout)
    draft += [bare(f"{layout.separator}\n\n\n")] if layout.separator else [bare("\n")]
    draft += body(tale, chapters, layout)
    draft += ending(tale, chapters, layout)
    for tail in layout.tail:
        draft += tail(tale, chance)
    draft += [chunk for line in layout.bottom for chunk in (bare("\n"), furnished(line))]
    return [*draft, bare("\n")]


def named(tale: Tale, chapter: Chapter, layout: Layout) -> str:
    total = max(round(each.number.order[0]) for each in tale.chapters if each.number.order[0] != float("inf"))
    return layout.title.format(title=tale.title, number=chapter.number.label, total=total)


def joined(authors: tuple[str, ...]) -> str:
    return " & ".join(authors)


def heading(tale: Tale, chapter: Chapter, layout: Layout) -> Draft:
    title, author = named(tale, chapter, layout), "" if "authors" in layout.unstated else joined(tale.authors)
    if layout.writing is Writing.MARKDOWN:
        return [bare("# "), stated(title), bare("\n\n"), stated(f"by {author}"), bare("\n\n")]
    if layout.heading is Heading.SEED:
        series = f"{tale.series} Series - " if tale.series else ""
        return [stated(f"{series}{title} -- by {author}"), bare("\n\n\n")]
    if layout.heading is Heading.BYLINE:
        return [stated(title), bare("\n"), stated(f"by {author}"), bare("\n\n")]
    if layout.heading is Heading.CENTRED:
        return _centred(title, author)
    if layout.heading is Heading.LABELS:
        return _labelled(title, author, tale, layout)
    return [stated(title), bare("\n\n")]


def _centred(title: str, author: str) -> Draft:
    lines = [title, "*" * len(title), "by", author]
    return [chunk for line in lines for chunk in (bare(" " * ((72 - len(line)) // 2)), stated(line), bare("\n"))] + [
        bare("\n")
    ]


def _labelled(title: str, author: str, tale: Tale, layout: Layout) -> Draft:
    pairs = [(label, value) for label, value in zip(layout.names, (title, author, tale.series), strict=True) if value]
    lines = [layout.label.format(label=label, value=value) for label, value in pairs]
    return [chunk for line in lines for chunk in (stated(line), bare(layout.between))]


def labels(tale: Tale, chapter: Chapter, layout: Layout) -> Draft:
    if not layout.repeats and chapter is not tale.chapters[0]:
        return []
    sayings = [each for each in tale.sayings if each.value and each.field not in layout.unstated]
    draft: Draft = []
    for each in sayings:
        text = labelled(each, layout)
        draft += [noted(text) if each.field == "before" else stated(text), bare(layout.between)]
    return [*draft[:-1], bare("\n\n")] if draft else []


def labelled(saying: Saying, layout: Layout) -> str:
    text = layout.label.format(label=saying.label, value=saying.value) if saying.label else saying.value
    return "\n".join(textwrap.wrap(text, layout.label_width, break_on_hyphens=False)) if layout.label_width else text


def body(tale: Tale, chapters: list[Chapter], layout: Layout) -> Draft:
    draft: Draft = []
    for chapter in chapters:
        if layout.divided:
            draft += [bare("\n" if draft else ""), bare(_division(chapter, layout)), bare("\n\n")]
        draft += told_pieces(chapter.pieces, layout)
    return draft


def _division(chapter: Chapter, layout: Layout) -> str:
    heading = division(chapter, layout)
    return f"## {heading}" if layout.writing is Writing.MARKDOWN else heading


def division(chapter: Chapter, layout: Layout) -> str:
    """The heading of a part within a document; a chapter's own title follows a colon."""
    heading = layout.divided.format(
        number=chapter.number.label, word=WORDS.get(chapter.number.label, chapter.number.label)
    )
    return f"{heading}: {chapter.title}" if chapter.title else heading


WORDS = {"1": "One", "2": "Two", "3": "Three", "4": "Four", "5": "Five", "6": "Six", "7": "Seven"}


def told_pieces(pieces: tuple[Piece, ...], layout: Layout) -> Draft:
    draft: Draft = []
    for piece in pieces:
        draft += (
            [bare(_gap(layout))] if isinstance(piece, Gap) else [told(_passage(piece, layout)), bare(_after(layout))]
        )
    return draft


def _gap(layout: Layout) -> str:
    if layout.spacing is Spacing.INDENT:
        return f"\n{layout.scene}\n\n" if layout.scene else "\n"
    return f"{layout.scene}{_after(layout)}" if layout.scene else "\n"


def _after(layout: Layout) -> str:
    return {Spacing.BLANK: "\n\n", Spacing.INDENT: "\n", Spacing.EVERY_LINE: "\n\n\n"}[layout.spacing]


def _passage(piece: Passage, layout: Layout) -> str:
    if layout.writing is Writing.MARKDOWN and piece.form is not Form.PROSE:
        return _kept(piece, layout)
    indent = "    " if layout.spacing is Spacing.INDENT else ""
    lines = [
        line for each in piece.lines for line in _wrapped(marked(each, layout.emphasis), piece.form, layout, indent)
    ]
    return ("\n\n" if layout.spacing is Spacing.EVERY_LINE else "\n").join(lines)


def _kept(piece: Passage, layout: Layout) -> str:
    """Markdown joins lines unless it is told not to."""
    if piece.form is Form.ART:
        return f"```\n{piece.text}\n```"
    return "  \n".join(marked(each, layout.emphasis) for each in piece.lines)


def _wrapped(line: str, form: Form, layout: Layout, indent: str) -> list[str]:
    if form is not Form.PROSE or not layout.width:
        return [indent + line]
    lines = textwrap.wrap(indent + line, layout.width, break_on_hyphens=False, break_long_words=False)
    if layout.rewrapped:
        lines = [each for first in lines for each in textwrap.wrap(first, layout.rewrapped, break_on_hyphens=False)]
    return lines


def marked(text: str, emphasis: Emphasis) -> str:
    for mark, written in zip((*ITALIC, *BOLD), (*emphasis.italic, *emphasis.bold), strict=True):
        text = text.replace(mark, written)
    return text


def ending(tale: Tale, chapters: list[Chapter], layout: Layout) -> Draft:
    last = chapters[-1] is tale.chapters[-1]
    mark = layout.end if last else layout.part_end.format(number=chapters[-1].number.label)
    draft: Draft = [bare(f"\n{mark}\n")] if mark else []
    for note in tale.after if last and not layout.tail else ():
        draft += [bare("\n\n"), noted(f"Author's note: {note}"), bare("\n")]
    return draft
