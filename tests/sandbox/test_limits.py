"""This room breaks every limit once, by one, and looks at the code and the tree; and it meets every limit exactly."""

import pytest

from bot.sandbox import Channel, Refusal
from bot.sandbox.component_limits import check_modal
from bot.sandbox.errors import Json
from bot.sandbox.limits import check_message
from bot.sandbox.problems import length
from tests.sandbox.wire import Api

V2 = 1 << 15
Tree = dict[str, list[str]]


def leaves(tree: Json, path: str = "") -> Tree:
    """Dotted path → codes."""
    found: Tree = {}
    for key, value in tree.items():
        if key == "_errors":
            found[path] = [problem["code"] for problem in value]
        else:
            found |= leaves(value, f"{path}.{key}" if path else key)
    return found


def refusal(body: Json, kept: Json | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        check_message(body, kept=kept)
    return caught.value


def tree_of(body: Json, kept: Json | None = None) -> Tree:
    refused = refusal(body, kept)
    assert (refused.status, refused.body["code"], refused.body["message"]) == (400, 50035, "Invalid Form Body")
    return leaves(refused.body["errors"])


def embed(**parts: object) -> Json:
    return {"embeds": [parts]}


def button(number: int = 1, **parts: object) -> Json:
    return {"type": 2, "style": 1, "label": "x", "custom_id": f"b{number}"} | parts


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def rows(*lines: Json) -> Json:
    return {"content": "x", "components": list(lines)}


def select(count: int = 1, **parts: object) -> Json:
    options = [{"label": f"o{number}", "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": "s", "options": options} | parts


def v2(*components: Json) -> Json:
    return {"flags": V2, "components": list(components)}


def text(content: str = "x") -> Json:
    return {"type": 10, "content": content}


LONG, BAD, MISSING, CHOICE = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_REQUIRED", "BASE_TYPE_CHOICES"
MIN, MAX = "NUMBER_TYPE_MIN", "NUMBER_TYPE_MAX"
FIELD = {"name": "x", "value": "x"}
SECTION: Json = {"type": 9, "components": [text()], "accessory": button()}

BROKEN: list[tuple[str, Json, Tree]] = [
    ("content", {"content": "x" * 2_001}, {"content": [LONG]}),
    ("content in UTF-16", {"content": "😀" * 1_001}, {"content": [LONG]}),
    ("content of another kind", {"content": 5}, {"content": ["STRING_TYPE_CONVERT"]}),
    ("nonce", {"content": "x", "nonce": "n" * 26}, {"nonce": ["NONCE_TYPE_TOO_LONG"]}),
    ("nonce of another kind", {"content": "x", "nonce": []}, {"nonce": ["NONCE_TYPE_INVALID_TYPE"]}),
    ("attachments", {"attachments": [{"id": str(n)} for n in range(11)]}, {"attachments": [LONG]}),
    (
        "attachment description",
        {"attachments": [{"id": "0", "description": "x" * 1_025}]},
        {"attachments.0.description": [LONG]},
    ),
    ("embeds", {"embeds": [{"title": "x"}] * 11}, {"embeds": [LONG]}),
    ("embeds of another kind", {"embeds": {}}, {"embeds": ["LIST_TYPE_CONVERT"]}),
    ("embed title", embed(title="x" * 257), {"embeds.0.title": [LONG]}),
    ("embed description", embed(description="x" * 4_097), {"embeds.0.description": [LONG]}),
    ("embed author", embed(author={"name": "x" * 257}), {"embeds.0.author.name": [BAD]}),
    ("embed author without name", embed(author={"url": "https://x.org"}), {"embeds.0.author.name": [MISSING]}),
    ("embed footer", embed(footer={"text": "x" * 2_049}), {"embeds.0.footer.text": [BAD]}),
    ("embed fields", embed(fields=[FIELD] * 26), {"embeds.0.fields": [LONG]}),
    ("field name", embed(fields=[FIELD | {"name": "x" * 257}]), {"embeds.0.fields.0.name": [LONG]}),
    ("field value", embed(fields=[FIELD, FIELD | {"value": "x" * 1_025}]), {"embeds.0.fields.1.value": [LONG]}),
    ("field value empty", embed(fields=[FIELD | {"value": " "}]), {"embeds.0.fields.0.value": [MISSING]}),
    ("embed color", embed(title="x", color=0x1000000), {"embeds.0.color": [MAX]}),
    ("embed color below", embed(title="x", color=-1), {"embeds.0.color": [MIN]}),
    ("embed color as text", embed(title="x", color="red"), {"embeds.0.color": ["NUMBER_TYPE_COERCE"]}),
    ("embed address", embed(title="x", url="ftp://x.org"), {"embeds.0.url": ["URL_TYPE_INVALID_SCHEME"]}),
    ("embed picture", embed(image={"url": "data:x"}), {"embeds.0.image.url": ["URL_TYPE_INVALID_SCHEME"]}),
    ("embed timestamp", embed(title="x", timestamp="soon"), {"embeds.0.timestamp": ["DATE_TIME_TYPE_PARSE"]}),
    (
        "6,000 over all embeds",
        {"embeds": [{"description": "x" * 4_000}, {"description": "x" * 1_990, "footer": {"text": "x" * 11}}]},
        {"embeds": ["MAX_EMBED_SIZE_EXCEEDED"]},
    ),
    ("rows", rows(*[row(button(n)) for n in range(6)]), {"components": [LONG]}),
    ("buttons in a row", rows(row(*[button(n) for n in range(6)])), {"components.0.components": [BAD]}),
    ("an empty row", rows(row()), {"components.0.components": [BAD]}),
    ("a button without a row", rows(button()), {"components.0.type": [CHOICE]}),
    ("a row in a row", rows(row(row(button()))), {"components.0.components.0.type": [CHOICE]}),
    (
        "a menu beside a button",
        rows(row(button(), select())),
        {"components.0.components.1": ["COMPONENT_LAYOUT_WIDTH_EXCEEDED"]},
    ),
    ("button label", rows(row(button(label="x" * 81))), {"components.0.components.0.label": [LONG]}),
    (
        "a button with neither label nor emoji",
        rows(row(button(label=None))),
        {"components.0.components.0.label": ["BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"]},
    ),
    ("button style", rows(row(button(style=9))), {"components.0.components.0.style": [CHOICE]}),
    ("custom id", rows(row(button(custom_id="x" * 101))), {"components.0.components.0.custom_id": [BAD]}),
    ("custom id empty", rows(row(button(custom_id=""))), {"components.0.components.0.custom_id": [BAD]}),
    ("custom id missing", rows(row(button(custom_id=None))), {"components.0.components.0.custom_id": [MISSING]}),
    (
        "custom id of another kind",
        rows(row(button(custom_id=[]))),
        {"components.0.components.0.custom_id": ["STRING_TYPE_CONVERT"]},
    ),
    (
        "custom id twice",
        rows(row(button(1)), row(button(2), button(1))),
        {"components.1.components.1.custom_id": ["COMPONENT_CUSTOM_ID_DUPLICATED"]},
    ),
    ("link without address", rows(row(button(style=5, custom_id=None))), {"components.0.components.0.url": [MISSING]}),
    (
        "link with custom id",
        rows(row(button(style=5, url="https://x.org"))),
        {"components.0.components.0.custom_id": ["BUTTON_COMPONENT_INVALID_FIELD"]},
    ),
    (
        "button with address",
        rows(row(button(url="https://x.org"))),
        {"components.0.components.0.url": ["BUTTON_COMPONENT_INVALID_FIELD"]},
    ),
    ("premium button", rows(row({"type": 2, "style": 6})), {"components.0.components.0.sku_id": [MISSING]}),
    ("options", rows(row(select(26))), {"components.0.components.0.options": [BAD]}),
    ("no options", rows(row(select(0))), {"components.0.components.0.options": [BAD]}),
    ("placeholder", rows(row(select(placeholder="x" * 151))), {"components.0.components.0.placeholder": [LONG]}),
    ("min_values", rows(row(select(min_values=26))), {"components.0.components.0.min_values": [MAX]}),
    ("max_values", rows(row(select(max_values=0))), {"components.0.components.0.max_values": [MIN]}),
    (
        "min over max",
        rows(row(select(3, min_values=3, max_values=2))),
        {"components.0.components.0.min_values": ["BASE_TYPE_INVALID"]},
    ),
    (
        "option texts",
        rows(row(select(options=[{"label": "x" * 101, "value": "x" * 101, "description": "x" * 101}]))),
        {
            "components.0.components.0.options.0.label": [BAD],
            "components.0.components.0.options.0.value": [BAD],
            "components.0.components.0.options.0.description": [LONG],
        },
    ),
    (
        "option value twice",
        rows(row(select(options=[{"label": "a", "value": "1"}, {"label": "b", "value": "1"}]))),
        {"components.0.components.0.options.1.value": ["SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"]},
    ),
    ("a text without its flag", rows(text()), {"components.0.type": [CHOICE]}),
    ("40 components", v2(*[text() for _ in range(41)]), {"components": [LONG]}),
    (
        "40 components, those inside counted",
        v2(*[{"type": 17, "components": [text()]} for _ in range(21)]),
        {"components": ["COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"]},
    ),
    (
        "4,000 characters of text",
        v2(text("x" * 2_000), text("x" * 2_001)),
        {"components": ["COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"]},
    ),
    (
        "content beside components v2",
        v2(text()) | {"content": "x"},
        {"content": ["MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]},
    ),
    (
        "embeds beside components v2",
        v2(text()) | {"embeds": [{"title": "x"}]},
        {"embeds": ["MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]},
    ),
    ("section texts", v2(SECTION | {"components": [text()] * 4}), {"components.0.components": [BAD]}),
    ("section accessory", v2({"type": 9, "components": [text()]}), {"components.0.accessory": [MISSING]}),
    (
        "custom id twice, in an accessory",
        v2(SECTION, row(button())),
        {"components.1.components.0.custom_id": ["COMPONENT_CUSTOM_ID_DUPLICATED"]},
    ),
    (
        "container color",
        v2({"type": 17, "components": [text()], "accent_color": -1}),
        {"components.0.accent_color": [MIN]},
    ),
    (
        "container in a container",
        v2({"type": 17, "components": [{"type": 17, "components": [text()]}]}),
        {"components.0.components.0.type": [CHOICE]},
    ),
    ("gallery", v2({"type": 12, "items": [{"media": {"url": "https://x.org"}}] * 11}), {"components.0.items": [BAD]}),
    ("gallery without address", v2({"type": 12, "items": [{}]}), {"components.0.items.0.media.url": [MISSING]}),
    (
        "a file from elsewhere",
        v2({"type": 13, "file": {"url": "https://x.org"}}),
        {"components.0.file.url": ["UNFURLED_MEDIA_ITEM_MUST_BE_ATTACHMENT"]},
    ),
]


@pytest.mark.parametrize(("body", "tree"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_limit_broken(body: Json, tree: Tree) -> None:
    assert tree_of(body) == tree


KEPT: list[tuple[str, Json]] = [
    ("content", {"content": "x" * 2_000}),
    ("content is measured without the space around it", {"content": " " * 50 + "x" * 2_000 + "\n"}),
    ("nonce", {"content": "x", "nonce": "n" * 25}),
    ("nonce as number", {"content": "x", "nonce": 12345}),
    ("embeds", {"embeds": [{"title": "x"}] * 10}),
    ("embed", embed(title="x" * 256, author={"name": "x" * 256}, fields=[{"name": "x" * 256, "value": "x" * 1_024}])),
    ("description", embed(description="x" * 4_096)),
    ("footer", embed(footer={"text": "x" * 2_048})),
    ("fields", embed(fields=[FIELD] * 25)),
    ("6,000", {"embeds": [{"description": "x" * 4_000}, {"description": "x" * 2_000}]}),
    ("timestamp", embed(title="x", timestamp="2026-01-01T00:00:00.000000+00:00")),
    ("rows and buttons", rows(*[row(*[button(5 * line + n) for n in range(5)]) for line in range(5)])),
    ("label", rows(row(button(label="x" * 80, custom_id="x" * 100)))),
    ("emoji alone", rows(row(button(label=None, emoji={"name": "👍"})))),
    ("options", rows(row(select(25, placeholder="x" * 150, min_values=0, max_values=25)))),
    ("user menu", rows(row({"type": 5, "custom_id": "who"}))),
    ("components v2", v2(*[text("x" * 100) for _ in range(40)])),
    ("gallery", v2({"type": 12, "items": [{"media": {"url": "https://x.org"}}] * 10})),
]


@pytest.mark.parametrize("body", [case[1] for case in KEPT], ids=[case[0] for case in KEPT])
def test_a_limit_met(body: Json) -> None:
    check_message(body)


NOTHING: list[Json] = [
    {},
    {"content": ""},
    {"content": " \n "},
    {"content": None, "embeds": []},
    {"embeds": [{}]},
    {"embeds": [{"color": 5}]},
    {"components": []},
]


@pytest.mark.parametrize("body", NOTHING)
def test_nothing_to_say(body: Json) -> None:
    refused = refusal(body)
    assert (refused.status, refused.body) == (400, {"message": "Cannot send an empty message", "code": 50006})


BLANK: Json = {"content": "x", "embeds": [], "components": [], "attachments": [], "flags": 0}


def test_an_edit_may_leave_out_what_stays() -> None:
    check_message({"components": []}, kept=BLANK)
    check_message({"content": None, "embeds": [{"title": "x"}]}, kept=BLANK)
    assert refusal({"content": ""}, kept=BLANK).body["code"] == 50006


def test_components_v2_cannot_be_taken_back() -> None:
    kept = BLANK | {"content": "", "flags": V2, "components": [text()]}
    assert tree_of({"flags": 0, "components": [text()]}, kept) == {
        "flags": ["MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"]
    }
    assert tree_of({"content": "x"}, kept) == {"content": ["MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]}
    check_message({"components": [text("y")]}, kept=kept)


def test_an_edit_to_components_v2_clears_the_rest() -> None:
    assert "content" in tree_of({"flags": V2, "components": [text()]}, BLANK)
    check_message({"flags": V2, "components": [text()], "content": None}, kept=BLANK)


def test_everything_wrong_is_told_at_once() -> None:
    body = {"content": "x" * 2_001, "embeds": [{"title": "x" * 257}, {"description": "x" * 4_097}]}
    assert set(tree_of(body)) == {"content", "embeds.0.title", "embeds.1.description"}


def test_lengths_are_counted_in_utf_16() -> None:
    assert [length(example) for example in ("", "abc", "é", "😀", "a😀b")] == [0, 3, 1, 2, 4]


# Forms


def label(component: Json, **parts: object) -> Json:
    return {"type": 18, "label": "Name", "component": component} | parts


def field(**parts: object) -> Json:
    return {"type": 4, "custom_id": "f", "style": 1} | parts


def form(*components: Json, **parts: object) -> Json:
    return {"custom_id": "form", "title": "Letter", "components": list(components)} | parts


def choices(kind: int, count: int) -> Json:
    return {"type": kind, "custom_id": "c", "options": [{"label": str(n), "value": str(n)} for n in range(count)]}


INNER = "data.components.0.component"
BROKEN_FORMS: list[tuple[str, Json, Tree]] = [
    ("title", form(label(field()), title="x" * 46), {"data.title": [BAD]}),
    ("no title", form(label(field()), title=None), {"data.title": [MISSING]}),
    ("custom id", form(label(field()), custom_id="x" * 101), {"data.custom_id": [BAD]}),
    ("six components", form(*[label(field(custom_id=str(n))) for n in range(6)]), {"data.components": [BAD]}),
    ("no components", form(), {"data.components": [BAD]}),
    ("a button", form(button()), {"data.components.0.type": [CHOICE]}),
    ("label", form(label(field(), label="x" * 46)), {"data.components.0.label": [BAD]}),
    ("description", form(label(field(), description="x" * 101)), {"data.components.0.description": [LONG]}),
    ("a button in a label", form(label(button())), {f"{INNER}.type": [CHOICE]}),
    ("style", form(label(field(style=3))), {f"{INNER}.style": [CHOICE]}),
    ("placeholder", form(label(field(placeholder="x" * 101))), {f"{INNER}.placeholder": [LONG]}),
    ("min_length", form(label(field(min_length=4_001))), {f"{INNER}.min_length": [MAX]}),
    ("max_length", form(label(field(max_length=4_001))), {f"{INNER}.max_length": [MAX]}),
    ("max_length of none", form(label(field(max_length=0))), {f"{INNER}.max_length": [MIN]}),
    ("value", form(label(field(value="x" * 4_001))), {f"{INNER}.value": [LONG]}),
    ("value over its own limit", form(label(field(value="abc", max_length=2))), {f"{INNER}.value": [LONG]}),
    (
        "custom id twice",
        form(label(field()), label(field())),
        {"data.components.1.component.custom_id": ["COMPONENT_CUSTOM_ID_DUPLICATED"]},
    ),
    (
        "two inputs in a row",
        form(row(field(label="a"), field(label="b", custom_id="g"))),
        {"data.components.0.components": [BAD]},
    ),
    ("an input without label", form(row(field())), {"data.components.0.components.0.label": [MISSING]}),
    ("radio options", form(label(choices(21, 11))), {f"{INNER}.options": [BAD]}),
    ("checkbox options", form(label(choices(22, 11))), {f"{INNER}.options": [BAD]}),
    ("uploads", form(label({"type": 19, "custom_id": "u", "max_values": 11})), {f"{INNER}.max_values": [MAX]}),
    ("text", form(text("")), {"data.components.0.content": [BAD]}),
]


@pytest.mark.parametrize(("body", "tree"), [case[1:] for case in BROKEN_FORMS], ids=[case[0] for case in BROKEN_FORMS])
def test_a_forms_limit_broken(body: Json, tree: Tree) -> None:
    with pytest.raises(Refusal) as caught:
        check_modal(body)
    assert caught.value.body["code"] == 50035
    assert leaves(caught.value.body["errors"]) == tree


@pytest.mark.parametrize(
    "body",
    [
        form(*[label(field(custom_id=str(n), value="x" * 4_000)) for n in range(5)], title="x" * 45),
        form(row(field(label="x" * 45, min_length=0, max_length=4_000))),
        form(label(select(25)), label({"type": 5, "custom_id": "who"}), text("Read this")),
        form(
            label(choices(21, 10)), label(choices(22, 10) | {"custom_id": "d"}), label({"type": 23, "custom_id": "e"})
        ),
        form(label({"type": 19, "custom_id": "u", "min_values": 0, "max_values": 10})),
    ],
)
def test_a_form_that_is_fine(body: Json) -> None:
    check_modal(body)


# Over the wire


async def test_the_tree_arrives(api: Api, hall: Channel) -> None:
    answer = await api("POST", f"/channels/{hall.id}/messages", {"content": "x" * 3_000})
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/json")
    assert answer.body == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {"content": {"_errors": [{"code": LONG, "message": "Must be 2000 or fewer in length."}]}},
    }
    assert hall.messages == {}


async def test_between_has_its_own_sentence(api: Api, hall: Channel) -> None:
    answer = await api("POST", f"/channels/{hall.id}/messages", rows(row(button(custom_id="x" * 101))))
    problem = answer.body["errors"]["components"]["0"]["components"]["0"]["custom_id"]["_errors"][0]
    assert problem == {"code": BAD, "message": "Must be between 1 and 100 in length."}
