"""Types and units of requirements: what may be compared and calculated with, and what may not."""

from __future__ import annotations

import pytest

from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.ruleset import Parameter
from gonogo.ruleset.constant import constant_issues
from gonogo.ruleset.typecheck import KindCheck


def fact(name: str, kind: FactType, unit: str = "", **more: object) -> FactDeclaration:
    """Declare a fact with words that do not matter here."""
    return FactDeclaration.model_validate(
        {"name": name, "type": kind, "unit": unit, "meaning": "m", "question": "q", **more}
    )


VOCABULARY = Vocabulary(
    facts=(
        fact("a.ratio", FactType.RATIO),
        fact("b.ratio", FactType.RATIO, max="1.08"),
        fact("a.people", FactType.INTEGER, "people", min="0"),
        fact("b.people", FactType.INTEGER, "people", min="0", max="100"),
        fact("a.days", FactType.DECIMAL, "working days"),
        fact("a.money", FactType.MONEY, "USD"),
        fact("a.flag", FactType.BOOLEAN),
        fact("b.flag", FactType.BOOLEAN),
        fact("a.text", FactType.TEXT, allowed=("open", "closed")),
        fact("b.text", FactType.TEXT),
        fact("a.when", FactType.INSTANT),
        fact("b.when", FactType.INSTANT),
    )
)
PARAMETERS = {
    name: Parameter(name=name, constant=parse_literal(text))
    for name, text in {
        "n": "3", "m": "4", "share": "95%", "week": "7d", "word": '"open"', "wanted": "true",
    }.items()
}  # fmt: skip

GOOD = [
    "a.ratio >= 95%",
    "a.ratio >= 0.95",
    "b.ratio >= 1.03",
    "a.ratio >= share",
    "a.ratio - b.ratio <= 5%",
    "a.ratio * b.ratio > 50%",
    "1 - a.ratio <= 5%",
    "a.people >= 3",
    "a.people >= n",
    "a.people >= b.people",
    "a.people + 3 >= b.people",
    "a.people >= b.people * share",
    "a.people >= 2 * b.people",
    "a.people / b.people >= share",
    "a.people / b.people >= 3",
    "a.money <= a.money * a.ratio",
    "a.money / 1000 <= 5",
    "-a.days < 3",
    "a.days > n and a.people > m",
    "a.flag",
    "a.flag == b.flag",
    "a.flag != true",
    "a.flag == wanted",
    'a.text == "open"',
    "a.text == word",
    'b.text in ["x", "y"]',
    "a.text != b.text",
    "a.people in [1, 2, n]",
    "a.when <= go_live",
    "now - a.when < 7d",
    "now - a.when < week",
    "a.when - b.when >= 2 * week",
    "a.when >= go_live - 12h",
    "(now - a.when) / 1d <= 3",
    "(now - a.when) / week <= 1",
    "7d + a.when > now",
]

BAD = [
    # requirement, code, column of the caret, a piece of the sentence
    ("a.ratio >= a.people", "G103", 8, "'a.ratio' is a ratio, but 'a.people' is in people; they cannot be compared"),
    ("a.people >= 95%", "G103", 9, "'95%' is a ratio"),
    ("a.people >= share", "G103", 9, "'share' is a ratio"),
    ("a.people >= a.days", "G103", 9, "in people, but 'a.days' is in working days"),
    ("a.people + a.days > 3", "G103", 0, "they cannot be added or subtracted"),
    ("a.people * b.people > 3", "G103", 0, "`*` has no meaning"),
    ("a.people / a.days > 3", "G103", 0, "`/` has no meaning"),
    ("3 / a.people > 1", "G103", 0, "`/` has no meaning"),
    (
        "a.people > n and a.days > n",
        "G103",
        26,
        "'n' is in people elsewhere in this criterion and in",
    ),
    (
        "a.people > n and a.ratio > n",
        "G103",
        27,
        "in people elsewhere in this criterion and a number",
    ),
    ("a.people * n > 3 and a.people > n", "G103", 32, "a number without a unit elsewhere"),
    ("a.people > 7d", "G103", 9, "'7d' is a duration"),
    ("a.days > week", "G103", 7, "'week' is a duration"),
    ("a.when > 3", "G103", 7, "is an instant, but '3' is a number"),
    ('a.when > "2027-01-01"', "G103", 7, "is an instant"),
    ("a.when + b.when > now", "G103", 0, "`+` has no meaning"),
    ("7d - a.when > now", "G103", 0, "`-` has no meaning"),
    ("a.when * 2 > now", "G103", 0, "`*` has no meaning"),
    ("-a.when > now", "G103", 0, "cannot be negative"),
    ("-a.flag > 3", "G103", 0, "cannot be negative"),
    ("7d * week > 3", "G103", 0, "`*` has no meaning"),
    ("a.flag > b.flag", "G103", 7, "it has no order"),
    ("a.flag == 1", "G103", 7, "is true or false, but '1' is a number"),
    ('a.flag == "yes"', "G103", 7, "is text"),
    ("a.flag in [true]", "G103", 0, "`in` is for text and numbers"),
    ("a.when in [now]", "G103", 0, "`in` is for text and numbers"),
    ("a.text", "G103", 0, "is text, not true or false"),
    ("not a.people", "G103", 4, "is in people, not true or false"),
    ("a.flag and n", "G103", 11, "is a number, not true or false"),
    ('a.text < "open"', "G103", 7, "it has no order"),
    ("a.text == 3", "G103", 7, "is text, but '3' is a number"),
    ('a.text + "x" == "y"', "G103", 0, "`+` has no meaning"),
    ("a.people in [1, 5%]", "G103", 16, "it can never be one of these"),
    ("a.peple > 3", "G120", 0, "'a.peple' is not a fact"),
    ("a.people > nn", "G121", 11, "'nn' is not a parameter"),
    ("a.ratio >= 95", "G131", 11, "never 95: it is from 0 to 1"),
    ("b.ratio <= 1.09", "G131", 11, "it is from 0 to 1.08"),
    ("95 <= a.ratio", "G131", 0, "never 95"),
    ("a.ratio >= 0", "G131", 11, "is always so"),
    ("a.ratio <= 100%", "G131", 11, "is always so"),
    ("a.ratio > 100%", "G131", 10, "is never so"),
    ("b.people < 0", "G131", 11, "is never so"),
    ("a.people == -1", "G131", 12, "never -1"),
    ("a.people in [1, -1]", "G131", 16, "never -1"),
    ('a.text == "opne"', "G131", 10, 'never "opne"'),
    ("a.people >= a.people", "G131", 0, "both sides are the same"),
    ("a.flag or 1 == 1", "G131", 10, "reads no fact"),
    ("a.flag or true", "G131", 10, "reads no fact"),
    ("a.flag or n in [3]", "G131", 10, "reads no fact"),
]


def issues_of(text: str):
    """Check one requirement as the loader does."""
    requirement = parse_requirement(text)
    found = KindCheck(requirement, VOCABULARY, PARAMETERS).run()
    return found or constant_issues(requirement, VOCABULARY, PARAMETERS)


class TestTypes:
    @pytest.mark.parametrize("text", GOOD)
    def test_what_has_a_meaning_is_accepted(self, text: str):
        """A check that refuses sense would be switched off."""
        assert issues_of(text) == []

    @pytest.mark.parametrize(("text", "code", "column", "sentence"), BAD)
    def test_what_has_none_is_refused_at_its_column(self, text: str, code: str, column: int, sentence: str):
        """A comparison that means nothing must not decide whether people are paid."""
        first = issues_of(text)[0]

        assert (first.code, first.span.start) == (code, column)
        assert sentence in first.what

    def test_a_ladder_may_begin_with_a_trivial_rung(self):
        """Nothing is asked at T-60 yet; that is what the rung says."""
        rungs = [("T-60", "0%"), ("T-0", "95%")]
        ladder = Parameter.model_validate(
            {"name": "x", "ladder": tuple({"milestone": name, "value": parse_literal(text)} for name, text in rungs)}
        )
        requirement = parse_requirement("a.ratio >= x")

        assert constant_issues(requirement, VOCABULARY, {"x": ladder}) == []
