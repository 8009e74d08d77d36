"""GSA's business readiness assessment: which gaps have neither a release nor a workaround, and what is filled in."""

from __future__ import annotations

import io
import warnings
from typing import ClassVar

import pytest
from tests.collectors.program.decks.made_decks import deck, deck_parts, frame, packed, slide
from tests.collectors.program.decks.test_success_metrics import templates
from tests.spoiled import no_better, spoiled

from gonogo.collectors.program.decks.readiness_assessment import ReadinessCollector
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import answers_of, job_of

GAPS = (
    "Identify the Gaps in Business Needs between the existing Solution and Target End State",
    "Assess current capabilities against the FIBF standards to identify additional gaps",
    "Brainstorm Possible Resolutions to Close Identified Business Need Gaps",
)
FOUND = (
    ("No report of open orders", "", "Release 2 has it"),
    ("Grants are paid by hand", "", "Workaround: payment list, tried in March"),
    ("No interface to travel", "", "Buy a connector"),
    ("", "FFM.030 is not met", "payroll-1 brings it"),
)
ROLES = "Stakeholders:\nSponsor, CFO\nRoles:\nSponsor decides\nResponsibilities:\nCFO writes\nTimeline:\nMarch to May"
ASKED = (
    "Stakeholders:\nDevelop a list of stakeholders\nRoles:\nDefine roles\nResponsibilities:\nDefine responsibilities\n"
    "Timeline:\nCreate a timeline for completion"
)
STEPS = (
    (("", "", ""), ("Assess the Existing Solution", "Define Target End State", "Gap Analysis "), (ROLES,) * 3),
    (
        (
            "Review Shared Vision and Objectives of Modernization or Migration from Phase 0",
            "Document the \u201cAs-Is\u201d High-level Capabilities and Offerings of the Existing Solution",
            "Identify the Limitations and Challenges of the Existing Solution",
        ),
        ("One ledger", "Posts and pays", "Closes in 9 days"),
    ),
    (
        (
            "Define the Target Operational End State",
            "Draft desired high-level business capabilities of a target end state while referencing the FIBF standards",
        ),
        ("One provider", "All of FFM"),
    ),
    (("We Will\u2026", "Which Means\u2026"), ("Use the standard", "No custom forms"), ("", "")),
)


def whole(*rows, steps=STEPS) -> bytes:
    return deck(*(slide(frame(step)) for step in steps), slide(frame((("", "", ""), GAPS, *(rows or FOUND)))))


def read(data: bytes, rule=AsOfRule.DOCUMENT_SAVED, **settings):
    settings = {"releases": ["Release 2"]} | settings
    return answers_of(ReadinessCollector(), job_of({"file": ("readiness.pptx", data)}, rule=rule), settings)


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.program.decks"
    name = "readiness"
    files: ClassVar = {"file": ("readiness.pptx", whole())}
    as_of = AsOf(rule=AsOfRule.DOCUMENT_SAVED)


class TestCounts:
    def test_a_gap_is_open_unless_a_release_or_a_workaround_is_named(self):
        """The criterion asks for one of the two; an idea is neither."""
        answers = read(whole())

        assert (answers["readiness_gaps_open"].value, answers["readiness_gaps"].value) == (1, 4)
        assert answers["readiness_gaps_open"].open_items == ("No interface to travel",)
        sections = answers["readiness_sections_ratio"]
        assert (sections.part, sections.whole, sections.open_items) == (13, 13, ())

    @pytest.mark.parametrize(
        ("resolution", "still_open"),
        [
            *(("Release 2", 0), ("in Release 2, May", 0), ("Release 21", 1), ("Release 3", 1), ("payroll-1", 0)),
            *(("Workaround tried in March", 0), ("work-around: list", 0), ("No workaround", 1), ("Workaround: TBD", 1)),
            *(("workaround to be defined", 1), ("Workaround?", 1), ("", 1), ("TBD", 1), ("not in Release 2", 1)),
            *(("Deferred beyond Release 2", 1), ("After Release 2", 1), ("Release 2, after the audit", 0)),
            *(("Workaround", 1), ("Workaround: see plan", 1), ("payroll-1 may bring it", 1), ("Release 2, in May", 0)),
            *(("Release 2 should bring it", 1), ("Ask the team of Release 2", 1), ("Workaround proposed", 1)),
            *(("Workaround wanted", 1), ("Workaround is too costly", 1), ("Release 2, subject to funding", 1)),
            *(
                ("Release 2 backlog", 1),
                ("Vendor will offer a workaround", 1),
                ("Release 2, as requested by payroll", 0),
            ),
            *(("Release 2 could have it", 1), ("Release 2 if funded", 1), ("Release 2, probably", 1)),
            *(("Workaround in place", 1), ("Workaround will be provided", 1), ("Workaround: paid by hand", 0)),
            *(("Workaround needed", 1), ("Workaround under discussion", 1), ("Workaround failed in the test", 1)),
            *(
                ("Workaround \u2014 N/A", 1),
                ("Nothing in Release 2", 1),
                ("Release 2 or later", 1),
                ("maybe Release 2", 1),
            ),
            *(("payroll-1 can't do it", 1), ("We asked for Release 2; declined", 1), ("removed from Release 2", 1)),
            *(("Release 2, which is cancelled", 1), ("Out of scope of Release 2", 1)),
            *(("Impacts on staff\nRelease 2", 0), ("Document possible gap resolutions here", 1)),
        ],
    )
    def test_only_a_resolution_that_names_one_closes_a_gap(self, resolution, still_open):
        """Each of these stands in decks."""
        answers = read(whole(("A gap", "None identified", resolution)))

        assert answers["readiness_gaps_open"].value == still_open

    @pytest.mark.parametrize(
        ("row", "read_all"),
        [
            (("", "", "Payroll cannot pay; no solution"), False),
            (("Document gaps here", "", "Payroll cannot pay"), True),
            (("None identified", "", "Nothing to do"), True),
            (("", "", ""), True),
            (("", "", "\u2014"), True),
        ],
    )
    def test_a_resolution_of_no_gap_is_refused(self, row, read_all):
        """The gap was written into the wrong cell, and nobody counted it."""
        answers = read(whole(*FOUND, row))

        if row[0].startswith("Document"):
            assert answers["readiness_gaps"].value == 5
        elif read_all:
            assert answers["readiness_gaps"].value == 4
        else:
            assert answers["readiness_gaps"].gap is not None
            assert "the row has a resolution and names no gap" in answers["readiness_gaps_open"].detail

    @pytest.mark.parametrize("length", [200, 201])
    def test_a_gap_is_named_by_two_hundred_letters(self, length):
        """What somebody pasted into the cell is no name."""
        assert read(whole(("g" * length, "none", "Hope")))["readiness_gaps_open"].open_items == ("g" * 200,)

    def test_a_release_that_is_called_by_a_common_word_has_to_be_named_in_the_binding(self):
        """*Pay by hand in payroll* names no release."""
        data = whole(("A gap", "none", "Pay by hand in payroll"))
        job = job_of({"file": ("readiness.pptx", data)}, rule=AsOfRule.DOCUMENT_SAVED, release="payroll")
        assert answers_of(ReadinessCollector(), job)["readiness_gaps_open"].value == 1
        assert answers_of(ReadinessCollector(), job, {"releases": ["payroll"]})["readiness_gaps_open"].value == 0

    def test_several_gaps_in_a_cell_need_a_resolution_each(self):
        """Three bullets against one would let two gaps disappear."""
        answers = read(whole(("Reports\nTravel", "No additional gaps", "Release 2\nBuy it")))
        assert answers["readiness_gaps_open"].open_items == ("Travel",)

        answers = read(whole(("Reports\nTravel", "none", "Release 2")))
        assert answers["readiness_gaps_open"].gap is GapReason.MALFORMED
        assert "2 lines name gaps and 1 resolutions; give each gap a row" in answers["readiness_gaps"].detail
        assert answers["readiness_sections_ratio"].part == 13
        answers = read(whole(("Reports\nTravel", "none", "Release 2\nBuy it\nRelease 2")))
        assert "2 lines name gaps and 3 resolutions" in answers["readiness_gaps_open"].detail

    @pytest.mark.parametrize(
        ("rows", "sentence"),
        [
            ([("A gap", "", "Release 2")], "of FIBF standards is not filled in"),
            ([("", "A gap", "Release 2")], "of business needs is not filled in"),
            ([("A gap", "Document current capabilities against the FIBF standards here", "Release 2")], "FIBF"),
            ([("A gap", "Document current capabilities against the FIBF standards here\nB", "x\ny")], "FIBF"),
            ([("A gap", "none", "Release 2"), ("A  Gap", "", "")], "stands in an earlier row"),
        ],
    )
    def test_gaps_that_nobody_looked_for_are_not_zero(self, rows, sentence):
        """Half an analysis has half the gaps."""
        answers = read(whole(*rows))

        assert answers["readiness_gaps_open"].gap is not None
        assert sentence in answers["readiness_gaps_open"].detail

    def test_none_in_both_columns_is_an_answer(self):
        """Somebody looked, and says so."""
        answers = read(whole(("None identified", "No gaps were identified.", "")))

        assert (answers["readiness_gaps_open"].value, answers["readiness_gaps"].value) == (0, 0)

    def test_a_section_with_an_instruction_left_in_it_or_without_its_table_is_open(self):
        """A slide that was deleted has no empty cells."""
        roles = (STEPS[0][0], STEPS[0][1], (ROLES, ASKED.replace("Define roles", "CFO decides"), "TBD"))
        answers = read(whole(steps=(roles, *STEPS[2:])))

        assert answers["readiness_sections_ratio"].part == 13 - 2 - 3
        assert answers["readiness_sections_ratio"].open_items[:3] == (
            "Step 1, roles and responsibilities: target end state",
            "Step 1, roles and responsibilities: gap analysis",
            "Step 2, existing solution: shared vision",
        )

    @pytest.mark.parametrize(
        ("text", "filled"),
        [
            ("None identified", True),
            ("No gaps were found.", True),
            ("TBD", False),
            ("Roles:", False),
            ("", False),
            ("One ledger\nDocument shared vision and objectives here", False),
        ],
    )
    def test_a_section_is_filled_in_where_its_cells_say_something_and_ask_nothing(self, text, filled):
        """That there is none is an answer; a label or a question of the template is not."""
        answers = read(whole(steps=(STEPS[0], (STEPS[1][0], (text, "Posts and pays", "Closes in 9 days")), *STEPS[2:])))

        assert answers["readiness_sections_ratio"].part == (13 if filled else 12)

    def test_without_its_last_table_nothing_says_how_many_gaps_there_are(self):
        """Deleting the slide of gaps must not make them none."""
        answers = read(deck(*(slide(frame(step)) for step in STEPS)))

        assert answers["readiness_gaps_open"].gap is GapReason.MISSING
        assert "no table of the gap analysis" in answers["readiness_gaps_open"].detail

    def test_a_second_slide_of_gaps_counts_too(self):
        """Long tables go on."""
        more = slide(frame((GAPS, ("Another gap", "", "Hope"))))
        data = deck(slide(frame((GAPS, *FOUND))), more)

        assert read(data)["readiness_gaps_open"].value == 2


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (deck(slide(frame((("A", "B"), ("1", "2"))))), "no table of a business readiness assessment"),
            (deck(slide(frame((GAPS, *FOUND)), show="0")), "slide is hidden"),
            (whole(("~~A gap", "none", "Release 2")), "struck through"),
            (deck(slide(frame((GAPS, ("A", "", "Release 2")), marks="rowSpan='2'"))), "merged"),
            (deck(slide(frame(((*GAPS, GAPS[0]), ("A", "", "", "B"))))), "two headings could be the needs"),
            (deck(slide(frame((GAPS, (
                "Document target operational end state here",
                "Document current capabilities against the FIBF standards here",
                "Document possible gap resolutions here\n\nDocument impacts to consider here",
            ))))), "is the template; none of its sections"),
        ],
    )  # fmt: skip
    def test_what_proves_nothing_is_refused(self, data, sentence):
        """The template, and tables that two people read differently."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(data)


def test_the_real_template_filled_in_has_the_right_counts():
    """The deck that agencies download, filled in by another program than ours."""
    path = templates() / "M3-Playbook-Business-Readiness-Assessment-Template.pptx"
    with pytest.raises(CollectorRefusal, match="is the template"):
        read(path.read_bytes())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pptx import Presentation

        pages = Presentation(str(path))
        tables = [shape.table for each in pages.slides for shape in each.shapes if shape.has_table]
        for column, text in enumerate(("No report of open orders", "FFM.030 is not met", "Release 2\nBuy a connector")):
            tables[-1].cell(2, column).text = text
        tables[3].cell(2, 0).text = "One ledger"
        stream = io.BytesIO()
        pages.save(stream)
    answers = read(stream.getvalue())

    assert answers["readiness_gaps_open"].open_items == ("FFM.030 is not met",)
    assert (answers["readiness_sections_ratio"].part, answers["readiness_sections_ratio"].whole) == (4, 13)


@pytest.mark.parametrize(("old", "new"), [("tr", "a:TR"), ("tr", "p:tr"), ("tc", "a:cell")])
def test_a_row_or_a_cell_that_no_program_knows_is_not_passed_over(old, new):
    """The gap in it would be gone, and the table look whole."""
    parts = deck_parts(*(slide(frame(step)) for step in STEPS), slide(frame((("", "", ""), GAPS, *FOUND))))
    name = f"ppt/slides/slide{len(STEPS) + 1}.xml"
    head, _, rest = str(parts[name]).rpartition(f"<a:{old} ")
    text = f"{head}<{new} {rest.replace(f'</a:{old}>', f'</{new}>', 1)}"
    with pytest.raises(CollectorRefusal, match="holds something that is no row and no cell"):
        read(packed(parts | {name: text}))


@pytest.mark.fuzz
def test_a_spoiled_deck_never_has_fewer_open_gaps():
    """Bytes of the archive, and of the slide of gaps inside of a sound one; a gap whose text is lost is not closed."""
    fewer = frozenset(["readiness_gaps_open"])
    parts = deck_parts(slide(frame((GAPS, *FOUND))))
    sound = packed(parts)

    assert no_better(read, sound, fewer_is_better=fewer) == []
    found = []
    for text in spoiled(str(parts["ppt/slides/slide1.xml"]).encode()):
        try:
            answer = read(packed(parts | {"ppt/slides/slide1.xml": text}))["readiness_gaps_open"]
        except CollectorRefusal:
            continue
        if answer.gap is None and answer.value < 1:
            found.append(text)
    assert found == []
