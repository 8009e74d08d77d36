"""Who edits the program file or the people register is told by name what they changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gonogo.comparison.compare import compare
from gonogo.comparison.notice import NoticeKind
from gonogo.model.people import Delegation, Organization, PeopleRegister, Staff, Tenure
from gonogo.model.seats import Seats

LEAD, RISK = "customer.pmo_lead", "customer.risk_manager"
KIRSCH = Tenure(role=LEAD, person="kirsch", name="Ada Kirsch")
LENT = Delegation(
    role=LEAD, by="kirsch", to="osei", name="M. Osei", purpose="leave", start=date(2027, 4, 1), end=date(2027, 4, 9)
)


@pytest.fixture
def program(made):
    def run(old, new):
        before = replace(made.of(), program_file=old)
        after = replace(made.of(started={"program_sha256": "9" * 64}), program_file=new)
        return [notice.sentence for notice in compare(before, after).notices]

    return run


@pytest.fixture
def people(made):
    def run(old, new):
        before = replace(made.of(), seats=Seats.of(PeopleRegister(**old)))
        after = replace(made.of(started={"people_sha256": "9" * 64}), seats=Seats.of(PeopleRegister(**new)))
        return [notice.sentence for notice in compare(before, after).notices]

    return run


class TestProgram:
    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ({}, {"a.x": "lms"}, "a.x is now settled by lms alone (authority)."),
            ({"a.x": "lms"}, {"a.x": "hr"}, "a.x is now settled by hr alone; it was by lms (authority)."),
            ({"a.x": "lms"}, {}, "a.x is no longer settled by lms alone (authority)."),
        ],
    )
    def test_a_changed_authority_is_told_by_fact_and_source(self, program, old, new, sentence):
        """A source that says something unwelcome is set aside with one line."""
        assert program({"authority": old}, {"authority": new}) == [sentence]

    def test_what_else_changed_is_named_by_its_key(self, program):
        """Readers look there, and nowhere else."""
        old = {"authority": {"a.x": "lms"}, "bindings": [{"id": "b", "where": "x:1:1"}], "allow": []}
        new = {"authority": {}, "bindings": [{"id": "c", "where": "x:1:1"}], "allow": []}

        assert program(old, new) == [
            "a.x is no longer settled by lms alone (authority).",
            "The program file says something else under evidence.",
        ]

    def test_a_line_that_only_moved_says_nothing_else(self, program):
        """A comment above the bindings moves all of them."""
        old, new = ({"bindings": [{"id": "b", "where": f"x:{line}:1"}]} for line in (1, 2))

        assert program(old, new) == ["The program file was edited but says the same."]

    def test_a_record_without_the_file_still_says_that_it_changed(self, program):
        """Logs of earlier versions are compared with new runs."""
        assert program(None, {"authority": {"a.x": "lms"}}) == ["The program file says something else."]


class TestPeople:
    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ({}, {"tenures": (KIRSCH,)}, "kirsch as customer.pmo_lead is new: without dates."),
            ({"tenures": (KIRSCH,)}, {}, "kirsch as customer.pmo_lead is gone: without dates."),
            (
                {"tenures": (KIRSCH,)},
                {"tenures": (KIRSCH.model_copy(update={"end": date(2027, 4, 1)}),)},
                "kirsch as customer.pmo_lead is now until 2027-04-01 and was without dates.",
            ),
            (
                {"delegations": ()},
                {"delegations": (LENT,)},
                "osei for kirsch as customer.pmo_lead (delegation) is new: from 2027-04-01 until 2027-04-09.",
            ),
            (
                {"delegations": (LENT,)},
                {"delegations": (LENT.model_copy(update={"end": date(2027, 5, 9)}),)},
                "osei for kirsch as customer.pmo_lead (delegation) is now from 2027-04-01 until 2027-05-09 and was "
                "from 2027-04-01 until 2027-04-09.",
            ),
            ({}, {"staff": (Staff(person="theo", name="T"),)}, "theo is new among the staff."),
            (
                {"organizations": (Organization(id="lab", name="L"),)},
                {},
                "lab is no longer among the organizations.",
            ),
            (
                {"tenures": (KIRSCH,)},
                {"tenures": (KIRSCH.model_copy(update={"distinct_from": ("a.kirsch",)}),)},
                "a.kirsch and kirsch are said to be two people now (distinct_from).",
            ),
        ],
    )
    def test_whose_seat_changed_is_told(self, people, old, new, sentence):
        """A signature counts or does not by this file."""
        assert people(old, new) == [sentence]

    def test_a_name_that_is_written_otherwise_moves_no_seat(self, people):
        """Names are not recorded; that something changed is."""
        told = people({"tenures": (KIRSCH,)}, {"tenures": (KIRSCH.model_copy(update={"name": "A. Kirsch"}),)})

        assert told == ["The people register has changed in names or purposes; who holds which seat is the same."]

    def test_no_name_and_no_purpose_is_recorded(self):
        """The log is kept for years; who looks at it needs ids and seats."""
        kept = Seats.of(PeopleRegister(tenures=(KIRSCH,), delegations=(LENT,))).canonical().decode()

        assert "Kirsch" not in kept
        assert "leave" not in kept


def binding(name: str = "interfaces", **settings: object) -> dict[str, object]:
    return {"id": name, "settings": settings, "where": "gonogo.yaml:7:3"}


def table(measure: dict[str, object] | None, header: str = "Result", **more: object) -> dict[str, object]:
    columns = {"result": {"type": "text", "header": header}}
    settings = {"tables": {"tests": {"columns": columns}}, "facts": {"ratio": measure} if measure else {}}
    return {"id": "interfaces", "plugin": "table", "prefix": "ifs", "settings": settings, **more}


class TestSettings:
    def test_a_condition_that_was_changed_is_told_in_words_with_both_readings(self, made):
        """What is counted is something else, and the number beside it looks like progress."""
        old, new = (
            {"bindings": [table({"share": {"where": f"result in {words}"}})]}
            for words in ('["Passed"]', '["Passed", "Blocked"]')
        )
        before = replace(made.of(), program_file=old)
        after = replace(made.of(started={"program_sha256": "9" * 64}), program_file=new)

        told = [each for each in compare(before, after).notices if each.kind is NoticeKind.COUNTING]

        assert [(each.subject, each.sentence) for each in told] == [
            (
                "ifs.ratio",
                "interfaces: ifs.ratio is counted otherwise now: it counts rows whose 'Result' is \"Passed\" or "
                '"Blocked", as a share of all rows; before, it counts rows whose \'Result\' is "Passed", as a '
                "share of all rows.",
            )
        ]

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            (None, {"count": {}}, "interfaces: it gives ifs.ratio now, and counts all rows."),
            ({"count": {}}, None, "interfaces: it no longer gives ifs.ratio."),
            (
                {"sql": "SELECT 1", "inputs": ["tests"]},
                {"sql": "SELECT 2", "inputs": ["tests"]},
                "interfaces: ifs.ratio is counted otherwise now: the query that the program wrote is another one.",
            ),
            (
                {"count": {}, "unit": "a"},
                {"count": {}, "unit": "b"},
                "interfaces: ifs.ratio is counted otherwise now: the program says something else about its unit.",
            ),
            (
                {"sql": "SELECT 1", "inputs": ["tests"]},
                {"max": {"of": "result"}},
                "interfaces: ifs.ratio is counted otherwise now: it is the largest of 'Result' over all rows; before, "
                "it is made by a query that the program wrote.",
            ),
        ],
    )
    def test_no_query_and_no_setting_is_written_out(self, program, old, new, sentence):
        """A manager reads the list of changes."""
        assert program({"bindings": [table(old)]}, {"bindings": [table(new)]})[0] == sentence

    def test_what_a_column_about_people_is_set_to_is_not_shown(self, program):
        """The list of its words is a list of people."""
        old, new = table({"count": {}}, "Assigned To"), table({"count": {}}, "Assigned To")
        new["settings"]["tables"]["tests"]["columns"]["result"]["allowed"] = ["Jo Doe"]

        told = program({"bindings": [old]}, {"bindings": [new]})

        assert told[0] == (
            "interfaces: the program says something else about the column 'Assigned To' (allowed): it was changed, and "
            "what it says is not shown, because it is about people."
        )

    def test_one_that_is_new_or_gone_is_named(self, program):
        """Whether rows are left out at all is no detail."""
        old = {"bindings": [binding(among="a", lists=["a", "b"], deep={"x": 1})]}
        new = {"bindings": [binding(lists=[str(n) for n in range(6)], deep={}, stale_days=9, hidden=True)]}

        assert program(old, new)[:-1] == [
            'interfaces: the program says something else about among: it is not said, and was "a".',
            'interfaces: the program says something else about lists: it is "0", "1", "2", "3" and 2 more, and was '
            '"a" and "b".',
            "interfaces: the program says something else about deep x: it is not said, and was 1.",
            "interfaces: the program says something else about stale days: it is 9, and was not said.",
            "interfaces: the program says something else about hidden: it is yes, and was not said.",
        ]

    @pytest.mark.parametrize(
        ("count", "more"), [(4, []), (5, []), (6, ["1 more setting is"]), (7, ["2 more settings are"])]
    )
    def test_five_are_told_one_by_one(self, program, count, more):
        """A source whose settings were written anew would fill a page."""
        new = {"bindings": [binding(**{f"k{number}": number for number in range(count)})]}

        *told, last = program({"bindings": [binding()]}, new)

        assert len(told) == min(count, 5) + len(more)
        assert [one for one in more if one in told[-1]] == more
        assert last == "The program file says something else under evidence."

    def test_a_line_above_and_a_source_that_is_new_change_no_setting(self, program):
        """A new place in the file is no news, and a new source has no earlier count."""
        old = {"bindings": [binding(stale_days=9)]}
        moved = {"bindings": [{**binding(stale_days=9), "where": "gonogo.yaml:9:3"}]}

        assert program(old, moved) == ["The program file was edited but says the same."]
        more = {"bindings": [binding(stale_days=9), binding("plan", stale_days=8)]}
        assert program(old, more) == ["The program file says something else under evidence."]
