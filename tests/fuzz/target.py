"""This room is one process of the search: atheris steers its inputs by the code that they reach."""

import sys
from typing import Any

import atheris  # pyright: ignore[reportMissingModuleSource] - of the extra "fuzz" alone

fuzzer: Any = atheris

with fuzzer.instrument_imports(include=["bot.formats"]):
    from tests.fuzz.laws import attack

if __name__ == "__main__":
    fuzzer.Setup([sys.argv[0], *sys.argv[2:]], attack(sys.argv[1]))
    fuzzer.Fuzz()
