"""This room holds the quirks of hand-made archives, each a function under its own name."""

from tests.archives.quirks import (
    coding,
    divisions,
    downloads,
    hangings,
    headers,
    lists,
    paragraphs,
    people,
    scenes,
    transfer,
)
from tests.archives.quirks.registry import QUIRKS, Quirk

__all__ = [
    "QUIRKS",
    "Quirk",
    "coding",
    "divisions",
    "downloads",
    "hangings",
    "headers",
    "lists",
    "paragraphs",
    "people",
    "scenes",
    "transfer",
]
