"""This room holds Discord's Markdown to what Discord's client shows, and to letting no HTML pass."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.page.markdown import render, render_line

NAMES = {("@", 7): "Mara", ("&", 8): "Desk", ("#", 9): "hall"}
LINK = 'target="_blank" rel="noopener noreferrer nofollow"'
SPOILER = '<span class="spoiler" role="button" tabindex="0" aria-label="Spoiler, press to reveal"><span inert="">'


def name_of(kind: str, number: int) -> str | None:
    return NAMES.get((kind, number))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** *slant* _slant_", "<strong>bold</strong> <em>slant</em> <em>slant</em>"),
        ("__under__ ~~gone~~", "<u>under</u> <s>gone</s>"),
        ("***both***", "<em><strong>both</strong></em>"),
        ("__**two**__", "<u><strong>two</strong></u>"),
        ("___three___", "<u><em>three</em></u>"),
        ("snake_case_name", "snake_case_name"),
        ("```**``````", '<pre tabindex="0">**</pre>```'),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("**over\n\nlines**", "<strong>over<br><br>lines</strong>"),
        ("||the **end**||", f"{SPOILER}the <strong>end</strong></span></span>"),
        ("a || b", "a || b"),
        ("`a **b** <i>`", "<code>a **b** &lt;i&gt;</code>"),
        ("``one ` tick``", "<code>one ` tick</code>"),
        ("one\ntwo\n\n\nfive", "one<br>two<br><br><br>five"),
        ("  kept   spaces", "  kept   spaces"),
        (r"\*not\* \||nor this\||", "*not* ||nor this||"),
        (r"\# no heading", "# no heading"),
        ("C:\\path", "C:\\path"),
        ("&amp; &#65;", "&amp;amp; &amp;#65;"),
    ],
)
def test_inside_a_line(written: str, shown: str) -> None:
    assert render(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# One\n## Two\n### Three", "<h3>One</h3><h4>Two</h4><h5>Three</h5>"),
        ("#### four", "#### four"),
        ("#none", "#none"),
        ("-# small *print*", "<small>small <em>print</em></small>"),
        ("# One\n\ntext", "<h3>One</h3><br>text"),
        ("Title\n===", "Title<br>==="),
        ("> a\n> b\nc", "<blockquote>a<br>b</blockquote>c"),
        (">no space", "&gt;no space"),
        ("a\n>>> b\nc\n\nd", "a<br><blockquote>b<br>c<br><br>d</blockquote>"),
        ("> # loud", "<blockquote><h3>loud</h3></blockquote>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b\n- c", "<ul><li>a<br><ul><li>b</li></ul></li><li>c</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n1. b", '<ul><li>a</li></ul><ol start="1"><li>b</li></ol>'),
        ("- a\n  more", "<ul><li>a<br>more</li></ul>"),
        ("- a\n\nend", "<ul><li>a</li></ul>end"),
        ("-none", "-none"),
        ("---", "---"),
        ("    no code", "    no code"),
    ],
)
def test_blocks(written: str, shown: str) -> None:
    assert render(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("```\n# code\n\n**x**\n```", '<pre tabindex="0"># code\n\n**x**</pre>'),
        ("```py\nx < 1\n```", '<pre tabindex="0" data-language="py">x &lt; 1</pre>'),
        ("a ```b``` c", 'a <pre tabindex="0">b</pre> c'),
        ("||```x```||", f'{SPOILER}<pre tabindex="0">x</pre></span></span>'),
        ("```open", "```open"),
    ],
)
def test_code_blocks(written: str, shown: str) -> None:
    assert render(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://a.example/b.", f'<a href="https://a.example/b" {LINK}>https://a.example/b</a>.'),
        ("(https://a.example/x_(y))", f'(<a href="https://a.example/x_(y)" {LINK}>https://a.example/x_(y)</a>)'),
        ("<https://a.example>", f'<a href="https://a.example" {LINK}>https://a.example</a>'),
        ("[the **lamp**](https://a.example)", f'<a href="https://a.example" {LINK}>the <strong>lamp</strong></a>'),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("[x](data:text/html,y)", "[x](data:text/html,y)"),
        ("https://", "https://"),
    ],
)
def test_links_lead_to_the_web_alone(written: str, shown: str) -> None:
    assert render(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<@7> <@!7>", '<span class="mention">@Mara</span> <span class="mention">@Mara</span>'),
        ("<@1>", '<span class="mention">@unknown-user</span>'),
        ("<@&8> <@&1>", '<span class="mention">@Desk</span> <span class="mention">@unknown-role</span>'),
        ("<#9>", '<button type="button" class="mention" data-place="9"># hall</button>'),
        ("<#1>", '<span class="mention"># No Access</span>'),
        (
            "</desk import:4>",
            '<button type="button" class="mention" data-command="desk import">/desk import</button>',
        ),
        ("@everyone @here", '<span class="mention">@everyone</span> <span class="mention">@here</span>'),
        ("<:owl:77> <a:owl:78>", '<span class="emoji">:owl:</span> <span class="emoji">:owl:</span>'),
    ],
)
def test_mentions_have_names(written: str, shown: str) -> None:
    assert render(written, name_of) == shown


@pytest.mark.parametrize("style", ["t", "T", "d", "D", "f", "F", "R"])
def test_a_timestamp_names_its_moment_and_style(style: str) -> None:
    shown = f'<time datetime="2023-11-14T22:13:20+00:00" data-style="{style}">14 November 2023 22:13 UTC</time>'
    assert render(f"<t:1700000000:{style}>") == shown


def test_a_timestamp_without_style_is_a_long_one() -> None:
    assert 'data-style="f"' in render("<t:1700000000>")


@pytest.mark.parametrize("written", ["<t:9999999999999>", "<t:now>", "<t:1:x>"])
def test_what_is_no_moment_stays_text(written: str) -> None:
    assert "<time" not in render(written)


def test_a_title_has_no_blocks() -> None:
    assert render_line("# The *Lamp*") == "# The <em>Lamp</em>"


def test_a_deep_quote_ends_somewhere() -> None:
    assert render(">>> " * 400 + "x").count("<blockquote>") <= 10


INLINE = {"strong", "em", "u", "s", "code", "pre", "br", "span", "a", "button", "time"}
BLOCKS = {"h3", "h4", "h5", "small", "blockquote", "ul", "ol", "li"}
OWN = {"class", "role", "tabindex", "aria-label", "inert", "type", "datetime", "start"}
LINKS = {"href", "target", "rel", "title"}
DATA = {"data-language", "data-place", "data-command", "data-style"}


class Inspector(HTMLParser):
    """Fails on any tag, attribute or address that is not the page's own; gathers the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in INLINE | BLOCKS
        assert {name for name, _ in attrs} <= OWN | LINKS | DATA
        assert all((value or "").startswith(("http://", "https://")) for name, value in attrs if name == "href")
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


MARKS = ["**", "*", "_", "__", "~~", "||", "`", "```", "\\", "[", "](", ")", "<", ">", '"', "'", "&", "\0"]
LINES = ["\n", "> ", ">>> ", "- ", "  ", "1. ", "# ", "-# ", "word", " ", "é"]
TRAPS = ["<b onclick=x>", "</span>", "<script>", "javascript:", "data:", "https://a.b/", "<!--", "]]>"]
PIECES = [*MARKS, *LINES, *TRAPS, "<@7>", "<t:1:R>", "</x:1>"]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text())
def test_html_never_passes(written: str) -> None:
    for html in (render(written, name_of), render_line(written, name_of)):
        inspector = Inspector()
        inspector.feed(html)
        inspector.close()
        assert inspector.open == []


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_plain_words_are_kept(written: str) -> None:
    assert render(written) == written
