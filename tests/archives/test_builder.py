"""This room proves that the builder makes what it says, from a seed alone."""

import re
import textwrap
from pathlib import Path

import pytest

from bot.domain.documents import Kind
from tests.archives.chance import HELD_OUT, Chance
from tests.archives.compare import tidy
from tests.archives.drafts import bare, encoded, furnished, told, windows
from tests.archives.families import build, followed
from tests.archives.layout import Layout, Writing
from tests.archives.matrix import specimen
from tests.archives.plain import told_pieces
from tests.archives.quirks import QUIRKS
from tests.archives.tales import tale
from tests.archives.truth import Form, Gap, Passage, TrueDocument, emphasised, italic, unmarked

SEEDS = [0, 1, HELD_OUT, HELD_OUT + 1]


@pytest.mark.parametrize("name", QUIRKS)
def test_each_quirk_can_be_made_again_from_its_seed(name: str) -> None:
    for seed in SEEDS:
        assert specimen(QUIRKS[name], seed) == specimen(QUIRKS[name], seed)


@pytest.mark.parametrize("name", QUIRKS)
def test_marks_stand_where_their_words_are(name: str) -> None:
    for document in (each for seed in SEEDS for each in specimen(QUIRKS[name], seed)):
        assert document.marks or name == "base64_body"
        assert all(document.data[mark.start : mark.end] == mark.text.encode() for mark in document.marks)


@pytest.mark.parametrize("name", [name for name in QUIRKS if name != "base64_body"])
def test_every_word_of_the_truth_stands_in_the_document(name: str) -> None:
    for document in (each for seed in SEEDS for each in specimen(QUIRKS[name], seed)):
        assert _words_of(document) <= _written(document.data)


def _words_of(document: TrueDocument) -> set[str]:
    told = " ".join(
        piece.text for chapter in document.chapters for piece in chapter.pieces if isinstance(piece, Passage)
    )
    return set(re.findall(r"(?<![\w’é&])[A-Za-z]{4,}(?![\w’é;])", unmarked(told)))


def _written(data: bytes) -> set[str]:
    return set(re.findall("[A-Za-z]{4,}", data.replace(b"\0", b"").decode("utf-8", "replace")))


def test_different_seeds_tell_different_tales() -> None:
    assert len({specimen(QUIRKS["hard_wrap"], seed)[0].data for seed in range(20)}) == 20


def test_held_out_seeds_spell_labels_as_no_other_seed_does() -> None:
    def labels(seeds: range) -> set[str]:
        return {saying.label for seed in seeds for saying in tale(Chance(seed)).sayings if saying.label}

    assert not labels(range(60)) & labels(range(HELD_OUT, HELD_OUT + 60))


def test_documents_have_paths_of_their_own() -> None:
    for quirk in QUIRKS.values():
        paths = [document.path for document in specimen(quirk, 0)]
        assert len(set(paths)) == len(paths), quirk.name


def test_a_mark_is_the_first_and_the_last_word_of_a_chunk() -> None:
    data, marks = encoded([bare("<p>"), told("Été came, said Odo."), bare("</p>"), furnished("Home")], windows)
    assert data == b"<p>\xc9t\xe9 came, said Odo.</p>Home"
    assert [(mark.text, mark.kind) for mark in marks] == [
        ("came", Kind.TEXT),
        ("Odo", Kind.TEXT),
        ("Home", Kind.FURNITURE),
    ]


def test_prose_is_wrapped_and_the_authors_own_lines_are_not() -> None:
    pieces = (Passage(Form.PROSE, ("lamp " * 30,)), Gap(), Passage(Form.LINES, ("verse " * 20,)))
    written = "".join(chunk.text for chunk in told_pieces(pieces, Layout(width=40, scene="***")))
    first, scene, verse, _ = re.split(r"\n\n+", written, maxsplit=3)
    assert first == "\n".join(textwrap.wrap("lamp " * 30, 40))
    assert (scene, verse.strip()) == ("***", ("verse " * 20).strip())


def test_emphasis_is_written_as_the_layout_has_it_and_known_as_the_author_meant_it() -> None:
    text = f"so {italic('very late')}"
    assert (unmarked(text), emphasised(text)[0][1]) == ("so very late", "very late")
    written = told_pieces((Passage(Form.PROSE, (text,)),), Layout(writing=Writing.TEXT))
    assert written[0] == told("so *very late*")


def test_what_counts_as_the_same_text() -> None:
    assert tidy(" one \u00a0 two\x00 ", Form.PROSE) == "one two"
    assert tidy("one\ntwo", Form.PROSE) != tidy("one two", Form.PROSE)
    assert tidy("   /\\  \n  /  \\", Form.ART) == " /\\\n/  \\"


@pytest.mark.parametrize("seed", [0, 1, 2, HELD_OUT, HELD_OUT + 1, HELD_OUT + 2])
def test_an_archive_is_on_disk_as_its_truth_says(seed: int, tmp_path: Path) -> None:
    truth = build(seed, tmp_path / "archive", stories=6)
    boxes = {path.relative_to(tmp_path / "archive").as_posix() for path in (tmp_path / "archive").rglob("*.*")}
    paths = {document.path for document in truth.documents}
    assert len(paths) == len(truth.documents)
    assert {next(box for box in boxes if path == box or path.startswith(f"{box}/")) for path in paths} == boxes
    assert {path for told in truth.stories for path in told.paths} <= paths
    assert truth == build(seed, tmp_path / "again", stories=6)


def test_every_link_of_an_index_leads_to_a_document(tmp_path: Path) -> None:
    truth = build(0, tmp_path, stories=6)
    paths = {document.path for document in truth.documents}
    for document in truth.documents:
        folder = document.path.rpartition("/")[0]
        assert {f"{folder}/{followed(entry.target)}" for entry in document.entries} <= paths


def test_an_edition_lacks_a_paragraph_of_its_original(tmp_path: Path) -> None:
    truth = build(4, tmp_path)
    told, relation = next((told, told.duplicates[0]) for told in truth.stories if "edition" in str(told.duplicates))
    by_path = {document.path: document for document in truth.documents}
    shorter, longer = by_path[relation[0]].data, by_path[told.paths[0]].data
    assert 0 < len(longer) - len(shorter) < len(longer) / 10
