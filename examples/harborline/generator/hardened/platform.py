"""System: environments, what the pipeline says of the release, accessibility."""

from __future__ import annotations

from collections.abc import Iterator

from ..junit import BUILD
from ..names import SITES
from . import code_history
from .source import Source, Table, count, query, share, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
COMMIT = code_history.released()
OF_BUILD = {"build": BUILD}


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _platform(story)


def _platform(story: Story) -> Iterator[Source]:
    drift, tested = story.number("env.config_drift_items"), story.number("env.sites_tested")
    compared = [
        (
            f"P-{n:04d}",
            ("Main site", "Second site")[n % 2],
            "Differs" if n <= drift else "Explained" if n % 400 == 0 else "Same",
            story.ago(5),
        )
        for n in range(1, 1205)
    ]
    checks = [
        (f"SM-{n:02d}", ("Main site", "Second site")[n % 2], yes(n % 2 < tested), yes(n % 2 < tested), story.ago(5))
        for n in range(48)
    ]
    yield Source(
        "environments",
        PROVIDER,
        "Engineering of CFSC",
        {
            "compared": Table(
                "system/env_compare.csv",
                {"item": "id", "site": "-", "result": "text:Same|Explained|Differs"},
                compared,
                ["item"],
            ),
            "smoke": Table(
                "system/smoke_tests.csv",
                {"check": "id", "site": "text:Main site|Second site", "run": "boolean", "passed": "boolean"},
                checks,
                ["check"],
            ),
        },
        {
            "env.config_items": count(unit="items", table="compared"),
            "env.config_drift_items": count('result == "Differs"', unit="items", table="compared"),
            "env.sites_required": query(
                "SELECT count(DISTINCT site) FROM smoke", "smoke", type="integer", unit="sites"
            ),
            "env.sites_tested": count("run", unit="sites", table="smoke", per={"column": "site", "need": "every"}),
            "env.smoke_pass_ratio": share("passed", "run", table="smoke"),
        },
        subject={"environment": "production"},
    )
    runs = [
        {"id": f"CR-{n:03d}", "name": name, "head_sha": COMMIT, "status": "completed", "conclusion": "success"}
        for n, name in enumerate(
            ("build", "unit", "integration", "lint", "types", "licenses", "secrets", "sbom", "sign"), 1
        )
    ]
    runs.append(
        {"id": "CR-010", "name": "build", "head_sha": "0" * 39 + "1", "status": "completed", "conclusion": "success"}
    )
    document = {"exported_at": f"{story.ago(1)}T20:00:00Z", "total_count": len(runs), "check_runs": runs}
    yield Source(
        "history",
        PROVIDER,
        "Engineering of CFSC",
        {"file": Table("system/history.bundle", {}, content=code_history.bundle(story.ago(1)), held="document")},
        {},
        collector="git",
        prefix="release",
        settings={"branch": code_history.BRANCH, "since": code_history.BEFORE},
    )
    yield Source(
        "pipeline",
        PROVIDER,
        "Engineering of CFSC",
        {
            "checks": Table(
                "system/checks.json",
                {
                    "check": "id@id",
                    "name": "-name",
                    "head_sha": "id",
                    "status": "text:completed|in_progress",
                    "conclusion": "text:success|failure|skipped",
                },
                key=["check"],
                more={
                    "records": "check_runs",
                    "as_of_at": "exported_at",
                    "control": {"rows_at": "total_count"},
                    "subject": {"head_sha": {"kind": "build"}},
                },
                held="document",
            ).with_document(document)
        },
        {"release.required_checks_passed_ratio": share('conclusion == "success"')},
        subject={"build": COMMIT},
        also={"handling": {"marking": "internal", "reason": "A name is that of a check"}},
    )
    yield Source(
        "release-contents",
        PROVIDER,
        "Engineering of CFSC",
        {
            "artifacts": Table(
                "system/artifacts.csv",
                {"artifact": "id", "digest_pinned": "boolean"},
                [("keelfin-r1", yes(True), story.ago(1))],
                ["artifact"],
            ),
        },
        {
            "release.digest_pinned": whether("digest_pinned", how="all"),
        },
        subject=OF_BUILD,
    )
    manual = [(f"AT-{n:02d}", SITES[n % 9], yes(True), yes(False), story.ago(30)) for n in range(1, 25)]
    yield Source(
        "accessibility",
        PROVIDER,
        "Engineering of CFSC",
        {
            "tasks": Table(
                "system/accessibility_tasks.csv",
                {"task": "id", "site": "-", "tested": "boolean", "blocking": "boolean"},
                manual,
                ["task"],
            )
        },
        {
            "a11y.manual_tasks_tested_ratio": share("tested"),
            "a11y.blocking_barriers": count("blocking", unit="barriers"),
        },
    )
