"""This room proves that the benchmark of hostile shapes measures each of them, and sees work that grows too fast."""

import json

import pytest

from bot.domain.documents import Format
from tests.bench import hostile
from tests.bench.__main__ import main
from tests.bench.hostile import Growth
from tests.bench.shapes import SHAPES


@pytest.mark.parametrize(("form", "name", "shape"), SHAPES)
def test_a_shape_has_about_the_size_that_is_asked_for(form: Format | None, name: str, shape: hostile.Shape) -> None:
    sizes = [len(shape(size)) for size in (20_000, 40_000)]
    assert 0.5 < sizes[1] / 40_000 < 2, name
    assert 1.6 < sizes[1] / sizes[0] < 2.4, name
    hostile.read(form, shape(2_000))


def test_names_of_shapes_are_their_own() -> None:
    assert len({name for _, name, _ in SHAPES}) == len(SHAPES)


def test_twice_the_work_for_twice_the_bytes_is_linear() -> None:
    assert Growth("text", "lamp", (0.1, 0.2, 0.4, 0.8, 1.6)).linear
    assert Growth("text", "lamp", (0.1, 0.2, 0.8, 0.9, 1.6)).linear
    assert not Growth("text", "lamp", (0.1, 0.4, 1.6, 6.4, 25.6)).linear
    assert Growth("text", "lamp", (0.00001, 0.00004, 0.00016, 0.001, 0.004)).linear
    assert not Growth("text", "lamp", (0.1, 0.2), "RecursionError()").linear


def test_ratios_are_of_neighbours() -> None:
    assert Growth("text", "lamp", (1.0, 2.0, 6.0)).ratios == (2.0, 3.0)


def test_a_shape_that_recurses_is_a_failure_and_not_the_end_of_the_run() -> None:
    def deep(size: int) -> bytes:
        raise RecursionError

    assert "RecursionError" in hostile.growth(Format.TEXT, "deep", deep, 16, 1).failure


def test_the_command_prints_the_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hostile", "all stars", "deep blocks", "--smallest", "512", "--rounds", "1"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert {line.split("  ")[0].split(" ", 1)[0] for line in shown[:2]} == {"text", "html"}
    assert shown[-1].startswith("2 of 2 shapes grow linearly")


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hostile", "all stars", "--smallest", "512", "--rounds", "1", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["shapes"]
    assert (row["shape"], len(row["ratios"]), row["linear"]) == ("all stars", 4, True)
