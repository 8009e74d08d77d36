"""What ``map`` proposes: never a condition that proves the opposite, a day that dates nothing, or a person's name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gonogo.first_week.conditions import condition_for
from gonogo.first_week.dating import dating, why_never
from gonogo.first_week.good_words import WordSubject, good_in, height_of, open_in, reaching
from gonogo.first_week.grades import NO_SCALE
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.mapping_text import mapping_text
from gonogo.first_week.suggestions import suggest
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.ruleset.loader import LoadedRuleset


def mapped(folder: Path, text: str, name: str = "t.csv") -> TableMapping:
    path = folder / name
    path.write_bytes(text.encode())
    return map_file(path)


def measured(mapping: TableMapping, name: str, kind: FactType, unit: str = "") -> str:
    fact = FactDeclaration(name=name, type=kind, unit=unit, meaning="A fact of the table.", question="What?")
    return suggest(mapping, Vocabulary(facts=(fact,)))[0].measure


class TestConditions:
    @pytest.mark.parametrize(
        "word", ["In test", "No Run", "39 of 40 approved", "Not passed", "Partly passed", "Passed?"]
    )
    def test_a_word_that_no_list_knows_is_never_proposed(self, tmp_path: Path, word: str) -> None:
        """`e2e == "In test"` would count what is not tested yet as passed."""
        rows = "".join(f"I{n},{(word, 'Blocked')[n % 2]}\n" for n in range(8))

        measure = measured(
            mapped(tmp_path, f"interface,e2e test\n{rows}"), "interfaces.e2e_passed_ratio", FactType.RATIO
        )

        assert measure == "{share: {where: 'e2e_test == \"FILL IN\"'}}"

    @pytest.mark.parametrize("heading", ["Approved but blocked", "Excluded from approved", "Approved, withdrawn"])
    def test_a_mark_that_stands_against_it_is_never_proposed(self, tmp_path: Path, heading: str) -> None:
        """`approved_but_blocked == true` would count what is held back as approved."""
        rows = "".join(f"P{n},{('true', 'false')[n % 2]}\n" for n in range(8))
        fact = FactDeclaration(name="sop.approved_ratio", type=FactType.RATIO, meaning="A fact.", question="What?")

        def proposed(name: str) -> str:
            found = suggest(mapped(tmp_path, f'procedure,"{name}"\n{rows}'), Vocabulary(facts=(fact,)))
            return " ".join(each.measure for each in found)

        assert "== true" not in proposed(heading)
        assert "approved == true" in proposed("Approved")

    def test_the_words_that_stand_there_are_told_where_a_person_must_choose(self, tmp_path: Path) -> None:
        """FILL IN alone sends people back to the file."""
        mapping = mapped(
            tmp_path, "case,run status\n" + "".join(f"C{n},{('No Run', 'Failed')[n % 2]}\n" for n in range(8))
        )
        fact = FactDeclaration(name="sit.run_ratio", type=FactType.RATIO, meaning="Runs.", question="What?")

        (found,) = suggest(mapping, Vocabulary(facts=(fact,)))

        assert found.ask == "run status holds Failed, No Run: which of them count?"

    def test_high_risks_include_what_stands_above_high_and_only_open_ones(self, tmp_path: Path) -> None:
        """Two critical risks left out, and a closed one counted, is a number that looks right."""
        rows = (
            "R-1,Critical,Open\nR-2,High,Open\nR-3,Medium,Open\nR-4,High,Closed\nR-5,Very High,Open\nR-6,Medium,Open\n"
        )
        mapping = mapped(tmp_path, "Risk ID,Risk Level,Status\n" + rows + rows.replace("R-", "S-"))

        measure = measured(mapping, "raid.high_risks_open", FactType.INTEGER, "risks")

        where = 'risk_level in ["Critical", "High", "Very High"] and status == "Open"'
        assert measure == f"{{count: {{where: '{where}'}}, unit: risks}}"

    def test_what_a_person_must_choose_takes_nothing_from_what_is_known(self, tmp_path: Path) -> None:
        """A proposal without the state counts what was closed years ago, and people paste it."""
        rows = "".join(f"R{n},{('P1', 'P2')[n % 2]},{('Open', 'Done')[n % 2]}\n" for n in range(8))
        mapping = mapped(tmp_path, "Issue,High Priority,Status\n" + rows)

        measure = measured(mapping, "raid.high_issues_open", FactType.INTEGER, "issues")

        assert measure == '{count: {where: \'high_priority == "FILL IN" and status == "Open"\'}, unit: issues}'

    def test_what_no_column_says_is_left_open_beside_what_is_known(self, tmp_path: Path) -> None:
        """Without the last FILL IN every open issue would count as one without a plan."""
        rows = "".join(f"R{n},{('High', 'Low')[n % 2]},{('Open', 'Done')[n % 2]}\n" for n in range(8))
        mapping = mapped(tmp_path, "Issue,Priority,Status\n" + rows)
        fact = FactDeclaration(
            name="raid.high_issues_unplanned", type=FactType.INTEGER, unit="issues", meaning="Issues.", question="How?"
        )

        (found,) = suggest(mapping, Vocabulary(facts=(fact,)))

        assert found.measure == (
            '{count: {where: \'priority == "High" and status == "Open" and FILL IN\'}, unit: issues}'
        )
        assert found.ask.endswith("the fact asks more of a row than that: unplanned")

    def test_without_a_column_of_states_nobody_says_which_are_open(self, tmp_path: Path) -> None:
        """A register of five years holds more closed risks than open ones."""
        mapping = mapped(
            tmp_path, "Risk ID,Risk Level\n" + "".join(f"R{n},{('High', 'Low')[n % 2]}\n" for n in range(8))
        )

        measure = measured(mapping, "raid.high_risks_open", FactType.INTEGER, "risks")

        assert measure == "{count: {where: 'risk_level == \"High\" and FILL IN'}, unit: risks}"

    def test_a_severity_of_no_list_is_left_to_a_person(self, tmp_path: Path) -> None:
        """Nobody knows from a file whether P1 or P5 is the worst."""
        mapping = mapped(tmp_path, "Risk ID,High Risk Level\n" + "".join(f"R{n},P{n % 3}\n" for n in range(9)))

        assert "FILL IN" in measured(mapping, "raid.high_risks_open", FactType.INTEGER, "risks")

    @pytest.mark.parametrize(
        ("meaning", "columns", "where", "asked"),
        [
            ("Open defects of high severity.", "Severity", 'severity == "High" and status == "Open"', ""),
            ("Open defects of high severity.", "Severity,Priority", 'severity == "High" and status == "Open"', ""),
            ("Open defects of priority High.", "Severity,Priority", 'priority == "High" and status == "Open"', ""),
            (
                "Open defects of high severity.",
                "Priority",
                'FILL IN and status == "Open"',
                "the fact goes by severity, and the rows have Priority, which is another thing",
            ),
            (
                "Open defects of high severity.",
                "Impact,Priority",
                'FILL IN and status == "Open"',
                "the rows have Impact and Priority, which are other things",
            ),
            (
                "Open defects.",
                "Severity,Priority",
                'FILL IN and status == "Open"',
                "Severity and Priority grade the rows, each in its own way",
            ),
            ("Open defects.", "Priority", 'priority == "High" and status == "Open"', ""),
            ("Open defects.", "Level", 'level == "High" and status == "Open"', ""),
            ("Open defects of high severity.", "Level", 'level == "High" and status == "Open"', ""),
        ],
    )
    def test_severity_and_priority_are_different_things(
        self, tmp_path: Path, meaning: str, columns: str, where: str, asked: str
    ) -> None:
        """A defect of low severity is often fixed first; counted as severe, it is a number that looks right."""
        grades = columns.count(",") + 1
        rows = "".join(
            f"D-{n},{','.join([('High', 'Low')[n % 2]] * grades)},{('Open', 'Done')[n % 2]}\n" for n in range(8)
        )
        mapping = mapped(tmp_path, f"Defect ID,{columns},Status\n{rows}")
        fact = FactDeclaration(
            name="defects.high_open", type=FactType.INTEGER, unit="defects", meaning=meaning, question="What?"
        )

        ranked = list(mapping.read.items())
        condition, ask = condition_for(fact, ranked, ranked)

        assert condition == where
        assert asked in ask
        assert bool(asked) is bool(ask)

    @pytest.mark.parametrize(
        ("column", "values", "where", "asked"),
        [
            ("Severity", "A|B|C|D|E|F|G|H", "FILL IN", "Severity grades the rows, and only a person knows the order"),
            ("Severity", "1|2|3|4|1|2|3|4", "FILL IN", "Severity grades the rows, and only a person knows the order"),
            (
                "Severity",
                "Severity 1|Severity 2|Severity 1|Severity 2",
                'severity == "FILL IN"',
                "Severity holds Severity 1, Severity 2",
            ),
            ("Severity", "Highest|High|Lowest", 'severity in ["High", "Highest"]', ""),
        ],
    )
    def test_a_column_that_grades_in_an_unknown_way_is_named(
        self, tmp_path: Path, column: str, values: str, where: str, asked: str
    ) -> None:
        """*No column says how grave a row is* sends people away from the one that does."""
        rows = "".join(f"D-{n},{value},{('Open', 'Done')[n % 2]}\n" for n, value in enumerate(values.split("|")))
        ranked = list(mapped(tmp_path, f"Defect ID,{column},Status\n{rows}").read.items())
        fact = FactDeclaration(
            name="defects.high_open", type=FactType.INTEGER, unit="defects", meaning="Of high severity.", question="?"
        )

        condition, ask = condition_for(fact, ranked, ranked)

        assert condition.startswith(f"{where} and ")
        assert asked in ask

    @pytest.mark.parametrize("name", ["p1_open", "open_ones"])
    def test_a_fact_of_one_priority_never_counts_every_open_row(self, tmp_path: Path, name: str) -> None:
        """*Open incidents of the top priority* are not all that are open."""
        rows = "".join(f"I-{n},{('P1', 'P2')[n % 2]},{('Open', 'Done')[n % 2]}\n" for n in range(8))
        ranked = list(mapped(tmp_path, f"Incident ID,Priority,Status\n{rows}").read.items())
        fact = FactDeclaration(
            name=f"incidents.{name}",
            type=FactType.INTEGER,
            unit="incidents",
            meaning="Of the top priority.",
            question="?",
        )

        condition, ask = condition_for(fact, ranked, ranked)

        assert condition == 'priority == "FILL IN" and status == "Open"'
        assert ask == "Priority holds P1, P2: which of them count?"

    def test_a_column_of_states_with_a_word_for_each_row_is_named(self, tmp_path: Path) -> None:
        """Three rows with three words of an agency's own have a state all the same."""
        text = "Defect ID,Severity,Status\nD-1,High,Parked up\nD-2,Low,Sent back\nD-3,High,All good\n"
        ranked = list(mapped(tmp_path, text).read.items())
        fact = FactDeclaration(
            name="defects.high_open", type=FactType.INTEGER, unit="defects", meaning="Of high severity.", question="?"
        )

        condition, ask = condition_for(fact, ranked, ranked)

        assert condition == 'severity == "High" and FILL IN'
        assert ask == "Status says how each row stands: which of its words are open?"

    def test_a_register_without_a_grade_never_counts_every_open_row_as_critical(self, tmp_path: Path) -> None:
        """The condition without a grade counts all that is open."""
        rows = "".join(f"I-{n},{('Open', 'Done')[n % 2]}\n" for n in range(8))
        ranked = list(mapped(tmp_path, f"Issue ID,Status\n{rows}").read.items())

        fact = FactDeclaration(
            name="raid.critical_issues_open", type=FactType.INTEGER, unit="issues", meaning="Issues.", question="What?"
        )

        assert condition_for(fact, ranked, ranked) == ('FILL IN and status == "Open"', NO_SCALE)

    @pytest.mark.parametrize(
        ("word", "height"),
        [
            *(("Critical", 4), ("1 - Critical", 4), ("P2: High", 3), ("(3) Moderate", 2), ("Major (2)", 3)),
            *(("1", None), ("P1", None), ("Sev 1", None), ("High priority", None), ("", None)),
        ],
    )
    def test_a_grade_is_read_with_its_number_beside_it(self, word: str, height: int | None) -> None:
        """Service desks write *1 - Critical*; a bare number may count from either end."""
        assert height_of(word) == height

    def test_good_words_count_as_a_whole_and_in_their_domain(self) -> None:
        """An approval is no passed test."""
        assert good_in(["Passed", "PASS", "Approved", "Passed with notes"], WordSubject.TEST) == ["Passed", "PASS"]
        assert open_in(["Open", "Closed", "In Progress"]) == ["Open", "In Progress"]
        assert open_in(["Open", "Triage"]) is None
        assert reaching(["Low", "High", "Extreme"], 3) == ["High", "Extreme"]
        assert reaching(["Low", "Sev 1"], 3) is None


class TestDays:
    @pytest.mark.parametrize(
        "heading",
        [
            "Due Date",
            "Planned start",
            "Target Date",
            "Forecast finish",
            "Expires on",
            "Date of birth",
            "DOB",
            "Hire date",
            "Review Date",
        ],
    )
    def test_a_day_to_come_or_of_a_life_dates_no_evidence(self, heading: str) -> None:
        """Evidence dated by its due date is never stale; by a birthday it is fifty years old."""
        assert why_never(heading)

    @pytest.mark.parametrize("heading", ["Last updated", "Executed on", "Status date", "Actual finish", "Tried on"])
    def test_the_day_of_what_was_done_may(self, heading: str) -> None:
        """Otherwise no column ever could."""
        assert why_never(heading) == ""

    @pytest.mark.parametrize(
        "heading", ["Created", "Original Detection Date", "Date Raised", "Opened", "Date Identified", "Found on"]
    )
    def test_the_day_on_which_an_item_began_dates_no_export(self, heading: str) -> None:
        """A weakness that was detected in November is open in April; the day says nothing about the list."""
        assert why_never(heading) == "it says when each item began, not how it stood when the file was made"

    def test_the_exports_own_day_goes_before_changes_and_those_before_results(self, tmp_path: Path) -> None:
        """The first one is what people paste."""
        day = "2026-03-01,2026-03-02,2026-03-03,2026-03-04"
        mapping = mapped(tmp_path, f"id,tried on,updated,created,export date\n1,{day}\n2,{day}\n")

        assert dating(mapping).may == ["export_date", "updated", "tried_on"]

    @pytest.mark.parametrize(("heading", "own"), [("tried on", True), ("updated", False), ("status date", False)])
    def test_a_day_of_single_results_is_called_so(self, tmp_path: Path, heading: str, own: bool) -> None:
        """It dates a row; that it dates all of them is somebody's decision."""
        text = mapping_text(mapped(tmp_path, f"id,{heading}\n1,2026-03-01\n2,2026-03-02\n"))

        assert ("It says when a row's own result held" in text) is own

    def test_days_decades_apart_days_to_come_and_a_persons_column_are_told(self, tmp_path: Path) -> None:
        """Headings do not say it all."""
        rows = "1,1963-02-11,2031-03-01,2027-01-02,2027-01-01\n2,1989-02-11,2027-01-01,2027-01-03,2027-01-02\n"
        mapping = mapped(tmp_path, "id,seen,noted,person day,run on\n" + rows)

        found = dating(mapping, datetime(2027, 4, 1, 12, tzinfo=UTC))

        assert found.may == ["run_on"]
        assert "decades apart" in found.never["seen"]
        assert "still to come" in found.never["noted"]
        assert "about a person" in found.never["person_day"]

    @pytest.mark.parametrize(
        ("cell", "zone", "may"),
        [
            ("2027-04-01", "America/New_York", False),
            ("2027-03-31", "America/New_York", True),
            ("2027-04-01", "Europe/Berlin", True),
            ("2027-04-01 01:59:59", "UTC", True),
            ("2027-04-01 02:00:00", "UTC", True),
            ("2027-04-01 02:00:01", "UTC", False),
            ("2027-04-01T02:00:01Z", "Europe/Berlin", False),
        ],
    )
    def test_what_the_collector_would_call_the_future_dates_nothing(
        self, tmp_path: Path, cell: str, zone: str, may: bool
    ) -> None:
        """It is 2 o'clock in UTC on the first of April, and still March in New York: the collector refuses that day."""
        mapping = mapped(tmp_path, f"id,run on\n1,{cell}\n2,{cell.replace('2027', '2026')}\n")

        assert bool(dating(mapping, datetime(2027, 4, 1, 2, tzinfo=UTC).astimezone(ZoneInfo(zone))).may) is may


class TestHeaders:
    def test_headings_that_a_list_repeats_leave_the_first_row_the_header(self, tmp_path: Path) -> None:
        """Jira repeats a column for each label; the first issue is no header, and its words are nobody's to print."""
        text = "Issue key,Summary,Status,Label,Label,Label,Label\nP-1,call ann@example.gov,Done,a,b,c,d\n"
        text += "P-2,x,Open,e,f,g,h\n"
        mapping = mapped(tmp_path, text)

        assert list(mapping.columns) == ["issue_key", "summary", "status"]
        assert len(mapping.grid.rows) == 2
        assert "ann@" not in mapping_text(mapping)

    def test_a_first_record_of_texts_is_no_header_below_headings_with_years(self, tmp_path: Path) -> None:
        """Years are headings too."""
        assert mapped(tmp_path, "Item,Kind,2026\nfoo,a,b\nbar,c,d\n").grid.headings == ("Item", "Kind", "2026")

    def test_headings_that_stand_again_are_no_values_and_stop_the_reading(self, tmp_path: Path) -> None:
        """Work boards repeat them under the title of each group."""
        text = "Group,Item,Status\nCutover,,\n,Item,Status\n,Freeze,Done\n,Tell,Done\n"
        text += "Support,,\n,Item,Status\n,Open it,Open\n"
        mapping = mapped(tmp_path, text)

        told = "\n".join(map(str, mapping.notes))
        assert len(mapping.grid.rows) == 3
        assert mapping.stopped
        assert mapping.kinds == {"repeated_heading": "left_out", "group_title": "left_out"}
        assert "row 3, 7: the header is repeated there" in told
        assert "row 2, 6: 2 rows with one cell alone" in told
        assert "Status" not in mapping.columns["status"].values

    def test_titles_below_a_blank_row_are_those_above_headings(self, tmp_path: Path) -> None:
        """Right below an item a row with one text could be an item; below a blank row it is none."""
        text = "Group,Item,Status\nCutover,,\n,Item,Status\n,Freeze,Done\n,Tell,Done\n,,\n"
        mapping = mapped(tmp_path, text + "Support,,\n,Item,Status\n,Open it,Open\n")

        assert mapping.kinds == {"repeated_heading": "left_out", "group_title": "above_headings"}

    @pytest.mark.parametrize("heading", ["No", "and", "In", "now", "true", "Yes", "is", "none"])
    def test_a_heading_that_is_a_word_of_the_language_becomes_a_name(self, tmp_path: Path, heading: str) -> None:
        """A fact over `no` would be refused."""
        assert next(iter(mapped(tmp_path, f"{heading},state\n1,a\n2,b\n").columns)) == f"column_{heading.lower()}"


class TestTotals:
    @pytest.mark.parametrize("word", ["summary1", "Totally new", "sum of parts"])
    def test_a_text_that_begins_like_one_is_no_row_of_totals(self, tmp_path: Path, word: str) -> None:
        """Nobody listens to false alarms."""
        mapping = mapped(tmp_path, f"title,state\nreport,open\n{word},done\n")

        assert not mapping.notes
        assert len(mapping.grid.rows) == 2

    @pytest.mark.parametrize("word", ["39 of 40 approved", "Total: 12", "Count = 40"])
    def test_a_row_that_sums_up_is_asked_about(self, tmp_path: Path, word: str) -> None:
        """The collector would count it as an item, and does not."""
        assert mapped(tmp_path, f"title,state\nreport,open\n{word},done\n").stopped

    def test_a_last_row_of_totals_becomes_a_footer_that_is_checked(self, tmp_path: Path) -> None:
        """It is no item, and its number proves that nothing was cut off."""
        mapping = mapped(tmp_path, "who,n\na,1\nb,2\nTotal,3\n")

        assert mapping.footer == ("Total", "{n}")
        assert len(mapping.grid.rows) == 2

    def test_a_row_of_totals_between_rows_stops_the_reading(self, tmp_path: Path) -> None:
        """The collector refuses it, so the settings must not look as if they could be pasted."""
        mapping = mapped(tmp_path, "who,n\na,1\nSubtotal,1\nb,2\n")

        assert mapping.stopped
        assert any("a row of totals between the rows" in str(note) for note in mapping.notes)


class TestLineEnds:
    def test_line_breaks_inside_quotes_are_text(self, tmp_path: Path) -> None:
        """Every ticket export has them."""
        mapping = mapped(tmp_path, 'id,note\r\n1,"one\ntwo"\r\n2,"one\ntwo"\r\n')

        assert not mapping.notes
        assert mapping.grid.settings == {"line_breaks": True}

    def test_a_text_of_several_lines_is_no_category(self, tmp_path: Path) -> None:
        """No condition compares with a paragraph."""
        mapping = mapped(tmp_path, 'id,note\r\n1,"one\r\ntwo"\r\n2,"one\r\ntwo"\r\n')

        assert mapping.columns["note"].settings == {"type": "text"}


class TestColumnsThatAreLeftOut:
    def test_a_column_with_a_cell_that_does_not_fit_is_ignored_until_it_is_mended(self, tmp_path: Path) -> None:
        """The rest of the file can be read today."""
        mapping = mapped(tmp_path, "id,open\n" + "".join(f"K{n},{n}\n" for n in range(5)) + "K9,N/A\n")

        text = mapping_text(mapping)
        assert list(mapping.read) == ["id"]
        assert 'ignore: ["open"]' in text
        assert "# open: {type: integer}   # ignored until its cells above are fixed" in text


class TestMeanings:
    """A suggestion that is ready to paste proves what the fact means, or says FILL IN."""

    @pytest.mark.parametrize(
        ("name", "header", "words", "where"),
        [
            ("raid.complete_ratio", "Issue,Status", ("Open", "Closed"), "FILL IN"),
            (
                "cutover.precutover_due_done_ratio",
                "Step,Status",
                ("Done", "Not started"),
                'status == "Done" and FILL IN',
            ),
            ("reports.noncritical_validated_ratio", "Report,Validated", ("Yes", "No"), "validated == true and FILL IN"),
            ("comms.delivered_ratio", "Message,Status", ("Delivered", "Draft"), 'status == "Delivered" and FILL IN'),
            ("rtm.approved_ratio", "Requirement,Status", ("Approved", "Draft"), 'status == "Approved"'),
            ("sop.approved_ratio", "Procedure,Status", ("Approved", "Draft"), 'status == "Approved"'),
            ("interfaces.e2e_passed_ratio", "Interface,E2E result", ("Passed", "Failed"), 'e2e_result == "Passed"'),
        ],
    )
    def test_a_condition_is_whole_only_where_the_meaning_asks_no_more(
        self, tmp_path: Path, rules: LoadedRuleset, name: str, header: str, words: tuple[str, str], where: str
    ) -> None:
        """Closed items out of all items are no share of open items with an owner, and look like it."""
        rows = "".join(f"X-{n},{words[n % 2]}\n" for n in range(8))
        mapping = mapped(tmp_path, f"{header}\n{rows}")

        condition, ask = condition_for(rules.vocabulary[name], list(mapping.read.items()), list(mapping.read.items()))

        assert condition == where
        assert ("asks more of a row" in ask) is ("FILL IN" in where)

    def test_what_ran_is_asked_of_the_column_of_states(self, tmp_path: Path, rules: LoadedRuleset) -> None:
        """`test_set_name == "FILL IN"` sends people to the wrong column."""
        rows = "".join(f"{('UAT Cycle', 'UAT Rerun')[n % 2]},T-{n},{('No Run', 'Blocked')[n % 2]}\n" for n in range(8))
        mapping = mapped(tmp_path, f"UAT Test Set: Label,Test ID,Status\n{rows}")

        ranked = list(mapping.read.items())
        condition, ask = condition_for(rules.vocabulary["uat.executed_ratio"], ranked, ranked[:1])

        assert (condition, ask) == ('status == "FILL IN"', "Status holds Blocked, No Run: which of them count?")


class TestPeople:
    @pytest.mark.parametrize(
        "heading",
        [
            *("Mitarbeiter", "Dueño", "Nombre", "Bearbeiter", "Responsable", "Zuständig", "Action officer", "SME"),
            *("Verified", "Checked", "Kürzel", "Owner", "Propietario", "Utilisateur"),
        ],
    )
    @pytest.mark.parametrize("names", [("Núñez", "Vogel", "Kim"), ("Kim, A.", "O'Neill", "J. Faß")])
    def test_no_surname_is_printed(self, tmp_path: Path, heading: str, names: tuple[str, str, str]) -> None:
        """What is pasted into a program file is read by everybody, for ever."""
        rows = "".join(f'A-{n},"{names[n % 3]}",{("Open", "Closed")[n % 2]}\n' for n in range(12))

        text = mapping_text(mapped(tmp_path, f"Case ID,{heading},State\n{rows}"))

        assert not [name for name in names if name in text], text
        assert '["Closed", "Open"]' in text

    @pytest.mark.parametrize(
        ("heading", "names"),
        [
            ("Requested For", ("akirsch", "mosei", "blind")),
            ("u_customer", ("akirsch", "mosei", "blind")),
            ("VIP", ("u4711", "u4712", "closed")),
            ("Category", ("ada.kirsch", "bo.lind", "m.osei2")),
            ("Category", ("NIWA\\akirsch", "NIWA\\mosei", "NIWA\\blind")),
        ],
    )
    def test_no_name_of_an_account_is_printed(self, tmp_path: Path, heading: str, names: tuple[str, str, str]) -> None:
        """An account is a person as much as a surname is, whatever the column is called."""
        rows = "".join(f"A-{n},{names[n % 3]},{('Open', 'Closed')[n % 2]}\n" for n in range(12))

        text = mapping_text(mapped(tmp_path, f"Case ID,{heading},State\n{rows}"))

        assert not [name for name in names if name in text], text
        assert '["Closed", "Open"]' in text

    @pytest.mark.parametrize(
        ("heading", "words"),
        [
            ("Severity", ("critical", "major", "minor")),
            ("Component", ("core", "ledger", "portal")),
            ("Held", ("open", "closed", "gulf")),
            ("Open problem", ("Minor", "None", "Critical")),
            ("Estado", ("Aprobado", "Borrador", "Retirado")),
            ("End to end", ("Passed", "Failed", "Blocked")),
            ("Channel", ("Portal", "Phone", "Mail")),
        ],
    )
    def test_words_of_states_and_things_are_printed(
        self, tmp_path: Path, heading: str, words: tuple[str, str, str]
    ) -> None:
        """A mapping that hides every word helps nobody."""
        rows = "".join(f"A-{n},{words[n % 3]}\n" for n in range(12))

        assert f'"{words[0]}"' in mapping_text(mapped(tmp_path, f"Case ID,{heading}\n{rows}"))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["2027-04-01", "04/02/2027", "03.04.2027", "TBD", "n/a"], True),
        (["2027-04-01", "04/02/2027", "TBD", "n/a"], True),
        (["2027-04-01", "later", "TBD", "n/a"], False),
        (["2027-04-01", "04/02/2027", "TBD", "n/a", "soon"], False),
        (["one", "two", "three", "four"], False),
    ],
)
def test_dates_that_no_fact_can_use_are_told(tmp_path: Path, cells: list[str], told: bool) -> None:
    """A column of dates that is silently text proves nothing, and nobody learns why."""
    rows = "".join(f"C-{n},{cell}\n" for n, cell in enumerate(cells))

    mapping = mapped(tmp_path, f"Course ID,Completed\n{rows}")

    assert any("no fact can use its dates" in note.sentence for note in mapping.notes) is told
    assert not mapping.stopped


def test_days_of_acceptances_date_no_register_that_has_workarounds(tmp_path: Path) -> None:
    """The day on which a workaround was tried says nothing about how the interface stood when the list was made."""
    rows = "IF-1,Open,2027-04-10,2027-04-11,2027-05-10,by hand,2027-04-12"
    head = "id,status,tried on,accepted on,accepted until,{},last updated"

    def found(column: str) -> list[str]:
        return dating(mapped(tmp_path, f"{head.format(column)}\n{rows}\n{rows.replace('IF-1', 'IF-2')}\n")).may

    assert found("workaround") == ["last_updated"]
    assert found("remark") == ["last_updated", "tried_on", "accepted_on"]
