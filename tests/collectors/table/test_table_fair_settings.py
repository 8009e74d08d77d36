"""Settings that would make a fact good whatever the file holds are refused where they stand."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import pytest

from gonogo.collectors.columns.column import Column
from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.collectors.table.steady import MOST, always, nobody
from gonogo.plugin.spec import SettingsRefusal

COLUMNS: dict[str, Any] = {
    "id": {"type": "id"},
    "status": {"type": "text", "allowed": ["Approved", "Draft", "None"]},
    "kind": {"type": "text", "allowed": "any"},
    "tested": {"type": "boolean"},
    "signed_on": {"type": "date", "optional": True, "given": "signed"},
    "days": {"type": "integer", "unit": "days"},
}


def refusals(fact: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
    """Return place and sentence of each mistake in the settings of one fact."""
    columns = {name: {**column, **changes.get(name, {})} for name, column in COLUMNS.items()}
    settings = {"tables": {"t": {"unique": ["id"], "columns": columns}}, "facts": {"f": fact}}
    try:
        TableCollector().declare(TableSettings.model_validate_json(json.dumps(settings)))
    except SettingsRefusal as refusal:
        return [("/".join(map(str, place)), sentence) for place, sentence in refusal.errors]
    return []


def columns() -> dict[str, Column]:
    return {name: Column.model_validate_json(json.dumps(column)) for name, column in COLUMNS.items()}


class TestSteadyConditions:
    @pytest.mark.parametrize(
        ("where", "among", "value"),
        [
            ('status in ["Approved", "Draft", "None"]', None, True),
            ('status == "Approved" or status != "Approved"', None, True),
            ('not (status == "Draft" and status == "None")', None, True),
            ("tested or not tested", None, True),
            ("signed or not signed", None, True),
            ("days > 3 or not days > 3", None, True),
            ('kind == "x" or not kind == "x"', None, True),
            ("tested == tested", None, True),
            ("days >= days", None, True),
            ("days < days", None, False),
            ('status == "Approved" and status == "Draft"', None, False),
            ("tested and not tested", None, False),
            ('status == "Approved"', 'status == "Approved"', True),
            ('status == "Approved"', 'status == "Draft"', False),
            ('status != "Draft"', 'status in ["Approved", "None"]', True),
            ('status == "Approved" or tested', "tested", True),
            ('status == "Approved"', None, None),
            ('status in ["Approved", "Draft"]', None, None),
            ('status in ["Approved", "Draft"]', 'status != "Draft"', None),
            ("tested", "signed", None),
            ("days > 3 or days <= 3", None, None),
            ('kind == "x" or kind == "y"', None, None),
            ('status == "Approved"', 'status == "Draft" and status == "None"', None),
        ],
    )
    def test_what_is_the_same_for_every_row_is_found(self, where, among, value):
        """`among` that says what `where` says is 100%, whatever the file holds."""
        assert always(where, among, columns()) is value

    @pytest.mark.parametrize(
        ("among", "found"), [("tested and not tested", True), ("tested", False), ("signed", False)]
    )
    def test_a_table_of_which_no_row_is_asked_is_found(self, among, found):
        """Nothing that nobody asks about can be wrong."""
        assert nobody(among, columns()) is found

    def test_one_allowed_word_proves_itself(self):
        """A file with another word is refused, so the fact can still fail."""
        only = {"status": Column.model_validate_json('{"type": "text", "allowed": ["Approved"]}')}

        assert always('status == "Approved"', None, only) is None

    def test_so_many_combinations_are_tried_and_no_more(self):
        """A long condition must not hold the settings up; what is not judged is not accused."""
        many = {
            name: Column.model_validate_json(json.dumps({"type": "text", "allowed": [f"w{n}" for n in range(size)]}))
            for name, size in (("a", 100), ("b", MOST // 100), ("c", MOST // 100 + 1))
        }

        assert always("a == b or a != b", None, many) is True
        assert always("a == c or a != c", None, many) is None

    def test_words_that_no_comparison_tells_apart_are_tried_once(self):
        """Word lists of a tool are long, and trying each with each took a third of a second a fact."""
        many = {
            name: Column.model_validate_json(json.dumps({"type": "text", "allowed": [f"w{n}" for n in range(MOST)]}))
            for name in ("a", "b")
        }

        assert always('a == "w1" or a != "w1" or b == "w1"', None, many) is True
        assert always('a in ["w1", "w2"] and b == "w1"', None, many) is None

    @pytest.mark.parametrize(
        ("fact", "place"),
        [
            ({"share": {"where": 'status in ["Approved", "Draft", "None"]'}}, "facts/f/share/where"),
            ({"share": {"where": "tested", "among": "tested"}}, "facts/f/share/where"),
            ({"none": {"where": "tested and not tested"}}, "facts/f/none/where"),
            ({"all": {"where": "tested", "among": "tested and not tested"}}, "facts/f/all/among"),
            ({"count": {"where": "tested and not tested"}, "unit": "rows"}, "facts/f/count/where"),
            ({"sum": {"of": "days", "where": "tested and not tested"}}, "facts/f/sum/where"),
        ],
    )
    def test_a_fact_that_no_row_can_change_is_refused(self, fact, place):
        """It is a figure in the settings, and it would be GO for ever."""
        found = refusals(fact)

        assert [where for where, _ in found] == [place], found

    @pytest.mark.parametrize("measure", ["share", "all"])
    def test_a_share_of_nothing_is_its_own_stop(self, measure):
        """It says 0% or false whatever the file holds, which is no way to a go-live."""
        assert not refusals({measure: {"where": 'status == "Draft"', "among": 'status == "Approved"'}})

    def test_the_refusal_says_what_to_do(self):
        """Somebody who listed too few words reads it."""
        ((_, sentence),) = refusals({"share": {"where": 'status in ["Approved", "Draft", "None"]'}})

        assert sentence == (
            "this is true of every row, by the words that the columns allow, so no evidence can change it; list under "
            "allowed: what else the column may hold, or ask something else"
        )

    def test_a_condition_that_rows_can_change_is_accepted(self):
        """Nothing is refused that could come out either way."""
        assert not refusals({"share": {"where": 'status == "Approved"', "among": "tested"}})


class TestTurnedWords:
    @pytest.mark.parametrize(
        ("words", "setting"),
        [
            ({"yes_words": ["Yes", "No"], "no_words": ["Never"]}, "yes_words"),
            ({"yes_words": ["N"], "no_words": ["Never"]}, "yes_words"),
            ({"yes_words": [" nein "], "no_words": ["Never"]}, "yes_words"),
            ({"yes_words": ["FALSE"], "no_words": ["x"]}, "yes_words"),
            ({"yes_words": ["done"], "no_words": ["Yes"]}, "no_words"),
            ({"yes_words": ["done"], "no_words": ["true"]}, "no_words"),
            ({"yes_words": ["Done"], "no_words": ["DONE"]}, "yes_words"),
        ],
    )
    def test_words_that_mean_the_contrary_are_refused(self, words, setting):
        """`yes_words: [Yes, No]` makes every answer a yes."""
        found = refusals({"share": {"where": "tested"}}, tested=words)

        assert [where for where, _ in found] == [f"tables/t/columns/tested/{setting}"], found

    @pytest.mark.parametrize(
        "words",
        [{}, {"yes_words": ["Ja"], "no_words": ["Nein"]}, {"yes_words": ["Done"], "no_words": ["Not done", "0"]}],
    )
    def test_words_that_mean_what_they_say_are_accepted(self, words):
        """Each office has its own words."""
        assert not refusals({"share": {"where": "tested"}}, tested=words)


class TestBlankThatCountsAsGood:
    GOOD: ClassVar = [
        ({"share": {"where": 'status == "Approved"'}}, {"status": {"blank": "Approved"}}),
        ({"share": {"where": 'status in ["Approved", "None"]'}}, {"status": {"blank": "None"}}),
        ({"all": {"where": 'status != "Draft"'}}, {"status": {"blank": "None"}}),
        ({"all": {"where": 'not status == "Draft"'}}, {"status": {"blank": "None"}}),
        ({"all": {"where": "tested"}}, {"tested": {"blank": "Yes"}}),
        ({"all": {"where": "tested == true"}}, {"tested": {"blank": "Yes"}}),
        ({"count": {"where": 'status == "Draft"'}, "unit": "rows"}, {"status": {"blank": "None"}}),
        ({"none": {"where": "not tested"}}, {"tested": {"blank": "Yes"}}),
        ({"share": {"where": "tested", "among": 'status == "Approved"'}}, {"status": {"blank": "None"}}),
    ]
    BAD: ClassVar = [
        ({"share": {"where": 'status == "Approved"'}}, {"status": {"blank": "None"}}),
        ({"all": {"where": 'status != "Draft"'}}, {"status": {"blank": "Draft"}}),
        ({"all": {"where": "tested"}}, {"tested": {"blank": "No"}}),
        ({"count": {"where": 'status == "None"'}, "unit": "rows"}, {"status": {"blank": "None"}}),
        ({"share": {"where": "tested", "among": 'status == "None"'}}, {"status": {"blank": "None"}}),
        ({"share": {"where": "signed"}}, {"status": {"blank": "Approved"}}),
    ]

    @pytest.mark.parametrize(("fact", "changes"), GOOD)
    def test_a_blank_that_would_make_a_fact_better_needs_a_reason(self, fact, changes):
        """An unanswered cell would count as approved, and nobody would read it anywhere."""
        (column,) = changes
        found = refusals(fact, **changes)

        assert [where.split("/")[:2] for where, _ in found] == [["facts", "f"]], found
        assert f"a blank cell of {column} is read as {changes[column]['blank']!r}" in found[0][1]
        assert "blank_reason: ..." in found[0][1]

    @pytest.mark.parametrize(("fact", "changes"), GOOD)
    def test_a_reason_settles_it(self, fact, changes):
        """Some systems leave out what is as it should be; a person who knows says so."""
        ((column, told),) = changes.items()
        reason = {**told, "blank_reason": "the tracker exports nothing where the default stands"}

        assert not refusals(fact, **{column: reason})

    @pytest.mark.parametrize(("fact", "changes"), BAD)
    def test_a_blank_that_makes_a_fact_worse_needs_none(self, fact, changes):
        """It is the careful reading."""
        assert not refusals(fact, **changes)

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            ({"blank": "Approved", "blank_reason": "n/a"}, "does not say why"),
            ({"blank_reason": "the tracker exports nothing there"}, "there is no blank:"),
        ],
    )
    def test_a_reason_that_is_none_is_refused(self, told, words):
        """TBD in the place of a reason is how a check is talked away."""
        found = refusals({"share": {"where": 'status == "Approved"'}}, status=told)

        assert found[0][0] == "tables/t/columns/status/blank_reason"
        assert words in found[0][1]
