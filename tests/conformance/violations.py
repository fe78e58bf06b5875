"""This room says in one line where a value breaks its schema, and how."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jsonschema_rs import ValidationError, ValidationErrorKind

LONGEST = 60  # characters of an offending value that a sentence shows


@dataclass(frozen=True, slots=True)
class Violation:
    """`side`: "request", "answer", "route" or "event"; `where`: a place in the body, empty for all of it."""

    method: str
    path: str
    side: str
    where: str
    what: str


def describe(violation: Violation) -> str:
    place = f" at {violation.where}" if violation.where else ""
    return f"{violation.method} {violation.path}: {violation.side}{place}: {violation.what}"


def findings(error: ValidationError) -> Iterator[tuple[str, str]]:
    """(where, what) of each thing that is wrong; a union is followed into the branch that was meant."""
    match error.kind:
        case ValidationErrorKind.OneOfNotValid(context) | ValidationErrorKind.AnyOf(context):
            yield from findings_of_union(error, context)
        case ValidationErrorKind.AdditionalProperties(keys) | ValidationErrorKind.UnevaluatedProperties(keys):
            yield from ((place([*error.instance_path, key]), "unknown key") for key in keys)
        case ValidationErrorKind.Required(key):
            yield place([*error.instance_path, key]), "missing"
        case ValidationErrorKind.OneOfMultipleValid(context):
            fitting = sum(not branch for branch in context)
            yield place(error.instance_path), f"fits {fitting} forms where exactly one is meant"
        case _:
            yield place(error.instance_path), sentence(error)


def findings_of_union(
    error: ValidationError, branches: Sequence[Sequence[ValidationError]]
) -> Iterator[tuple[str, str]]:
    meant = [branch for branch in branches if not is_another_kind(branch, error.instance_path)]
    if constants := constants_of(branches):
        yield place(error.instance_path), f"{show(error.instance)} is none of {', '.join(constants)}"
        return
    if not meant:
        yield place(error.instance_path), f"{show(error.instance)} fits none of {len(branches)} forms"
        return
    for inner in min(meant, key=lambda branch: (len(branch), -depth(branch))):
        yield from findings(inner)


def depth(branch: Sequence[ValidationError]) -> int:
    return max((len(error.instance_path) for error in branch), default=0)


def constants_of(branches: Sequence[Sequence[ValidationError]]) -> list[str]:
    """What an enumeration written as a union takes; empty where it is no such union."""
    kinds = [error.kind for branch in branches for error in branch]
    constants = [kind.expected_value for kind in kinds if isinstance(kind, ValidationErrorKind.Constant)]
    return [show(constant) for constant in constants] if len(constants) == len(kinds) == len(branches) else []


def is_another_kind(branch: Sequence[ValidationError], union: Sequence[str | int]) -> bool:
    """Whether the branch is for values of another type, by JSON type or by Discord's `type` field."""
    own, tag = list(union), [*union, "type"]
    return any(
        (error.instance_path == own and isinstance(error.kind, ValidationErrorKind.Type))
        or (error.instance_path == tag and not isinstance(error.kind, ValidationErrorKind.Required))
        for error in branch
    )


def sentence(error: ValidationError) -> str:
    shown = show(error.instance)
    match error.kind:
        case ValidationErrorKind.Type(types):
            return f"{shown} is not {' or '.join(sorted(types))}"
        case ValidationErrorKind.Enum(options):
            return f"{shown} is not one of {', '.join(map(show, options))}"
        case ValidationErrorKind.Constant(value):
            return f"{shown} is not {show(value)}"
        case ValidationErrorKind.Format(name):
            return f"{shown} is not a {name}"
        case ValidationErrorKind.Pattern(pattern):
            return f"{shown} does not match {pattern}"
        case kind:
            return f"{shown} breaks {kind.name} {show(kind.value)}"


def show(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"


def place(steps: Sequence[str | int]) -> str:
    """`["embeds", 0, "title"]` as `embeds[0].title`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
