"""GSA's decks: the cells that a run answers, the rest untouched, and notes on where each figure is from."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches

from gonogo.cli import run
from gonogo.errors import UsageError
from gonogo.model.assessment import Purpose, RunKind
from gonogo.report.deck.done_about import answer_to
from gonogo.report.deck.filling import filled
from gonogo.report.deck.phase_four import MOST
from gonogo.report.deck.rows import claimed, counts, rows_by_number
from gonogo.report.health import health
from gonogo.report.view import RunView
from gonogo.report.words import person

CHECKLIST = ("No", "Task", "Owner", "Criticality ", "Go/No-Go Success Criteria", "Health Indicator", "Status ")
COUNTS = (("", "", "Health Indicator Ratings (count)", "", "", ""), ("", "", "Green", "Yellow", "Red", "TOTAL"))


def deck(*slides):
    """A deck with a slide for each title and its tables, as bytes."""
    made = Presentation()
    for title, tables in slides:
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = title
        for number, rows in enumerate(tables):
            place = Inches(0.5), Inches(1 + 2 * number), Inches(9), Inches(1)
            table = slide.shapes.add_table(len(rows), len(rows[0]), *place).table
            for y, row in enumerate(rows):
                for x, text in enumerate(row):
                    table.cell(y, x).text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def tables(data):
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in Presentation(io.BytesIO(data)).slides
        for shape in slide.shapes
        if shape.has_table
    ]


def notes(data):
    slides = Presentation(io.BytesIO(data)).slides
    return "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide)


def row(number, task="A question of M3"):
    return (f"{number}.", task, "", "", "All of it", "", "")


@pytest.fixture
def view(conditional, seal_log):
    return RunView.of(seal_log(conditional.events()))


@pytest.fixture
def gsa():
    for parent in Path(__file__).resolve().parents:
        if (parent / "shared" / "data" / "gsa-m3").is_dir():
            return parent / "shared" / "data" / "gsa-m3"
    pytest.skip("the folder of real files (shared/data) is not here")


TRAINING = "Organizational Readiness Criteria Tasks and Status"


def test_a_row_of_m3_gets_owner_criticality_color_and_status_and_keeps_its_question(view):
    """P4-06 is what the training criterion answers."""
    data, told = filled(deck((TRAINING, [(CHECKLIST, row(6), row(7))])), view)
    first, second = tables(data)[0][1:]
    mine = rows_by_number(view)[6]

    assert first == ["6.", "A question of M3", mine.owner, mine.criticality, "All of it", mine.color, f"{mine.status}."]
    assert second == ["7.", "A question of M3", "", "", "All of it", "", ""]
    assert told[0] == "1 of 1 rows of M3 that this run answers were filled in"
    assert "workforce.training.completion" in notes(data)
    assert view.started.envelope.run in notes(data)


def test_what_is_red_on_facts_is_red_on_paper(no_go, seal_log):
    """The one thing that a slide must not do."""
    view = RunView.of(seal_log(no_go.events()))
    number, mine = next(iter(rows_by_number(view).items()))
    found = next(each for each in view.findings if each.criterion in mine.source)

    data, _told = filled(deck((TRAINING, [(CHECKLIST, row(number))])), view)

    assert tables(data)[0][1][5] == (health(view, found) or "Not due")


def test_the_counts_of_a_category_are_those_of_its_domain_and_add_up(view):
    """M3's table of colors, from the criteria that have one."""
    rows = (
        *COUNTS,
        ("", "High", *[""] * 4),
        ("", "Medium", *[""] * 4),
        ("", "Low", *[""] * 4),
        ("TOTAL", "", *[""] * 4),
    )
    data, _told = filled(deck((TRAINING, [rows, (CHECKLIST, row(6))])), view)
    found = tables(data)[0]
    mine = counts(view, [each for each in view.findings if each.domain.value == "workforce"])

    assert [int(cell) for cell in found[2][2:]] == [
        *(mine.get(("High", color), 0) for color in ("Green", "Yellow", "Red")),
        sum(many for (criticality, _color), many in mine.items() if criticality == "High"),
    ]
    assert [int(cell) for cell in found[5][2:]] == [sum(int(found[y][x]) for y in (2, 3, 4)) for x in (2, 3, 4, 5)]


def test_a_claimed_color_stands_beside_the_computed_one(view):
    """The deck of last week said green."""
    template = deck((TRAINING, [(CHECKLIST, row(6))]))
    mine = rows_by_number(view)[6]
    other = "Red" if mine.color == "Green" else "Green"
    earlier = deck((TRAINING, [(CHECKLIST, ("6.", "A question of M3", "", "", "", other, ""))]))

    data, told = filled(template, view, earlier=earlier)

    assert f"row 6: Claimed {other}, computed {mine.color}." in told
    assert tables(data)[0][1][6].endswith(f"Claimed {other}, computed {mine.color}.")
    assert claimed(6, mine.color, {6: mine.color}) == ""


def test_unmet_criteria_are_listed_blockers_first_and_what_does_not_fit_is_counted(no_go, seal_log):
    """Nobody learns from a slide of eight rows that there were twelve."""
    view = RunView.of(seal_log(no_go.events()))
    header = (
        "Readiness Category",
        "No.",
        "Task ",
        "Go / No-Go Success Criteria",
        "Health Indicator",
        "Justification / Action Plan",
    )
    template = deck((TRAINING, [(CHECKLIST, row(6))]), ("Unmet", [(header, ("x", "", "", "", "Red", ""))]))

    data, _told = filled(template, view)
    rows = tables(data)[1][1:]
    found = [each for each in view.findings if each.status.open]

    assert len(rows) == min(MOST, len(found)) > 1
    assert {row[4] for row in rows} <= {"Red", "Yellow", ""}
    assert f"{len(rows)} of {len(found)}" in notes(data)


MORE = "And 2 more open criteria: see the assessment report"
UNMET = (
    "Readiness Category",
    "No.",
    "Task ",
    "Go / No-Go Success Criteria",
    "Health Indicator",
    "Justification / Action Plan",
)


@pytest.mark.parametrize(("many", "rows", "last"), [(MOST - 1, 7, ""), (MOST, 8, ""), (MOST + 1, 8, MORE)])
def test_the_slide_itself_says_how_many_more_are_open(no_go, seal_log, many, rows, last):
    """The notes are not on the wall: four of twelve reasons were nowhere to be seen."""
    one = no_go.assessment.findings[0]
    found = tuple(one.model_copy(update={"criterion": f"workforce.training.c{number}"}) for number in range(many))
    view = RunView.of(seal_log(no_go.with_assessment(findings=found).events()))
    template = deck((TRAINING, [(CHECKLIST, row(6))]), ("Unmet", [(UNMET, [""] * 6)]))

    shown = tables(filled(template, view)[0])[1][1:]

    assert len(shown) == rows
    assert shown[-1][2] == (last or one.title)
    assert (shown[-1][3:5] == ["the customer's functional lead (2)", "2 Red"]) is bool(last)


def test_a_remedy_of_the_ruleset_is_no_action_plan(no_go, conditional, seal_log):
    """Nobody has promised what the ruleset advises; what somebody promised has a name and a day."""
    red, yellow = (RunView.of(seal_log(each.events())) for each in (no_go, conditional))
    open_ones = [each for each in red.findings if each.status.open]
    planned = next(each for each in yellow.findings if yellow.plan(each.criterion))
    waived = next((each for each in yellow.decision.conditions if each.waiver), None)

    assert {answer_to(red, each) for each in open_ones} == {
        f"No action plan. Remedy: {each.remedy}" for each in open_ones
    }
    plan = yellow.plan(planned.criterion)
    assert answer_to(yellow, planned) == f"{plan.action.rstrip('.')}, by {person(yellow, plan.owner)}, due {plan.due}"
    if waived is not None:
        assert answer_to(yellow, yellow.finding(waived.criterion)).startswith(f"Waiver {waived.waiver}: ")


def test_a_rehearsal_is_one_on_the_slide(go, seal_log):
    """A deck with a verdict of a rehearsal looks like a decision, and the notes stay with the speaker."""
    cover = ("Phase 4, Month, Year", [(CHECKLIST, row(6))])
    milestones = (
        ("MAJOR MILESTONES", "", "", ""),
        ("Milestones", "Baseline", "Status", "Notes"),
        ("List", "", "B", ""),
        ("", "", "P", ""),
    )
    three = (("", "Risk/Issue", "Mitigation/Response"), ("1", "", ""))
    for kind in (Purpose.REHEARSAL, Purpose.DECISION):
        run = replace(go, assessment=go.assessment.model_copy(update={"kind": RunKind(purpose=kind)}))
        view = RunView.of(seal_log(run.events()))
        first = Presentation(io.BytesIO(filled(deck(cover), view)[0])).slides[0].shapes.title.text
        note = tables(filled(deck(("Status", [milestones, three])), view)[0])[0][2][3]

        assert ("decide" in first or "decision" in first) is (kind is Purpose.REHEARSAL)
        assert first.startswith("Phase 4, April 19, 2027")
        assert note.startswith("Verdict GO.")
        assert ("not a decision" in note) is (kind is Purpose.REHEARSAL)


def test_what_is_ahead_looks_like_what_is_ahead(go, seal_log):
    """The letter said upcoming, and the ground of the cell said completed."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    table = slide.shapes.add_table(4, 4, 0, 0, Inches(9), Inches(2)).table
    for place, text in enumerate(("Milestones", "Baseline", "Status", "Notes")):
        table.cell(1, place).text = text
    table.cell(0, 0).text = "MAJOR MILESTONES"
    table.cell(2, 2).text, table.cell(3, 2).text = "B", "P"
    for number, color in ((2, "002060"), (3, "7030A0")):
        table.cell(number, 2).fill.solid()
        table.cell(number, 2).fill.fore_color.rgb = RGBColor.from_string(color)
    three = slide.shapes.add_table(2, 3, 0, 0, Inches(9), Inches(1)).table
    for place, text in enumerate(("", "Risk/Issue", "Mitigation/Response")):
        three.cell(0, place).text = text
    stream = io.BytesIO()
    made.save(stream)

    data = filled(stream.getvalue(), RunView.of(seal_log(go.events())))[0]
    cell = next(s for s in Presentation(io.BytesIO(data)).slides[0].shapes if s.has_table).table.cell(2, 2)

    assert (cell.text, str(cell.fill.fore_color.rgb)) == ("P", "7030A0")


def test_a_criterion_of_the_agencys_own_takes_a_free_row(go, seal_log):
    """M3 leaves rows for it; what has none is named."""
    view = RunView.of(seal_log(go.events()))
    title = "Technology Readiness Criteria Tasks and Status"
    template = deck((title, [(CHECKLIST, row(""), ("", "<Organization Defined>", "", "", "", "", ""))]))
    own = [each for each in view.findings if each.domain.value == "system"]

    data, told = filled(template, view)

    assert tables(data)[0][2][1] in {each.title for each in own}
    assert any("without a free row" in line for line in told) is (len(view.findings) > 2)


def test_top_risks_and_the_status_report(no_go, seal_log):
    """The other two decks take what blocks, by name."""
    view = RunView.of(seal_log(no_go.events()))
    risks = ("Risk", "Impact", "Probability", "Owner", "Mitigation Strategy")
    data, _told = filled(deck(("Top Risks", [(risks, [""] * 5, [""] * 5)])), view)
    assert tables(data)[0][1][1] in {"High", "Medium"}
    assert tables(data)[0][1][2] == ""  # nobody recorded a probability

    three = (("", "Risk/Issue", "Mitigation/Response"), *((str(n), "List risks", "") for n in (1, 2, 3)))
    recent = (("Key Recent Accomplishments", "Key Upcoming Activities"), ("List", "List"))
    data, told = filled(deck(("Project Status (as of xx/xx/xx)", [three, recent])), view)
    assert "List" not in str(tables(data))
    assert Presentation(io.BytesIO(data)).slides[0].shapes.title.text == "Project Status (as of 04/19/27)"
    assert told[-1].startswith("left as they were")


@pytest.mark.parametrize(
    ("template", "earlier", "sentence"),
    [
        (b"no deck", None, "no PowerPoint file that can be read"),
        (deck(("Lunch", [(("A", "B"), ("1", "2"))])), None, "none of the tables that gonogo fills in"),
        (deck((TRAINING, [(CHECKLIST, row(6))])), deck((TRAINING, [(CHECKLIST, row(6))])), "claims no color"),
        (
            deck(("Top", [(("Risk", "Impact", "Probability", "Owner", "Mitigation Strategy"), [""] * 5)])),
            deck((TRAINING, [(CHECKLIST, ("6", "", "", "", "", "Red", ""))])),
            "Only a Phase 4 Progress Review",
        ),
    ],
)
def test_a_deck_that_cannot_be_filled_in_is_a_sentence(view, template, earlier, sentence):
    """Not half a deck."""
    with pytest.raises(UsageError, match=sentence):
        filled(template, view, earlier=earlier)


def test_gsas_own_decks_are_filled_in(view, gsa):
    """The templates as GSA publishes them, with merged cells and boxes over boxes."""
    phase_four, told = filled((gsa / "M3-Phase-4-Progress-Review.pptx").read_bytes(), view)
    assert told[0].startswith(f"{len(rows_by_number(view))} of {len(rows_by_number(view))} rows")
    assert len([cells for cells in tables(phase_four) if "Health Indicator Ratings" in str(cells)]) > 7
    for name in ("M3-Phase-3-Progress-Review.pptx", "M3-Playbook-Status-Report-Dashboard-Template.pptx"):
        assert filled((gsa / name).read_bytes(), view)[1]


def test_equal_runs_give_equal_decks_and_what_a_file_says_stays_text(no_go, seal_log):
    """A deck is checked against the record by its bytes; a title is shown, never obeyed."""
    hostile = "</a:t><a:hlinkClick/>\x00\u202e=cmd"
    finding = no_go.assessment.findings[0].model_copy(update={"title": hostile})
    run = no_go.with_assessment(findings=(finding, *no_go.assessment.findings[1:]))
    view = RunView.of(seal_log(run.events()))
    header = (
        "Readiness Category",
        "No.",
        "Task ",
        "Go / No-Go Success Criteria",
        "Health Indicator",
        "Justification / Action Plan",
    )
    template = deck((TRAINING, [(CHECKLIST, row(6))]), ("Unmet", [(header, [""] * 6)]))

    first, _told = filled(template, view)

    assert first == filled(template, view)[0]
    assert any("hlinkClick" in cell and "\u202e" not in cell for cells in tables(first)[1] for cell in cells)


def test_a_folder_that_is_not_there_is_named_before_the_deck_is_filled_in(stated, tmp_path, capsys):
    """As with every other report: exit 2, and the template is not opened."""
    assert run(["deck", str(tmp_path / "t.pptx"), str(stated.root), "-o", str(tmp_path / "none" / "d.pptx")]) == 2
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("template.pptx", "is the deck that is read"),
        ("claimed.pptx", "is the deck that is read"),
        ("folder/../claimed.pptx", "is the deck that is read"),
        ("program/gonogo.yaml", "would replace a file that people write"),
        ("program/audit/deck.pptx", "would lie in the folder of the audit log"),
    ],
)
def test_no_deck_replaces_what_it_is_made_of(stated, tmp_path, capsys, output, sentence):
    """A template, the colors that somebody claimed, the program's files and its record are there once."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "program").symlink_to(stated.root, target_is_directory=True)
    (stated.root / "audit").mkdir(exist_ok=True)
    for name in ("template.pptx", "claimed.pptx"):
        (tmp_path / name).write_bytes(b"PK")
    target = tmp_path / output
    before = target.read_bytes() if target.exists() else None

    asked = ["deck", str(tmp_path / "template.pptx"), str(stated.root), "--claimed", str(tmp_path / "claimed.pptx")]
    assert run([*asked, "-o", str(target)]) == 2

    assert sentence in capsys.readouterr().err
    assert (target.read_bytes() if target.exists() else None) == before
