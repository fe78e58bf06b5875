"""This room holds every limit of buttons, menus and forms (Components, "Component Reference")."""

from collections.abc import Callable

from .drawing import items, mapping, walk
from .errors import Json, Unchecked
from .problems import Path, Problems, length

ROWS, BUTTONS, OPTIONS, SELECT_TEXT, CUSTOM_ID, LABEL, PLACEHOLDER, LINK = 5, 5, 25, 100, 100, 80, 150, 512
V2_COMPONENTS, V2_TEXT, GALLERY, SECTION_TEXTS, MEDIA_DESCRIPTION = 40, 4_000, 10, 3, 1_024
MODAL_TITLE, MODAL_COMPONENTS, MODAL_LABEL, MODAL_DESCRIPTION, INPUT, INPUT_PLACEHOLDER = 45, 5, 45, 100, 4_000, 100
ROW, BUTTON, STRING_SELECT, TEXT_INPUT, SELECTS = 1, 2, 3, 4, (3, 5, 6, 7, 8)
SECTION, TEXT, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
LABELLED, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 18, 19, 21, 22, 23
LINK_STYLE, PREMIUM_STYLE = 5, 6
IN_CONTAINER = (ROW, SECTION, TEXT, MEDIA_GALLERY, FILE, SEPARATOR)
IN_LABEL = (*SELECTS, TEXT_INPUT, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX)

Check = Callable[[Json, Path, Problems], None]


def check_components(components: Unchecked, problems: Problems, *, v2: bool) -> None:
    path: Path = ("components",)
    if not problems.array(path, components, V2_COMPONENTS if v2 else ROWS):
        return
    allowed = (*IN_CONTAINER, CONTAINER) if v2 else (ROW,)
    _check_children(components, path, problems, allowed)
    _check_unique(items(components), path, problems, {})
    if v2:
        _check_totals(components, path, problems)


def _check_children(components: Unchecked, path: Path, problems: Problems, allowed: tuple[int, ...]) -> None:
    for index, component in enumerate(items(components)):
        _check_component(component, (*path, index), problems, allowed)


def _check_component(component: Json, path: Path, problems: Problems, allowed: tuple[int, ...]) -> None:
    kind = component.get("type")
    if problems.one_of((*path, "type"), kind, allowed):
        problems.number((*path, "id"), component.get("id"), 0, (1 << 31) - 1)
        check = CHECKS.get(kind or 0)
        if check is not None:
            check(component, path, problems)


def _check_totals(components: Unchecked, path: Path, problems: Problems) -> None:
    everything = list(walk(components))
    if len(everything) > V2_COMPONENTS:
        sentence = f"The total number of components must be {V2_COMPONENTS} or fewer."
        problems.add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", sentence)
    text = sum(length(str(component.get("content", ""))) for component in everything if component.get("type") == TEXT)
    if text > V2_TEXT:
        sentence = f"The total displayable text size exceeds the maximum size of {V2_TEXT}"
        problems.add(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", sentence)


def _check_unique(components: list[Json], path: Path, problems: Problems, seen: dict[str, Path]) -> None:
    for index, component in enumerate(components):
        here = (*path, index)
        _check_custom_id_unused(component, here, problems, seen)
        _check_unique(items(component.get("components")), (*here, "components"), problems, seen)
        for key in ("accessory", "component"):
            if inner := mapping(component.get(key)):
                _check_custom_id_unused(inner, (*here, key), problems, seen)


def _check_custom_id_unused(component: Json, path: Path, problems: Problems, seen: dict[str, Path]) -> None:
    custom_id = component.get("custom_id")
    if not isinstance(custom_id, str):
        return
    if custom_id in seen:
        problems.add((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
    seen.setdefault(custom_id, path)


# One check for each type


def _check_row(row: Json, path: Path, problems: Problems) -> None:
    children = items(row.get("components"))
    here = (*path, "components")
    if not problems.array(here, row.get("components"), BUTTONS, least=1, required=True):
        return
    _check_children(children, here, problems, (BUTTON, *SELECTS))
    width = sum(BUTTONS if child.get("type") in SELECTS else 1 for child in children)
    if width > BUTTONS:
        for index in range(1, len(children)):
            sentence = "The specified component exceeds the maximum width"
            problems.add((*here, index), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", sentence)


def _check_button(button: Json, path: Path, problems: Problems) -> None:
    style = button.get("style")
    if not problems.one_of((*path, "style"), style, (1, 2, 3, 4, LINK_STYLE, PREMIUM_STYLE)):
        return
    problems.text((*path, "label"), button.get("label"), LABEL)
    if style == LINK_STYLE:
        problems.text((*path, "url"), button.get("url"), LINK, required=True)
        _forbid(button, ("custom_id",), path, problems)
    elif style == PREMIUM_STYLE:
        problems.text((*path, "sku_id"), button.get("sku_id"), 20, required=True)
        _forbid(button, ("custom_id", "label", "url", "emoji"), path, problems)
    else:
        _check_custom_id(button, path, problems)
        _forbid(button, ("url",), path, problems)
    if style != PREMIUM_STYLE and not button.get("label") and not button.get("emoji"):
        sentence = "A button must have a label or emoji"
        problems.add((*path, "label"), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", sentence)


def _forbid(component: Json, keys: tuple[str, ...], path: Path, problems: Problems) -> None:
    for key in keys:
        if component.get(key):
            sentence = f"A button of this style cannot have {key}"
            problems.add((*path, key), "BUTTON_COMPONENT_INVALID_FIELD", sentence)


def _check_custom_id(component: Json, path: Path, problems: Problems) -> None:
    problems.text((*path, "custom_id"), component.get("custom_id"), CUSTOM_ID, least=1, required=True)


def _check_select(select: Json, path: Path, problems: Problems) -> None:
    _check_custom_id(select, path, problems)
    problems.text((*path, "placeholder"), select.get("placeholder"), PLACEHOLDER)
    _check_counts(select, path, problems, OPTIONS)
    if select["type"] == STRING_SELECT:
        _check_options(select, path, problems, OPTIONS)


def _check_counts(select: Json, path: Path, problems: Problems, most: int) -> None:
    low, high = select.get("min_values"), select.get("max_values")
    fine = problems.number((*path, "min_values"), low, 0, most)
    fine &= problems.number((*path, "max_values"), high, 1, most)
    if fine and low is not None and high is not None and low > high:
        sentence = "min_values must be less than or equal to max_values"
        problems.add((*path, "min_values"), "BASE_TYPE_INVALID", sentence)


def _check_options(select: Json, path: Path, problems: Problems, most: int) -> None:
    here = (*path, "options")
    if not problems.array(here, select.get("options"), most, least=1, required=True):
        return
    values: set[str] = set()
    for index, option in enumerate(items(select["options"])):
        for key in ("label", "value"):
            problems.text((*here, index, key), option.get(key), SELECT_TEXT, least=1, required=True)
        problems.text((*here, index, "description"), option.get("description"), SELECT_TEXT)
        if str(option.get("value")) in values:
            sentence = "The specified option value is already used"
            problems.add((*here, index, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", sentence)
        values.add(str(option.get("value")))


def _check_text(component: Json, path: Path, problems: Problems) -> None:
    problems.text((*path, "content"), component.get("content"), V2_TEXT, least=1, required=True)


def _check_section(section: Json, path: Path, problems: Problems) -> None:
    here = (*path, "components")
    if problems.array(here, section.get("components"), SECTION_TEXTS, least=1, required=True):
        _check_children(section["components"], here, problems, (TEXT,))
    accessory = mapping(section.get("accessory"))
    if accessory:
        _check_component(accessory, (*path, "accessory"), problems, (BUTTON, THUMBNAIL))
    else:
        problems.add((*path, "accessory"), "BASE_TYPE_REQUIRED", "This field is required")


def _check_container(container: Json, path: Path, problems: Problems) -> None:
    here = (*path, "components")
    if problems.array(here, container.get("components"), V2_COMPONENTS, least=1, required=True):
        _check_children(container["components"], here, problems, IN_CONTAINER)
    problems.number((*path, "accent_color"), container.get("accent_color"), 0, 0xFFFFFF)


def _check_gallery(gallery: Json, path: Path, problems: Problems) -> None:
    here = (*path, "items")
    if problems.array(here, gallery.get("items"), GALLERY, least=1, required=True):
        for index, item in enumerate(items(gallery["items"])):
            _check_media(item, (*here, index), problems)


def _check_media(holder: Json, path: Path, problems: Problems) -> None:
    problems.text((*path, "description"), holder.get("description"), MEDIA_DESCRIPTION)
    if not mapping(holder.get("media")).get("url"):
        problems.add((*path, "media", "url"), "BASE_TYPE_REQUIRED", "This field is required")


def _check_file(holder: Json, path: Path, problems: Problems) -> None:
    if not str(mapping(holder.get("file")).get("url", "")).startswith("attachment://"):
        sentence = "A file component must name an attachment of this message"
        problems.add((*path, "file", "url"), "UNFURLED_MEDIA_ITEM_MUST_BE_ATTACHMENT", sentence)


# Forms


def check_modal(data: Json) -> None:
    """Refuses a form that Discord would not open (Interactions, "Receiving and Responding", Modal)."""
    problems = Problems()
    _check_custom_id(data, ("data",), problems)
    problems.text(("data", "title"), data.get("title"), MODAL_TITLE, least=1, required=True)
    path: Path = ("data", "components")
    if problems.array(path, data.get("components"), MODAL_COMPONENTS, least=1, required=True):
        for index, component in enumerate(items(data["components"])):
            _check_modal_component(component, (*path, index), problems)
        _check_unique(items(data["components"]), path, problems, {})
    problems.refuse()


def _check_modal_component(component: Json, path: Path, problems: Problems) -> None:
    if not problems.one_of((*path, "type"), component.get("type"), (ROW, TEXT, LABELLED)):
        return
    if component["type"] == TEXT:
        _check_text(component, path, problems)
    elif component["type"] == LABELLED:
        problems.text((*path, "label"), component.get("label"), MODAL_LABEL, least=1, required=True)
        problems.text((*path, "description"), component.get("description"), MODAL_DESCRIPTION)
        _check_component(mapping(component.get("component")), (*path, "component"), problems, IN_LABEL)
    elif problems.array((*path, "components"), component.get("components"), 1, least=1, required=True):
        child = items(component["components"])[0]
        here = (*path, "components", 0)
        problems.text((*here, "label"), child.get("label"), MODAL_LABEL, least=1, required=True)
        _check_component(child, here, problems, (TEXT_INPUT,))


def _check_text_input(field: Json, path: Path, problems: Problems) -> None:
    _check_custom_id(field, path, problems)
    problems.one_of((*path, "style"), field.get("style"), (1, 2))
    problems.text((*path, "placeholder"), field.get("placeholder"), INPUT_PLACEHOLDER)
    problems.number((*path, "min_length"), field.get("min_length"), 0, INPUT)
    problems.number((*path, "max_length"), field.get("max_length"), 1, INPUT)
    most = field.get("max_length")
    problems.text((*path, "value"), field.get("value"), most if isinstance(most, int) else INPUT)


def _check_choices(field: Json, path: Path, problems: Problems) -> None:
    """Radio groups and groups of checkboxes: at most ten."""
    _check_custom_id(field, path, problems)
    _check_counts(field, path, problems, 10)
    _check_options(field, path, problems, 10)


def _check_upload(field: Json, path: Path, problems: Problems) -> None:
    _check_custom_id(field, path, problems)
    _check_counts(field, path, problems, 10)


CHECKS: dict[int, Check] = {
    ROW: _check_row,
    BUTTON: _check_button,
    STRING_SELECT: _check_select,
    TEXT_INPUT: _check_text_input,
    5: _check_select,
    6: _check_select,
    7: _check_select,
    8: _check_select,
    SECTION: _check_section,
    TEXT: _check_text,
    THUMBNAIL: _check_media,
    MEDIA_GALLERY: _check_gallery,
    FILE: _check_file,
    CONTAINER: _check_container,
    FILE_UPLOAD: _check_upload,
    RADIO: _check_choices,
    CHECKBOXES: _check_choices,
    CHECKBOX: _check_custom_id,
}
