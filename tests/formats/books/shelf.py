"""This room makes books for the tests of binding."""

from typing import Any

from bot.domain.books import Book, BoundStory
from bot.domain.models import Paragraph, Part, SceneBreak, Span, Style

HOSTILE = "<script>alert(1)</script> & \"]]>' \x00\x1b[31m\ufffe <img src=x onerror=y>"
TEXT = (
    Paragraph((Span("It was "), Span("late", Style.ITALIC), Span(", and the "), Span("lamp", Style.BOLD), Span("."))),
    SceneBreak(),
    Paragraph((Span("Rough the sea,\nand rougher the wind."),)),
)


def story(title: str = "The Lamp", *, parts: int = 1, size: int = 0, **fields: Any) -> BoundStory:  # noqa: ANN401
    more = (Paragraph((Span("word " * size),)),) if size else ()
    titles = [""] if parts == 1 else [f"Chapter {number}" for number in range(1, parts + 1)]
    told = tuple(Part(each, (*TEXT, *more)) for each in titles)
    given: dict[str, Any] = {"title": title, "authors": ("Ruby",), "parts": told, **fields}
    return BoundStory(**given)


def full() -> BoundStory:
    """A story that has everything a header can have."""
    return story(
        parts=3,
        authors=("Ruby", "Jo"),
        series="Harbour Lights",
        series_number="3",
        rating="PG-13",
        words=1234,
        status="Complete",
        language="English",
        written="2001-05",
        description="A lamp goes out.\nNobody sees it.",
        disclaimer="None of it is true.",
        spoilers=("A", "B"),
        notes_before=("Thanks to all.",),
        notes_after=("The end of the road.",),
    )


def book(*stories: BoundStory, title: str = "") -> Book:
    stories = stories or (story(),)
    return Book(
        identifier="archive:1/story:1",
        title=title or stories[0].title,
        authors=stories[0].authors,
        stories=stories,
        archive="Story Archive",
        made_at=1_000_000_000.0,
    )
