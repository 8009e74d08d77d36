"""A small good ruleset and a small good program, as text that a test may spoil and as folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

RULESET = """\
schema: 1
name: tiny
version: "1.0.0"
title: A tiny ruleset
policy:
  milestones: [T-60, T-30, T-0]
  rule: caps
  caps: {domain: 3, total: 8}
offices: [customer.authorizing_official]
sources:
  S1: "A source"
criteria:
  - id: program.schedule.float
    title: The schedule has room
    statement: There is float to go-live.
    why: Without float every slip moves the date.
    severity: mandatory
    require: ims.float_days >= min_float
    parameters: {min_float: {T-60: 10, T-0: 0.5}}
    max_age: 7d
    owner: customer.program_manager
    remedy: Recover the late work.
    source: [S1]
  - id: system.testing.executed
    title: Tests were run
    statement: The planned cases were run.
    why: What was not run was not tested.
    severity: mandatory
    from: T-30
    require: sit.executed_ratio >= min_executed and not sit.blocked
    not_applicable_when: sit.planned == 0
    parameters:
      min_executed: 95%
    max_age: 12h
    owner: provider.technical_lead
    attest: [customer.technical_lead, provider.technical_lead]
    waivable_by: [customer.executive_sponsor, provider.executive_sponsor]
    remedy: Run the rest.
    source: [S1]
  - id: workforce.training.completion
    title: People are trained
    statement: Learners completed their courses.
    why: Seats are not training.
    severity: mandatory
    require: training.completed / training.required >= min_share and training.status in ["closed", "open"]
    parameters: {min_share: 90%}
    max_age: 7d
    owner: customer.functional_lead
    remedy: Run make-up sessions.
    source: [S1]
  - id: operations.security.ato
    title: The authorization holds
    statement: The authorization to operate does not expire soon.
    why: An expired authorization stops the system.
    severity: mandatory
    require: ato.expires >= go_live + window and ato.signed
    parameters: {window: 30d}
    max_age: 90d
    owner: customer.authorizing_official
    remedy: Ask for it in time.
    source: [S1]
  - id: operations.cost.forecast
    title: The money lasts
    statement: The forecast is within the budget.
    why: Programs that run dry stop.
    severity: conditional
    require: cost.forecast <= cost.budget * tolerance
    parameters: {tolerance: 1.05}
    max_age: 30d
    owner: customer.business_owner
    remedy: Ask for funds.
    source: [S1]
"""

FACTS = """\
schema: 1
facts:
  - {name: ims.float_days, type: decimal, unit: working days, meaning: Float to go-live., question: How many days?}
  - {name: sit.executed_ratio, type: ratio, meaning: Cases run out of planned., question: What share?, bound: build}
  - {name: sit.blocked, type: boolean, meaning: Testing is blocked., question: Is it blocked?}
  - {name: sit.planned, type: integer, unit: cases, min: 0, meaning: Cases planned., question: How many?}
  - {name: training.completed, type: integer, unit: people, min: 0, meaning: Completed., question: How many?}
  - {name: training.required, type: integer, unit: people, min: 0, meaning: Required., question: How many?}
  - {name: training.status, type: text, allowed: [open, closed, late], meaning: State., question: Which state?}
  - {name: ato.expires, type: instant, meaning: When it expires., question: When?}
  - {name: ato.signed, type: boolean, meaning: It is signed., question: Is it signed?}
  - {name: cost.forecast, type: money, unit: USD, min: 0, meaning: Forecast., question: How much?}
  - {name: cost.budget, type: money, unit: USD, min: 0, meaning: Budget., question: How much?}
"""

CASES = """\
schema: 1
cases:
  - {criterion: operations.security.ato, name: Long enough, at: T-30,
     facts: {ato.expires: 2028-01-01T00:00Z, ato.signed: true}, expect: met}
  - {criterion: program.schedule.float, name: Nothing known, at: T-0, facts: {}, expect: unknown}
"""

OVERLAY = """\
schema: 1
overlay: agency
version: "1"
prefix: niwa
offices: [customer.unit_head]
sources: {A1: "Agency order 7"}
facts:
  - {name: niwa.forms_done, type: ratio, meaning: Forms done., question: What share?}
criteria:
  - id: workforce.niwa.forms
    title: Forms are in
    statement: Every form is in.
    why: Paper stops pay.
    severity: advisory
    require: niwa.forms_done >= 80%
    max_age: 7d
    owner: customer.unit_head
    remedy: Collect them.
    source: [A1, S1]
set:
  - {criterion: program.schedule.float, parameters: {min_float: 5}, reason: Our PMO asks for it.}
  - {criterion: operations.cost.forecast, severity: mandatory, owner: provider.business_owner, reason: Money first.}
"""

PROGRAM = """\
schema: 1
program:
  id: harborline
  customer: NIWA
  provider: CFSC
  offerings: [KeelFin]
  time_zone: America/New_York
  closures: [2027-02-15]
releases:
  - {id: r1, go_live: 2027-05-03T06:00, subjects: {commit: abc123}}
ruleset: ../tiny
overlays: [../agency.yaml]
people: people.yaml
waivers: waivers.yaml
plans: plans.yaml
evidence:
  - id: sit
    collector: junit
    as: sit
    path: {plan: evidence/plan.csv, reports: [evidence/a.xml, evidence/b.xml]}
    as_of: {plan: {at: 2027-04-15, by: Ada Kirsch}, reports: document}
    side: provider
    producer: CFSC test team
    deadline: 30s
    max_bytes: 64MB
    handling: CUI (procurement)
    settings: {where: "x >= 3", n: 3, share: 1.50, ok: true}
  - id: plan
    collector: schedule:mspdi
    path: evidence/*.xml
    pick: newest as_of
    as_of: {file_name: 'plan_([0-9-]{10})\\.xml'}
    side: customer
    producer: PMO
authority: {ims.float_days: plan}
plugins: {allow: [{distribution: gonogo-acme, version: "1.2.0"}]}
log: ./audit
accept: [conditional]
"""

PEOPLE = """\
schema: 1
people:
  - {role: customer.executive_sponsor, person: mosei, name: Marguerite Osei}
  - {role: provider.executive_sponsor, person: lfarrant, name: Lionel Farrant, from: 2026-01-01}
  - {role: customer.unit_head, person: uhead, name: Uma Head, to: 2027-12-31}
delegations:
  - {role: customer.executive_sponsor, by: mosei, to: uhead, name: Uma Head, for: leave, from: 2027-04-01,
     until: 2027-04-30}
"""

WAIVERS = """\
schema: 1
waivers:
  - id: W-001
    criterion: system.testing.executed
    reason: One partner is late.
    requested_by: uhead
    approved_by:
      - {person: mosei, role: customer.executive_sponsor, on: 2027-04-10}
    expires_on: 2027-06-01
    release: r1
"""

PLANS = """\
schema: 1
plans:
  - {criterion: operations.cost.forecast, owner: mosei, action: Ask for funds., due: 2027-06-01}
"""

GOOD = {
    "tiny/ruleset.yaml": RULESET,
    "tiny/facts.yaml": FACTS,
    "tiny/cases/all.yaml": CASES,
    "agency.yaml": OVERLAY,
    "program/gonogo.yaml": PROGRAM,
    "program/people.yaml": PEOPLE,
    "program/waivers.yaml": WAIVERS,
    "program/plans.yaml": PLANS,
}


@pytest.fixture
def good() -> dict[str, str]:
    """Every good file by its path, as text."""
    return dict(GOOD)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Path]:
    """Write files to a fresh working folder and return it; errors then name them as a person would."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        return tmp_path

    return write
