"""What comes from npm is skipped where there is no node, and missed where everything must run."""

from pathlib import Path

import pytest

from tests import npm


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without node, on which nothing was ever installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(npm, "CACHE", tmp_path / "cache")
    (tmp_path / "package.json").write_text('{"dependencies": {}}', "utf-8")


def test_elsewhere_it_is_skipped_with_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="There is no npm on this machine; install Debian's packages"):
        npm.installed(tmp_path / "package.json")
    with pytest.raises(pytest.skip.Exception, match="There is no node"):
        npm.node()


def test_where_everything_must_run_it_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="There is no npm"):
        npm.installed(tmp_path / "package.json")


def test_an_npm_that_fails_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CI", raising=False)
    (tmp_path / "npm").write_text("#!/bin/sh\necho no way out >&2; exit 1\n", "utf-8")
    (tmp_path / "npm").chmod(0o755)
    with pytest.raises(pytest.skip.Exception, match=r"could not install .* no way out"):
        npm.installed(tmp_path / "package.json")


def test_what_was_installed_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "npm").write_text("#!/bin/sh\nexit 0\n", "utf-8")
    (tmp_path / "npm").chmod(0o755)
    modules = npm.installed(tmp_path / "package.json")
    assert modules.parent.parent == tmp_path / "cache"
    (tmp_path / "npm").unlink()
    assert npm.installed(tmp_path / "package.json") == modules
