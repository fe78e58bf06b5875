"""This room reads from custom ids what readers follow and take home."""

from bot.domain.errors import UnknownControl
from bot.domain.subjects import Kind


def kind_of(number: int) -> Kind:
    """The kind of a number in a custom id.

    Raises:
        UnknownControl: it is of another version, or forged.
    """
    if number not in set(Kind):
        raise UnknownControl
    return Kind(number)
