"""Days and blank cells as conditions: what is due, what was done in time, and what is lacking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gonogo.first_week.drafts.date_parts import is_ahead
from gonogo.first_week.drafts.draft_terms import required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.fact_groups import ranked_groups
from gonogo.first_week.drafts.table_draft import draft_table
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset

NOTHING = (
    'change_request is blank or change_request in ["None", "NONE", "none", "No", "NO", "no", "N/a", "N/A", "n/a", '
    '"Tbd", "TBD", "tbd", "Unknown", "UNKNOWN", "unknown", "-"]'
)
"""No change request is named."""


def facts(folder: Path, rules: LoadedRuleset, name: str, text: str, group: str = "") -> dict[str, Any]:
    """The facts of a drafted table of that name."""
    (folder / name).write_text(text, encoding="utf-8")
    mapping = map_file(folder / name)
    required = required_of(rules.ruleset, rules.vocabulary)
    found = group or ranked_groups(name, mapping.grid.headings, rules.vocabulary, required)[0][0]
    drafted: dict[str, Any] = settings_of(draft_table(mapping, found, rules.vocabulary, required))["facts"]
    return drafted


STEPS = "1,Complete,2027-04-01,2027-04-02\n2,Open,2027-05-01,2027-05-02\n"
CHANGES = "Req,Status,Changed,Change request\n1,Approved,No,\n2,Approved,Yes,\n3,Draft,Yes,CR-7\n"
PLAN = "Message,Due,Sent On\nA,2027-04-01,2027-04-01\nB,2027-04-02,2027-04-03\nC,2027-06-02,\n"


@pytest.mark.parametrize(
    ("name", "text", "group", "wanted"),
    [
        ("communications.csv", PLAN, "comms", {
            "comms.delivered_ratio": {
                "share": {"among": "due <= now - 1d", "where": "sent_on is not blank and sent_on <= due"}
            },
        }),
        ("communications.csv", PLAN.replace("Due", "Posted"), "comms", {}),
        ("groups.csv", "Group,Told On,Acknowledged On\nA,2027-04-01,2027-04-02\nB,2027-04-01,\n", "cutover_comms", {
            "cutover_comms.reached_ratio": {
                "share": {"where": "told_on is not blank and acknowledged_on is not blank"}
            },
        }),
        ("cutover.csv", f"Step,Status,Planned start,Planned finish\n{STEPS}", "cutover", {
            "cutover.precutover_due_done_ratio": {
                "share": {"among": "planned_finish <= now - 1d", "where": 'status == "Complete"'}
            },
        }),
        ("cutover.csv", f"Step,Status,Due,Deadline\n{STEPS}", "cutover", {}),
        ("requirements.csv", CHANGES, "rtm", {
            "rtm.approved_ratio": {"share": {"where": 'status == "Approved"'}},
            "rtm.changed_without_cr": {
                "count": {"where": 'not (changed == "No") and change_request is blank'}, "unit": "requirements"
            },
        }),
        ("requirements.csv", CHANGES + "4,Draft,Yes,none\n", "rtm", {
            "rtm.approved_ratio": {"share": {"where": 'status == "Approved"'}},
            "rtm.changed_without_cr": {
                "count": {"where": f'not (changed == "No") and ({NOTHING})'}, "unit": "requirements"
            },
        }),
        ("requirements.csv", "Req,Status,Changed\n1,Approved,No\n2,Approved,Yes\n", "rtm", {
            "rtm.approved_ratio": {"share": {"where": 'status == "Approved"'}},
        }),
    ],
    ids=["on time", "no due day", "two days", "due steps", "two due days", "without", "named none", "no column"],
)  # fmt: skip
def test_days_and_blank_cells_answer_what_words_do_not(
    tmp_path: Path, rules: LoadedRuleset, name: str, text: str, group: str, wanted: dict[str, Any]
) -> None:
    """An office writes days and not words; where a day is missing or doubtful, less is said, never more."""
    assert facts(tmp_path, rules, name, text, group) == wanted


def test_in_scope_is_no_approval(tmp_path: Path, rules: LoadedRuleset) -> None:
    """A requirement that is in scope and still a draft would count as approved."""
    text = "Req,In Scope,Status\n1,Yes,Approved\n2,Yes,Draft\n3,No,Draft\n"

    assert facts(tmp_path, rules, "requirements.csv", text, "rtm") == {
        "rtm.approved_ratio": {"share": {"among": 'not (in_scope == "No")', "where": 'status == "Approved"'}}
    }


def test_yes_and_no_never_speak_against_what_counts_as_bad(tmp_path: Path, rules: LoadedRuleset) -> None:
    """`Overdue: no` is good and `Answered: no` is bad; the words alone would count none of the rows."""
    text = "CR,Answered\n1,No\n2,Yes\n"

    assert facts(tmp_path, rules, "change requests.csv", text, "cr") == {}


@pytest.mark.parametrize(
    ("heading", "ahead"),
    [
        ("Fecha prevista", True),
        ("Fecha límite", True),
        ("Date prévue", True),
        ("Échéance", True),
        ("Geplantes Datum", True),
        ("Fällig am", True),
        ("Fecha de envío", False),
        ("Date d'envoi", False),
        ("Gesendet am", False),
        ("Geplant, actual", False),
    ],
)
def test_a_day_due_is_known_in_other_languages(tmp_path: Path, heading: str, ahead: bool) -> None:
    """A communications plan in Spanish had no cell that says by which day each message is due."""
    (tmp_path / "plan.csv").write_text(f'Message,"{heading}"\nA,2027-04-01\nB,2027-04-02\n', encoding="utf-8")
    mapping = map_file(tmp_path / "plan.csv")
    name = next(name for name, guess in mapping.columns.items() if guess.heading == heading)

    assert is_ahead(mapping, name) is ahead
