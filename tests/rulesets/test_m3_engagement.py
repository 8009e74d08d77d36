"""The shipped ruleset m3-engagement: all of M3's Phase 3, complete, judgeable, in our words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from gonogo.model.finding import Status
from gonogo.model.people import M3_ROLES
from gonogo.model.ruleset import Domain, Severity
from gonogo.ruleset.case_files import load_cases, untested
from gonogo.ruleset.loader import load_ruleset

RULESETS: Final = Path(__file__).resolve().parents[2] / "rulesets"
FOLDER: Final = RULESETS / "m3-engagement"
LOADED: Final = load_ruleset(FOLDER)
CASES: Final = load_cases(LOADED)
CRITERIA: Final = LOADED.ruleset.criteria
README: Final = (FOLDER / "README.md").read_text("utf-8")
WORDS_IN_A_ROW: Final = 8


def gsa(name: str) -> Path:
    """Return a file of GSA's; skip where it is not at hand."""
    found = [home / "shared/data/gsa-m3" / name for home in FOLDER.parents]
    for path in found:
        if path.is_file():
            return path
    pytest.skip(f"GSA's {name} is not at hand")


def part(heading: str) -> str:
    """Return one section of the README."""
    return README.split(f"## {heading}\n")[1].split("\n## ")[0]


def rows(heading: str) -> list[list[str]]:
    """Return the rows of a section's table, without its head."""
    lines = [line for line in part(heading).splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(cell: str) -> list[str]:
    return re.findall(r"`([a-z_.]+)`", cell)


class TestCriteria:
    def test_the_readme_counts_right(self):
        """The counts are the first thing that a reviewer checks."""
        by = Counter(criterion.severity for criterion in CRITERIA)
        said = re.search(r"([0-9]+) criteria: ([0-9]+) mandatory, ([0-9]+) conditional, ([0-9]+) advisory", README)

        assert said is not None
        assert [int(number) for number in said.groups()] == [len(CRITERIA), *(by[severity] for severity in Severity)]

    @pytest.mark.parametrize("domain", Domain)
    def test_every_domain_has_something_mandatory_that_is_due_from_the_first_milestone(self, domain):
        """A domain in which nothing mandatory is judged makes every verdict NO-GO."""
        assert any(
            c.severity is Severity.MANDATORY and c.due_from is None and c.not_applicable_when is None
            for c in CRITERIA
            if c.domain is domain
        )

    @pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: c.id)
    def test_it_can_be_waived_and_the_provider_never_attests_alone(self, criterion):
        """A blocker that nobody may lift cannot be worked with; a provider that vouches for itself proves nothing."""
        assert criterion.waivable_by
        assert any(seat.startswith("customer.") for seat in criterion.attest)
        assert {criterion.owner, *criterion.attest, *criterion.waivable_by} <= set(M3_ROLES)

    @pytest.mark.parametrize("other", ["m3-baseline", "m3-hardened"])
    def test_a_fact_of_another_ruleset_means_the_same(self, other):
        """Evidence that serves two gates must not mean two things."""
        theirs = load_ruleset(RULESETS / other).vocabulary
        shared = [fact for fact in LOADED.vocabulary.facts if fact.name in {each.name for each in theirs.facts}]

        assert shared
        assert [fact.name for fact in shared if fact.meaning != theirs[fact.name].meaning] == []
        assert [
            fact.name for fact in shared if (fact.type, fact.unit) != (theirs[fact.name].type, theirs[fact.name].unit)
        ] == []


class TestM3:
    def test_each_exit_criterion_is_mandatory(self):
        """M3 lets nobody into Phase 4 without these six."""
        severity = {criterion.id: criterion.severity for criterion in CRITERIA}
        table = rows("M3's six exit criteria")

        assert len(table) == 6
        for _, here in table:
            assert names(here)
            assert {severity[name] for name in names(here)} == {Severity.MANDATORY}

    def test_each_question_has_a_criterion(self):
        """A question of the review that no criterion answers is asked in the meeting, without evidence."""
        table = rows("M3's nine questions")

        assert len(table) == 9
        assert all(names(row[1]) for row in table)
        assert {name for row in table for name in names(row[1])} <= {criterion.id for criterion in CRITERIA}

    def test_the_outputs_are_those_of_the_tracker(self):
        """An output that the list forgot is one that no program writes."""
        sheet = load_workbook(gsa("M3-Document-and-Example-Tracker.xlsx"), read_only=True, data_only=True).worksheets[0]
        due = {"Updated": "update", "Version 1": "first version"}
        tracker = [
            (" ".join(row[0].split()), due[row[5].strip()])
            for row in sheet.iter_rows(min_row=2, max_row=120, values_only=True)
            if row[0] and row[5]
        ]

        assert [(name, kind) for name, kind, _ in rows("The 41 outputs due in Phase 3")] == tracker

    def test_the_outputs_are_counted_right(self):
        """The page promises 41 outputs, 19 of them new."""
        table = rows("The 41 outputs due in Phase 3")

        assert Counter(kind for _, kind, _ in table) == {"first version": 19, "update": 22}
        assert {name for row in table for name in names(row[2])} <= {criterion.id for criterion in CRITERIA}

    def test_the_wording_is_not_that_of_the_deck(self):
        """The deck is GSA's; ours is written to be understood without it."""
        with ZipFile(gsa("M3-Phase-3-Progress-Review.pptx")) as deck:
            slides = [name for name in deck.namelist() if re.fullmatch(r"ppt/slides/slide[0-9]+\.xml", name)]
            theirs = [re.findall(r"<a:p>.*?</a:p>|<a:p .*?</a:p>", deck.read(name).decode(), re.S) for name in slides]
        paragraphs = ["".join(re.findall(r"<a:t>(.*?)</a:t>", each)) for slide in theirs for each in slide]
        listed = part("The 41 outputs due in Phase 3")
        files = [(FOLDER / name).read_text("utf-8") for name in ("ruleset.yaml", "facts.yaml")]
        ours = [README.replace(listed, ""), *files]

        assert len(runs(paragraphs)) > 100
        assert runs(ours) & runs(paragraphs) == set()


class TestCases:
    def test_every_criterion_has_a_met_a_not_met_and_an_unknown_case(self):
        """A criterion without examples is an opinion."""
        assert untested(LOADED, CASES) == {}

    def test_the_exemption_has_a_case(self):
        """An exemption that nobody tried may exempt too much."""
        exempt = {criterion.id for criterion in CRITERIA if criterion.not_applicable_when is not None}

        assert {case.criterion for case in CASES if case.expect is Status.NOT_APPLICABLE} == exempt


def runs(texts: list[str]) -> set[str]:
    """Return every run of eight words of each text, in lower case without marks."""
    found: set[str] = set()
    for text in texts:
        words = re.findall(r"[a-z0-9]+", text.lower())
        found |= {" ".join(words[i : i + WORDS_IN_A_ROW]) for i in range(len(words) - WORDS_IN_A_ROW + 1)}
    return found
