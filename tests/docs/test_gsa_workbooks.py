"""GSA's own workbooks are bound by `gonogo init` as the page about them says, each as GSA publishes it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.declared_kinds import declared_kinds
from gonogo.first_week.drafts.fit_told import fit_words
from gonogo.first_week.file_kinds import Recognized
from gonogo.first_week.interview import conduct
from gonogo.first_week.recognition import recognize
from gonogo.first_week.starting import start

PAGE = Path(__file__).parents[2] / "docs/how-to/gsa-files.md"
BOUND = {
    "M3-Playbook-Risk-Assessment-Tool-Template.xlsm": "m3:risk",
    "M3-Document-and-Example-Tracker.xlsx": "m3:tracker",
    "M3-Services-Tailoring-Guide.xlsx": "m3:tailoring",
    "M3-Playbook-Requirements-Traceability-Matrix-Template.xlsx": "gsa-rtm@1",
    "M3-Playbook-Communications-Plan-Template.xlsx": "gsa-communications-plan@1",
    "M3-Playbook-Stakeholder-Analysis-Template.xlsx": "gsa-stakeholders@1",
    "M3-Playbook-Master-Schedule-Template.xlsx": "gsa-master-schedule@1",
    "FM-Service-Measures-FY2025.xlsx": "gsa-service-measures@1",
    "FM-Core-FS-Pre-Built-Business-Reports.xlsx": "gsa-core-reports@1",
    "M3-Playbook-Baseline-and-Target-Performance-Success-Metrics.pptx": "decks:metrics",
    "M3-Playbook-Business-Readiness-Assessment-Template.pptx": "decks:readiness",
}
"""File of GSA's to the collector or the profile that the page names for it."""


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder of GSA's files as they are published."""
    for parent in Path(__file__).resolve().parents:
        if (parent / "shared" / "data" / "gsa-m3").is_dir():
            return parent / "shared" / "data" / "gsa-m3"
    pytest.skip("the folder of GSA's files is not here")


def test_the_page_names_what_reads_each_of_them() -> None:
    """What the page promises and this test does not walk would be promised by nobody."""
    text = PAGE.read_text("utf-8")
    named = {*re.findall(r"`(gsa-[a-z-]+@1)`", text), *re.findall(r"`collector: ((?:m3|decks):[a-z]+)`", text)}

    assert named - {"gsa-rtm-changes@1"} == set(BOUND.values())


@pytest.mark.parametrize("name", BOUND)
def test_each_is_known_as_what_the_page_says(published: Path, tmp_path: Path, name: str) -> None:
    """An office that fills in one of GSA's files asks the page what becomes of it."""
    shutil.copy(published / name, tmp_path / name)
    found = recognize(tmp_path, name, (tmp_path / name).stat().st_size, declared_kinds())
    by = BOUND[name]

    assert isinstance(found, Recognized)
    assert found.kind.use.collector == by or by in fit_words(tmp_path / name, tmp_path)


def test_init_binds_none_of_them_as_a_table_of_anything_else(published: Path, tmp_path: Path) -> None:
    """A sheet of GSA's that is no list of the program's own things answers for nothing."""
    (tmp_path / "evidence").mkdir()
    for name in BOUND:
        shutil.copy(published / name, tmp_path / "evidence" / name)
    started = start(tmp_path, conduct(tmp_path, {**invented_office(), "ruleset": "m3-hardened"}))

    for each in started.proposals:
        name = each.paths[-1].rpartition("/")[2]
        assert BOUND[name] in (each.collector, each.profile) or (each.beside and each.profile == "gsa-rtm-changes@1")
