"""Harborline teaches how evidence is bound: a file that a collector or a profile knows is read by it, and by no other.

A file is known by its content, and a fact by its name. What is bound otherwise all the same is listed here with the
reason, and a reason that is no longer needed fails too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from gonogo.first_week.declared_kinds import DeclaredKind, declared_kinds
from gonogo.first_week.profile_heads import fits_of
from gonogo.first_week.recognition import survey
from gonogo.plugin.discovery import discover
from gonogo.plugin.registry import load
from gonogo.profiles.fitting import Confidence
from gonogo.profiles.shelf import shipped_profiles

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harborline"
SCENARIOS = ("go", "conditional", "nogo")
PROGRAMS = (*SCENARIOS, *(f"{name}/m3-hardened" for name in SCENARIOS), "engagement/go", "engagement/nogo")
BY_HAND = frozenset(("table", "attestation"))
GROUPS = {"m3-hardened": "hardened", "engagement": "engagement"}

FILES = {
    "hardened": {
        "system/axe.json": "no criterion counts what a tool finds; accessibility_tasks.csv holds what people tried",
        "system/oscal_ssp.json": "no criterion asks how many controls are implemented; the official says what counts",
    },
    "engagement": {},
    "base": {},
}
"""Files of a format that a collector reads, and why none does here."""

FACTS = {
    "hardened": {
        "access.privileged_accounts": "KeelFin is none of the tools whose role reports have a profile",
        "access.sod_conflicts_unmitigated": "KeelFin is none of the tools whose role reports have a profile",
        "ims.weekly_updates_missed_90d": "the calendar of 13 weeks is kept as a list; old schedules are not",
        "ims.golive_moved_days": "13 updates are kept as a register; their files would be 16 MB",
        "ims.actuals_changed": "13 updates are kept as a register; their files would be 16 MB",
        "ims.rebaselined_activities": "13 updates are kept as a register; their files would be 16 MB",
        "pulse.aware_ratio": "asked on paper, and typed into a list",
        "pulse.responses": "asked on paper, and typed into a list",
        "uat.executed_ratio": "the scripts were run from a list, and not in a test tool",
        "uat.pass_ratio_of_planned": "the scripts were run from a list, and not in a test tool",
    },
    "engagement": {
        f"{prefix}.{name}": reason
        for prefix, reason, names in (
            (
                "ims",
                "the schedule of December is not in the example; the program before go-live binds one",
                "critical_tasks_resourced_ratio customer_scope_in_wbs_ratio forecast_slip_days golive_path_continuous "
                "golive_tasks hard_constraint_ratio missing_logic_ratio provider_scope_in_wbs_ratio "
                "wbs_leaf_with_tasks_ratio",
            ),
            (
                "raid",
                "the log of December is not in the example; the program before go-live binds one",
                "critical_issues_open high_risks_open high_risks_unmitigated",
            ),
        )
        for name in names.split()
    },
    "base": {
        "pulse.aware_ratio": "asked on paper, and typed into a list",
        "uat.planned": "shows two lists that are laid side by side",
        "uat.executed_ratio": "shows two lists that are laid side by side",
        "uat.pass_ratio_of_planned": "shows two lists that are laid side by side",
        "uat.critical_failed": "shows two lists that are laid side by side",
        "defects.critical_open": "the defect desk's own document; shows how JSON is bound",
        "defects.high_without_workaround": "the defect desk's own document, and what the weekly status says of it",
        "dr.rto_hours": "shows that nobody may attest a plan that is their own",
        "dr.rpo_minutes": "shows that nobody may attest a plan that is their own",
    },
}
"""Facts that a collector or a profile could answer, and why a plain table or a person does."""


@dataclass(frozen=True)
class Bound:
    """How one program binds its evidence.

    Attributes:
        files: Path below ``evidence/`` to the collectors, and the profiles, that read it.
        by_hand: Facts that plain tables and statements answer.
        count: Bindings.
    """

    files: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_hand: set[str] = field(default_factory=set)
    count: int = 0


@cache
def bound(program: str) -> Bound:
    """Return how a program binds its evidence."""
    root = EXAMPLE / program
    document = yaml.safe_load((root / "gonogo.yaml").read_text("utf-8"))
    found = Bound(count=len(document["evidence"]))
    for binding in document["evidence"]:
        profile = binding.get("profile", "").partition("@")[0]
        for pattern in patterns(binding["path"]):
            for path in root.glob(pattern):
                found.files[path.relative_to(root / "evidence").as_posix()] |= {binding["collector"], profile}
        if binding["collector"] in BY_HAND and not profile:
            prefix = f"{binding['as']}." if "as" in binding else ""
            found.by_hand.update(f"{prefix}{name}" for name in binding["settings"]["facts"])
    return found


def patterns(path: Any) -> Iterator[str]:
    """Yield every path of a binding."""
    for each in path.values() if isinstance(path, dict) else [path]:
        yield from each if isinstance(each, list) else [each]


def group(program: str) -> str:
    """Return whose list of exceptions counts."""
    return next((name for part, name in GROUPS.items() if part in program), "base")


@cache
def known_files(program: str) -> dict[str, str]:
    """Return the files that a collector or a profile knows by their content, with its name."""
    root = EXAMPLE / program
    profiles = shipped_profiles()
    found = {}
    for each in survey(root, "evidence").recognized:
        path = each.path.removeprefix("evidence/")
        if isinstance(each.kind, DeclaredKind):
            found[path] = each.kind.use.collector
            continue
        fits = [one for one in fits_of(root / each.path, profiles) if one.fits and one.confidence is Confidence.SURE]
        if fits:
            found[path] = fits[0].profile.name
    return found


@cache
def known_facts() -> frozenset[str]:
    """Return the facts that a collector of its own, or a profile, answers under its usual prefix."""
    of_profiles = [one for profile in shipped_profiles() for one in profile.facts]
    found = {f"{prefix}.{name}" for one in of_profiles for prefix in one.prefixes for name in one.facts}
    prefixes = defaultdict(set)
    for kind in declared_kinds().kinds:
        prefixes[kind.entry.name, kind.collector].add(kind.use.prefix)
        prefixes[kind.entry.name, ""].add(kind.use.prefix)
    for entry in (each for each in discover().values() if each.builtin):
        for name, collector in load(entry.name, entry.module).collectors.items():
            for prefix in prefixes.get((entry.name, name)) or prefixes[entry.name, ""]:
                found |= {fact.name if "." in fact.name else f"{prefix}.{fact.name}" for fact in collector.facts}
    return frozenset(found)


def not_by_its_own(program: str) -> dict[str, str]:
    """Return the files that are read by something else than what knows them."""
    read = bound(program).files
    return {path: name for path, name in known_files(program).items() if name not in read.get(path, set())}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_file_that_a_collector_knows_is_read_by_it(program):
    """An office that copies the example copies a mapping of forty columns where one line would do."""
    assert {path: name for path, name in not_by_its_own(program).items() if path not in FILES[group(program)]} == {}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_fact_that_a_collector_answers_is_neither_mapped_by_hand_nor_stated(program):
    """A person who states what a file says may be wrong, and nobody would see it."""
    assert sorted(bound(program).by_hand & known_facts() - FACTS[group(program)].keys()) == []


@pytest.mark.parametrize("name", ["hardened", "engagement", "base"])
def test_each_exception_is_needed(name):
    """A list of exceptions that nobody prunes hides the next file."""
    programs = [program for program in PROGRAMS if group(program) == name]
    files = {path for program in programs for path in not_by_its_own(program)}
    facts = set().union(*(bound(program).by_hand & known_facts() for program in programs))

    assert (FILES[name].keys() - files, FACTS[name].keys() - facts) == (set(), set())


def test_the_page_counts_bindings_and_files():
    """Numbers in prose grow old."""
    page = (EXAMPLE / "m3-hardened.md").read_text("utf-8")
    told = re.search(r"(\d+) bindings, one for each .*?, read (\d+) files", page, re.DOTALL)
    found = bound("go/m3-hardened")

    assert told, "the page says how many there are"
    assert (int(told[1]), int(told[2])) == (found.count, len(found.files))
