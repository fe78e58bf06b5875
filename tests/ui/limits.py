"""This room holds a card against Discord's limits (docs.discord.com, Message and Component Reference)."""

from typing import Any

from bot.formats.markdown import units
from bot.ui.cards import Card


def within_limits(card: Card) -> bool:
    """Asserts each limit of a message on what would be sent, in UTF-16 units."""
    embeds = [embed.to_dict() for embed in card.embeds]
    assert 1 <= len(embeds) <= 10
    assert sum(_embed(dict(embed)) for embed in embeds) <= 6_000
    rows = card.controls.to_components() if card.controls else []
    assert len(rows) <= 5
    items = [item for row in rows for item in row["components"]]
    assert all(1 <= len(row["components"]) <= 5 for row in rows)
    ids = [item["custom_id"] for item in items]
    assert len(set(ids)) == len(ids), "each id stands once in a message"
    for item in items:
        _item(item)
    return True


def _embed(embed: dict[str, Any]) -> int:
    """Units of all that counts toward the 6,000."""
    texts = [
        (embed.get("title", ""), 256),
        (embed.get("description", ""), 4_096),
        (embed.get("author", {}).get("name", ""), 256),
        (embed.get("footer", {}).get("text", ""), 2_048),
    ]
    fields = embed.get("fields", [])
    assert len(fields) <= 25
    for field in fields:
        assert field["name"].strip()
        assert field["value"].strip()
        texts += [(field["name"], 256), (field["value"], 1_024)]
    for text, limit in texts:
        assert units(text) <= limit, text[:80]
    return sum(units(text) for text, _ in texts)


def _item(item: dict[str, Any]) -> None:
    assert 1 <= len(item["custom_id"]) <= 100
    if item["type"] == 2:
        assert units(item["label"].strip()) >= 1
        assert units(item["label"]) <= 80
        return
    assert units(item["placeholder"]) <= 150
    assert 1 <= len(item["options"]) <= 25
    values = [option["value"] for option in item["options"]]
    assert len(set(values)) == len(values)
    for option in item["options"]:
        assert option["label"].strip()
        assert units(option["label"]) <= 100
        assert units(option.get("description") or "") <= 100
