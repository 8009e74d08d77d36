"""What makes a filled-in workbook doubtful refuses it as a whole, and names the cell that shows it."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter

from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal


def on_evidence(change):
    return lambda book: change(book["Evidence"])


def swap_rows(sheet):
    for column in range(1, 20):
        one, other = sheet.cell(3, column), sheet.cell(5, column)
        one.value, other.value = other.value, one.value


def set_value(cell, value):
    def change(sheet):
        sheet[cell] = value

    return change


def hide(dimension, key):
    def change(sheet):
        getattr(sheet, dimension)[key].hidden = True

    return change


def doubled_header(sheet):
    for column in range(1, 20):
        sheet.cell(10, column).value = sheet.cell(1, column).value


def comment(cell):
    def change(sheet):
        sheet[cell].comment = openpyxl.comments.Comment("not confirmed", "Ada")

    return change


def strike(cell):
    def change(sheet):
        sheet[cell].font = openpyxl.styles.Font(strike=True)

    return change


CASES = [
    ("a column inserted", lambda s: s.insert_cols(6), "cell F1", "a column was inserted, moved, renamed or deleted"),
    ("a column deleted", lambda s: s.delete_cols(8), "cell H1", "'Source link'"),
    ("a heading renamed", set_value("F1", "Answer"), "cell F1", "the form has 'Value'"),
    ("a row inserted and filled in", lambda s: (s.insert_rows(4), s.cell(4, 6, "x")), "cell A4", "rows were moved"),
    ("a row deleted", lambda s: s.delete_rows(4), "cell A4", "rows were moved"),
    ("the last row deleted", lambda s: s.delete_rows(9), "cell A9", "the row for ato.letter is gone"),
    ("rows sorted", swap_rows, "cell A3", "'tests.cost' is where the form has 'cutover.rehearsals'"),
    ("a question changed", set_value("B3", "How many would you like?"), "cell B3", "the locked cells"),
    ("a unit changed", set_value("D5", "thousand USD"), "cell B5", "the locked cells"),
    ("a row added below", set_value("F11", 7), "cell F11", "not part of the form"),
    ("a fact added below", set_value("A10", "desk.open_posts"), "cell A10", "not part of the form"),
    ("a second header", doubled_header, "cell A10", "a second header"),
    ("something beside it", set_value("T3", "see mail"), "cell T3", "outside the form"),
    (
        "a comment beside an answer",
        comment("F3"),
        "cell F3",
        "beside it is written 'not confirmed', which nothing reads",
    ),
    ("a comment on the question", comment("B3"), "cell B3", "delete it once it is settled"),
    ("a comment on a heading", comment("F1"), "cell F1", "beside it is written 'not confirmed'"),
    (
        "a chart over it",
        lambda s: s.add_chart(openpyxl.chart.BarChart(), "F3"),
        "sheet Evidence",
        "a picture or a shape",
    ),
    ("an answer that is struck through", strike("F3"), "cell A3", "a text of this row is struck through"),
    ("merged cells", lambda s: s.merge_cells("F3:F4"), "cell F3", "F3:F4 are merged"),
    ("a hidden row", hide("row_dimensions", 4), "cell A4", "row 4 is hidden"),
    ("a hidden column", hide("column_dimensions", "N"), "cell N1", "the column N is hidden"),
    ("a hidden sheet", lambda s: setattr(s, "sheet_state", "hidden"), "sheet Evidence", "the sheet is hidden"),
]


class TestLayout:
    @pytest.mark.parametrize(("change", "where", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
    def test_a_changed_form_is_refused_with_the_cell(self, stated, change, where, said):
        """An answer beside another question is worse than none."""
        data = stated.filled(change=on_evidence(change))

        with pytest.raises(CollectorRefusal) as refusal:
            stated.answers(data)

        assert f"evidence.xlsx, {'sheet Evidence, ' if where.startswith('cell') else ''}{where}" in str(refusal.value)
        assert said in str(refusal.value)

    def test_days_counted_from_1904_are_refused(self, stated):
        """Dates pasted between the two systems are four years and a day off."""

        def change(book):
            book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

        with pytest.raises(CollectorRefusal, match=r"sheet Evidence, cell G2: the workbook counts its days from 1904"):
            stated.answers(stated.filled(change=change))

    def test_several_reasons_are_told_together(self, stated):
        """One round trip instead of three."""

        def change(sheet):
            sheet.merge_cells("F3:F4")
            sheet.row_dimensions[6].hidden = True

        with pytest.raises(CollectorRefusal) as refusal:
            stated.answers(stated.filled(change=on_evidence(change)))

        assert "merged" in str(refusal.value)
        assert "row 6 is hidden" in str(refusal.value)

    def test_wider_columns_other_heights_and_cell_colours_change_nothing(self, stated):
        """People make a workbook readable for themselves."""

        def change(sheet):
            sheet.column_dimensions["B"].width = 80
            sheet.row_dimensions[3].height = 60
            sheet["F3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF0000")
            sheet["B3"] = "How  many?"

        assert stated.answers(stated.filled(change=on_evidence(change)))["cutover.rehearsals"].value == 3

    def test_a_comment_beside_no_answer_waits_as_the_row_does(self, stated):
        """Who does not know yet leaves a remark."""
        before = stated.answers(stated.filled(change=on_evidence(lambda sheet: set_blank(sheet, 3))))
        after = stated.answers(
            stated.filled(change=on_evidence(lambda sheet: (set_blank(sheet, 3), comment("F3")(sheet))))
        )

        assert {name: each.value for name, each in before.items()} == {name: each.value for name, each in after.items()}


def set_blank(sheet, row):
    for column in range(6, 15):
        sheet.cell(row, column).value = None


class TestWhose:
    @pytest.mark.parametrize(
        ("job", "said"),
        [
            ({"program": "other"}, "is the workbook of the program 'statements', not of 'other'"),
            ({"release": "R2"}, "is the workbook of the release 'R1', not of 'R2'"),
        ],
    )
    def test_a_workbook_of_another_program_or_release_is_refused(self, stated, job, said):
        """The same questions, another system."""
        with pytest.raises(CollectorRefusal, match=said) as refusal:
            stated.answers(stated.filled(), **job)

        assert refusal.value.reason is GapReason.WRONG_SUBJECT

    def test_a_workbook_of_another_ruleset_is_refused(self, stated):
        """A question may mean something else since."""
        import dataclasses

        from gonogo.collectors.attestation import AttestationCollector
        from gonogo.testing.jobs import job_of

        job = job_of({"file": ("evidence.xlsx", stated.filled())}, program="statements", release="R1")
        job = dataclasses.replace(job, ruleset="f" * 64)
        settings = AttestationCollector.settings(facts={"cutover.approved": "boolean"})

        with pytest.raises(CollectorRefusal, match="made for another ruleset"):
            list(AttestationCollector().collect(job, settings))

    def test_settings_that_say_another_type_are_refused(self, stated):
        """A count of people is not a share."""
        from gonogo.collectors.attestation import AttestationCollector
        from gonogo.testing.jobs import answers_of, job_of

        job = job_of({"file": ("evidence.xlsx", stated.filled())}, program="statements", release="R1")

        with pytest.raises(CollectorRefusal, match=r"asks for cutover\.approved as 'boolean'"):
            answers_of(AttestationCollector(), job, {"facts": {"cutover.approved": "ratio"}})

    def test_a_fact_that_the_settings_do_not_name_refuses_the_workbook(self, stated):
        """An answer must not be lost because a list was not brought up to date."""
        from gonogo.collectors.attestation import AttestationCollector
        from gonogo.testing.jobs import answers_of, job_of

        job = job_of({"file": ("evidence.xlsx", stated.filled())}, program="statements", release="R1")

        with pytest.raises(CollectorRefusal, match=r"cell F3: 'cutover\.rehearsals'"):
            answers_of(AttestationCollector(), job, {"facts": {"cutover.approved": "boolean"}})

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("A1", "my workbook"),
            ("B2", ""),
            ("A6", "facts"),
            ("A8", "cutover.approved"),
            ("B7", "two"),
            ("D8", "-"),
            ("B8", 3),
        ],
    )
    def test_a_changed_hidden_sheet_is_refused(self, stated, cell, value):
        """It says what the answers are to."""

        def change(book):
            book["gonogo"][cell] = value

        with pytest.raises(CollectorRefusal, match=r"evidence\.xlsx, sheet gonogo"):
            stated.answers(stated.filled(change=change))

    def test_another_version_of_the_form_is_refused(self, stated):
        """Tomorrow's form is not read with today's eyes."""
        with pytest.raises(CollectorRefusal, match="the form has the version '2'"):
            stated.answers(stated.filled(change=lambda book: set_value("B1", "2")(book["gonogo"])))

    def test_somebody_elses_workbook_is_refused(self, stated):
        """A workbook is no form because it is a workbook."""
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        book.add_worksheet("Evidence").write_row(0, 0, ["Fact", "Value"])
        book.close()

        with pytest.raises(CollectorRefusal, match="not a workbook that `gonogo workbook` wrote"):
            stated.answers(stream.getvalue())

    @pytest.mark.parametrize("length", [0, 3, 400, 5000])
    def test_a_torn_workbook_is_refused(self, stated, length):
        """A copy that a network share cut off."""
        with pytest.raises(CollectorRefusal, match=r"evidence\.xlsx"):
            stated.answers(stated.filled()[:length])

    def test_a_password_protected_workbook_says_so(self, stated):
        """The remedy is a save without a password."""
        with pytest.raises(CollectorRefusal, match="password"):
            stated.answers(b"\xd0\xcf\x11\xe0" + bytes(600))
