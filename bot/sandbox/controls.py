"""This room finds the button or menu that a person points at."""

from collections.abc import Sequence

from .drawing import items, walk
from .errors import CommandRefused, Json, Unchecked
from .screens import BUTTON, SELECTS, label_of
from .world import StoredMessage


def find_button(stored: StoredMessage, wanted: str) -> Json:
    buttons = [component for component in walk(stored.raw["components"]) if component["type"] == BUTTON]
    for named in (label_of, _custom_id, _emoji_name):
        for button in buttons:
            if named(button) == wanted:
                return button
    labels = ", ".join(label_of(button) for button in buttons) or "none"
    raise CommandRefused(f"There is no button {wanted!r} on the message; it has {labels}.")


def _custom_id(button: Json) -> str | None:
    return button.get("custom_id")


def _emoji_name(button: Json) -> str | None:
    emoji = button.get("emoji")
    return emoji["name"] if emoji else None


def find_menu(stored: StoredMessage, menu: str | None, options: Sequence[Unchecked]) -> Json:
    selects = [component for component in walk(stored.raw["components"]) if component["type"] in SELECTS]
    if menu is not None:
        selects = [select for select in selects if menu in (select["custom_id"], select.get("placeholder"))]
    if not selects:
        raise CommandRefused(
            f"There is no menu {menu!r} on the message." if menu else "There is no menu on the message."
        )
    return next((select for select in selects if _offers(select, options)), selects[0])


def _offers(select: Json, wanted: Sequence[Unchecked]) -> bool:
    offered = [name for option in items(select.get("options")) for name in (option["label"], option["value"])]
    return all(name in offered for name in wanted)


def refuse_disabled(component: Json, name: str) -> None:
    if component.get("disabled"):
        raise CommandRefused(f"{name!r} is greyed out.")
