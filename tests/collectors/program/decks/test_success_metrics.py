"""GSA's deck of success metrics: what is measured, what has a target, and what is only the template."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from tests.collectors.program.decks.made_decks import (
    deck,
    deck_parts,
    document,
    embedding,
    frame,
    packed,
    related,
    slide,
)
from tests.spoiled import no_better, spoiled

from gonogo.collectors.program.decks.success_metrics import SuccessMetricsCollector
from gonogo.collectors.program.decks.written_figures import first_day
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import answers_of, job_of

HEADINGS = ("", "Sample Performance and Success Metrics", "Baseline Metric", "Target Metric", "Government-wide median*")
ASK = "<<your agency data here>>"
ROWS = (
    HEADINGS,
    ("Financial Management", "Cost Per Invoice - efficiency metric", "$14.20", "$9.00 by September 30, 2028", "$11"),
    ("", "Days to close", "FY2026: 8.5 days", "at most 3 days, Q2 FY2029", ""),
    ("", "Invoices paid late", "6.1%", "below 2%", ""),
    ("", "Cost Per Receivable Managed", "about $8", "$5 by 2028-09-30", ""),
    ("Human Capital", "Hiring satisfaction", ASK, ASK, "<< include Government-wide median here >>"),
)
AGREED = {"targets_agreed": "Governance board, 2027-02-10"}


def read(data: bytes, name: str = "metrics.pptx", rule=AsOfRule.DOCUMENT_SAVED, **settings):
    return answers_of(SuccessMetricsCollector(), job_of({"file": (name, data)}, rule=rule), AGREED | settings)


def made(rows=ROWS, **more) -> bytes:
    return deck(slide(frame(rows, **more)))


def with_row(*cells: str, at: int = 6) -> bytes:
    return made((*ROWS[:at], cells, *ROWS[at:]))


def one(baseline: str, target: str) -> tuple[bool, bool]:
    """Whether a metric counts as based and as aimed."""
    answers = read(made((HEADINGS, ("", "Cost", baseline, target, ""), ("", "Other", "1 day", "1 day by FY2030", ""))))
    return answers["metrics_with_baseline_ratio"].part == 2, answers["metrics_with_target_ratio"].part == 2


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.program.decks"
    name = "metrics"
    settings: ClassVar = AGREED
    files: ClassVar = {"file": ("metrics.pptx", made())}
    as_of = AsOf(rule=AsOfRule.DOCUMENT_SAVED)


class TestCounts:
    def test_a_filled_deck_has_the_right_counts(self):
        """Five of the template's rows, of which one is untouched, one estimated and one without a day."""
        answers = read(made())

        assert (answers["metrics"].value, answers["metrics"].as_of) == (4, datetime(2027, 4, 12, 15, tzinfo=UTC))
        based, aimed = answers["metrics_with_baseline_ratio"], answers["metrics_with_target_ratio"]
        assert (based.part, based.whole, based.open_items) == (
            3,
            5,
            ("Cost Per Receivable Managed", "Hiring satisfaction"),
        )
        assert (aimed.part, aimed.whole, aimed.open_items) == (3, 5, ("Invoices paid late", "Hiring satisfaction"))
        assert "not filled in: 1" in based.where
        assert "not filled in" not in read(made(ROWS[:5]))["metrics"].where
        assert "nothing checks how many" in based.where

    @pytest.mark.parametrize("data", [embedding(document(ROWS)), deck(slide(), slide(frame(ROWS)))])
    def test_the_table_is_found_on_any_slide_and_in_the_document_that_gsa_embeds(self, data):
        """GSA's template holds a Word document; offices paste its table into a slide."""
        assert read(data)["metrics"].value == 4

    @pytest.mark.parametrize("name", ["metrics.docx", "METRICS.DOCX", "metrics.docm"])
    def test_a_word_document_of_its_own_reads_the_same(self, name):
        """Who opens the embedded one saves it beside the deck."""
        assert read(document(ROWS), name)["metrics"].value == 4

    @pytest.mark.parametrize(("above", "found"), [(0, True), (3, True), (4, False)])
    def test_the_headings_stand_in_one_of_the_first_four_rows(self, above, found):
        """GSA draws lines with empty rows; a table further down is another one."""
        data = made((*[("",) * 5] * above, *ROWS))
        if found:
            answers = read(data)
            assert answers["metrics"].value == 4
            assert answers["metrics_with_baseline_ratio"].part == 3
        else:
            with pytest.raises(CollectorRefusal, match="has no table of success metrics"):
                read(data)

    @pytest.mark.parametrize(
        ("day", "based"), [("2027-04-11", True), ("2027-04-12", True), ("2027-04-13", False), ("4/5/2027", False)]
    )
    def test_a_baseline_was_measured_on_a_day_that_the_deck_can_know(self, day, based):
        """Before, on and after the day on which it was saved; 4/5 may be in May."""
        rows = (
            ("Metric", "Baseline Metric", "Baseline date", "Target Metric"),
            ("A", "1 day", day, "2 days by FY2030"),
        )

        assert (read(made(rows))["metrics_with_baseline_ratio"].part == 1) is based

    def test_a_person_may_say_when_it_held(self):
        """Then it is that day, whenever it was saved again."""
        held = datetime(2027, 3, 1, 5, tzinfo=UTC)
        job = job_of({"file": ("metrics.pptx", made())}, as_of=held)

        assert answers_of(SuccessMetricsCollector(), job, AGREED)["metrics"].as_of == held

    def test_columns_for_days_count_where_there_are_any(self):
        """A target without its day is a wish, and a baseline of next year is none."""
        rows = (
            ("Metric", "Baseline Metric", "Baseline date", "Target Metric", "Target date"),
            ("A", "1 day", "2026-09-30", "2 days", "2028-09-30"),
            ("B", "1 day", "", "2 days", ""),
            ("C", "1 day", "2027-09-30", "2 days", "2027-04-19"),
        )
        answers = read(made(rows))

        assert answers["metrics_with_baseline_ratio"].open_items == ("B", "C")
        assert answers["metrics_with_target_ratio"].open_items == ("B", "C")

    @pytest.mark.parametrize(
        ("baseline", "counts"),
        [
            *(("$14.20", True), ("6.1%", True), ("1,204 tickets", True), ("FY26: 8 days", True), ("USD 3", True)),
            *(("about 8 days", False), ("8 days (estimate)", False), ("~8", False), ("8 days?", False), ("", False)),
            *(("TBD", False), ("N/A", False), ("2026", False), ("2026-09-30", False), ("FY2026", False), (ASK, False)),
            *(("8 not measured", False), ("8 (industry benchmark)", False), ("high", False), ("[8 days]", False)),
        ],
    )
    def test_a_baseline_is_a_figure_that_somebody_measured(self, baseline, counts):
        """A word, a plan or an estimate measures nothing."""
        assert one(baseline, "5 by FY2030")[0] is counts

    @pytest.mark.parametrize(
        ("target", "counts"),
        [
            *(("5 by 2027-04-20", True), ("5 by 2027-04-19", False), ("5 by 2027-04-18", False)),
            *(("at most 5 days by June 2028", True), ("5 by FY28", True), ("5 by Q3 FY2027", True)),
            *(("5 by Q2 FY2027", False), ("5 by FY2026", False), ("5", False), ("by FY2030", False), (ASK, False)),
            *(
                ("5 (proposed) by FY2030", False),
                ("5 by 2026-10-01, later 4 by 2030-10-01", False),
                ("TBD FY2030", False),
            ),
            *(("5 by 3/4/2030", True), ("5 by 13/13/2030", False), ("5 by 30-Sep-2030", True)),
        ],
    )
    def test_a_target_is_a_figure_with_a_day_to_come(self, target, counts):
        """Below, on and above the day of the assessment."""
        assert one("5", target)[1] is counts

    def test_a_row_that_is_taken_out_is_noticed_where_the_binding_says_how_many(self):
        """The metric without a baseline is the first to be deleted."""
        whole = read(made(), rows=5)["metrics"]
        assert (whole.value, whole.where) == (4, "metrics.pptx, slide 1, not filled in: 1")
        with pytest.raises(CollectorRefusal, match="has 4 metrics; the binding says 5"):
            read(made(ROWS[:5]), rows=5)

    def test_targets_may_be_agreed_on_the_day_of_the_assessment(self):
        """The board meets in the morning."""
        assert read(made(), targets_agreed="The board, 2027-04-19")["metrics_with_target_ratio"].gap is None

    @pytest.mark.parametrize(("hour", "agreed", "aimed"), [(3, False, 1), (4, True, 0)])
    def test_days_are_those_of_the_program(self, hour, agreed, aimed):
        """An hour before midnight in New York the next day has begun in Greenwich."""
        rows = (("Metric", "Baseline Metric", "Target Metric"), ("A", "1 day", "2 days by 2027-04-20"))
        now = datetime(2027, 4, 20, hour, tzinfo=UTC)
        job = job_of({"file": ("metrics.pptx", made(rows))}, rule=AsOfRule.DOCUMENT_SAVED, now=now)

        on = {
            day: answers_of(SuccessMetricsCollector(), job, {"targets_agreed": f"Board, 2027-04-{day}"})
            for day in (19, 20)
        }
        assert on[19]["metrics_with_target_ratio"].part == aimed
        assert (on[20]["metrics_with_target_ratio"].gap is None) is agreed

    @pytest.mark.parametrize(
        "words",
        [
            *("", "TBD", "not yet", "FILL IN: who agreed the targets, and when", "FILL IN, 2027-02-10"),
            *("The board", "The board, 2027-04-20", "The board, 4/5/2027"),
        ],
    )
    def test_targets_that_nobody_agreed_are_not_proved(self, words):
        """A deck is as easily a proposal."""
        answers = read(made(), targets_agreed=words)

        assert answers["metrics_with_target_ratio"].gap is GapReason.NOT_PROVABLE
        assert answers["metrics_with_baseline_ratio"].gap is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("by Q1 FY2028", "2027-12-31"), ("Q2 FY28", "2028-03-31"), ("Q3 of FY2028", "2028-06-30")),
        *(
            ("Q4 FY 2028", "2028-09-30"),
            ("FY2028", "2028-09-30"),
            ("June 2028", "2028-06-30"),
            ("Feb. 2028", "2028-02-29"),
        ),
        *(("December 2028", "2028-12-31"), ("June 3rd, 2028", "2028-06-03"), ("3 June 2028", "2028-06-03")),
        *(("3/4/2028", "2028-03-04"), ("2028-06-03 and 2027-06-03", "2027-06-03"), ("14/3/2028", "2028-03-14")),
    ],
)
def test_a_day_is_read_as_people_write_it(text, day):
    """A quarter of a fiscal year ends three months earlier than one of the calendar."""
    assert first_day(text) == date.fromisoformat(day)


def test_a_day_that_could_be_two_is_the_one_that_helps_less():
    """3/4/2028 may be in March and in April: what has to be past may be ahead, and what has to be ahead past."""
    assert first_day("3/4/2028") == date(2028, 3, 4)
    assert first_day("3/4/2028", past=True) == date(2028, 4, 3)
    assert first_day("14/3/2028", past=True) == date(2028, 3, 14)


@pytest.mark.parametrize("text", ["", "2028", "in summer", "2028-13-01", "FY20281", "Q5 2028"])
def test_what_names_no_day_is_none(text):
    """A year is none: nobody knows whether it is a fiscal one."""
    assert first_day(text) is None


class TestRefusals:
    def test_the_first_five_slides_with_objects_are_named(self):
        """A sentence has an end."""
        parts = deck_parts(*[slide("<p:graphicFrame><p:oleObj r:id='rId4'/></p:graphicFrame>")] * 6)
        for number in range(1, 7):
            named = related(("rId4", "package", f"../embeddings/Sheet{number}.xlsx"))
            parts |= {f"ppt/slides/_rels/slide{number}.xml.rels": named, f"ppt/embeddings/Sheet{number}.xlsx": b"x"}
        with pytest.raises(CollectorRefusal, match="objects on slide 1, 2, 3, 4, 5 are not read"):
            read(packed(parts))

    @pytest.mark.parametrize("length", [200, 201])
    def test_a_metric_is_named_by_two_hundred_letters(self, length):
        """What somebody pasted into the cell is no name."""
        name = "Costs" * 40 + "." * (length - 200)
        answers = read(made((HEADINGS, ("", name, "", "5 by FY2030", ""), ROWS[1])))

        assert answers["metrics_with_baseline_ratio"].open_items == ("Costs" * 40,)

    def test_the_unfilled_template_answers_nothing(self):
        """Twelve sample metrics of GSA are no metrics of the agency."""
        with pytest.raises(CollectorRefusal, match="is the template or as empty: no row") as refusal:
            read(made((HEADINGS, ROWS[5])))

        assert refusal.value.reason is GapReason.MISSING

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (
                with_row("", "days to  close", "9", "", ""),
                "slide 1, row 7 of the table: the metric stands in an earlier row",
            ),
            (with_row("", "", "9", "", ""), "does not say which metric"),
            (with_row("", "TBD", "9", "", ""), "does not say which metric"),
            (with_row("", "Extra", "~~9", "", ""), "struck through"),
            (
                made((*ROWS[:3], ("x", "Extra", "9")), marks="gridSpan='2'"),
                "row 4 of the table has another number of cells",
            ),
            (made((("Metric", "Target", "Baseline"), ("A", "1", "2")), marks="rowSpan='2'"), "merged"),
            (made((("Metric", "Target", "Baseline"), ("A", "1", "2")), marks="vMerge='1'"), "merged"),
            (made(hidden=True), "the table is hidden"),
            (made(at=(9144000, 0)), "outside the slide"),
            (made(at=(0, -500)), "outside the slide"),
            (deck(slide(frame(ROWS), show="0")), "the slide is hidden"),
            (deck(slide(f"<mc:AlternateContent>{frame(ROWS)}</mc:AlternateContent>")), "two versions"),
            (deck(slide(frame(ROWS)), slide(frame(ROWS))), "stands in an earlier row"),
            (made((("Cost", "Baseline", "Target"), ("A", "1", "2"))), "no heading of the table has the word metric"),
            (
                made((("Metric", "Measure", "Baseline", "Target"), ("A", "a", "1", "2"))),
                "two headings could be the metric",
            ),
            (made((("Metric", "Baseline", "Baseline value", "Target"), ("A", "a", "1", "2"))), "could be the baseline"),
            (made((("Metric", "Value"), ("A", "1"))), "has no table of success metrics"),
            (embedding(document(ROWS), "Sheet1.xlsx"), "embedded objects on slide 1 are not read"),
            (made((("Metric", "Value"), ("A", "1"))), "with headings that begin with Baseline and Target$"),
            (embedding(document(ROWS, around="<w:ins w:id='1'>{}</w:ins>")), "tracked changes"),
            (embedding(document(ROWS, around="<w:r><w:rPr><w:vanish/></w:rPr></w:r>{}")), "hidden text"),
        ],
    )
    def test_what_two_people_read_differently_is_refused(self, data, sentence):
        """A second reading could be the better one."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(data)

    @pytest.mark.parametrize(
        ("saved", "rule", "sentence"),
        [
            ("2027-04-12T15:00:00Z", AsOfRule.DOCUMENT, "does not say when its content held"),
            ("2027-04-12T15:00:00", AsOfRule.DOCUMENT_SAVED, "does not say when"),
            ("yesterday", AsOfRule.DOCUMENT_SAVED, "does not say when"),
            ("2027-04-20T00:00:00Z", AsOfRule.DOCUMENT_SAVED, "after the assessment"),
        ],
    )
    def test_nobody_guesses_when_it_held(self, saved, rule, sentence):
        """A deck is saved again for every meeting."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(deck(slide(frame(ROWS)), saved=saved), rule=rule)


def templates() -> Path:
    """Return the folder of GSA's files."""
    for parent in Path(__file__).resolve().parents:
        if (parent / "shared" / "data" / "gsa-m3").is_dir():
            return parent / "shared" / "data" / "gsa-m3"
    pytest.skip("the folder with GSA's templates is absent")


def test_the_real_template_filled_in_has_the_right_counts():
    """The deck that agencies download: one metric filled in the Word document that it embeds."""
    import zipfile

    import docx

    real = (templates() / "M3-Playbook-Baseline-and-Target-Performance-Success-Metrics.pptx").read_bytes()
    with pytest.raises(CollectorRefusal, match="is the template or as empty"):
        read(real)
    with zipfile.ZipFile(io.BytesIO(real)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    inside = "ppt/embeddings/Microsoft_Word_Document1.docx"
    text = docx.Document(io.BytesIO(parts[inside]))
    text.tables[0].cell(4, 2).text, text.tables[0].cell(4, 3).text = "$14.20", "$9.00 by FY2028"
    stream = io.BytesIO()
    text.save(stream)
    answers = read(packed(parts | {inside: stream.getvalue()}))

    assert answers["metrics"].value == 1
    assert (answers["metrics_with_baseline_ratio"].part, answers["metrics_with_baseline_ratio"].whole) == (1, 12)
    assert (answers["metrics_with_target_ratio"].part, answers["metrics_with_target_ratio"].whole) == (1, 12)


@pytest.mark.fuzz
def test_a_spoiled_deck_never_reads_better():
    """Bytes of the archive, and of the slide inside of a sound one."""
    better = frozenset(["metrics"])
    parts = deck_parts(slide(frame(ROWS)))
    sound = read(made())
    before = {name: answer.part for name, answer in sound.items()}

    assert no_better(read, made(), more_is_better=better) == []
    for text in spoiled(str(parts["ppt/slides/slide1.xml"]).encode()):
        try:
            answers = read(packed(parts | {"ppt/slides/slide1.xml": text}))
        except CollectorRefusal:
            continue
        assert answers["metrics"].value <= sound["metrics"].value
        for name, part in before.items():
            assert part is None or answers[name].gap or answers[name].part <= part
