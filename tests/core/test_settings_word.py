"""Settings that give what stands in a source another meaning are told."""

import pytest

from gonogo.core.settings_word import settings_to_trust
from gonogo.model.decision import Reliance
from gonogo.model.people import Side
from gonogo.model.program import Binding


def told(settings):
    binding = Binding(id="maps", plugin="table", side=Side.PROVIDER, producer="Team", settings=settings)
    found = list(settings_to_trust(binding))
    assert all((one.by, one.subject) == (Reliance.SETTINGS, "maps") for one in found)
    return [one.sentence for one in found]


def table(**more):
    return {"tables": {"t": more}}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (table(columns={"state": {"type": "text", "blank": "Approved"}}), "a blank state counts as Approved (blank)."),
        (
            table(columns={"state": {"blank": "Approved", "blank_reason": "Silence is consent by the charter."}}),
            "a blank state counts as Approved: Silence is consent by the charter (blank).",
        ),
        (
            table(columns={"written": {"type": "boolean", "yes_words": ["Yes", "No"]}}),
            "Yes and No in written means yes (yes_words).",
        ),
        ({"baseline": 0}, "lateness counts from baseline 0 (baseline)."),
        ({"baseline": 2}, "lateness counts from baseline 2 (baseline)."),
        (
            {"dropped": ["Prove the restore", "W.9"]},
            "both sides agreed to drop Prove the restore and W.9, the binding says (dropped).",
        ),
        (table(renamed={"State": ["Status"]}), "the column Status is read as State (renamed)."),
        (table(columns={"done": {"no_words": ["Never"]}}), "Never in done means no (no_words)."),
        (
            table(rows={"template": {"column": "a", "values": ["x"], "written_over": "left_out"}}),
            "template rows are left out and rows written over a template's example are left out (rows).",
        ),
        (
            table(rows={"template": {"column": "a", "values": ["x"], "written_over": "counts"}}),
            "template rows are left out and rows written over a template's example count (rows).",
        ),
        (
            table(not_subject={"Release": "one of many"}),
            "Release names no release, build, environment or cycle, the binding says (not_subject).",
        ),
        (
            table(not_rival={"Severity": "nobody keeps it"}),
            "Severity does not count, and another column does, the binding says (not_rival).",
        ),
        (table(distinct="two systems"), "keys that look like one are different items: two systems (distinct)."),
        (table(records="small.part"), "of the document, only the records at small.part are read (records)."),
        (
            table(control={"rows_at": "decoy.total"}),
            "the number of records that the document states is read at decoy.total (rows_at).",
        ),
        (
            table(subject={"version": {"kind": "build", "counts": ["4.1", "4.2"]}}),
            "rows whose version is 4.1 and 4.2 count as the build asked for (counts).",
        ),
        (
            table(subject={"version": {"kind": "build", "blank": "counts"}}),
            "a row with a blank version counts (blank).",
        ),
        (
            table(subject={"version": {"kind": "build", "blank": "left_out"}}),
            "a row with a blank version is left out (blank).",
        ),
        (
            table(rows={"struck": "left_out", "total": "counts"}),
            "struck rows are left out and total rows count (rows).",
        ),
        (table(rows={"parent": {"column": "kind", "values": ["Epic"]}}), "parent rows are left out (rows)."),
        (
            {"facts": {"last_exit_met": {"any": {"where": "met"}}}},
            "last_exit_met is true as soon as one row is as asked (any).",
        ),
        ({"golive": {"uid": "2"}}, "go-live is the activity uid 2 (golive)."),
        ({"golive": "GL1"}, "go-live is the activity GL1 (golive)."),
        ({"reruns": "latest"}, "reruns is latest; the default is worst (reruns)."),
        ({"unplanned": "allowed"}, "unplanned is allowed; the default is gap (unplanned)."),
        ({"high_score": 16}, "high_score is 16; the default is 15 (high_score)."),
        ({"other_releases": ["R2"]}, "rows of R2 are left out as another release's (other_releases)."),
        ({"rows": {"struck": "counts"}}, "struck rows count (rows)."),
    ],
)  # fmt: skip
def test_what_reads_a_source_otherwise_is_told(settings, sentence):
    """A setting that turned No into yes gave a GO and stood nowhere but in the program file."""
    assert told(settings) == [f"maps: {sentence}"]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        table(columns={"state": {"type": "text", "allowed": ["Approved"]}}, unique=["state"], control={"rows": 3}),
        table(subject={"version": {"kind": "build", "blank": "refused"}}),
        table(not_subject={}, rows={}, records=""),
        {"facts": {"ratio": {"share": {"where": "met"}}, "met": {"all": {"where": "met"}}}},
        {"facts": {"cutover.approved": "boolean"}},
        {"reruns": "worst", "high_score": 15, "stale_days": 14, "late_tolerance": "0.10"},
        {"committed": "2028-01-01"},
        {"tables": ["not a mapping"], "facts": 3},
    ],
)
def test_what_reads_a_source_as_it_is_is_not_told(settings):
    """A section that is always there is read by nobody."""
    assert told(settings) == []
