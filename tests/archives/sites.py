"""This room writes tales as AO3's download and FanFicFare's HTML lay them out, from their public templates."""

from tests.archives import web
from tests.archives.chance import Chance
from tests.archives.drafts import Draft, bare, noted, stated
from tests.archives.layout import Layout
from tests.archives.plain import division
from tests.archives.tales import Tale, saying_of
from tests.archives.truth import Chapter
from tests.archives.web import escape

TAGS = [
    ("rating_raw", "Rating"),
    ("cautions", "Archive Warning"),
    ("categories", "Category"),
    ("fandom", "Fandom"),
    ("relationships", "Relationship"),
    ("characters", "Characters"),
    ("freeforms", "Additional Tags"),
    ("language", "Language"),
    ("series", "Series"),
]


def archive_download(tale: Tale, chapters: list[Chapter], layout: Layout, chance: Chance) -> Draft:
    """Preface, chapters, afterword."""
    draft: Draft = [
        bare(_top(tale)),
        bare('<div id="preface">\n<h2 class="toc-heading">Preface</h2>\n'),
        *_message(tale),
    ]
    draft += [bare('<div class="meta">\n<dl class="tags">\n'), *_tags(tale), bare("</dl>\n")]
    draft += [
        bare("<h1>"),
        stated(escape(tale.title)),
        bare('</h1>\n<div class="byline">by '),
        *_byline(tale),
        bare("</div>\n"),
    ]
    draft += _quoted("Summary", tale, "description") + _quoted("Notes", tale, "before")
    draft += [
        bare('</div>\n</div>\n<div id="chapters" class="userstuff">\n'),
        *_chapters(chapters, layout),
        bare("</div>\n"),
    ]
    return [*draft, *_afterword(tale), bare("</body>\n</html>\n")]


def _top(tale: Tale) -> str:
    title = escape(f"{tale.title} - {tale.authors[0]}")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        f'<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n<title>{title}</title>\n'
        '<style type="text/css">\np.message { text-align: center; }\n'
        ".meta dl.tags { border: 1px solid; padding: 1em; }\n</style>\n</head>\n<body>\n"
    )


def _message(tale: Tale) -> Draft:
    words = 'Posted originally on the <a href="http://archive.example.org/">Archive of Examples</a> at <a href="x">http://archive.example.org/works/1</a>.'
    return [bare(f'<p class="message">\n<b>{escape(tale.title)}</b><br/>\n{words}\n</p>\n')]


def _tags(tale: Tale) -> Draft:
    draft: Draft = []
    for name, label in TAGS:
        saying = saying_of(tale, name)
        draft += (
            [bare("<dt>"), stated(f"{label}:"), bare("</dt>\n<dd>"), *_links(saying.value), bare("</dd>\n")]
            if saying
            else []
        )
    stats = "Published: 2014-03-09 Words: 4,211 Chapters: 3/3"
    return [*draft, bare(f"<dt>Stats:</dt>\n<dd>\n{stats}\n</dd>\n")]


def _links(value: str) -> Draft:
    lead, of, rest = value.partition(" of ")
    if of and lead.startswith("Part "):
        return [bare(f"{lead} of "), bare('<a href="s">'), stated(escape(rest)), bare("</a>")]
    links = [[bare('<a href="t">'), stated(escape(each)), bare("</a>")] for each in value.split(", ")]
    return [chunk for number, link in enumerate(links) for chunk in ([bare(", ")] if number else []) + link]


def _byline(tale: Tale) -> Draft:
    links = [[bare('<a rel="author" href="u">'), stated(escape(each)), bare("</a>")] for each in tale.authors]
    return [chunk for number, link in enumerate(links) for chunk in ([bare(", ")] if number else []) + link]


def _quoted(label: str, tale: Tale, field: str) -> Draft:
    saying = saying_of(tale, field)
    if saying is None:
        return []
    chunk = noted(escape(saying.value)) if field == "before" else stated(escape(saying.value))
    return [bare(f'<p>{label}</p>\n<blockquote class="userstuff"><p>'), chunk, bare("</p></blockquote>\n")]


def _chapters(chapters: list[Chapter], layout: Layout) -> Draft:
    draft: Draft = []
    for chapter in chapters:
        draft += [
            bare(f'<div class="meta group">\n<h2 class="heading">{escape(division(chapter, layout))}</h2>\n</div>\n')
        ]
        draft += [bare('<!--chapter content-->\n<div class="userstuff">\n')]
        draft += [*web.pieces(chapter, layout), bare("</div>\n<!--/chapter content-->\n")]
    return draft


def _afterword(tale: Tale) -> Draft:
    notes = [noted(escape(each)) for each in tale.after]
    draft: Draft = [bare('<div id="afterword">\n<h2 class="toc-heading">Afterword</h2>\n')]
    if notes:
        draft += [
            bare('<div class="meta">\n<div id="endnotes">\n<p>End Notes</p>\n<blockquote class="userstuff"><p>'),
            *notes,
            bare("</p></blockquote>\n</div>\n</div>\n"),
        ]
    words = 'Please <a href="c">drop by the archive and comment</a> to let the author know if you enjoyed their work!'
    return [*draft, bare(f'<p class="message">{words}</p>\n</div>\n')]


FETCHED = [
    ("fandom", "Category"),
    ("genre", "Genre"),
    ("language", "Language"),
    ("status", "Status"),
    ("rating_raw", "Rating"),
    ("cautions", "Warnings"),
]


def fetched(tale: Tale, chapters: list[Chapter], layout: Layout, chance: Chance) -> Draft:
    """The one page that FanFicFare makes of a story: title, table of metadata, contents, chapters."""
    title = escape(tale.title)
    draft: Draft = [
        bare(
            f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="UTF-8" />\n'
            f"<title>{title} by {escape(tale.authors[0])}</title>\n</head>\n<body>\n"
            f'<h1><a href="http://example.org/s/1">'
        ),
        stated(title),
        bare("</a> by "),
        *_byline(tale),
        bare("</h1>\n<table class='full'>\n"),
    ]
    draft += [chunk for name, label in FETCHED for chunk in _fetched_row(tale, name, label)]
    draft += _fetched_row(tale, "description", "Summary")
    draft += [bare('</table>\n<a name="TOCTOP"><h2>Table of Contents</h2></a>\n<p>\n')]
    draft += [
        bare(f'<a href="#section{at:04}">{escape(division(each, layout))}</a><br />\n')
        for at, each in enumerate(chapters, 1)
    ]
    draft += [bare("</p>\n")]
    for at, chapter in enumerate(chapters, 1):
        draft += [
            bare(f'<a name="section{at:04}"><h2>{escape(division(chapter, layout))}</h2></a>\n'),
            *web.pieces(chapter, layout),
        ]
    return [*draft, bare("</body>\n</html>\n")]


def _fetched_row(tale: Tale, field: str, label: str) -> Draft:
    saying = saying_of(tale, field)
    if saying is None:
        return []
    return [
        bare("<tr><td><b>"),
        stated(f"{label}:"),
        bare("</b></td><td>"),
        stated(escape(saying.value)),
        bare("</td></tr>\n"),
    ]
