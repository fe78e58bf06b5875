"""This room proves the importer on archives of every known quirk: each field exact, each byte accounted for."""

import json
from pathlib import Path

import pytest

from tests.archives import families, pipeline, reports
from tests.archives.__main__ import read
from tests.archives.chance import HELD_OUT
from tests.archives.matrix import Finding, findings
from tests.archives.quirks import QUIRKS
from tests.process.running import talebearer

SEEDS = [0, 1, 2, 3, HELD_OUT, HELD_OUT + 1]
ARCHIVES = [0, 1, 2, HELD_OUT + 2, HELD_OUT + 3, HELD_OUT + 4]  # each family, seen and held out


def wrong(found: list[Finding]) -> list[Finding]:
    return [each for each in found if not each.verdict.right]


@pytest.mark.parametrize("name", QUIRKS)
def test_a_quirk_is_read_as_its_author_meant_it(name: str) -> None:
    found = list(findings([name], SEEDS, read))
    assert len(found) > 20
    assert wrong(found) == []


@pytest.mark.parametrize("seed", ARCHIVES)
def test_a_whole_archive_is_put_together(seed: int) -> None:
    found = list(pipeline.findings([seed]))
    assert len(found) > 100
    assert wrong(found) == []


@pytest.mark.parametrize("seed", ARCHIVES)
async def test_the_report_of_an_import_says_what_is_true(seed: int, tmp_path: Path) -> None:
    truth = families.build(seed, tmp_path / "archive")
    done = await talebearer(tmp_path, "import", "archive", "--dry-run", "--json")
    assert done.status == 0, done.errors
    found = list(reports.judge(truth, json.loads(done.output), "archive"))
    assert len(found) > 100
    assert [(path, verdict) for path, verdict in found if not verdict.right] == []
