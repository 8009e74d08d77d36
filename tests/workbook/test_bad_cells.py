"""A cell that is not what its column expects: a message with the cell, never a silently different number."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.documents.xlsx.cell_values import UnfitCell, decimal_in, share_in, whole_in
from gonogo.model.evidence import GapReason
from gonogo.workbook.making import make_workbook

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)


def put(cell, value, number_format=None):
    def change(sheet):
        sheet[cell] = value
        if number_format is not None:
            sheet[cell].number_format = number_format

    return change


class TestFilledIn:
    def test_every_type_is_read_as_it_was_typed(self, stated):
        """The whole point: seven types, no loss."""
        answers = stated.answers(stated.filled())

        assert {name: answer.value for name, answer in answers.items()} == {
            "cutover.approved": True,
            "cutover.rehearsals": 3,
            "tests.covered_ratio": Decimal("0.932"),
            "tests.cost": Decimal("1284611.37"),
            "tests.hours_per_case": Decimal("2.75"),
            "survey.state": "closed",
            "ato.expires": answers["ato.expires"].value,
            "ato.letter": "0012-A",
        }
        assert answers["ato.expires"].value.isoformat() == "2028-01-31T22:00:00+00:00"

    def test_a_statement_says_who_when_and_in_which_cell(self, stated):
        """Anybody can go and look."""
        answer = stated.answers(stated.filled())["cutover.rehearsals"]

        assert answer.where == (
            "evidence.xlsx, sheet Evidence, cell F3, ada.kirsch (customer.executive_sponsor) on 2027-04-18"
        )
        assert answer.as_of.isoformat() == "2027-04-18T04:00:00+00:00"
        assert answer.attested.on == date(2027, 4, 18)

    def test_a_day_with_a_time_and_a_day_of_the_statement_are_kept(self, stated):
        """What held on Friday evening may be stated on Sunday."""

        def change(sheet):
            sheet["G3"], sheet["M3"], sheet["H3"] = (
                datetime.fromisoformat("2027-04-16T17:30"),
                date(2027, 4, 18),
                "tickets/4711",
            )
            sheet["L3"] = "tom.reyes"

        answer = stated.answer("cutover.rehearsals", change)

        assert answer.as_of.isoformat() == "2027-04-16T21:30:00+00:00"
        assert answer.attested.on == date(2027, 4, 18)
        assert (answer.attested.evidence, answer.attested.prepared_by) == ("tickets/4711", "tom.reyes")

    def test_a_row_that_nobody_filled_in_is_missing_and_names_its_cell(self, stated):
        """A gap is a request to a person."""
        answer = stated.answers(stated.made.data)["tests.cost"]

        assert answer.gap is GapReason.MISSING
        assert answer.detail.startswith("evidence.xlsx, sheet Evidence, cell F5 is empty")

    def test_one_wrong_cell_leaves_the_other_rows(self, stated):
        """One slip does not silence everybody."""
        answers = stated.answers(stated.filled(change=lambda book: put("F3", "three")(book["Evidence"])))

        assert answers["cutover.rehearsals"].gap is GapReason.WRONG_TYPE
        assert answers["cutover.approved"].value is True


CASES = [
    ("a number with a comma", "cutover.rehearsals", put("F3", "1,5"), "F3", "not a number"),
    ("a number in words", "cutover.rehearsals", put("F3", "three"), "F3", "not a number"),
    ("half a rehearsal", "cutover.rehearsals", put("F3", 2.5), "F3", "a whole number belongs here"),
    ("a date in a count", "cutover.rehearsals", put("F3", date(2027, 4, 3)), "F3", "the date 2027-04-03"),
    ("a truth in a count", "cutover.rehearsals", put("F3", True), "F3", "the truth value TRUE"),
    ("a time in a count", "cutover.rehearsals", put("F3", time(3, 0)), "F3", "a time or a duration"),
    ("too many", "cutover.rehearsals", put("F3", 51), "F3", "it is at most 50"),
    ("fewer than none", "cutover.rehearsals", put("F3", -1), "F3", "it is at least 0"),
    ("beyond whole numbers", "cutover.rehearsals", put("F3", 2.0**60), "F3", "a whole number belongs here"),
    ("percent as 93.2", "tests.covered_ratio", put("F4", 93.2), "F4", "holds 9320%, which cannot be true"),
    ("percent as 93.2, plain", "tests.covered_ratio", put("F4", 93.2, "General"), "F4", "without a percent sign"),
    ("percent as 0.932, plain", "tests.covered_ratio", put("F4", 0.932, "0.000"), "F4", "0.932 % or 93.2 %"),
    ("percent as 1, plain", "tests.covered_ratio", put("F4", 1, "General"), "F4", "1 % or 100 %"),
    ("percent as text without sign", "tests.covered_ratio", put("F4", "0.932"), "F4", "the text '0.932', not a number"),
    ("a quoted percent sign", "tests.covered_ratio", put("F4", 0.932, '0.0" %"'), "F4", "without a percent sign"),
    ("less than nothing", "tests.covered_ratio", put("F4", -0.05), "F4", "it is at least 0%"),
    ("money as text", "tests.cost", put("F5", "$1,250.00"), "F5", "not a number"),
    ("a formula without a result", "tests.cost", put("F5", "=SUM(1,2)"), "F5", "formula without a stored result"),
    ("an error", "tests.cost", put("F5", "#REF!"), "F5", "error value"),
    ("a word that is neither", "cutover.approved", put("F2", "nearly"), "F2", "choose yes or no"),
    ("one for yes", "cutover.approved", put("F2", 1), "F2", "choose yes or no"),
    ("yes and no", "cutover.approved", put("F2", "yes/no"), "F2", "choose yes or no"),
    ("not on the list", "survey.state", put("F7", "done"), "F7", "choose from the list: open, closed, late"),
    ("an id turned into a number", "ato.letter", put("F9", 12), "F9", "the number 12, not text"),
    ("an id turned into a date", "ato.letter", put("F9", date(2027, 3, 12)), "F9", "the date 2027-03-12, not text"),
    ("a date of two readings", "ato.expires", put("F8", "03/04/2028"), "F8", "could be 2028-03-04 or 2028-04-03"),
    ("a date as a number", "ato.expires", put("F8", 46783, "General"), "F8", "the number 46783, not a date"),
    ("held on as text", "tests.cost", put("G5", "18 April"), "G5", "text that is not a date"),
    ("held on as a number", "tests.cost", put("G5", 46495, "General"), "G5", "not a date"),
    ("held on missing", "tests.cost", put("G5", None), "G5", "Held on of tests.cost"),
    ("stated by nobody", "tests.cost", put("I5", None), "I5", "Stated by of tests.cost"),
    ("no office", "tests.cost", put("J5", None), "J5", "Office of tests.cost"),
    ("no side", "tests.cost", put("K5", None), "K5", "Side of tests.cost"),
    ("no value", "tests.cost", put("F5", None), "F5", "Value of tests.cost"),
    ("a person as a number", "tests.cost", put("I5", 4711), "I5", "the number 4711, where an id belongs"),
    ("a person as a date", "tests.cost", put("I5", date(2027, 5, 1)), "I5", "where an id belongs"),
    ("a person whom nobody knows", "tests.cost", put("I5", "Ada Kirsh"), "I5", "ada.kirsch is near"),
    ("a side that is none", "tests.cost", put("K5", "vendor"), "K5", "choose customer, provider, independent"),
    ("a link as a number", "tests.cost", put("H5", 4711), "H5", "not text"),
    ("stated in the future", "tests.cost", put("M5", date(2027, 4, 25)), "M5", "in the future"),
    (
        "stated with a time",
        "tests.cost",
        put("M5", datetime.fromisoformat("2027-04-18T09:00")),
        "M5",
        "a day without a time",
    ),
    ("held after it was stated", "tests.cost", put("M5", date(2027, 4, 1)), "F5", "holds only from 2027-04-18"),
    ("a reservation", "tests.cost", put("N5", "except for Guam"), "N5", "except for Guam"),
    ("prepared by the same person", "tests.cost", put("L5", "ada.kirsch"), "L5", "prepared the evidence"),
]


@pytest.fixture(scope="module")
def refused(made_once):
    """The answer for each case; one workbook holds at most one bad cell of each fact, whose row is its own."""
    found, left = {}, list(CASES)
    while left:
        here = list({fact: (name, change) for name, fact, change, _, _ in reversed(left)}.items())

        def slip(book, here=here):
            for _, (_, change) in here:
                change(book["Evidence"])

        answers = made_once.answers(made_once.filled(change=slip))
        found |= {name: answers[fact] for fact, (name, _) in here}
        left = [case for case in left if case[0] not in found]
    return found


class TestBadCells:
    @pytest.mark.parametrize(("name", "cell", "said"), [(c[0], *c[3:]) for c in CASES], ids=[c[0] for c in CASES])
    def test_the_message_names_the_cell(self, refused, name, cell, said):
        """A reader of the gap can put the cursor there."""
        answer = refused[name]

        assert answer.gap is not None
        assert answer.value is None
        assert f"evidence.xlsx, sheet Evidence, cell {cell}" in answer.detail
        assert said in answer.detail


class TestNumbers:
    @given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
    @settings(max_examples=examples(300), deadline=None)
    def test_what_is_typed_with_fifteen_digits_comes_back_exactly(self, typed):
        """A spreadsheet program stores binary fractions; the shortest decimal is what was typed."""
        assert Decimal(decimal_in(float(typed))) == typed

    @given(st.integers(min_value=0, max_value=10**7))
    @settings(max_examples=examples(300), deadline=None)
    def test_a_percentage_comes_back_exactly(self, hundred_thousandths):
        """93.2 % is 0.93200000000000005 in the file."""
        share = Decimal(hundred_thousandths) / 10**7

        assert Decimal(share_in(float(share), percent=True).removesuffix("%")) == share * 100

    @given(st.floats(allow_nan=True, allow_infinity=True))
    @settings(max_examples=examples(300), deadline=None)
    def test_a_whole_number_is_itself_or_refused(self, number):
        """Rounding would be a guess."""
        try:
            text = whole_in(number)
        except UnfitCell:
            return
        assert int(text) == number


@pytest.mark.parametrize(
    ("typed", "value"), [(1.08, Decimal("1.08")), (1.5, Decimal("1.5")), (-0.05, Decimal("-0.05")), (0, Decimal(0))]
)
def test_the_vocabulary_says_how_far_a_share_goes(stated, typed, value):
    """108 % of the planned load, 5 % less than last year: true where the vocabulary allows it."""
    facts = stated.root / "rules/facts.yaml"
    declared = "name: tests.covered_ratio, type: ratio"
    facts.write_text(facts.read_text().replace(declared, f"{declared}, min: -0.05, max: 1.5"))
    own = replace(stated, made=make_workbook(stated.root, output=stated.file, as_of=NOW))

    assert own.answer("tests.covered_ratio", put("F4", typed)).value == value
    for beyond, told in ((-0.0501, "at least -5%"), (1.5001, "at most 150%")):
        refused = own.answer("tests.covered_ratio", put("F4", beyond))
        assert refused.gap is GapReason.WRONG_TYPE
        assert told in refused.detail


@pytest.mark.parametrize(
    ("fact", "cell", "formula"),
    [("cutover.rehearsals", "F3", "=RANDBETWEEN(2,9)"), ("cutover.rehearsals", "G3", "=TODAY()-1")],
)
def test_a_statement_that_changes_by_itself_states_nothing(stated, fact, cell, formula):
    """Held on *today* is said anew by every day that passes."""
    data = stated.filled(change=lambda book: put(cell, formula)(book["Evidence"]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name, part in parts.items() if formula[1:].encode() in part)
    stored = re.sub(rb"(<f>[^<]*</f>)<v ?/?>(?:</v>)?", rb"\1<v>46495</v>", parts[sheet])
    assert stored != parts[sheet]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in (parts | {sheet: stored}).items():
            archive.writestr(name, part)

    answer = stated.answers(packed.getvalue())[fact]

    assert answer.gap is GapReason.MALFORMED
    assert f"cell {cell} is calculated by {formula[1:].partition('(')[0]}()" in answer.detail
