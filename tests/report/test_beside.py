"""Page one says what is next to the evidence, and shows no plan as if it counted."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gonogo.model.finding import Status
from gonogo.model.reply import Beside, LeftAside
from gonogo.model.ruleset import ApprovalRule, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan
from gonogo.report.detail import page_of
from gonogo.report.formats import json_format, terminal_format
from gonogo.report.front import plan_summary
from gonogo.report.unread import unread_beside
from gonogo.report.view import RunView

NEWER = Beside(path="e/d-19.csv", than="e/d-18.csv", by="date")
OTHER = " the headings of e/d.csv, may be a newer version of it, and "
ASIDE = LeftAside(path="e/d (1).csv", reason="a copy")


def beside(run: Any) -> Any:
    first, *rest = run.collectors
    return run.__class__(**{**run.__dict__, "collectors": (
        first.model_copy(update={"beside": (NEWER,), "left_out": (ASIDE,)}), *rest)})  # fmt: skip


def test_a_newer_file_stands_on_page_one_on_the_first_screen_and_in_the_json(go: Any, seal_log: Any) -> None:
    """A GO on Monday's export, with Tuesday's five defects beside it."""
    view = RunView.of(seal_log(beside(go).events()))
    binding = view.collectors[0].binding
    told = f"{binding}: e/d-19.csv is next to e/d-18.csv, is newer by the date in its name and was not read."

    assert view.decision.verdict is Verdict.GO
    assert next(part.items for part in page_of(view).brief if part.id == "beside") == (told,)
    assert "NEWER FILES THAT WERE NOT READ (1)" in terminal_format.render(view).decode()
    document = json.loads(json_format.render(view))
    assert document["beside"] == [{"binding": binding, "path": "e/d-19.csv", "than": "e/d-18.csv", "by": "date"}]
    assert document["left_out"] == [{"binding": binding, "path": "e/d (1).csv", "reason": "a copy"}]


@pytest.mark.parametrize(
    ("kinds", "title"),
    [
        (("copy",), "COPIES THAT WERE NOT READ (1)"),
        (("conflict", "copy"), "COPIES THAT WERE NOT READ (2)"),
        (("date", "conflict"), "NEWER FILES AND COPIES THAT WERE NOT READ (2)"),
        (("version",), "NEWER FILES THAT WERE NOT READ (1)"),
        (("version", "name"), "FILES LIKE A BOUND ONE THAT WERE NOT READ (2)"),
    ],
)
def test_copies_are_told_where_newer_files_are(go: Any, seal_log: Any, kinds: tuple[str, ...], title: str) -> None:
    """The binding names its file; that the other one says something else is for the reader to know."""
    first, *rest = go.collectors
    told = tuple(Beside(path=f"e/d {kind}.csv", than="e/d.csv", by=kind) for kind in kinds)
    run = go.__class__(**{**go.__dict__, "collectors": (first.model_copy(update={"beside": told}), *rest)})
    view = RunView.of(seal_log(run.events()))

    assert title in terminal_format.render(view).decode()
    said = {
        "copy": "holds the same bytes and was not read.",
        "conflict": "is named like a copy of it, holds something else and was not read.",
        "date": "is newer by the date in its name and was not read.",
        "version": "is newer by the version in its name and was not read.",
        "name": "has nearly the same name and was not read.",
    }
    sentences = next(part.items for part in page_of(view).brief if part.id == "beside")
    assert sentences == tuple(f"{first.binding}: e/d {kind}.csv is next to e/d.csv, {said[kind]}" for kind in kinds)
    assert [each["by"] for each in json.loads(json_format.render(view))["beside"]] == list(kinds)


def with_files(run: Any, *beside: Beside) -> Any:
    first, *rest = run.collectors
    return run.__class__(**{**run.__dict__, "collectors": (first.model_copy(update={"beside": beside}), *rest)})


def test_many_files_are_counted_and_each_bound_one_takes_one_line(go: Any, seal_log: Any) -> None:
    """One name of nine, and the reader believes that there is one."""
    many = [Beside(path=f"e/d_v{number}.csv", than="e/d.csv", by="name") for number in range(9)]
    run = with_files(go, *many)
    view = RunView.of(seal_log(run.events()))
    screen = terminal_format.render(view).decode()

    assert "FILES LIKE A BOUND ONE THAT WERE NOT READ (9)" in screen
    assert "are next to e/d.csv" in " ".join(screen.split())
    assert len(next(part.items for part in page_of(view).brief if part.id == "beside")) == 1


@pytest.mark.parametrize(
    ("kinds", "step"),
    [
        (("copy",), None),
        (("copy", "name"), "Check a file that was not read next to bound ones"),
        (("date", "conflict"), "Check 2 files that were not read next to bound ones"),
    ],
)
def test_the_next_step_says_what_settles_which_file_counts(
    go: Any, seal_log: Any, kinds: tuple[str, ...], step: str | None
) -> None:
    """A GO with a newer file beside it that says Failed; a copy of the same bytes asks for nothing."""
    run = with_files(go, *(Beside(path=f"e/d {kind}.csv", than="e/d.csv", by=kind) for kind in kinds))
    view = RunView.of(seal_log(run.events()))
    steps = next(part.items for part in page_of(view).brief if part.id == "next")

    settle = ": bind the one that counts (gonogo add PROGRAM FILE --replaces BINDING), or list it under not_evidence "
    settle += "with the reason."
    assert [each for each in steps if each.startswith("Check ")] == ([step + settle] if step else [])


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("e/reports 12-03.csv",), "e/reports 12-03.csv has" + OTHER + "was not"),
        (("e/a.csv", "e/b.csv"), "e/a.csv and e/b.csv have" + OTHER + "were not"),
    ],
)
def test_a_file_with_the_headings_of_a_bound_one_is_told(
    go: Any, seal_log: Any, names: tuple[str, ...], told: str
) -> None:
    """It need not lie in the folder of the other, so it is not next to it."""
    run = with_files(go, *(Beside(path=each, than="e/d.csv", by="headings") for each in names))
    view = RunView.of(seal_log(run.events()))

    assert f"FILES LIKE A BOUND ONE THAT WERE NOT READ ({len(names)})" in terminal_format.render(view).decode()
    [sentence] = next(part.items for part in page_of(view).brief if part.id == "beside")
    assert sentence == f"{run.collectors[0].binding}: {told} read."


def test_where_nothing_lies_beside_nothing_is_said(go: Any, seal_log: Any) -> None:
    """Older logs hold nothing of it and read as before."""
    view = RunView.of(seal_log(go.events()))

    assert all(part.id != "beside" for part in page_of(view).brief)
    assert "beside" not in view.collectors[0].document()
    assert json.loads(json_format.render(view))["beside"] == []


@pytest.mark.parametrize(
    ("due", "rule", "counts"),
    [
        (date(2027, 4, 18), ApprovalRule.CAPS, False),
        (date(2027, 4, 19), ApprovalRule.CAPS, True),
        (date(2027, 5, 3), ApprovalRule.M3, True),
        (date(2027, 5, 4), ApprovalRule.M3, False),
        (date(2027, 5, 4), ApprovalRule.CAPS, True),
        (date(2027, 8, 1), ApprovalRule.CAPS, True),
        (date(2027, 8, 2), ApprovalRule.CAPS, False),
    ],
)
def test_a_plan_is_shown_only_where_it_counts(no_go: Any, seal_log: Any, due: date, rule: Any, counts: bool) -> None:
    """The first plan was overdue, the second one carried the verdict, and the page showed the first."""
    criterion = next(f.criterion for f in no_go.assessment.findings
                     if f.status is Status.NOT_MET and f.severity is Severity.CONDITIONAL)  # fmt: skip
    late = ActionPlan(criterion=criterion, owner="bo", action="Late", due=date(2027, 4, 1))
    plan = late.model_copy(update={"action": "Split the job", "due": due})
    made = RunView.of(seal_log(no_go.with_assessment(plans=(late, plan)).events()))
    view = made.__class__(**{name: getattr(made, name) for name in made.__slots__} | {"rule": rule})

    assert view.plan(criterion) == (plan if counts else None)
    assert (view.idle_plan(criterion) is None) is counts
    if counts:
        assert plan_summary(view, criterion) == f"Split the job, by bo, due {due}"
    else:
        why = "its action plan was due on 2027-04-01 and the criterion is still open"
        assert plan_summary(view, criterion) == f"none that counts: {why} (Late, by bo, due 2027-04-01)"
    assert plan_summary(view, "system.security.ato") == ""


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (
            ("e/new/d-19.csv",),
            "e/new/d-19.csv, in another folder than e/d-18.csv, is newer by the date in its name and",
        ),
        (("e/x/d-19.csv", "y/d-20.csv"), "e/x/d-19.csv and y/d-20.csv, in other folders than e/d-18.csv, are newer by"),
        (("e/d-19.csv", "e/d-20.csv"), "e/d-19.csv and e/d-20.csv are next to e/d-18.csv, are newer by the date in"),
    ],
)
def test_a_file_of_another_folder_is_said_to_be_there(
    go: Any, seal_log: Any, paths: tuple[str, ...], told: str
) -> None:
    """Who looks for it next to the bound one would not find it."""
    first, *rest = go.collectors
    newer = tuple(Beside(path=path, than="e/d-18.csv", by="date") for path in paths)
    run = go.__class__(**{**go.__dict__, "collectors": (first.model_copy(update={"beside": newer}), *rest)})

    assert any(told in each for each in unread_beside(RunView.of(seal_log(run.events()))))
