"""Which columns answer: a name under a draft never makes a share that is better than what the table shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.drafts.draft_terms import required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.fact_asks import counts_things, may_be_of_rows
from gonogo.first_week.drafts.row_outcomes import asked_outcomes, heading_fit, is_scope
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.testing import SAMPLE_NOW, answers_of, job_of

PARTIES = {"customer": "NIWA", "provider": "CFSC"}
ROWS, OUT, DONE = 8, 2, 3
"""Rows of each table; the last ones are out of scope and done all the same; of those in scope so many are done."""
KEYS = {
    "config": "Item", "contingency": "Section", "cutover": "Step", "cutover_comms": "Group", "helpdesk": "Call",
    "interfaces": "Interface ID", "labor": "Notice", "mapping": "Old code", "process": "Process", "reports": "Report",
    "rtm": "Req ID", "sla": "Service", "sop": "Procedure", "training": "Role", "comms": "Message", "uat": "Case",
    "sit": "Case", "customer_om": "Position", "provider_staff": "Position",
}  # fmt: skip
SCOPES = ("In scope", "Required", "Needed", "Applicable?", "Affected", "In release R1", "Mandatory")
SAYS = {
    "config.items_complete_ratio": ("Tested", "Built and tested", "Tested on"),
    "contingency.elements_complete_ratio": ("Written", "Part written", "Written on"),
    "cutover_comms.reached_ratio": ("Acknowledged", "Group acknowledged", "Acknowledged on"),
    "helpdesk.kb_coverage_ratio": ("Published", "Article published", "Published on"),
    "interfaces.e2e_passed_ratio": ("E2E passed", "End-to-end test passed", "E2E passed on"),
    "interfaces.icd_approved_ratio": ("ICD approved", "Approved?", "ICD approved on"),
    "labor.notices_given_ratio": ("Given", "Notice given", "Given on"),
    "mapping.approved_ratio": ("Approved", "Map approved", "Approved on"),
    "process.documented_ratio": ("Approved", "Process approved", "Approved on"),
    "process.mapped_to_position_ratio": ("Assigned", "Mapped to position", "Assigned on"),
    "rtm.approved_ratio": ("Approved", "Requirement approved", "Approved on"),
    "sop.approved_ratio": ("Approved", "Procedure approved", "Approved on"),
}
"""Facts of one column, with headings that say it."""
NEVER = (
    "Approval requested", "Approval required", "To be approved", "Not approved", "Ready for approval", "Test planned",
    "Approved by", "Draft sent", "Owner assigned", "Approval pending", "Untested", "Test failed", "Approval waived",
    "Planned", "Due", "Started on", "Submitted on", "Reviewed", "Approved in principle", "Partly approved",
)  # fmt: skip
"""Headings that say something else than that anything was done."""


def cells(form: str, heading: str) -> tuple[str, str]:
    """What stands in a cell where it was done, and where it was not, in one of the ways in which offices write it."""
    word = "Passed" if "E2E" in heading or "test" in heading.lower() else "Approved"
    return {
        "day": ("2026-11-02", ""),
        "yes": ("Yes", "No"),
        "letter": ("Y", "N"),
        "word": (word, "Open"),
        "mark": ("X", ""),
    }[form]


def table(key: str, scope: str, columns: dict[str, Sequence[str]]) -> str:
    """A table with a column of scope, of which the last rows say no."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([key, *([scope] if scope else []), *columns])
    for n in range(ROWS):
        narrow = ["No" if n >= ROWS - OUT else "Yes"] if scope else []
        writer.writerow([f"K-{n}", *narrow, *(values[n] for values in columns.values())])
    return stream.getvalue()


def drafted(folder: Path, rules: LoadedRuleset, group: str, text: str, name: str = "t.csv") -> TableDraft:
    """The draft of a table for a group."""
    (folder / name).write_text(text, encoding="utf-8")
    return draft_table(
        map_file(folder / name), group, rules.vocabulary, required_of(rules.ruleset, rules.vocabulary), parties=PARTIES
    )


def shares(folder: Path, draft: TableDraft, name: str = "t.csv") -> dict[str, tuple[int, int]]:
    """What the table collector makes of a draft that somebody has signed: part and whole of each fact."""
    settings: dict[str, Any] = settings_of(draft)
    if not settings["facts"]:
        return {}
    job = job_of({"file": (name, (folder / name).read_bytes())}, as_of=SAMPLE_NOW)
    with ready():
        found = answers_of(TableCollector(), job, settings)
    return {
        fact: (answer.part, answer.whole)
        for fact, answer in found.items()
        if answer.part is not None and answer.whole is not None
    }


def tables_of(fact: str) -> Iterator[tuple[str, bool, str]]:
    """Yield scope column, whether the heading says it, and the table, for each way of writing what was done."""
    for scope, (heading, fits), form in product(
        SCOPES, [*((each, True) for each in SAYS[fact]), *((each, False) for each in NEVER)],
        ("day", "yes", "letter", "word", "mark"),
    ):  # fmt: skip
        yes, no = cells(form, heading)
        done = [yes if n < DONE or n >= ROWS - OUT else no for n in range(ROWS)]
        column = done if fits else [yes] * ROWS
        yield scope, fits, table(KEYS[fact.partition(".")[0]], scope, {heading: column})


@pytest.mark.parametrize("fact", SAYS)
def test_a_name_alone_never_makes_a_share_better_than_the_truth(
    tmp_path: Path, rules: LoadedRuleset, fact: str
) -> None:
    """Twelve of twelve configuration items were complete because all of them were in scope: a GO that nobody earned."""
    group, right, answered = fact.partition(".")[0], 0, 0
    seen: set[str] = set()
    for number, (scope, fits, text) in enumerate(tables_of(fact)):
        found = drafted(tmp_path, rules, group, text)
        if not any(each.fact.name == fact for each in found.used):
            continue
        where = str(settings_of(found)["facts"][fact]) + str(fits)
        if where in seen and number % 7:
            continue  # the same condition over the same rows gives the same share
        seen.add(where)
        share = shares(tmp_path, found).get(fact)
        if share is None:
            continue
        answered += 1
        part, whole = share
        assert fits, f"{text} says nothing of {fact}, and gives {share}"
        assert part * (ROWS - OUT) <= DONE * whole, f"{text} gives {share}"
        right += (part, whole) == (DONE, ROWS - OUT)
        del scope
    assert right >= 3, "no table was answered, so that nothing was tried"


@pytest.mark.parametrize("group", KEYS)
def test_a_table_of_scope_alone_answers_no_share(tmp_path: Path, rules: LoadedRuleset, group: str) -> None:
    """Where nothing says what was done, somebody is asked."""
    for scope in SCOPES:
        found = drafted(tmp_path, rules, group, table(KEYS[group], scope, {"Remarks": [f"r{n}" for n in range(ROWS)]}))
        ratios = [each.fact.name for each in found.used if each.fact.name.endswith("_ratio")]
        assert ratios == [], scope


def test_one_column_never_answers_two_facts_unless_its_heading_says_both(tmp_path: Path, rules: LoadedRuleset) -> None:
    """`In scope` was the answer of two facts about interfaces."""
    column = ["Yes"] * DONE + ["No"] * (ROWS - DONE)
    found = drafted(tmp_path, rules, "interfaces", table("Interface ID", "In scope", {"E2E passed": column}))

    assert [each.fact.name for each in found.used] == ["interfaces.e2e_passed_ratio"]


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        ({"Signed NIWA": 4, "Signed CFSC": 2}, (2, 6)),
        ({"Customer signed": 4, "Provider signed": 2}, (2, 6)),
        ({"Signed": 4}, None),
        ({"Signed NIWA": 4, "Signed on": 4}, None),
        ({"Customer signed": 4}, None),
    ],
)
def test_what_both_sides_sign_takes_a_column_of_each(
    tmp_path: Path, rules: LoadedRuleset, columns: dict[str, int], wanted: tuple[int, int] | None
) -> None:
    """One signature of two is none."""
    days = {heading: ["2026-11-02"] * n + [""] * (ROWS - n) for heading, n in columns.items()}
    found = drafted(tmp_path, rules, "sla", table("Service", "In scope", days))

    assert shares(tmp_path, found).get("sla.signed_ratio") == wanted


@pytest.mark.parametrize(("day", "answers"), [(-1, True), (0, True), (1, False)])
def test_a_day_after_the_evidence_says_nothing_was_done(
    tmp_path: Path, rules: LoadedRuleset, day: int, answers: bool
) -> None:
    """`Approved on` in next week is a plan."""
    last = date.fromordinal(SAMPLE_NOW.date().toordinal() + day).isoformat()
    days = ["2026-11-02"] * 2 + [last] + [""] * (ROWS - 3)
    found = drafted(tmp_path, rules, "sop", table("Procedure", "", {"Approved on": days}))

    assert ("sop.approved_ratio" in shares(tmp_path, found)) is answers


@pytest.mark.parametrize(
    ("unit", "counts"),
    [("calendar days", False), ("of 2", False), ("weeks", False), ("contracts", True), ("requests", True)],
)
def test_days_and_a_count_of_two_are_no_number_of_rows(rules: LoadedRuleset, unit: str, counts: bool) -> None:
    """Forty channels were forty days since a notice was published, and thirty were enough."""
    fact = rules.vocabulary["contracts.required"].model_copy(update={"unit": unit})

    assert counts_things(fact) is counts
    assert may_be_of_rows(fact) is counts


@pytest.mark.parametrize(
    ("name", "key", "counted"),
    [
        ("contracts.required", "Contract", True),
        ("contracts.required", "Vendor", False),
        ("mock.cycles_completed", "Mock cycle", True),
        ("mock.cycles_completed", "Fund", False),
        ("mock.cycles_completed", "Conversion object", False),
    ],
)
def test_rows_are_counted_only_where_each_is_one_of_the_things(
    tmp_path: Path, rules: LoadedRuleset, name: str, key: str, counted: bool
) -> None:
    """Twenty-nine lines of a ledger were twenty-nine mock conversions."""
    group = name.partition(".")[0]
    found = drafted(tmp_path, rules, group, table(key, "", {"Status": ["Completed"] * 6 + ["Open"] * 2}))

    assert (name in {each.fact.name for each in found.used}) is counted


def test_what_a_fact_asks_is_read_from_what_it_means(rules: LoadedRuleset) -> None:
    """All of it has to be done, unless one column says the word of its name."""
    asked = {name: [set(map(str, each)) for each in asked_outcomes(rules.vocabulary[name])] for name in (
        "config.items_complete_ratio", "process.documented_ratio", "cutover_comms.reached_ratio", "perf.error_ratio",
    )}  # fmt: skip

    assert asked == {
        "config.items_complete_ratio": [{"built", "tested"}, {"done"}],
        "process.documented_ratio": [{"written", "approved"}],
        "cutover_comms.reached_ratio": [{"told", "acknowledged"}, {"reached"}],
        "perf.error_ratio": [],
    }


@pytest.mark.parametrize("heading", NEVER)
def test_a_heading_with_a_word_that_is_not_explained_says_nothing(rules: LoadedRuleset, heading: str) -> None:
    """`Approval required: Yes` is no approval."""
    for name in SAYS:
        fit = heading_fit(heading, rules.vocabulary[name], PARTIES)
        assert not (fit.plainly and fit.outcomes), (name, fit)


@pytest.mark.parametrize("heading", SCOPES)
def test_a_column_of_scope_says_which_rows_are_asked_about(rules: LoadedRuleset, heading: str) -> None:
    """It narrows, and answers nothing."""
    assert is_scope(heading, rules.vocabulary["sop.approved_ratio"], PARTIES)
    assert not is_scope(f"Training {heading.lower()}", rules.vocabulary["sop.approved_ratio"], PARTIES)


E2E, ICD, RTM = "interfaces.e2e_passed_ratio", "interfaces.icd_approved_ratio", "rtm.approved_ratio"


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (E2E, "Interface ID,E2E passed with partner,Test status\n1,No,Passed\n2,Yes,Passed\n"),
        (E2E, "Interface ID,E2E passed with partner,Test status\n1,,Passed\n2,2026-11-02,Passed\n"),
        (E2E, "Interface ID,E2E test status,Status\n1,Failed,Passed\n2,Failed,Passed\n"),
        (ICD, "Interface ID,ICD status,Status\n1,Draft,Approved\n2,Pending,Approved\n"),
        (RTM, "Req ID,Status,Approved by business\n1,Approved,No\n2,Approved,Yes\n"),
    ],
)
def test_a_general_status_never_answers_for_a_column_that_names_the_fact(
    tmp_path: Path, rules: LoadedRuleset, fact: str, text: str
) -> None:
    """Each interface was tested by its status, although one was not with its partner, by a column that was left out."""
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")

    draft = draft_table(map_file(tmp_path / "t.csv"), fact.partition(".")[0], rules.vocabulary, [E2E, ICD, RTM])

    assert fact not in [each.fact.name for each in draft.used]
    (why,) = [each.ask for each in draft.facts if each.fact.name == fact]
    assert why.endswith(" may say it too, and only a person knows whether it does")
    assert why.partition(" may say")[0] in text.partition("\n")[0].split(",")[1:]


@pytest.mark.parametrize(
    ("fact", "text", "columns"),
    [
        (ICD, "Interface ID,ICD approved,Test status\n1,Yes,Passed\n2,No,Passed\n", {"icd_approved"}),
        (ICD, "Interface ID,ICD approved,Status\n1,Yes,Done\n2,No,Done\n", {"icd_approved", "status"}),
        (ICD, "Interface ID,Status,ICD status\n1,Approved,Draft\n2,Approved,Approved\n", {"status", "icd_status"}),
        (ICD, "Interface ID,ICD status,Test status\n1,Approved,Failed\n2,Approved,Passed\n", {"icd_status"}),
        (RTM, "Req ID,Status,Approved by\n1,Approved,J. Doe\n2,Approved,A. Roe\n", {"status"}),
        (RTM, "Req ID,Status,To be approved by\n1,Approved,2026-11-02\n2,Draft,2026-11-03\n", {"status"}),
    ],
)
def test_of_columns_that_may_say_it_all_count_and_others_stop_nothing(
    tmp_path: Path, rules: LoadedRuleset, fact: str, text: str, columns: set[str]
) -> None:
    """The first of two columns answered alone; a name, a day that is due, and another test say nothing of it."""
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")

    draft = draft_table(map_file(tmp_path / "t.csv"), fact.partition(".")[0], rules.vocabulary, [E2E, ICD, RTM])

    assert {part.column for each in draft.used if each.fact.name == fact for part in each.where} == columns
