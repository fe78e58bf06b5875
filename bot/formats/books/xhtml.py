"""This room sets a story as XHTML: text alone, in elements of our own choosing, with nothing that loads or runs."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from bot.domain.books import BoundStory
from bot.domain.models import Block, SceneBreak, Span, Style

TAGS = {Style.ITALIC: "em", Style.BOLD: "strong"}
SCENE_BREAK = '<hr class="scene"/>'
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0, section 2.2
STYLE = """body { font-family: Georgia, "Times New Roman", serif; line-height: 1.5; margin: 1em auto; max-width: 38em; padding: 0 1em; }
h1, h2 { font-weight: normal; line-height: 1.2; text-align: center; }
.byline, .facts { text-align: center; }
.facts, .small { font-size: 0.85em; opacity: 0.8; }
p { margin: 0; text-indent: 1.4em; }
h1 + p, h2 + p, hr + p, .flush { text-indent: 0; }
.flush { margin: 0.6em 0; }
hr.scene { border: 0; height: 1.2em; margin: 0.6em 0; text-align: center; }
hr.scene::before { content: "\\2042"; }
@media (prefers-color-scheme: dark) { body { background: #16130f; color: #e6dfd3; } }
"""  # noqa: E501 - a rule of CSS to a line


def text(plain: str) -> str:
    """Plain text for an element or an attribute, without the characters that XML cannot hold."""
    return escape(FORBIDDEN.sub("", plain))


def blocks(every: Iterable[Block]) -> Iterator[str]:
    for block in every:
        yield SCENE_BREAK if isinstance(block, SceneBreak) else f"<p>{''.join(map(_span, block.spans))}</p>"


def _span(span: Span) -> str:
    told = text(span.text).replace("\n", "<br/>")
    tag = TAGS.get(span.style)
    return f"<{tag}>{told}</{tag}>" if tag else told


def title_page(story: BoundStory) -> Iterator[str]:
    """What stands ahead of a story: everything of its header."""
    yield f"<h1>{text(story.title)}</h1>"
    yield f'<p class="byline flush">by {text(" & ".join(story.authors))}</p>'
    if told := " · ".join(facts(story)):
        yield f'<p class="facts flush">{text(told)}</p>'
    if story.description:
        yield from _paragraphs(story.description)
    for name, told in _labelled(story):
        yield f'<p class="small flush"><strong>{name}:</strong> {text(told).replace(chr(10), "<br/>")}</p>'


def facts(story: BoundStory) -> Iterator[str]:
    """Series, rating, length, status, date: whatever is known."""
    if story.series:
        yield f"{story.series}, {story.series_number}" if story.series_number else story.series
    if story.rating:
        yield story.rating
    if story.words:
        yield f"{story.words:,} words"
    yield from (each for each in (story.status, story.written, story.language) if each)


def _labelled(story: BoundStory) -> Iterator[tuple[str, str]]:
    if story.spoilers:
        yield "Spoilers", ", ".join(story.spoilers)
    yield from (("Note", note) for note in story.notes_before)
    if story.disclaimer:
        yield "Disclaimer", story.disclaimer


def afterword(story: BoundStory) -> Iterator[str]:
    for note in story.notes_after:
        yield from _paragraphs(note)


def _paragraphs(told: str) -> Iterator[str]:
    for paragraph in told.split("\n"):
        if paragraph.strip():
            yield f'<p class="flush">{text(paragraph.strip())}</p>'
