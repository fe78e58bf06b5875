"""This room names the fields of a story's header that a person may set, and in which forms they stand together."""

import enum


class Field(enum.StrEnum):
    """A field of a header; lists stand in a form one to a line."""

    TITLE = "title"
    AUTHORS = "authors"
    SERIES = "series"
    NUMBER = "series_number"
    RATING = "rating"
    SUMMARY = "description"
    FANDOM = "fandom"
    TAGS = "tags"
    CAUTIONS = "cautions"
    SPOILERS = "spoilers"
    BEFORE = "note_before"
    AFTER = "note_after"
    DISCLAIMER = "disclaimer"
    STATUS = "status"
    LANGUAGE = "language"
    WRITTEN = "written"
    LINKS = "links"


LABELS = {
    Field.TITLE: "Title",
    Field.AUTHORS: "Authors",
    Field.SERIES: "Series",
    Field.NUMBER: "Place in the series",
    Field.RATING: "Rating",
    Field.SUMMARY: "Summary",
    Field.FANDOM: "Fandom",
    Field.TAGS: "Tags",
    Field.CAUTIONS: "Warnings",
    Field.SPOILERS: "Spoilers",
    Field.BEFORE: "Note ahead of the text",
    Field.AFTER: "Note after the text",
    Field.DISCLAIMER: "Disclaimer",
    Field.STATUS: "Status",
    Field.LANGUAGE: "Language",
    Field.WRITTEN: "Written",
    Field.LINKS: "Links",
}
HINTS = {
    Field.AUTHORS: "One to a line; a new name comes into the archive with it.",
    Field.NUMBER: "Like 3; empty where it has none.",
    Field.RATING: "Like PG-13; what cannot be read counts as not rated.",
    Field.FANDOM: "One to a line.",
    Field.TAGS: "One to a line.",
    Field.CAUTIONS: "What the story warns of, one to a line.",
    Field.SPOILERS: "Titles that it gives away, one to a line.",
    Field.STATUS: "Like complete, or in progress.",
    Field.WRITTEN: "Like 2001, 2001-05 or 2001-05-17.",
    Field.LINKS: "One to a line, like “sequel: The Lamp”; also prequel, companion, follows, universe.",
}
LISTED = frozenset({Field.AUTHORS, Field.FANDOM, Field.TAGS, Field.CAUTIONS, Field.SPOILERS, Field.LINKS})
"""Of these a value is one to a line."""
NAMED = frozenset({Field.AUTHORS, Field.FANDOM, Field.TAGS})
"""Of these two lines are the same where their names are."""
FILED = frozenset({Field.FANDOM, Field.TAGS})
"""These have no order of their own."""
LONG = LISTED | {Field.SUMMARY, Field.BEFORE, Field.AFTER, Field.DISCLAIMER}
"""These have several lines in a form."""
FORMS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    ("Title and author", (Field.TITLE, Field.AUTHORS, Field.SERIES, Field.NUMBER, Field.RATING)),
    ("Summary and tags", (Field.SUMMARY, Field.FANDOM, Field.TAGS, Field.CAUTIONS, Field.SPOILERS)),
    ("Notes", (Field.BEFORE, Field.AFTER, Field.DISCLAIMER, Field.STATUS, Field.LANGUAGE)),
    ("Date and links", (Field.WRITTEN, Field.LINKS)),
)
"""A form has five fields at most (docs.discord.com, Component Reference: Modal)."""

Texts = dict[Field, str]
"""Fields as they stand in a form."""
