"""What is wrong with a value, in plain words: *Input should be a valid integer* tells an office nothing."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from gonogo.documents.plain_mistakes import plain_mistake, told_mistakes
from gonogo.documents.shape import Document, read_sheet

PYDANTIC = re.compile(r"[Ii]nput should|should (have|be|match)|[Vv]alue error|valid (integer|string|list|dict)")


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    column: str
    need: Literal["every", "any"] = "every"


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    whole: int = 1
    number: Decimal = Decimal(1)
    share: float = 0.5
    yes: bool = True
    words: str = "a"
    some: list[str] = Field(default_factory=lambda: ["a"], min_length=1, max_length=2)
    two: Annotated[list[str], Field(min_length=2)] = ["a", "b"]
    each: dict[str, int] = Field(default_factory=dict)
    part: Part | None = None
    day: date = date(2027, 4, 15)
    moment: AwareDatetime = datetime.fromisoformat("2027-04-15T16:00-04:00")
    kind: Literal["build", "release"] = "build"
    one: Literal["any"] = "any"
    least: Annotated[int, Field(ge=1, lt=25)] = 1
    most: Annotated[int, Field(gt=1, le=25)] = 2
    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")] = "a"
    fact: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")] = "a.b"
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]+$", min_length=1, max_length=3)] = "A"
    either: str | Part = "a"
    any_of: Literal["any"] | list[str] = "any"
    kinds: dict[str, Literal["counts"] | Part] = Field(default_factory=dict)


def told(**given: Any) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as refused:
        Form.model_validate(given)
    details = refused.value.errors(include_url=False, include_input=False)
    return [(".".join(map(str, loc)), sentence) for loc, sentence in told_mistakes(details, given)]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"whole": "many"}, "a whole number is expected here; write digits alone, such as `5`"),
        ({"whole": 1.5}, "a whole number is expected here; write digits alone, such as `5`"),
        ({"number": []}, "a number is expected here; write digits, such as `5` or `0.25`"),
        ({"share": "x"}, "a number is expected here; write digits, such as `5` or `0.25`"),
        ({"yes": "perhaps"}, "yes or no is expected here; write `true` or `false`"),
        (
            {"words": 5},
            "a text is expected here; write words; a text that looks like a number or a day stands in quotes",
        ),
        ({"some": "a"}, "a list is expected here; write `[x]`, or one `- x` on each line"),
        ({"some": []}, "it is empty"),
        ({"some": ["a", "b", "c"]}, "it may have 2 entries at most and has 3"),
        ({"two": ["a"]}, "it has 1 entry; write at least 2 entries"),
        ({"each": []}, "a mapping is expected here; write `key: value` lines, or `{key: value}`"),
        ({"part": []}, "a mapping is expected here; write `key: value` lines, or `{key: value}`"),
        ({"day": "soon"}, "a day is expected here; write it as 2027-04-15"),
        ({"moment": "soon"}, "a day with a time is expected here; write it as 2027-04-15T16:00-04:00"),
        (
            {"moment": datetime.fromisoformat("2027-04-15T16:00")},
            "the moment has no time zone; write it as 2027-04-15T16:00-04:00",
        ),
        ({"kind": "x"}, "`build` or `release` is expected here"),
        ({"one": "x"}, "`any` is expected here"),
        ({"least": 0}, "the number is too small: it must be at least 1"),
        ({"least": 25}, "the number is too large: it must be less than 25"),
        ({"most": 1}, "the number is too small: it must be more than 1"),
        ({"most": 26}, "the number is too large: it must be at most 25"),
        (
            {"name": "A b"},
            "the text has another form than it must have here; begin with a small letter; then small letters, digits "
            "and `_`",
        ),
        (
            {"fact": "a"},
            "the text has another form than it must have here; write names with points between them, such as "
            "`training.completed_ratio`",
        ),
        ({"code": "a"}, "the text has another form than it must have here"),
        ({"code": ""}, "the text is empty"),
        ({"code": "ABCD"}, "the text is too long: it has at most 3 characters"),
    ],
)
def test_each_mistake_is_told_in_plain_words(given: dict[str, Any], words: str) -> None:
    """What is wrong with the value, and what to write instead."""
    [(place, sentence)] = told(**given)

    assert (place, sentence) == (next(iter(given)), words)
    assert not PYDANTIC.search(sentence)


@pytest.mark.parametrize(
    ("given", "place", "words"),
    [
        ({"either": 5}, "either", "a text or a mapping is expected here"),
        ({"either": {"need": "any"}}, "either.column", "it is missing"),
        ({"either": {"column": "A", "need": "x"}}, "either.need", "`every` or `any` is expected here"),
        ({"any_of": "x"}, "any_of", "`any` or a list is expected here"),
        (
            {"any_of": ["a", 5]},
            "any_of.1",
            "a text is expected here; write words; a text that looks like a number or a day stands in quotes",
        ),
        ({"kinds": {"total": "x"}}, "kinds.total", "`counts` or a mapping is expected here"),
    ],
)
def test_a_value_of_several_forms_is_told_once_at_its_place(given: dict[str, Any], place: str, words: str) -> None:
    """`golive.function-after[_one(), GoliveActivity]` is in nobody's file, and one value was two mistakes."""
    assert told(**given) == [(place, words)]


def test_mistakes_of_other_places_are_all_told() -> None:
    """A person mends all of them at once."""
    assert {place for place, _ in told(whole="x", either=5, kinds={"a": "x", "b": "y"})} == {
        "whole",
        "either",
        "kinds.a",
        "kinds.b",
    }


def test_an_error_that_has_no_words_yet_is_told_as_a_value_that_is_not_allowed() -> None:
    """A later pydantic may have kinds that nobody knows today; its own words are for programmers."""
    unknown: Any = {"type": "url_parsing", "loc": (), "msg": "Input should be a valid URL", "input": "x"}

    assert plain_mistake(unknown) == ("this value is not allowed here", "")


class Small(Document):
    people: list[str]


def test_a_file_says_what_to_write() -> None:
    """The hint of a mistake of shape is what to type."""
    [problem] = read_sheet(b"people: Ada\n", "people.yaml", Small).problems

    assert (problem.code, problem.what) == ("G112", "a list is expected here")
    assert problem.hint == "write `[x]`, or one `- x` on each line"
