"""Word documents of a run: the report and the memo say what page one says, and are read by another library."""

import io
from dataclasses import replace

import pytest
from docx import Document

from gonogo.model.assessment import Purpose
from gonogo.model.finding import Status
from gonogo.report.formats import FORMATS
from gonogo.report.formats.memo_format import MOST, _part
from gonogo.report.page import SheetPart
from gonogo.report.view import RunView


def opened(name, view):
    return Document(io.BytesIO(FORMATS[name].render(view)))


def words(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture
def view(conditional, seal_log):
    return RunView.of(seal_log(conditional.events()))


def purpose(recorded, purpose):
    kind = recorded.assessment.kind.model_copy(update={"purpose": purpose})
    return recorded.with_assessment(kind=kind)


def test_the_report_holds_page_one_and_every_finding(view):
    """What the HTML says is said in Word too: a program office attaches this one."""
    document = opened("docx", view)
    text = words(document)

    assert "CONDITIONAL GO" in text
    assert "Verdict with waivers: CONDITIONAL GO; verdict without waivers: NO-GO" in text
    for finding in view.findings:
        assert finding.criterion in text
    assert view.head in text


def test_a_screen_reader_finds_titles_headings_and_the_headings_of_tables(view):
    """Section 508: language, title, levels of headings without a leap, and a first row that is one."""
    for name in ("docx", "memo"):
        document = opened(name, view)
        levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.lower().startswith("heading")]

        assert document.core_properties.title
        assert document.core_properties.language == "en-US"
        assert all(later - earlier <= 1 for earlier, later in zip([0, *levels], levels, strict=False))
        for table in document.tables:
            assert table.rows[0]._tr.xpath(".//w:tblHeader")
            assert table._tbl.xpath(".//w:tblCaption/@w:val")[0]


@pytest.mark.parametrize(
    ("run", "first", "second"),
    [
        ("go", "☐ Go live (as recommended)", "☐ Do not go live, for this reason:"),
        ("conditional", "☐ Go live, on the conditions above (as recommended)", "☐ Do not go live, for this reason:"),
        ("no_go", "☐ Do not go live (as recommended)", "☐ Go live against the verdict, for this reason:"),
    ],
)
def test_a_decision_gets_lines_to_sign_on_for_both_sides(run, first, second, request, seal_log):
    """The people decide; the memo recommends what the verdict says and nothing better."""
    recorded = purpose(request.getfixturevalue(run), Purpose.DECISION)
    document = opened("memo", RunView.of(seal_log(recorded.events())))
    text = words(document)

    assert text.index(first) < text.index(second)
    signed = next(table for table in document.tables if table.rows[0].cells[1].text == "Signature")
    assert [row.cells[0].text.split("the ")[-1] for row in list(signed.rows)[1:]] == [
        "customer's executive sponsor",
        "provider's executive sponsor",
    ]


@pytest.mark.parametrize(
    ("run", "first", "second", "supports"),
    [
        ("go", "☐ Approve the start of tests (as recommended)", "☐ Refuse the start of tests", "supports the start of"),
        (
            "no_go",
            "☐ Refuse the start of tests (as",
            "☐ Approve the start of tests against",
            "not support the start of",
        ),
    ],
)
def test_who_signs_for_another_gate_does_not_sign_for_going_live(run, first, second, supports, request, seal_log):
    """At the end of the engagement the boxes said to go live."""
    view = RunView.of(seal_log(purpose(request.getfixturevalue(run), Purpose.DECISION).events()))
    text = words(opened("memo", replace(view, gate="the start of tests")))

    assert first in text
    assert second in text
    assert supports in text
    assert "☐ Go live" not in text


def test_who_signs_for_an_early_assessment_does_not_sign_for_going_live(go, seal_log):
    """With criteria to come, the record supports going on and no more."""
    first, *others = go.assessment.findings
    later = first.model_copy(update={"status": Status.NOT_DUE, "due_from": "T-5"})
    run = purpose(go.with_assessment(milestone="T-30", findings=(later, *others)), Purpose.DECISION)
    text = words(opened("memo", RunView.of(seal_log(run.events()))))

    assert "The record supports going on after the T-30 assessment." in text
    assert "☐ Approve going on after the T-30 assessment (as recommended)" in text
    assert "☐ Go live" not in text


@pytest.mark.parametrize("kind", [Purpose.REHEARSAL, Purpose.PROGRESS])
def test_nobody_signs_a_rehearsal_or_a_progress_run(kind, go, seal_log):
    """A signature below a rehearsal would look like a decision in a file."""
    text = words(opened("memo", RunView.of(seal_log(purpose(go, kind).events()))))

    assert "Nothing can be decided on this page." in text
    assert "Signature" not in text
    assert "☐" not in text


@pytest.mark.parametrize(("rows", "more"), [(MOST - 1, 0), (MOST, 0), (MOST + 1, 1)])
def test_what_the_memo_cuts_is_counted_and_its_owner_is_named(rows, more):
    """Nothing that is against going live disappears because the page is full."""
    paper = _Paper()
    owners = tuple(f"Owner {number}" for number in range(rows))
    part = SheetPart("blocks", "What blocks", (), ("Who",), tuple((owner,) for owner in owners), owners=owners)

    _part(paper, part)

    assert len(paper.tables[0]) == min(rows, MOST)
    cut = [text for text in paper.texts if text.startswith("And ")]
    assert cut == ([f"And {more} more, of Owner {MOST}: see the assessment report."] if more else [])


def test_what_a_file_says_is_text_in_word_and_nothing_else(no_go, seal_log):
    """A field, a link or broken markup would come from evidence, and Word would act on it."""
    hostile = '</w:t><w:instrText>DDEAUTO c:\\\\x "calc"</w:instrText>\x00\u202e&'
    finding = no_go.assessment.findings[0].model_copy(update={"title": hostile})
    run = no_go.with_assessment(findings=(finding, *no_go.assessment.findings[1:]))

    for name in ("docx", "memo"):
        data = FORMATS[name].render(RunView.of(seal_log(run.events())))
        document = Document(io.BytesIO(data))
        assert document.element.xpath("//w:instrText | //w:fldSimple | //w:hyperlink") == []
    assert "instrText" in words(opened("docx", RunView.of(seal_log(run.events()))))


def test_equal_runs_give_equal_bytes(view):
    """A memo that is made again is compared with the one in the file."""
    for name in ("docx", "memo"):
        assert FORMATS[name].render(view) == FORMATS[name].render(replace(view))
        assert FORMATS[name].binary


class _Paper:
    """Keeps what is written, in place of a document."""

    def __init__(self):
        self.texts, self.tables = [], []

    def heading(self, level, text):
        self.texts.append(text)

    def paragraph(self, text, bold=False):
        self.texts.append(text)

    def table(self, caption, header, rows):
        self.tables.append(rows)
