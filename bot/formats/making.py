"""This room makes named tuples at half the price of their own `__new__`: a document has a hundred thousand of them."""

from typing import Protocol, TypeVar

Made = TypeVar("Made", bound=tuple[object, ...])


class Maker(Protocol):
    def __call__(self, kind: type[Made], values: tuple[object, ...], /) -> Made: ...


make: Maker = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
"""All of a kind's fields in order: nothing checks their number."""
