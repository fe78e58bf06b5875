"""This room checks what the page draws of messages, forms and commands in Discord's shape."""

from typing import Any

import pytest

from bot.sandbox.page.catalogue import rows
from bot.sandbox.page.view import View

Json = dict[str, Any]
MARA: Json = {"id": "7", "username": "mara", "global_name": "Mara"}
KEEPER: Json = {"id": "5", "username": "keeper", "global_name": None, "bot": True}


def message(**more: object) -> Json:
    return {"id": "100", "author": KEEPER, "timestamp": "2026-08-06T10:00:00+00:00", "content": "", **more}


def choices_of(kind: int) -> list[Json]:
    return [{"label": f"of {kind}", "value": "1", "description": "", "emoji": "", "default": False}]


view = View(choices_of=choices_of)


def test_a_message_says_who_wrote_it_and_what() -> None:
    drawn = view.message(message(content="**hello**"))
    assert drawn["author"] == {"id": "5", "name": "keeper", "bot": True}
    assert drawn["html"] == "<strong>hello</strong>"
    assert not drawn["ephemeral"]
    assert not drawn["edited"]


@pytest.mark.parametrize(("flags", "ephemeral", "thinking"), [(0, False, False), (64, True, False), (192, True, True)])
def test_flags_show(flags: int, ephemeral: bool, thinking: bool) -> None:
    drawn = view.message(message(flags=flags))
    assert (drawn["ephemeral"], drawn["thinking"]) == (ephemeral, thinking)


def test_an_answer_to_a_command_says_who_used_it() -> None:
    drawn = view.message(message(interaction_metadata={"type": 2, "user": MARA}, interaction={"name": "read"}))
    assert drawn["used"] == {"by": {"id": "7", "name": "Mara", "bot": False}, "name": "read", "slash": True}


def test_an_answer_to_a_menu_has_no_slash() -> None:
    raw = message(type=23, interaction_metadata={"type": 2, "user": MARA}, interaction={"name": "Bookmark"})
    assert view.message(raw)["used"]["slash"] is False


def test_reactions_and_pins_show() -> None:
    drawn = view.message(message(pinned=True, reactions=[{"emoji": {"id": None, "name": "⭐"}, "count": 2}]))
    assert (drawn["pinned"], drawn["reactions"]) == (True, [{"emoji": "⭐", "count": 2}])
    assert (view.message(message())["pinned"], view.message(message())["reactions"]) == (False, [])


def test_an_answer_to_a_button_does_not() -> None:
    assert view.message(message(interaction_metadata={"type": 3, "user": MARA}))["used"] is None


def test_an_embed_in_full() -> None:
    drawn = view.embed(
        {
            "color": 0x00FF7F,
            "author": {"name": "Ruby", "url": "https://a.example/ruby"},
            "title": "The *Lamp*",
            "url": "javascript:alert(1)",
            "description": "> dark",
            "fields": [{"name": "Rating", "value": "**G**", "inline": True}],
            "footer": {"text": "Page 1 of 3"},
            "timestamp": "2026-08-06T10:00:00+00:00",
        }
    )
    assert drawn["colour"] == "#00ff7f"
    assert drawn["author"] == {"name": "Ruby", "url": "https://a.example/ruby"}
    assert (drawn["title"], drawn["url"]) == ("The <em>Lamp</em>", None)
    assert drawn["html"] == "<blockquote>dark</blockquote>"
    assert drawn["fields"] == [{"name": "Rating", "html": "<strong>G</strong>", "inline": True}]
    assert (drawn["footer"], drawn["at"]) == ("Page 1 of 3", "2026-08-06T10:00:00+00:00")


def test_a_black_bar_is_a_colour_too() -> None:
    assert view.embed({"color": 0})["colour"] == "#000000"


def test_a_picture_of_this_server_is_loaded_by_its_path_alone() -> None:
    drawn = view.embed({"image": {"url": "http://127.0.0.1:4000/files/cover.png?ex=1"}})
    assert drawn["image"] == {"src": "/files/cover.png?ex=1", "name": "cover.png", "alt": ""}


def test_a_picture_of_another_server_is_only_named() -> None:
    drawn = view.embed({"image": {"url": "https://elsewhere.example/cover.png"}})
    assert drawn["image"] == {"src": None, "name": "cover.png", "alt": ""}


def test_a_file_that_an_embed_shows_is_shown_once() -> None:
    plot = {"filename": "plot.png", "size": 9, "url": "http://127.0.0.1:1/plot.png", "content_type": "image/png"}
    raw = message(embeds=[{"image": {"url": "attachment://plot.png"}}], attachments=[plot])
    drawn = view.message(raw)
    assert drawn["embeds"][0]["image"]["src"] == "/plot.png"
    assert drawn["files"] == []


def test_a_file_beside_the_message() -> None:
    story = {"filename": "lamp.epub", "size": 2048, "url": "http://127.0.0.1:1/lamp.epub"}
    (drawn,) = view.message(message(attachments=[story]))["files"]
    assert drawn == {"name": "lamp.epub", "size": 2048, "src": "/lamp.epub", "picture": False, "alt": ""}


@pytest.mark.parametrize(
    ("style", "name"), [(1, "primary"), (2, "secondary"), (3, "success"), (4, "danger"), (5, "link")]
)
def test_button_styles(style: int, name: str) -> None:
    raw = {"type": 2, "style": style, "label": "Next", "custom_id": "n", "disabled": True, "emoji": {"name": "➡"}}
    drawn = view.component(raw)
    assert (drawn["style"], drawn["label"], drawn["emoji"], drawn["disabled"]) == (name, "Next", "➡", True)


def test_a_menu_offers_its_options() -> None:
    option = {"label": "Page 2", "value": "2", "description": "dark", "default": True}
    drawn = view.component({"type": 3, "custom_id": "jump", "options": [option], "max_values": 2})
    assert drawn["options"] == [{**option, "emoji": ""}]
    assert (drawn["placeholder"], drawn["least"], drawn["most"]) == ("Make a selection", 1, 2)


def test_a_user_menu_offers_whoever_is_here() -> None:
    drawn = view.component({"type": 5, "custom_id": "who"})
    assert [option["label"] for option in drawn["options"]] == ["of 5"]


def test_components_v2_nest() -> None:
    text = {"type": 10, "content": "# Hi"}
    button = {"type": 2, "style": 2, "label": "Go", "custom_id": "g"}
    section = {"type": 9, "components": [text], "accessory": button}
    media = {"media": {"url": "http://127.0.0.1:1/a.png"}, "description": "A lamp"}
    parts = [section, {"type": 14}, {"type": 12, "items": [media]}, {"type": 99}]
    drawn = view.component({"type": 17, "accent_color": 255, "components": parts})
    assert drawn["colour"] == "#0000ff"
    assert [part["kind"] for part in drawn["parts"]] == ["section", "separator", "pictures", "unknown"]
    assert drawn["parts"][0]["beside"]["label"] == "Go"
    assert drawn["parts"][2]["pictures"] == [{"src": "/a.png", "name": "a.png", "alt": "A lamp"}]


def label(inner: Json, **more: object) -> Json:
    return {"type": 18, "label": "Comments", "component": inner, **more}


def field(raw: Json) -> Json:
    return view.form({"title": "Letter", "components": [raw]})["fields"][0]


def test_a_text_input_keeps_its_bounds() -> None:
    inner = {
        "type": 4,
        "custom_id": "c",
        "style": 2,
        "min_length": 3,
        "max_length": 90,
        "placeholder": "…",
        "value": "x",
    }
    drawn = field(label(inner, description="What stayed with you?"))
    assert (drawn["kind"], drawn["label"], drawn["description"]) == ("paragraph", "Comments", "What stayed with you?")
    assert (drawn["least"], drawn["most"], drawn["placeholder"], drawn["value"]) == (3, 90, "…", "x")
    assert drawn["required"]


def test_a_text_input_in_a_row_brings_its_own_label() -> None:
    inner = {"type": 4, "custom_id": "n", "style": 1, "label": "Name", "required": False}
    drawn = field({"type": 1, "components": [inner]})
    assert (drawn["kind"], drawn["label"], drawn["required"]) == ("short", "Name", False)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"type": 3, "options": []}, "menu"),
        ({"type": 3, "options": [], "max_values": 3}, "ticks"),
        ({"type": 19}, "upload"),
        ({"type": 21, "options": []}, "radios"),
        ({"type": 22, "options": []}, "ticks"),
        ({"type": 23}, "tick"),
        ({"type": 8}, "menu"),
    ],
)
def test_every_field_has_its_kind(raw: Json, kind: str) -> None:
    assert field(label({**raw, "custom_id": "x"}))["kind"] == kind


def test_boxes_to_tick_may_all_be_ticked_where_nothing_is_said() -> None:
    options = [{"label": name, "value": name} for name in ("a", "b", "c")]
    assert field(label({"type": 22, "custom_id": "x", "options": options}))["most"] == 3


def test_a_form_may_hold_text() -> None:
    assert field({"type": 10, "content": "*Be kind*"}) == {"kind": "text", "html": "<em>Be kind</em>"}


def test_each_subcommand_is_a_row_of_the_picker() -> None:
    deep = {"type": 1, "name": "add", "description": "Add a link"}
    group = {"type": 2, "name": "links", "description": "", "options": [deep]}
    plain: Json = {"type": 1, "name": "import", "description": "Bring in", "options": []}
    found = rows({"name": "desk", "description": "", "options": [group, plain]}, choices_of)
    assert [(row["name"], row["description"]) for row in found] == [
        ("desk links add", "Add a link"),
        ("desk import", "Bring in"),
    ]


def test_a_command_in_a_language_of_its_reader() -> None:
    choice = {"name": "Small", "value": "s", "name_localizations": {"de": "Klein"}}
    option: Json = {"type": 3, "name": "size", "name_localizations": {"de": "größe"}, "description": "How much"}
    option |= {"choices": [choice], "description_localizations": None}
    inner: Json = {"type": 1, "name": "open", "description": "Open it", "options": [option]}
    inner |= {"name_localizations": {"de": "öffnen"}, "description_localizations": {"de": "Öffnet es"}}
    command: Json = {"name": "desk", "name_localizations": {"de": "pult"}, "description": "", "options": [inner]}
    [row] = rows(command, choices_of, "de")
    assert (row["name"], row["shown"], row["description"]) == ("desk open", "pult öffnen", "Öffnet es")
    [drawn] = row["options"]
    assert (drawn["name"], drawn["shown"], drawn["description"]) == ("size", "größe", "How much")
    assert drawn["choices"] == [{"label": "Klein", "value": "s"}]
    [row] = rows(command, choices_of, "fr")
    assert row["shown"] == "desk open"


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        (3, [{"label": "Small", "value": "s"}]),
        (5, [{"label": "True", "value": True}, {"label": "False", "value": False}]),
        (6, choices_of(5)),
        (7, choices_of(8)),
    ],
)
def test_an_option_offers_what_it_takes(kind: int, choices: list[Json]) -> None:
    option: Json = {"type": kind, "name": "size", "description": "How much", "required": True, "max_length": 9}
    option["choices"] = [{"name": "Small", "value": "s"}]
    ((drawn,),) = [row["options"] for row in rows({"name": "x", "description": "", "options": [option]}, choices_of)]
    assert drawn["choices"] == choices
    assert (drawn["required"], drawn["most"], drawn["autocomplete"]) == (True, 9, False)
