"""The workbook: what it asks, how it helps, and that equal input gives equal bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples
from tests.workbook.conftest import book_in

from gonogo.errors import ConfigurationError, UsageError
from gonogo.model.program import ProgramIdentity
from gonogo.workbook.making import make_workbook
from gonogo.workbook.questions import fresh_from

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
BINDING = """\
evidence:
  - id: stated
    collector: attestation
    path: evidence.xlsx
    side: customer
    producer: NIWA{subject}
"""


def book_of(data: bytes):
    return book_in(data)


def rules_at(sheet, cell):
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


class TestAsks:
    def test_one_row_for_each_fact_that_is_due_in_the_order_of_the_criteria(self, stated):
        """What is not due yet is not asked yet."""
        sheet = book_of(stated.made.data)["Evidence"]

        assert [cell.value for cell in sheet["A"]][1:] == [
            "cutover.approved",
            "cutover.rehearsals",
            "tests.covered_ratio",
            "tests.cost",
            "tests.hours_per_case",
            "survey.state",
            "ato.expires",
            "ato.letter",
        ]
        assert stated.made.asked == 8

    @pytest.mark.parametrize(
        ("subject", "asked"),
        [("", False), ("{release: R1}", False), ("{build: b1}", True)],
    )
    def test_a_fact_about_one_build_is_asked_only_if_the_binding_names_the_build(self, stated, subject, asked):
        """A row names none: whatever a person typed there would count for nothing, and nobody would see why."""
        facts = stated.root / "rules/facts.yaml"
        facts.write_text(facts.read_text().replace("name: tests.cost,", "name: tests.cost, bound: build,"))
        with (stated.root / "gonogo.yaml").open("a") as program:
            program.write(BINDING.format(subject=f"\n    subject: {subject}" if subject else ""))

        made = make_workbook(stated.root, output=stated.file, as_of=NOW)

        assert ("tests.cost" in [cell.value for cell in book_of(made.data)["Evidence"]["A"]]) is asked
        assert made.asked == 7 + asked
        assert any("one build only: tests.cost." in remark for remark in made.remarks) is not asked

    def test_from_its_milestone_on_a_fact_is_asked(self, stated):
        """T-7 is the 26th of April."""
        made = make_workbook(stated.root, output=stated.file, as_of=NOW + timedelta(days=7))

        assert book_of(made.data)["Evidence"]["A10"].value == "desk.open_posts"

    def test_a_row_says_what_why_by_whom_and_how_old(self, stated):
        """A person who fills it in needs no other document."""
        sheet = book_of(stated.made.data)["Evidence"]
        row = {sheet.cell(1, n).value: sheet.cell(3, n).value for n in range(1, 20)}

        assert row["Question"] == "How many?"
        assert (row["Answer as"], row["Unit"], row["Allowed"]) == ("a whole number", "rehearsals", "0 to 50")
        assert row["Serves"] == (
            "The cutover plan is approved (program.cutover.approved); People were asked (workforce.survey.state)"
        )
        assert row["Why we ask"] == "Nobody should learn of the cutover from the outage. Silence is not agreement."
        assert row["Who may state it"] == (
            "the customer's executive sponsor: Ada Kirsch and Bo Lind; the customer's functional lead: Tom Reyes"
        )

    def test_the_strictest_age_decides_by_when_it_must_be_dated(self, stated):
        """The decision is at T-7, the 26th; the survey's answers live 12 hours, the tests' 7 days."""
        sheet = book_of(stated.made.data)["Evidence"]

        assert (sheet["R3"].value, sheet["S3"].value) == ("2027-04-26 12:00:00", "2027-05-03")
        assert (sheet["R5"].value, sheet["S5"].value) == ("2027-04-20", "2027-04-27")

    def test_another_day_of_the_decision_may_be_said(self, stated):
        """The meeting is when it is."""
        made = make_workbook(stated.root, output=stated.file, as_of=NOW, decision=date(2027, 4, 22))

        assert book_of(made.data)["Evidence"]["R5"].value == "2027-04-16"

    def test_what_a_collector_answers_is_not_asked(self, stated):
        """Nobody types what a system knows."""
        binding = """\
evidence:
  - id: tests
    collector: table
    as: tests
    path: tests.csv
    as_of: {at: 2027-04-18, by: Ada Kirsch}
    side: provider
    producer: Test team
    settings:
      tables: {cases: {columns: {case: {type: id}, covered: {type: boolean}}, unique: [case]}}
      facts: {covered_ratio: {share: {where: covered}}}
"""
        program = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
        (stated.root / "gonogo.yaml").write_text(program + binding, encoding="utf-8")

        made = make_workbook(stated.root, output=stated.file, as_of=NOW)

        facts = [cell.value for cell in book_of(made.data)["Evidence"]["A"]]
        assert "tests.covered_ratio" not in facts
        assert "tests.cost" in facts

    def test_a_statement_in_yaml_counts_only_for_what_it_states(self, stated):
        """`gonogo init` binds every open fact to an empty file; the workbook still asks, and says that both owe."""
        binding = """\
evidence:
  - id: said
    collector: attestation
    path: said.yaml
    side: customer
    producer: Program office
    settings: {facts: {cutover.approved: boolean, tests.cost: money USD}}
"""
        said = "schema: 1\nattestations:\n  - {fact: cutover.approved, value: true, person: ada.kirsch,\n"
        said += "     role: customer.executive_sponsor, on: 2027-04-12}\n"
        (stated.root / "said.yaml").write_text(said, encoding="utf-8")
        program = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
        (stated.root / "gonogo.yaml").write_text(program + binding, encoding="utf-8")

        made = make_workbook(stated.root, output=stated.file, as_of=NOW)

        facts = [cell.value for cell in book_of(made.data)["Evidence"]["A"]]
        assert "cutover.approved" not in facts
        assert "tests.cost" in facts
        assert made.remarks[0].startswith("The binding 'said' owes 1 of these facts too")

    def test_a_binding_with_wrong_settings_is_told_as_a_run_would(self, stated):
        """A form made from half a program asks the wrong things."""
        program = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
        wrong = "evidence: [{id: x, collector: attestation, path: a.yaml, side: customer, producer: A, settings: {}}]\n"
        (stated.root / "gonogo.yaml").write_text(program + wrong, encoding="utf-8")

        with pytest.raises(ConfigurationError, match=r"settings\.facts"):
            make_workbook(stated.root, output=stated.file, as_of=NOW)

    def test_a_release_must_be_known(self, stated):
        """A workbook is for one release."""
        with pytest.raises(UsageError, match="no release 'R9'"):
            make_workbook(stated.root, output=stated.file, release="R9", as_of=NOW)


class TestHelps:
    def test_drop_downs_offer_what_is_allowed(self, stated):
        """yes and no, the vocabulary's list, the people of the register."""
        book = book_of(stated.made.data)
        sheet, lists = book["Evidence"], book["lists"]

        def offered(cell):
            rule = next(rule for rule in rules_at(sheet, cell) if rule.type == "list")
            if rule.formula1.startswith('"'):
                return rule.formula1.strip('"').split(",")
            return [cell.value for (cell,) in lists[rule.formula1.partition("!")[2].replace("$", "")]]

        assert offered("F2") == ["yes", "no"]
        assert offered("F7") == ["open", "closed", "late"]
        assert offered("I2") == ["ada.kirsch", "bo.lind", "ines.calloway", "tom.reyes"]
        assert "authorizing_official" in offered("J2")
        assert offered("K2") == ["customer", "provider", "independent"]

    def test_numbers_and_dates_are_bounded_where_they_are_typed(self, stated):
        """The spreadsheet program complains before gonogo does."""
        sheet = book_of(stated.made.data)["Evidence"]
        (count,), (share,), (held,) = (rules_at(sheet, cell) for cell in ("F3", "F4", "G3"))

        assert (count.type, count.formula1, count.formula2) == ("whole", "0", "50")
        assert (share.type, share.formula1, share.formula2) == ("decimal", "0", "1")
        assert held.type == "date"
        assert "93.2%" in share.error

    def test_no_rule_stops_what_the_reader_takes(self, stated):
        """`Yes`, a title, a name and a day in words are right answers; a rule that stops them says they are not."""
        rules = [
            (sheet.title, rule)
            for sheet in book_of(stated.made.data).worksheets
            for rule in sheet.data_validations.dataValidation
        ]

        assert {rule.type for _, rule in rules} >= {"list", "whole", "decimal", "date"}
        assert [(title, str(rule.sqref)) for title, rule in rules if rule.errorStyle != "warning"] == []

    def test_cells_to_fill_in_are_open_and_everything_else_is_locked(self, stated):
        """A slip of the pen does not change the question."""
        sheet = book_of(stated.made.data)["Evidence"]

        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert [n for n in range(1, 20) if not sheet.cell(3, n).protection.locked] == list(range(6, 15))
        assert all(sheet.cell(1, n).protection.locked for n in range(1, 20))

    def test_it_can_be_read_and_printed(self, stated):
        """Frozen and repeated header, one page wide, the marking on every page, no merged cell."""
        book = book_of(stated.made.data)

        for sheet in book.worksheets[1:7]:
            assert sheet.freeze_panes == "B2"
            assert sheet.print_title_rows in ("1:1", "$1:$1")
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToHeight == 0
            assert sheet.oddHeader.left.text == sheet.oddFooter.left.text == "CUI (procurement)"
            assert not sheet.merged_cells.ranges
            assert all(8 < dimension.width <= 61 for dimension in sheet.column_dimensions.values())
        assert book["Read me"]["A1"].value == "CUI (procurement)"
        assert book.active.title == "Read me"

    def test_the_marking_of_the_workbook_is_hidden_from_the_eye_not_from_the_reader(self, stated):
        """It says whose it is, wherever it is copied to."""
        book = book_of(stated.made.data)

        assert book["gonogo"].sheet_state == "veryHidden"
        assert book["lists"].sheet_state == "hidden"
        assert (book["gonogo"]["B2"].value, book["gonogo"]["B3"].value) == ("statements", "R1")

    def test_text_that_looks_like_a_formula_stays_text(self, program_folder):
        """A name from elsewhere must not become a formula in somebody's spreadsheet program."""
        people = "schema: 1\npeople:\n  - {role: customer.executive_sponsor, person: a, name: '=HYPERLINK(1)'}\n"
        root = program_folder(people=people)

        made = make_workbook(root, output=root / "evidence.xlsx", as_of=NOW)

        cell = book_of(made.data)["People"]["D2"]
        assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")


class TestBytes:
    def test_equal_input_gives_equal_bytes(self, stated):
        """A workbook that is made twice on one day can be compared."""
        again = make_workbook(stated.root, output=stated.file, as_of=NOW + timedelta(hours=2))

        assert again.data == stated.made.data

    def test_answers_of_an_earlier_workbook_are_taken_over(self, stated):
        """The form is made anew when more falls due; what people said stays said."""
        later = NOW + timedelta(days=7)

        made = make_workbook(stated.root, output=stated.file, as_of=later, answers=stated.filled())

        sheet = book_of(made.data)["Evidence"]
        assert (made.asked, made.kept) == (9, 8)
        assert (sheet["F3"].value, sheet["I3"].value, sheet["F10"].value) == (3, "ada.kirsch", None)
        assert sheet["F4"].value == pytest.approx(0.932)
        assert "%" in sheet["F4"].number_format

    def test_a_changed_earlier_workbook_is_not_taken_over(self, stated):
        """An answer must not land at another question."""
        moved = stated.filled(change=lambda book: book["Evidence"].insert_rows(3))

        with pytest.raises(UsageError, match="cannot be taken over"):
            make_workbook(stated.root, output=stated.file, as_of=NOW, answers=moved)

    def test_answers_to_another_question_or_of_another_program_are_left_behind(self, stated):
        """A yes to the old words is no yes to the new ones."""
        rules = stated.root / "rules" / "facts.yaml"
        rules.write_text(
            rules.read_text(encoding="utf-8").replace("Is the plan approved?", "Have both sponsors approved the plan?"),
            encoding="utf-8",
        )

        made = make_workbook(stated.root, output=stated.file, as_of=NOW, answers=stated.filled())

        assert made.kept == 7
        assert book_of(made.data)["Evidence"]["F2"].value is None
        other = stated.filled(change=lambda book: book["gonogo"].__setitem__("B2", "other"))
        with pytest.raises(UsageError, match="it is of the program 'other'"):
            make_workbook(stated.root, output=stated.file, as_of=NOW, answers=other)


class TestFreshFrom:
    IDENTITY = ProgramIdentity(id="p", customer="A", provider="B", time_zone="America/New_York")

    @given(
        st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-01-01")),
        st.integers(1, 400).map(lambda hours: hours * 3600),
    )
    @settings(max_examples=examples(200), deadline=None)
    def test_the_day_is_fresh_at_the_moment_and_the_day_before_is_not(self, moment, age):
        """An answer with this date is in time; one dated a day earlier is not."""
        moment = moment.replace(microsecond=0, tzinfo=UTC)
        text = fresh_from(moment, age, self.IDENTITY)

        if len(text) == 10:
            day = date.fromisoformat(text)
            assert (moment - self.IDENTITY.day_start(day)).total_seconds() < age
            assert (moment - self.IDENTITY.day_start(day - timedelta(days=1))).total_seconds() >= age
        else:
            first = datetime.fromisoformat(text).replace(tzinfo=self.IDENTITY.zone)
            assert moment - timedelta(days=2) < first <= moment
