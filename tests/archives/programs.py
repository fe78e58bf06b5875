"""This room has archives as programs left them: what each prints about a story, in its own markup, around our words."""

import io
import textwrap
import zipfile

DOCTYPE = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
NOTE = "Thank you, Tam."


def paragraphs(place: str, number: int = 6) -> list[str]:
    """Of a text that no other place has."""
    return [
        f"Maren went down to the {place} for time number {count}, and counted the boats that lay there. The {place} had"
        f" been shut since the storm of {count + 2} nights ago, and nobody had said why."
        for count in range(number)
    ]


def marked(place: str) -> str:
    return "\n".join(f"<p>{text}</p>" for text in paragraphs(place))


def wrapped(place: str) -> str:
    return "\n\n".join(textwrap.fill(text, 68) for text in paragraphs(place))


def page(title: str, body: str) -> str:
    return f"{DOCTYPE}\n<html><head><title>{title}</title></head><body>\n{body}\n</body></html>"


def digest() -> str:
    """A mailbox with one message, a list's digest (RFC 1153) of two parts and an answer."""
    messages = (
        (
            "FIC: The Mill (1/2)",
            f"Title: The Mill\nAuthor: Ann Lee\nRating: PG\n\nPart 1/2\n\n{wrapped('mill')}\n\nTBC",
        ),
        ("Re: Is the list dead?", "Odo wrote:\n> Is the list dead?\n\nNo, we are all writing.\n\nTam\n- --\nBoats!"),
        ("FIC: The Mill (2/2)", f"The Mill (2/2)\nby Ann Lee\nann@harbour.example\n\n{wrapped('weir')}\n\nThe End"),
    )
    told = f"\n\n{'-' * 30}\n\n".join(
        f"Date: Mon, 6 Mar 2000 10:11:12 -0500\nFrom: Ann Lee <ann@harbour.example>\nSubject: {subject}\n\n{body}"
        for subject, body in messages
    )
    head = (
        "From fic-digest@lists.example Tue Mar  7 04:05:06 2000\nReturn-Path: <owner@lists.example>\n"
        "Received: from lists.example by mx.example; Tue, 7 Mar 2000 04:05:06 -0500\n"
        "From: fic-digest@lists.example\nSubject: fic Digest V3 #12\n\n"
        "fic Digest      Tuesday, March 7 2000      Volume 03 : Number 012\n\nIn this issue:\n\n"
        "   FIC: The Mill (1/2)\n"
    )
    return f"{head}\n{'-' * 70}\n\n{told}\n\n{'-' * 30}\n\nEnd of fic Digest V3 #12\n************************\n"


CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
ITEMS = ("title_page", "log_page", "file0001", "file0002")
SITE = "https://www.fic.example"


def fetched_book() -> bytes:
    """An EPUB as FanFicFare makes it: the title page alone tells the rating, among links to the site."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("content.opf", _package())
        book.writestr("OEBPS/title_page.xhtml", page("The Ferry by Ann Lee", _title_page()))
        book.writestr(
            "OEBPS/log_page.xhtml", page("Update Log", "<h3>Update Log</h3><p><b>2020-01-01</b> - 2 chapters</p>")
        )
        for number, (title, place) in enumerate((("Low Water", "ferry"), ("High Water", "tide")), 1):
            head = f'<h3 class="fff_chapter_title">{number}. {title}</h3>'
            book.writestr(f"OEBPS/file000{number}.xhtml", page(f"{number}. {title}", f"{head}\n{marked(place)}"))
    return box.getvalue()


def _package() -> str:
    items = "".join(
        f'<item id="{name}" href="OEBPS/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in ITEMS
    )
    spine = "".join(f'<itemref idref="{name}" linear="yes"/>' for name in ITEMS)
    return (
        '<?xml version="1.0"?><package version="2.0" xmlns="http://www.idpf.org/2007/opf"><metadata'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Ferry</dc:title><dc:creator>Ann Lee</dc:creator>'
        "<dc:language>en</dc:language><dc:date>2004-03-05</dc:date><dc:subject>FanFiction</dc:subject></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def _title_page() -> str:
    told = {
        "Category": "Harbour Tales", "Genre": "Angst", "Series": f'<a href="{SITE}/c/4">Low Water [3]</a>',
        "Status": "Completed", "Rating": "T", "Chapters": "2", "Story URL": f'<a href="{SITE}/s/12">{SITE}/s/12</a>',
        "Author URL": f'<a href="{SITE}/u/3">{SITE}/u/3</a>', "Summary": "The ferry is late.",
    }  # fmt: skip
    fields = "<br />".join(f"<b>{label}:</b> {value}" for label, value in told.items())
    return f'<h3><a href="{SITE}/s/12">The Ferry</a> by <a href="{SITE}/u/3">Ann Lee</a></h3><div>{fields}<br /></div>'


def journal() -> str:
    """A post of a journal's plain style: whose it is and when, in a table, mood and music, and answers."""
    user = '<b><a href="http://quayside.example/">quayside</a></b>'
    head = (
        '<table><tr><td><a href="/">Home</a> <a href="/login">Log in</a></td></tr></table>\n'
        f'<table><tr><td>{user} ({user})<br />\n@ <a href="/2005/">2005</a>-<a href="/2005/03/">03</a>-'
        '<a href="/2005/03/05/">05</a> 21:15:00</td></tr></table>\n<table><tr><td><b>Current mood:</b></td>'
        "<td>accomplished</td></tr><tr><td><b>Current music:</b></td><td>Rain - The Gutters</td></tr></table>\n"
    )
    told = (
        f"<div><font size='+1'><i><b>Fic: The Ferry (1/1)</b></i></font><br />\n<b>Title:</b> The Ferry<br />"
        f"<b>Author:</b> {user}<br /><b>Rating:</b> R<br /><b>Word Count:</b> 500<br /><b>A/N:</b> {NOTE}<br /><br />\n"
        f"{'<br /><br />'.join(paragraphs('ferry'))}</div>\n"
    )
    answers = "".join(
        f"<table><tr><td>{user}<br />2005-03-06 01:2{number} am UTC (<a href='?t=1'>link</a>)<br />"
        "The bit with the boats!<br />(<a href='?r=1'>Reply to this</a>) (<a href='?t=1'>Thread</a>)"
        "</td></tr></table>\n"
        for number in range(2)
    )
    links = "<p>(<a href='?mode=reply'>Post a new comment</a>)</p>\n"
    return page("quayside: Fic: The Ferry (1/1)", f"{head}{told}<hr />\n{links}{answers}{links}")


def download() -> str:
    """AO3's HTML download, with summary and notes of a chapter's own."""
    tags = {
        "Rating": "Mature", "Archive Warning": "Major Character Death", "Fandom": "Harbour Tales",
        "Series": "Part 2 of <a href='#'>Low Water</a>", "Stats": "Published: 2012-03-04 Words: 1,234 Chapters: 2/2",
    }  # fmt: skip
    told = "".join(f"<dt>{label}:</dt><dd>{value}</dd>\n" for label, value in tags.items())
    by = (
        '<div class="byline">by <a rel="author" href="#a">ann</a>, <a rel="author" href="#t">tam (harbourtam)</a></div>'
    )
    box = '<p>{}</p><blockquote class="userstuff"><p>{}</p></blockquote>'.format
    first = f'<h2 class="heading">Chapter 1: Low Water</h2>{box("Chapter Summary", "She goes down.")}'
    return page(
        "The Weir - ann - Harbour Tales",
        '<div id="preface"><p class="message"><b>The Weir</b><br />Posted on the Archive.</p><div class="meta">'
        f'<dl class="tags">{told}</dl><h1>The Weir</h1>{by}{box("Notes", "For Pell.")}</div></div>\n'
        f'<div id="chapters" class="userstuff"><div class="meta group">{first}{box("Chapter Notes", NOTE)}</div>\n'
        f'<div class="userstuff">{marked("weir")}</div>\n'
        f'<div id="endnotes1" class="meta">{box("Chapter End Notes", "More on Sunday.")}</div>\n'
        '<div class="meta group"><h2 class="heading">Chapter 2: High Water</h2></div>'
        f'<div class="userstuff">{marked("mill")}</div></div>\n'
        f'<div id="afterword"><div id="endnotes" class="meta">{box("End Notes", "The ferry is real.")}</div></div>',
    )


def printed() -> str:
    """eFiction's page for the printer: fields in spans, a list of chapters, notes in boxes, the site's disclaimer."""
    fields = {
        "Summary: ": "<p>Maren looks for what the weir took.</p>", "Rated:": "PG-13<br />",
        "Characters: ": "<a href='browse.php?c=1'>Maren</a>, <a href='browse.php?c=2'>Odo</a><br />",
        "Genres: ": "Drama, Mystery<br />", "Warnings: ": "Character Death<br />", "Challenges: ": "None<br />",
        "Series:": "<a href='viewseries.php?seriesid=4'>Low Water</a><br />", "Chapters: ": "2 ",
        "Completed:": "Yes<br />", "Word count:": "640 ", "Read:": "1209<br />", "Published:": "05 Mar 2004 ",
        "Updated:": "07 Mar 2004",
    }  # fmt: skip
    told = "\n".join(f'<span class="label">{label}</span> {value}' for label, value in fields.items())
    box = '<div class="notes"><div class="title"><span class="label">{}:</span></div><div>{}</div></div>'.format
    ann = '<a href="viewuser.php?uid=3">Ann Lee</a>'
    names = ("Low Water", "High Water")
    listed = "<br />".join(f'{n}. <a href="#{n}">{name}</a> by {ann}' for n, name in enumerate(names, 1))
    chapters = "".join(
        f'<p><a name="{n}"></a><b>{name} by Ann Lee</b></p>\n'
        f"{box('Author&#39;s Notes', f'<p>{NOTE}</p>') if n == 1 else ''}\n{marked(name.split()[0].lower())}\n"
        '<p><a href="#top">Back to index</a></p>\n<hr />\n'
        for n, name in enumerate(names, 1)
    )
    return page(
        "The Weir by Ann Lee",
        f'<div id="pagetitle"><a href="viewstory.php?sid=12">The Weir</a> by {ann}</div>\n'
        f'<div class="infobox">{told}</div>\n'
        f'{box("Story Notes", "<p>For the winter exchange.</p>")}\n<p><b><a name="top"></a>Table of Contents</b></p>\n'
        f"<p>{listed}</p>\n<hr />\n{chapters}<p><u>Disclaimer:</u> All publicly recognizable characters are the"
        " property of their respective owners.</p>",
    )


AD = """<!-- text below generated by server. PLEASE REMOVE --></object></layer></div></span></style></noscript></table>
</script></applet><script language="JavaScript" src="http://geo.example/geov2.js"></script><script>visit();</script>
<noscript><img src="http://visit.example/visit.gif?1"></noscript><IMG SRC="http://geo.example/serv?t=1" ALT=1>"""


def home_page() -> dict[str, str]:
    """An author's own pages at a free host: frames, a counter, a webring, and what the host wrote below every page."""
    ring = '<P>This <A HREF="http://ring.example">Webring</A> is <A HREF="mailto:ann@h.example">Ann</A>\'s.</P>'
    foot = '<B>~fin~</B><BR><A HREF="tide1.htm">Back to Part 1</A> <A HREF="mailto:ann@h.example">Feedback?</A>'
    pages = {
        "index.html": '<FRAMESET COLS="150,*"><FRAME SRC="menu.html"><FRAME SRC="main.html"><NOFRAMES><BODY>No frames!'
        '<A HREF="main.html">Come in anyway</A>.</BODY></NOFRAMES></FRAMESET>',
        "menu.html": '<A HREF="main.html">Home</A><BR><A HREF="fic.html">Fic</A><BR><A HREF="links.html">Links</A>',
        "main.html": f'<H1>Welcome!</H1><P>You are visitor number <IMG SRC="count.cgi"></P>{ring}',
        "fic.html": "<H2>My Fic</H2><P>All of these are rated PG unless I say so.</P><UL><LI>"
        '<A HREF="mill.htm">The Mill</A> - Tove finds the key. (G)<LI><A HREF="tide1.htm">Tide Tables</A> -'
        ' <A HREF="tide2.htm">Part 2</A> - Pell counts. Sequel to The Mill.</UL><A HREF="main.html">Back</A>',
        "mill.htm": _told("The Mill", "", "mill", "<B>The End</B>"),
        "tide1.htm": _told("Tide Tables", "<BR>Part 1", "tide", '<A HREF="tide2.htm">On to Part 2</A>'),
        "tide2.htm": _told("Tide Tables", "<BR>Part 2", "ferry", foot),
    }
    return {
        name: f"<HTML><HEAD><TITLE>Ann</TITLE></HEAD><BODY>{body}</BODY></HTML>\n{AD}" for name, body in pages.items()
    }


def _told(title: str, part: str, place: str, foot: str) -> str:
    by = f'<CENTER><FONT SIZE="+3">{title}</FONT>{part}<BR>by <A HREF="mailto:ann@h.example">Ann</A></CENTER>'
    return f"{by}<P><I>Disclaimer: I am only playing.</I><P><P>{'<P>'.join(paragraphs(place))}<CENTER>{foot}</CENTER>"
