"""Fields of a header in forms: what is typed is what is kept, and what was not touched stays as it was read."""

from dataclasses import fields as names_of
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.desk_refusals import FieldRefused
from bot.domain.documents import Evidence, Manuscript, Moment, Note
from bot.domain.fields import FORMS, LISTED, NAMED, Field
from bot.domain.models import Link, LinkKind, Rating
from bot.formats import fields

STORY = Manuscript(
    title="The Lamp", authors=("Ruby", "Jade"), series="Lights", series_number="3", rating=Rating.PG, rating_raw="PG",
    description="A lamp.", spoilers=("Home",), cautions=("Dark",), tags=("angst", "fog"), fandom=("Sea",),
    language="English", written="2001-05", notes=(Note(Moment.BEFORE, "One."), Note(Moment.BEFORE, "Two.")),
    disclaimer="Mine.", links=(Link(LinkKind.SEQUEL, "The Wick"),), status="complete",
    evidence={"title": Evidence(1, 1.0), "rating": Evidence(2, 0.9)},
)  # fmt: skip
LINES = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=20)
SIMPLE = [each for each in Field if each not in LISTED and each not in (Field.WRITTEN, Field.RATING)]


def test_every_field_stands_in_one_form_and_no_form_has_more_than_five() -> None:
    held = [each for _, fields_ in FORMS for each in fields_]
    assert sorted(held) == sorted(Field)
    assert all(len(fields_) <= 5 for _, fields_ in FORMS)


def test_what_comes_back_untouched_changes_nothing() -> None:
    told = fields.texts(STORY)
    assert fields.tidied(told) == told
    untouched = {field: text for field, text in told.items() if field is not Field.BEFORE}
    assert replace(fields.amended(STORY, untouched), evidence=STORY.evidence) == STORY


@given(st.dictionaries(st.sampled_from(SIMPLE), LINES))
def test_what_is_typed_is_what_is_told_next_time(typed: dict[Field, str]) -> None:
    story = fields.amended(STORY, fields.tidied(typed))
    assert fields.texts(story) == {**fields.texts(STORY), **typed}


@given(
    st.dictionaries(st.sampled_from(sorted(LISTED - NAMED - {Field.LINKS})), st.lists(LINES, min_size=1, unique=True))
)
def test_lists_are_one_to_a_line(typed: dict[Field, list[str]]) -> None:
    messy = {field: "\r\n".join(f"  {line} " for line in [*lines, "", lines[0]]) for field, lines in typed.items()}
    story = fields.amended(STORY, fields.tidied(messy))
    assert fields.texts(story) == {**fields.texts(STORY), **{field: "\n".join(lines) for field, lines in typed.items()}}


def test_names_stand_once_and_tags_in_the_order_of_the_alphabet() -> None:
    typed = {Field.AUTHORS: "Ruby\nJade\nRUBY", Field.TAGS: "Éclair\nangst\nfog\nAngst"}
    assert fields.tidied(typed) == {Field.AUTHORS: "Ruby\nJade", Field.TAGS: "angst\nÉclair\nfog"}


@given(st.dictionaries(st.sampled_from(list(Field)), st.text(max_size=9)), st.sampled_from(list(Field)))
def test_another_text_is_another_number(texts: dict[Field, str], field: Field) -> None:
    assert fields.digest(texts) == fields.digest(dict(reversed(texts.items())))
    assert fields.digest({**texts, field: texts.get(field, "") + "x"}) != fields.digest(texts)
    assert len(str(fields.digest(texts))) < 19


def test_a_note_that_was_not_touched_stays_in_pieces() -> None:
    story = fields.amended(STORY, {Field.AFTER: "Thanks."})
    assert story.notes == (*STORY.notes, Note(Moment.AFTER, "Thanks."))
    assert fields.amended(STORY, {Field.BEFORE: "All."}).notes == (Note(Moment.BEFORE, "All."),)
    assert fields.amended(STORY, {Field.BEFORE: ""}).notes == ()


def test_where_a_field_was_read_is_forgotten_once_it_is_typed() -> None:
    assert set(fields.amended(STORY, {Field.TITLE: "A Lamp"}).evidence) == {"rating"}


def test_a_rating_is_read_and_its_words_stay() -> None:
    story = fields.amended(STORY, {Field.RATING: "PG-13 for language"})
    assert (story.rating, story.rating_raw) == (Rating.PG_13, "PG-13 for language")
    assert fields.amended(STORY, {Field.RATING: "spicy"}).rating is Rating.UNRATED


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (Field.TITLE, "  ?! "), (Field.AUTHORS, "\n"), (Field.WRITTEN, "last May"), (Field.WRITTEN, "2001-13"),
        (Field.LINKS, "The Lamp"), (Field.LINKS, "sequel:"), (Field.LINKS, "sequel: A\ncousin: B"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(field: Field, typed: str) -> None:
    with pytest.raises(FieldRefused, match="correct it"):
        fields.tidied({field: typed})


def test_the_names_are_those_of_a_manuscript() -> None:
    known = {each.name for each in names_of(Manuscript)}
    assert {each.value for each in Field} - known == {"note_before", "note_after"}
