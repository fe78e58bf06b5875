"""This room writes tales as web pages, as the tools and hands of 1994 to 2005 left them."""

from tests.archives import plain
from tests.archives.chance import Chance
from tests.archives.drafts import Chunk, Draft, bare, furnished, noted, stated, told
from tests.archives.layout import Block, Heading, Layout
from tests.archives.tales import Tale, saying_of
from tests.archives.truth import Chapter, Form, Gap, Passage

HEAD = (
    '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n'
    "<title>{title}</title>\n</head>\n<body>\n"
)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def document(tale: Tale, chapters: list[Chapter], layout: Layout, chance: Chance) -> Draft:
    title = escape(plain.named(tale, chapters[0], layout))
    draft: Draft = [bare(HEAD.format(title=title))]
    draft += _rows(layout.top)
    draft += heading(tale, chapters[0], layout) + labels(tale, chapters[0], layout)
    draft += [bare(f"<p>{layout.separator}</p>\n")] if layout.separator else []
    draft += body(chapters, layout)
    draft += ending(tale, chapters, layout)
    for tail in layout.tail:
        draft += tail(tale, chance)
    return [*draft, *_rows(layout.bottom), bare("</body>\n</html>\n")]


def _rows(rows: tuple[str, ...]) -> Draft:
    """Navigation; a row that already is markup stands as it is."""
    draft: Draft = []
    for row in rows:
        draft += [bare(row)] if row.startswith("<") else [bare("<p>"), furnished(escape(row)), bare("</p>\n")]
    return draft


def heading(tale: Tale, chapter: Chapter, layout: Layout) -> Draft:
    title, author = escape(plain.named(tale, chapter, layout)), escape(plain.joined(tale.authors))
    author = "" if "authors" in layout.unstated else author
    form = _FORMS.get(layout.heading, _bare)
    return form(title, author, escape(tale.series or ""), layout)


def _two(title: str, author: str, series: str, layout: Layout) -> Draft:
    second = f"a {series} fanfiction by {author}" if series else f"by {author}"
    return [bare("<h1>"), stated(title), bare("</h1>\n<h2>"), stated(second), bare("</h2>\n\n")]


def _byline(title: str, author: str, series: str, layout: Layout) -> Draft:
    return [bare("<h2>"), stated(title), bare("</h2>\n<p>"), stated(f"By {author}"), bare("</p>\n\n")]


def _centred(title: str, author: str, series: str, layout: Layout) -> Draft:
    return [bare("<center><b>"), stated(title), bare("</b><br>\nby<br>\n"), stated(author), bare("</center>\n\n")]


def _seed(title: str, author: str, series: str, layout: Layout) -> Draft:
    named = f"{series} Series - {title}" if series else title
    return [bare('<h3 align="center">'), stated(f"{named} -- by {author}"), bare("</h3>\n\n")]


def _labels(title: str, author: str, series: str, layout: Layout) -> Draft:
    pairs = [(label, value) for label, value in zip(layout.names, (title, author, series), strict=True) if value]
    rows = [chunk for label, value in pairs for chunk in _row(label, value, layout)]
    return [*([bare("<table>\n")] if layout.cells else []), *rows, *([bare("</table>\n")] if layout.cells else [])]


def _bare(title: str, author: str, series: str, layout: Layout) -> Draft:
    return [bare("<h2>"), stated(title), bare("</h2>\n\n")]


_FORMS = {
    Heading.TWO: _two,
    Heading.BYLINE: _byline,
    Heading.CENTRED: _centred,
    Heading.SEED: _seed,
    Heading.LABELS: _labels,
}


def _row(label: str, value: str, layout: Layout) -> Draft:
    if layout.cells:
        return [bare("<tr><td><b>"), stated(f"{label}:"), bare("</b></td><td>"), stated(value), bare("</td></tr>\n")]
    return [bare("<p><b>"), stated(f"{label}:"), bare("</b> "), stated(value), bare("</p>\n")]


def labels(tale: Tale, chapter: Chapter, layout: Layout) -> Draft:
    if not layout.repeats and chapter is not tale.chapters[0]:
        return []
    if layout.block is Block.PRE:
        return [bare("<pre>\n"), *_escaped(plain.labels(tale, chapter, layout)), bare("\n</pre>\n")]
    if layout.between.strip(" ") != "\n\n" or layout.label != "{label}: {value}":
        inner = plain.labels(tale, chapter, layout)
        return [
            bare("<p>"),
            *(chunk._replace(text=escape(chunk.text).replace("\n", "<br>\n")) for chunk in inner),
            bare("</p>\n"),
        ]
    rows = [
        chunk
        for each in tale.sayings
        if each.value and each.field not in layout.unstated
        for chunk in (_row(escape(each.label), escape(each.value), layout) if each.label else _line(each.value))
    ]
    before = saying_of(tale, "before")
    note = {escape(before.value), f"{escape(before.label)}:"} if before else set[str]()
    rows = [noted(chunk.text) if chunk.text in note else chunk for chunk in rows]
    return [*([bare("<table>\n")] if layout.cells else []), *rows, *([bare("</table>\n")] if layout.cells else [])]


def _line(value: str) -> Draft:
    return [bare("<p>"), stated(escape(value)), bare("</p>\n")]


def _escaped(draft: Draft) -> Draft:
    return [chunk._replace(text=escape(chunk.text)) for chunk in draft]


def body(chapters: list[Chapter], layout: Layout) -> Draft:
    draft: Draft = []
    for chapter in chapters:
        draft += [bare(f"<h3>{escape(plain.division(chapter, layout))}</h3>\n")] if layout.divided else []
        draft += _preformatted(chapter, layout) if layout.block is Block.PRE else pieces(chapter, layout)
    return draft


def _preformatted(chapter: Chapter, layout: Layout) -> Draft:
    """Escaped first and marked after: the marks of the builder's own are no markup until then."""
    escaped = [
        piece if isinstance(piece, Gap) else piece._replace(lines=tuple(map(escape, piece.lines)))
        for piece in chapter.pieces
    ]
    return [bare("<pre>\n"), *plain.told_pieces(tuple(escaped), layout), bare("</pre>\n")]


def pieces(chapter: Chapter, layout: Layout) -> Draft:
    draft: Draft = []
    for piece in chapter.pieces:
        draft += _gap(layout) if isinstance(piece, Gap) else _passage(piece, layout)
    return draft


def _gap(layout: Layout) -> Draft:
    if layout.scene.startswith("<"):
        return [bare(f"{layout.scene}\n")]
    if not layout.scene:
        return [bare("<br><br>\n")]
    opening, closing = _TAGS[layout.block]
    return [bare(f"{opening}{escape(layout.scene)}{closing}")]


_TAGS = {
    Block.P: ("<p>", "</p>\n"),
    Block.OPEN: ("<p>", "\n"),
    Block.BREAKS: ("", "<br><br>\n"),
    Block.DIV: ("<div>", "</div>\n"),
    Block.PRE: ("", "\n\n"),
}


def _passage(piece: Passage, layout: Layout) -> Draft:
    opening, closing = _TAGS[layout.block]
    if piece.form is Form.ART:
        return [bare("<pre>\n"), told(escape(piece.text)), bare("\n</pre>\n")]
    lines = [plain.marked(escape(line), layout.emphasis) for line in piece.lines]
    return [bare(opening), told("<br>\n".join(lines)), bare(closing)]


def ending(tale: Tale, chapters: list[Chapter], layout: Layout) -> Draft:
    return [_broken(chunk) for chunk in plain.ending(tale, chapters, layout)]


def _broken(chunk: Chunk) -> Chunk:
    """A line of its own, of whatever the plain text had."""
    if chunk.kind is None and not chunk.text.strip():
        return chunk._replace(text="\n")
    if chunk.kind is None:
        return chunk._replace(text=f"<p>{escape(chunk.text.strip())}</p>\n")
    return chunk._replace(text=f"<p>{escape(chunk.text)}</p>")
