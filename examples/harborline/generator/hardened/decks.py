"""Two presentations of GSA's: the business readiness assessment, and the baseline and target of success metrics."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from pptx import Presentation
from pptx.util import Inches

from ..files import write_stored
from ..workdays import at
from .story import Story

ROLES = (
    "Stakeholders:\nBusiness owner, technical lead, heads of the units\nRoles:\nThe business owner decides\n"
    "Responsibilities:\nThe technical lead writes\nTimeline:\nJanuary to March"
)
STEPS = (
    (
        "Step 1: Establish Roles and Responsibilities",
        ("Assess the Existing Solution", "Define Target End State", "Gap Analysis "),
        ((ROLES,) * 3,),
    ),
    (
        "Step 2: Assess the Existing Solution",
        (
            "Review Shared Vision and Objectives of Modernization or Migration from Phase 0",
            "Document the \u201cAs-Is\u201d High-level Capabilities and Offerings of the Existing Solution",
            "Identify the Limitations and Challenges of the Existing Solution",
        ),
        (("One ledger for 21 units", "Posts, pays and reports", "Closes in nine days, and nobody can mend it"),),
    ),
    (
        "Step 3: Define Target End State",
        (
            "Define the Target Operational End State",
            "Draft desired high-level business capabilities of a target end state while referencing the FIBF standards",
        ),
        (("KeelFin runs twelve services", "Every standard capability of the FIBF in scope"),),
    ),
    (
        "Step 3: Guiding Principles for Target End State",
        ("We Will\u2026", "Which Means\u2026"),
        (("Use the standard", "No screen is built for NIWA alone"),),
    ),
)
GAPS = (
    "Identify the Gaps in Business Needs between the Existing Solution and the Target End State",
    "Assess current capabilities against the FIBF standards",
    "Brainstorm Possible Resolutions to Close the Gaps",
)
FOUND = (
    ("No register of fixed assets on the first day", "", "R3 brings it"),
    ("No cost by project on the first day", "", "R2 brings it"),
    (
        "No list of open purchase card lines",
        "None identified",
        "Workaround: two people key the daily file, tried in March",
    ),
)
METRICS = (
    ("Days to close a month", "9 days", "4 days"),
    ("Invoices paid late", "6.1%", "2%"),
    ("Cost per invoice", "$14.20", "$9.00"),
    ("Interest paid a quarter", "$41,200", "$10,000"),
    ("Journal vouchers by hand a month", "412", "120"),
    ("Reports made by hand a month", "63", "10"),
    ("Calls to the help desk a week", "310", "200"),
    ("Days to open a vendor", "11 days", "3 days"),
    ("Travel vouchers paid in 30 days", "88%", "97%"),
)
HEADINGS = ("Sample Performance and Success Metrics", "Baseline Metric", "Target Metric")


def write(target: Path, story: Story) -> None:
    """Write both."""
    folder = target / "evidence" / "program"
    readiness(folder / f"business_readiness-{story.ago(11)}.pptx", story.ago(11))
    success(folder / f"success_metrics-{story.ago(20)}.pptx", story.ago(20), METRICS)


def readiness(path: Path, day: str) -> None:
    """Write the business readiness assessment; a release or a workaround closes each of its gaps."""
    deck(path, day, (*STEPS, ("Step 4: Gap Analysis", GAPS, FOUND)))


def success(path: Path, day: str, metrics: Sequence[tuple[str, str, str]]) -> None:
    """Write the success metrics, each with what was measured and what is wanted a year after go-live."""
    rows = [(name, before, f"{after} by 2028-05-01") for name, before, after in metrics]
    deck(path, day, (("Baseline and Target Performance Success Metrics", HEADINGS, rows),))


def deck(path: Path, day: str, slides: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]]) -> None:
    """Write a presentation of slides with a table each: title, headings, rows."""
    made = Presentation()
    about = made.core_properties
    about.author = about.last_modified_by = about.title = ""
    about.created = about.modified = at(day)
    for title, headings, rows in slides:
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = title
        size = (Inches(0.4), Inches(1.4), Inches(9.2), Inches(4.8))
        table = slide.shapes.add_table(1 + len(rows), len(headings), *size).table
        for number, row in enumerate((headings, *rows)):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
    packed = io.BytesIO()
    made.save(packed)
    write_stored(path, packed)
