"""This room names what is taken home: stories bound as a book."""

from dataclasses import dataclass

from bot.domain.models import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundStory:
    """A story with its text, ready to be bound; "" and () where a story has no such thing."""

    title: str
    authors: tuple[str, ...]
    parts: tuple[Part, ...]
    series: str = ""
    series_number: str = ""
    rating: str = ""
    words: int = 0
    status: str = ""
    language: str = ""  # as the archive writes it: "English"
    written: str = ""  # ISO 8601, as far as it is known
    description: str = ""
    disclaimer: str = ""
    spoilers: tuple[str, ...] = ()
    notes_before: tuple[str, ...] = ()
    notes_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One story, or several in the order of reading; `identifier` stays the same for the same stories."""

    identifier: str
    title: str
    authors: tuple[str, ...]
    stories: tuple[BoundStory, ...]
    archive: str
    made_at: float  # seconds since the epoch
    volume: int = 1
    volumes: int = 1

    @property
    def name(self) -> str:
        """Its title, with the number of the volume where there are several."""
        return self.title if self.volumes == 1 else f"{self.title}, volume {self.volume} of {self.volumes}"
