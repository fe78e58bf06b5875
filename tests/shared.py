"""This room finds the folder of real input beside the checkout."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("TALEBEARER_SHARED") or CHECKOUT.parent / "shared")


def shared(name: str) -> Path:
    """The path of `name` in the shared folder; skips the test (with CI=true: fails it) where it is missing."""
    path = FOLDER / name
    if path.exists():
        return path
    sentence = f"{name} is not in the shared folder; put it beside the checkout or name it in TALEBEARER_SHARED."
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
