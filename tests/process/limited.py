"""This room runs the command line within limits of memory, and says in the end how much it took."""

import resource
import sys
from pathlib import Path

from bot.__main__ import main

SPACE = 1 << 30
"""Bytes of address space: an importer that unpacks a bomb dies of it."""


def limited(peak: Path, arguments: list[str]) -> int:
    """Runs a command; writes the peak of its resident memory, in MB, to `peak`."""
    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    try:
        return main(arguments)
    finally:
        peak.write_text(str(_peak()), "utf-8")


def _peak() -> int:
    """The most that was resident, in MB; what `getrusage` tells begins with the size of the process that started it."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    sys.exit(limited(Path(sys.argv[1]), sys.argv[2:]))
