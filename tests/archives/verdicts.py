"""This room names what a comparison came to."""

from typing import NamedTuple, cast


class Verdict(NamedTuple):
    """One field of one document: whether it is exact, and what was found if not."""

    field: str
    right: bool
    expected: str = ""
    actual: str = ""


def judged(field: str, expected: object, actual: object) -> Verdict:
    if expected == actual:
        return Verdict(field, True)
    return Verdict(field, False, *_apart(expected, actual))


def _apart(expected: object, actual: object) -> tuple[str, str]:
    """Both as text, from where they differ: of two long lists the first items that are not the same."""
    if isinstance(expected, list) and isinstance(actual, list):
        one, other = cast("list[object]", expected), cast("list[object]", actual)
        at = next(
            (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
            min(len(one), len(other)),
        )
        return f"[{at}] {one[at : at + 2]!r:.400}", f"[{at}] {other[at : at + 2]!r:.400}"
    return f"{expected!r:.400}", f"{actual!r:.400}"
