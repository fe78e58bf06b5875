"""This room writes archive pages for tests, in the form of the hand-made ones."""

from collections.abc import Sequence

FOOT = """
The End

Tell the author what you think:

Name:
Email:
Comments:


| Return to Fiction Index | Return to Main |"""


def tale(seed: str, paragraphs: int = 20) -> list[str]:
    """Paragraphs of a text that no other seed has."""
    return [
        f"{seed}, paragraph {number}: "
        + f"the {seed} saw the lamp go out {number} times and said nothing. " * (1 + number % 3)
        for number in range(paragraphs)
    ]


def page(
    title: str = "The Lamp",
    author: str = "Ruby",
    *,
    series: str = "",
    rating: str = "PG",
    description: str = "A lamp goes out.",
    paragraphs: Sequence[str] = ("It was dark.", "Then it was not."),
) -> str:
    heading = f"{series} Series - {title} -- by {author}" if series else f"{title} -- by {author}"
    text = "\n\n".join(paragraphs)
    header = f"{heading}\n\n\nRating: {rating}\n\nDescription: {description}\n\nDisclaimer: All mine.\n\n\n"
    return f"{header}{text}\n{FOOT}"
