"""Blank cells are unknown, and small groups are neither shown nor dropped."""

from __future__ import annotations

from typing import Any

import pytest

DEFECTS = b"id,severity,state,closed_on\nD1,high,open,\nD2,high,,\nD3,low,closed,2027-04-01\n"


def defects(**changes: Any) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "id": {"type": "id"},
        "severity": {"type": "text", "allowed": ["high", "low"]},
        "state": {"type": "text", "allowed": ["open", "closed"], "optional": True},
        "closed_on": {"type": "date", "optional": True, "given": "is_closed"},
    }
    for name, more in changes.items():
        columns[name] = {**columns[name], **more}
    return {"defects": {"columns": columns}}


def groups(sizes: dict[str, tuple[int, int]]) -> bytes:
    """Return survey rows: group to (yes, all)."""
    lines = [f"{name},{'Yes' if n < yes else 'No'}" for name, (yes, whole) in sizes.items() for n in range(whole)]
    return ("unit,ready\n" + "\n".join(lines) + "\n").encode()


def survey(**by: Any) -> dict[str, Any]:
    return {
        "tables": {"s": {"columns": {"unit": {"type": "text"}, "ready": {"type": "boolean"}}}},
        "facts": {"lowest": {"share": {"where": "ready"}, "by": {"column": "unit", "take": "lowest", **by}}},
    }


class TestBlanks:
    def test_a_blank_in_a_column_that_is_not_optional_spoils_the_table(self, collect):
        """SQL would quietly drop the row from `state != "closed"`, and the count of open defects would look better."""
        settings = {
            "tables": defects(state={"optional": False}),
            "facts": {"open": {"count": {"where": 'state != "closed"'}, "unit": "defects"}},
        }

        answer = collect({"defects.csv": DEFECTS}, settings)["open"]

        assert answer.gap == "malformed"
        assert "'state' is blank in line 3" in answer.detail

    @pytest.mark.parametrize("where", ['state != "closed"', 'state == "open"', 'not state in ["closed"]'])
    def test_an_unknown_row_makes_the_fact_a_gap(self, collect, where):
        """Optional means that a blank is no mistake, not that it means anything."""
        settings = {"tables": defects(), "facts": {"open": {"count": {"where": where}, "unit": "defects"}}}

        answer = collect({"defects.csv": DEFECTS}, settings)["open"]

        assert answer.gap == "missing"
        assert "line 3" in answer.detail

    def test_what_a_blank_means_can_be_said(self, collect):
        """The PMO knows that nobody has triaged D2, so it is open."""
        settings = {
            "tables": defects(state={"blank": "open"}),
            "facts": {"open": {"count": {"where": 'state == "open"'}, "unit": "defects"}},
        }

        assert collect({"defects.csv": DEFECTS}, settings)["open"].value == 2

    def test_a_blank_that_decides_nothing_does_no_harm(self, collect):
        """Kleene: `false and unknown` is false, `true or unknown` is true."""
        settings = {
            "tables": defects(),
            "facts": {
                "low_open": {"count": {"where": 'severity == "low" and state == "open"'}, "unit": "defects"},
                "listed": {"count": {"where": 'severity == "high" or state == "closed"'}, "unit": "defects"},
                "closed_lately": {"count": {"where": "is_closed and closed_on >= now - 30d"}, "unit": "defects"},
                "never_closed": {"share": {"where": "not is_closed"}},
            },
        }

        answers = collect({"defects.csv": DEFECTS}, settings)

        assert [answers[name].value for name in ("low_open", "listed", "closed_lately")] == [0, 3, 1]
        assert (answers["never_closed"].part, answers["never_closed"].whole) == (2, 3)

    @pytest.mark.parametrize(
        "fact",
        [
            {"share": {"where": 'severity == "high"', "among": 'state == "open"'}},
            {"max": {"of": "closed_on"}},
            {"count": {}, "by": {"column": "state", "take": "lowest"}, "unit": "defects"},
            {"count": {"per": {"column": "state", "need": "any"}}, "unit": "states"},
            {"all": {"where": 'severity == "high"', "among": 'state == "open"'}},
            {"only": {"of": "state"}},
        ],
    )
    def test_a_blank_in_any_part_of_a_fact_is_a_gap(self, collect, fact):
        """Whether a row is in the whole, in which group, or with what value: unknown is unknown."""
        assert (
            collect({"defects.csv": DEFECTS}, {"tables": defects(), "facts": {"fact": fact}})["fact"].gap == "missing"
        )

    def test_an_empty_denominator_is_left_to_the_host_as_nothing_of_nothing(self, collect):
        """0 of 0 is a gap there; it must not become 100% here."""
        data = DEFECTS.replace(b"D2,high,,", b"D2,high,open,")
        settings = {
            "tables": defects(),
            "facts": {
                "fact": {"share": {"where": 'state == "closed"', "among": 'severity == "low" and state == "open"'}}
            },
        }

        answer = collect({"defects.csv": data}, settings)["fact"]

        assert (answer.part, answer.whole) == (0, 0)

    @pytest.mark.parametrize("measure", ["any", "all", "none"])
    def test_whether_all_of_nobody_did_is_not_answered(self, collect, measure):
        """All of no rows is true by logic and worthless as evidence."""
        settings = {
            "tables": defects(state={"blank": "open"}),
            "facts": {"fact": {measure: {"where": "is_closed", "among": 'severity == "low" and state == "open"'}}},
        }

        assert collect({"defects.csv": DEFECTS}, settings)["fact"].gap == "missing"

    @pytest.mark.parametrize("measure", ["min", "max", "mean", "only"])
    def test_no_row_has_no_lowest_value(self, collect, measure):
        """A smallest value of nothing is no value."""
        settings = {
            "tables": {"t": {"columns": {"score": {"type": "integer", "unit": "points"}}}},
            "facts": {"fact": {measure: {"of": "score", "where": "score > 100"}}},
        }

        assert collect({"t.csv": b"score\n5\n"}, settings)["fact"].gap == "missing"

    def test_two_values_are_not_the_only_one(self, collect):
        """Two build numbers in one report are a conflict, not a choice."""
        settings = {
            "tables": {"t": {"columns": {"build": {"type": "id"}}}},
            "facts": {"build": {"only": {"of": "build"}}},
        }

        assert collect({"t.csv": b"build\nb41\nb42\n"}, settings)["build"].gap == "conflict"


class TestGroups:
    def test_the_lowest_group_is_exact_where_decimals_would_tie(self, collect):
        """1/3 and 333333/1000000 differ; shares are compared as fractions."""
        data = groups({"A": (1, 3), "B": (333, 1000)})

        answer = collect({"s.csv": data}, survey())["lowest"]

        assert (answer.part, answer.whole) == (333, 1000)

    def test_small_groups_are_one_group_together(self, collect):
        """Four people in a unit can be picked out; eight in two units cannot, and are still counted."""
        data = groups({"A": (9, 10), "B": (1, 4), "C": (2, 4)})

        answer = collect({"s.csv": data}, survey(min_group=5))["lowest"]

        assert (answer.part, answer.whole) == (3, 8)
        assert "together" in answer.where
        assert not {"B", "C"} & set(answer.where.split())

    def test_a_small_group_that_is_worst_makes_a_gap_not_a_better_answer(self, collect):
        """Leaving it out would raise the lowest share; showing it would show four people."""
        data = groups({"A": (9, 10), "B": (1, 4)})

        answer = collect({"s.csv": data}, survey(min_group=5))["lowest"]

        assert answer.gap == "not_provable"
        assert "B" not in answer.detail.split()

    def test_a_small_group_that_is_not_worst_changes_nothing(self, collect):
        """Then the large group's share is the lowest, and true."""
        data = groups({"A": (5, 10), "B": (4, 4)})

        answer = collect({"s.csv": data}, survey(min_group=5))["lowest"]

        assert (answer.part, answer.whole) == (5, 10)
        assert answer.where.endswith("unit A")

    def test_a_group_is_named_only_where_group_size_was_thought_of(self, collect):
        """A group may be one person; without min_group the answer does not name it, unless told to."""
        data = groups({"A": (5, 10), "B": (9, 10)})

        hidden = collect({"s.csv": data}, survey())["lowest"]
        shown = collect({"s.csv": data}, survey(show=True))["lowest"]

        assert "unit A" not in hidden.where
        assert shown.where.endswith("unit A")

    def test_a_group_that_is_allowed_and_not_expected_may_have_no_row(self, collect):
        """A list of what a column may hold is no list of what it must hold."""
        settings = survey()
        settings["tables"]["s"]["columns"]["unit"]["allowed"] = ["A", "B", "C"]

        assert collect({"s.csv": groups({"A": (5, 10), "B": (9, 10)})}, settings)["lowest"].gap is None

    def test_an_expected_group_without_a_row_is_a_gap(self, collect):
        """The unit that was dropped from the export is the one to worry about."""
        settings = survey(every=True)
        settings["tables"]["s"]["columns"]["unit"]["allowed"] = ["A", "B", "C"]

        answer = collect({"s.csv": groups({"A": (5, 10), "B": (9, 10)})}, settings)["lowest"]

        assert answer.gap == "malformed"

    @pytest.mark.parametrize("person", ["-", "--", "TBD", "n/a", "Choose an item."])
    @pytest.mark.parametrize("many", [0, 30_000])
    def test_a_placeholder_is_no_person(self, collect, person, many):
        """It would be one more person who has passed, in a small file and in a large one."""
        settings = {
            "tables": {"t": {"columns": {"person": {"type": "id"}, "passed": {"type": "boolean"}}}},
            "facts": {"fact": {"share": {"where": "passed", "per": {"column": "person", "need": "every"}}}},
        }
        more = "".join(f"Q{number},Yes\n" for number in range(many))
        data = f"person,passed\nP1,Yes\nP2,No\n{person},Yes\n{more}"

        answer = collect({"t.csv": data.encode()}, settings)["fact"]

        assert answer.gap == "missing"
        assert "has a placeholder such as - or TBD in line 4, which names nobody" in answer.detail

    def test_a_dash_that_is_listed_is_a_name(self, collect):
        """Somebody says that it is meant so."""
        listed = {"type": "text", "allowed": ["A", "-"]}
        settings = {
            "tables": {"t": {"columns": {"unit": listed, "passed": {"type": "boolean"}}}},
            "facts": {"fact": {"share": {"where": "passed", "per": {"column": "unit", "need": "every"}}}},
        }

        answer = collect({"t.csv": b"unit,passed\nA,Yes\n-,No\n"}, settings)["fact"]

        assert (answer.part, answer.whole) == (1, 2)

    @pytest.mark.parametrize(("need", "part"), [("every", 1), ("any", 2)])
    def test_people_are_counted_once_however_many_rows_they_have(self, collect, need, part):
        """765 of 859 enrolments can be 52% of the people."""
        settings = {
            "tables": {"t": {"columns": {"person": {"type": "id"}, "passed": {"type": "boolean"}}}},
            "facts": {"fact": {"share": {"where": "passed", "per": {"column": "person", "need": need}}}},
        }
        data = b"person,passed\nP1,Yes\nP1,Yes\nP2,Yes\nP2,No\nP3,No\n"

        answer = collect({"t.csv": data}, settings)["fact"]

        assert (answer.part, answer.whole) == (part, 3)
