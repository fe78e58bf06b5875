"""This room collects what is wrong with a body into the `errors` tree of code 50035 (Reference, "Error Messages")."""

from typing import cast

from .errors import Json, Refusal, Unchecked

Path = tuple[str | int, ...]

REQUIRED = ("BASE_TYPE_REQUIRED", "This field is required")


def length(text: str) -> int:
    """UTF-16 units, as Discord's clients count; for plain ASCII the number of characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Problems:
    """Finds everything that is wrong before it refuses, as Discord does."""

    def __init__(self) -> None:
        self.tree: Json = {}

    def add(self, path: Path, code: str, message: str) -> None:
        node = self.tree
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def refuse(self) -> None:
        if self.tree:
            raise Refusal(50035, errors=self.tree)

    def text(
        self, path: Path, value: Unchecked, most: int, *, least: int = 0, required: bool = False, trim: bool = False
    ) -> bool:
        """Whether `value` is a text of at least `least` and at most `most`, or left out where that is allowed."""
        if value is None:
            return self._missing(path) if required else True
        if not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return False
        return self.size(path, length(value.strip() if trim else value), most, least)

    def array(self, path: Path, value: Unchecked, most: int, *, least: int = 0, required: bool = False) -> bool:
        """Whether `value` is a list of that many objects, or left out where that is allowed."""
        if value is None:
            return self._missing(path) if required else True
        if not isinstance(value, list):
            self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return False
        members = cast("list[Unchecked]", value)
        strangers = [index for index, member in enumerate(members) if not isinstance(member, dict)]
        for index in strangers:
            self.add((*path, index), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return self.size(path, len(members), most, least) and not strangers

    def size(self, path: Path, size: int, most: int, least: int = 0) -> bool:
        if least <= size <= most:
            return True
        if least:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        return False

    def number(self, path: Path, value: Unchecked, least: int, most: int) -> bool:
        """Whether `value` is left out or an integer from `least` to `most`."""
        if value is None:
            return True
        if isinstance(value, bool) or not isinstance(value, int):
            self.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < least:
            self.add(path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        elif value > most:
            self.add(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        else:
            return True
        return False

    def one_of(self, path: Path, value: Unchecked, choices: tuple[int, ...]) -> bool:
        if isinstance(value, int) and not isinstance(value, bool) and value in choices:
            return True
        named = ", ".join(str(choice) for choice in choices)
        self.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{named}}}.")
        return False

    def _missing(self, path: Path) -> bool:
        self.add(path, *REQUIRED)
        return False
