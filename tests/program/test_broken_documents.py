"""Broken documents: every mistake is named with its code, its file, line and column, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.documents.document_codes import CODES
from gonogo.errors import ConfigurationError
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import load_program
from gonogo.ruleset.case_files import load_cases
from gonogo.ruleset.loader import load_ruleset

RULESET = "tiny/ruleset.yaml"
FACTS = "tiny/facts.yaml"
CASES = "tiny/cases/all.yaml"
OVERLAY = "agency.yaml"
PROGRAM = "program/gonogo.yaml"
PEOPLE = "program/people.yaml"
WAIVERS = "program/waivers.yaml"
PLANS = "program/plans.yaml"
DOWN = "write a path inside the folder of gonogo.yaml, such as evidence/raid.xlsx"

# fmt: off
BROKEN: list[tuple[str, str, str, list[tuple[str, str, str]]]] = [
    # file, what stands in the good one, what stands there instead, [(code, line:column or another file's place, hint)]
    (RULESET, "schema: 1", "schema: 2", [("G114", "1:9", "this version reads `schema: 1`")]),
    (RULESET, "schema: 1\n", "", [("G111", "1:1", "every file begins with `schema: 1`")]),
    (RULESET, "name: tiny", "nme: tiny", [("G110", "2:1", "did you mean `name`?")]),
    (RULESET, 'version: "1.0.0"', "version: 1.0", [("G113", "3:10", 'write "1.0" in quotes')]),
    (RULESET, "title: A tiny ruleset", "title: 2027", [("G113", "4:8", 'write "2027" in quotes')]),
    (RULESET, "name: tiny", "name: tiny set", [("G115", "2:7", "for example `release-1`")]),
    (RULESET, "title: A tiny ruleset", "title:", [("G117", "4:7", "write a value, or remove the key")]),
    (RULESET, "title: A tiny ruleset", "title: true", [("G113", "4:8", 'write "true" in quotes')]),
    (RULESET, "rule: caps", "rule: cap", [("G114", "7:9", "did you mean `caps`?")]),
    (RULESET, "rule: caps", "rule: m3", [("G115", "8:3", "remove `caps`, or write `rule: caps`")]),
    (RULESET, "domain: 3", "domain: many", [("G112", "8:18", "digits only, such as `3`")]),
    (RULESET, "domain: 3", "domain: -1", [("G115", "8:18", "")]),
    (RULESET, "domain: 3", "domain: 3.5", [("G112", "8:18", "digits only, such as `3`")]),
    (RULESET, "domain: 3", 'domain: "3"', [("G112", "8:18", "remove the quotes")]),
    (RULESET, "[T-60, T-30, T-0]", "[T-30, T-60, T-0]",
     [("G126", "6:22", "the earliest milestone comes first, each once")]),
    (RULESET, "[T-60, T-30, T-0]", "[T-60, T-30]", [("G126", "6:22", "end the list with T-0"),
     ("G126", "19:40", "the policy has T-60, T-30")]),
    (RULESET, "[T-60, T-30, T-0]", "[]", [("G117", "6:15", "")]),
    (RULESET, "[T-60, T-30, T-0]", "T-0", [("G112", "6:15", "write `[x]`, or one `- x` on each line")]),
    (RULESET, "milestones: [T-60,", "milestones: [T-6o,", [("G115", "6:16", "for example `T-30`")]),
    (RULESET, "offices: [customer.authorizing_official]",
     "offices: [customer.program_manager, customer.authorizing_official]", [("G123", "9:11", "remove it")]),
    (RULESET, "offices: [customer.authorizing_official]", "offices: [agency.authorizing_official]",
     [("G115", "9:11", "for example `customer.functional_lead`"), ("G124", "59:12", "declare it under `offices:`")]),
    (RULESET, "offices: [customer.authorizing_official]", "offices: []",
     [("G124", "59:12", "declare it under `offices:`")]),
    (RULESET, 'S1: "A source"', 'S2: "A source"', [("G125", "agency.yaml:19:18", "declare it under `sources:`"),
     ("G125", "23:14", "declare it under `sources:`"), ("G125", "39:14", "declare it under `sources:`"),
     ("G125", "50:14", "declare it under `sources:`"), ("G125", "61:14", "declare it under `sources:`"),
     ("G125", "72:14", "declare it under `sources:`")]),
    (RULESET, "severity: conditional", "severity: Conditional", [("G114", "66:15", "did you mean `conditional`?")]),
    (RULESET, "severity: conditional", "severity: high", [("G114", "66:15", "")]),
    (RULESET, "    remedy: Recover the late work.\n", "", [("G111", "13:5", "")]),
    (RULESET, "remedy: Run the rest.", "remedi: Run the rest.", [("G110", "38:5", "did you mean `remedy`?")]),
    (RULESET, "id: program.schedule.float", "id: programme.schedule.float",
     [("G127", "13:9", "did you mean `program`?")]),
    (RULESET, "id: program.schedule.float", "id: program",
     [("G115", "13:9", "for example `training.completed_ratio`")]),
    (RULESET, "id: program.schedule.float", "id: 12", [("G113", "13:9", 'write "12" in quotes')]),
    (RULESET, "id: operations.cost.forecast", "id: operations.security.ato",
     [("G133", "agency.yaml:22:17", "its criteria are program.schedule.float, system.testing.executed, "
       "workforce.training.completion, operations.security.ato, workforce.niwa.forms"), ("G123", "62:9", "keep one")]),
    (RULESET, "from: T-30", "from: T-45", [("G126", "29:11", "the policy has T-60, T-30, T-0")]),
    (RULESET, "T-60: 10, T-0: 0.5", "T-45: 10, T-0: 0.5", [("G126", "19:30", "the policy has T-60, T-30, T-0")]),
    (RULESET, "T-60: 10, T-0: 0.5", "T-0: 10, T-60: 0.5", [("G126", "19:39", "the earliest milestone comes first")]),
    (RULESET, "T-60: 10, T-0: 0.5", "T-60: 10, T-0: soon",
     [("G112", "19:45", 'values look like `3`, `95%`, `7d`, `true` or `"signed"`')]),
    (RULESET, "T-60: 10, T-0: 0.5", "T-60: 10, T-0: 5d",
     [("G103", "18:29", "`gonogo facts ims.float_days` shows its type, unit and meaning"), ("G103", "19:18", "")]),
    (RULESET, "T-60: 10, T-0: 0.5", "T-60: 10, T-60: 5", [("G104", "19:40", "keep one")]),
    (RULESET, "{T-60: 10, T-0: 0.5}", "{}", [("G117", "19:29", "")]),
    (RULESET, "T-60: 10, T-0: 0.5", "T-60: [10], T-0: 5", [("G112", "19:36", "")]),
    (RULESET, "max_age: 12h", "max_age: 12", [("G116", "34:14", "whole days or hours: `7d`, `12h`")]),
    (RULESET, "max_age: 12h", "max_age: 2w", [("G116", "34:14", "whole days or hours: `7d`, `12h`")]),
    (RULESET, "max_age: 12h", "max_age: 0h", [("G116", "34:14", "whole days or hours: `7d`, `12h`")]),
    (RULESET, "owner: customer.functional_lead", "owner: customer.functional_led",
     [("G124", "48:12", "did you mean `customer.functional_lead`?")]),
    (RULESET, "owner: customer.functional_lead", "owner: functional_lead",
     [("G115", "48:12", "for example `customer.functional_lead`")]),
    (RULESET, "attest: [customer.technical_lead, provider.technical_lead]",
     "attest: [customer.technical_lead, customer.technical_lead]", [("G123", "36:39", "keep one")]),
    (RULESET, "waivable_by: [customer.executive_sponsor, provider.executive_sponsor]",
     "waivable_by: customer.executive_sponsor", [("G112", "37:18", "write `[x]`, or one `- x` on each line")]),
    (RULESET, "require: ims.float_days >= min_float", "require: ims.flot_days >= min_float",
     [("G120", "18:14", "did you mean `ims.float_days`?")]),
    (RULESET, "require: ims.float_days >= min_float", "require: ims.float_days >= min_flaot",
     [("G121", "18:32", "did you mean `min_float`?")]),
    (RULESET, "require: ims.float_days >= min_float", "require: float_days >= min_float",
     [("G121", "18:14", "a fact has its whole name: `ims.float_days`")]),
    (RULESET, "require: ims.float_days >= min_float", "require: ims.float_days = min_float",
     [("G150", "18:29", "did you mean `==`?")]),
    (RULESET, "require: ims.float_days >= min_float", "require: ims.float_days >= min_float and",
     [("G150", "18:45", "")]),
    (RULESET, "require: ims.float_days >= min_float", "require: true",
     [("G128", "18:14", "name a fact of the vocabulary"), ("G122", "19:18", "use it in `require`, or remove it")]),
    (RULESET, "require: ims.float_days >= min_float", "require: min_float >= 3",
     [("G128", "18:14", "name a fact of the vocabulary")]),
    (RULESET, "require: ims.float_days >= min_float", "require: ims.float_days >= 3",
     [("G122", "19:18", "use it in `require`, or remove it")]),
    (RULESET, "require: ims.float_days >= min_float", "require: ims.float_days",
     [("G103", "18:14", "compare it: `x >= 3`"), ("G122", "19:18", "use it in `require`, or remove it")]),
    (RULESET, "require: ims.float_days >= min_float", "require: ims.float_days >= min_float or 1 == 1",
     [("G131", "18:45", "name a fact")]),
    (RULESET, "require: ims.float_days >= min_float",
     "require: ims.float_days >= min_float and ims.float_days >= ims.float_days", [("G131", "18:46", "")]),
    (RULESET, "require: ims.float_days >= min_float", "require: ims.float_days >= sit.planned + min_float",
     [("G103", "18:29", "`gonogo facts ims.float_days` shows its type, unit and meaning")]),
    (RULESET, "require: ims.float_days >= min_float", "require: sit.executed_ratio >= ims.float_days",
     [("G103", "18:33", "`gonogo facts sit.executed_ratio` shows its type, unit and meaning"),
     ("G122", "19:18", "use it in `require`, or remove it")]),
    (RULESET, "require: ims.float_days >= min_float",
     "require: ims.float_days >= 95% and ims.float_days > min_float",
     [("G103", "18:29", "`gonogo facts ims.float_days` shows its type, unit and meaning")]),
    (RULESET, "require: ims.float_days >= min_float",
     "require: |\n      ims.float_days >=\n        ims.flot_days + min_float",
     [("G120", "20:9", "did you mean `ims.float_days`?")]),
    (RULESET, "require: ims.float_days >= min_float", 'require: "ims.float_days >= min_flaot"',
     [("G121", "18:33", "did you mean `min_float`?")]),
    (RULESET, "min_executed: 95%", "min_executed: 95", [("G131", "30:36", "did you mean `95%`?")]),
    (RULESET, "min_executed: 95%", 'min_executed: "95%"',
     [("G103", "30:33", "write the value of 'min_executed' without quotes")]),
    (RULESET, "min_executed: 95%", "min_executed: 95 %", [("G112", "33:21", "write `95%` without a blank")]),
    (RULESET, "min_executed: 95%", "min_executed: 0%", [("G131", "30:36", "choose another threshold")]),
    (RULESET, "min_executed: 95%", "min_executed: done",
     [("G112", "33:21", 'values look like `3`, `95%`, `7d`, `true` or `"signed"`')]),
    (RULESET, "min_executed: 95%", "min_executed: 95%\n      spare: 3",
     [("G122", "34:7", "use it in `require`, or remove it")]),
    (RULESET, "      min_executed: 95%", "      now: 95%\n      min_executed: 95%", [("G122", "33:7", "rename it")]),
    (RULESET, "not sit.blocked", "not sit.planned", [("G103", "30:57", "compare it: `x >= 3`")]),
    (RULESET, "and not sit.blocked", "and sit.blocked >= true",
     [("G103", "30:65", "compare it with `==` or `!=`, or a text with `in [...]`")]),
    (RULESET, "not_applicable_when: sit.planned == 0", "not_applicable_when: sit.planned >= 0",
     [("G131", "31:41", "choose another threshold")]),
    (RULESET, "not_applicable_when: sit.planned == 0", "not_applicable_when: true",
     [("G129", "31:26", "name a fact of the vocabulary")]),
    (RULESET, "not_applicable_when: sit.planned == 0", "not_applicable_when: sit.planned == min_executed",
     [("G103", "31:38", "`gonogo facts sit.planned` shows its type, unit and meaning")]),
    (RULESET, '["closed", "open"]', '["closed", "opne"]', [("G131", "45:100", "it is one of: open, closed, late")]),
    (RULESET, 'training.status in ["closed", "open"]', 'training.status >= "closed"',
     [("G103", "45:86", "compare it with `==` or `!=`, or a text with `in [...]`")]),
    (RULESET, 'training.status in ["closed", "open"]', "training.status == 3",
     [("G103", "45:86", "`gonogo facts training.status` shows its type, unit and meaning")]),
    (RULESET, "training.completed / training.required", "training.completed * training.required",
     [("G103", "45:14", "at most one factor has a unit")]),
    (RULESET, "training.completed / training.required", "training.completed / sit.planned",
     [("G103", "45:14", "divide by a number without a unit, or two numbers of one unit by each other")]),
    (RULESET, "go_live + window", "go_live", [("G122", "57:18", "use it in `require`, or remove it")]),
    (RULESET, "ato.expires >= go_live + window", "ato.expires >= window",
     [("G103", "56:26", "`gonogo facts ato.expires` shows its type, unit and meaning")]),
    (RULESET, "ato.expires >= go_live + window", "ato.expires + go_live >= window",
     [("G103", "56:14", "instants differ by durations (`7d`); numbers are added and subtracted in one unit")]),
    (RULESET, "ato.expires >= go_live + window", 'ato.expires >= "2027-01-01" and now < go_live + window',
     [("G103", "56:26", "`gonogo facts ato.expires` shows its type, unit and meaning")]),
    (RULESET, "source: [S1]\n  - id: system", "source: [S9]\n  - id: system",
     [("G125", "23:14", "declare it under `sources:`")]),
    (RULESET, "source: [S1]\n  - id: system", "source: []\n  - id: system", [("G117", "23:13", "")]),
    (RULESET, "severity: mandatory\n    require: training", "severity: advisory\n    require: training",
     [("G130", "12:1", "add a criterion of severity mandatory whose id begins with `workforce.`")]),
    (RULESET, "severity: mandatory\n    from", "severity: &m mandatory\n    from",
     [("G105", "28:15", "write it out where it is needed")]),
    (RULESET, "title: Tests were run", "title: Tests: were run",
     [("G102", "25:17", "put a text that contains `: ` in quotes, and align the keys of one mapping")]),
    (RULESET, "title: Tests were run", "title: !t Tests were run",
     [("G106", "25:12", "remove it; quote what is text")]),
    (RULESET, "    why: Seats are not training.\n", "\twhy: Seats are not training.\n",
     [("G102", "43:1", "indent with blanks")]),
    (RULESET, "    why: Seats are not training.\n", "    why: Seats are not training.\n    why: Twice.\n",
     [("G104", "44:5", "keep one")]),
    (RULESET, "    why: Seats are not training.\n", "    <<: {why: x}\n", [("G105", "43:5", "write the keys out")]),
    (RULESET, "criteria:\n", "criteria:\n  - just text\n",
     [("G112", "13:5", "write `key: value` lines, or `{key: value}`")]),
    (RULESET, "criteria:\n", "---\ncriteria:\n", [("G106", "12:1", "one file holds one document")]),
    (FACTS, "type: decimal", "type: float", [("G114", "3:34", "")]),
    (FACTS, "unit: working days, ", "", [("G115", "3:5", "")]),
    (FACTS, "type: boolean, meaning: Testing", "type: boolean, unit: x, meaning: Testing", [("G115", "5:5", "")]),
    (FACTS, "name: sit.blocked", "name: ims.float_days", [("G123", "5:12", "keep one")]),
    (FACTS, "name: sit.blocked", "name: SIT.blocked", [("G115", "5:12", "write `sit.blocked`")]),
    (FACTS, "name: sit.blocked", "name: blocked", [("G115", "5:12", "for example `training.completed_ratio`")]),
    (FACTS, "unit: cases, min: 0", "unit: cases, min: none",
     [("G112", "6:58", "digits with an optional point: `3`, `0.95`, `95%`")]),
    (FACTS, "unit: cases, min: 0", "unit: cases, min: 5, max: 1", [("G115", "6:5", "")]),
    (FACTS, "bound: build", "bound: commit", [("G114", "4:111", "")]),
    (FACTS, ", question: Is it blocked?", "", [("G111", "5:5", "")]),
    (FACTS, "allowed: [open, closed, late]", "allowed: open",
     [("G112", "9:50", "write `[x]`, or one `- x` on each line")]),
    (FACTS, "allowed: [open, closed, late]", "allowed: [open, no, 3]", [("G113", "9:61", 'write "3" in quotes')]),
    (FACTS, "type: ratio", "type: ratio, max: 103%, tolerance: -1", [("G115", "4:5", "")]),
    (OVERLAY, "prefix: niwa\n", "", [("G132", "6:1", "for example `prefix: niwa`")]),
    (OVERLAY, "name: niwa.forms_done", "name: cfsc.forms_done",
     [("G132", "8:12", "name it `niwa.cfsc.forms_done`")]),
    (OVERLAY, "id: workforce.niwa.forms", "id: workforce.forms",
     [("G132", "10:9", "name it `workforce.niwa.forms`")]),
    (OVERLAY, "criterion: program.schedule.float", "criterion: program.schedule.flaot",
     [("G133", "21:17", "did you mean `program.schedule.float`?")]),
    (OVERLAY, "min_float: 5", "min_flot: 5", [("G133", "21:54", "did you mean `min_float`?")]),
    (OVERLAY, "min_float: 5", "min_float: 95%",
     [("G103", "21:41", "`gonogo facts ims.float_days` shows its type, unit and meaning")]),
    (OVERLAY, ", reason: Our PMO asks for it.", "", [("G111", "21:5", "")]),
    (OVERLAY, "criterion: operations.cost.forecast, severity: mandatory, owner: provider.business_owner,",
     "criterion: operations.cost.forecast,",
     [("G117", "22:5", "set one of severity, from, enforce_from, mode, require, not_applicable, floor, parameters, "
       "max_age, held, open_for, carries, owner, attest, waivable_by, sides")]),
    (OVERLAY, "criterion: operations.cost.forecast", "criterion: program.schedule.float",
     [("G123", "22:17", "put both changes into one entry")]),
    (OVERLAY, "sources: {A1", "sources: {S1", [("G123", "6:11", "use another key"),
     ("G125", "19:14", "declare it under `sources:`")]),
    (OVERLAY, "owner: provider.business_owner", "owner: provider.busines_owner",
     [("G124", "22:71", "did you mean `provider.business_owner`?")]),
    (OVERLAY, "overlay: agency", "overlay: agency\nname: x", [("G110", "3:1",
     "known here: schema, overlay, version, title, extends, prefix, offices, sources, facts, registers, derivation, "
     "criteria, holds, set, cases")]),
    (CASES, "at: T-30", "at: T-31", [("G126", "3:65", "the policy has T-60, T-30, T-0")]),
    (CASES, "ato.signed: true", "ato.signed: yes", [("G136", "4:58", "for example `true`")]),
    (CASES, "ato.signed: true", "sit.blocked: true", [("G136", "4:46", "it reads ato.expires, ato.signed")]),
    (CASES, "ato.signed: true", "ato.singed: true", [("G120", "4:46", "did you mean `ato.signed`?")]),
    (CASES, "2028-01-01T00:00Z", "2028-01-01",
     [("G136", "4:27", "for example `2027-04-12T17:00-04:00`")]),
    (CASES, "expect: met", "expect: pass", [("G114", "4:73", "")]),
    (CASES, "criterion: program.schedule.float", "criterion: program.schedule.flot",
     [("G136", "5:17", "did you mean `program.schedule.float`?")]),
    (CASES, "criterion: program.schedule.float, name: Nothing known",
     "criterion: operations.security.ato, name: Long enough", [("G123", "5:48", "rename one")]),
    (PROGRAM, "time_zone: America/New_York", "time_zone: America/NewYork",
     [("G116", "7:14", "did you mean `America/New_York`?")]),
    (PROGRAM, "time_zone: America/New_York", "time_zone: EST", [("G116", "7:14", "for example `America/New_York`")]),
    (PROGRAM, "go_live: 2027-05-03T06:00", "go_live: 2027-05-03", [("G116", "10:23",
     "instants are written 2027-05-03T06:00-04:00, or 2027-05-03T06:00 in the program's time zone")]),
    (PROGRAM, "go_live: 2027-05-03T06:00", "go_live: 2027-03-14T02:30", [("G116", "10:23", "choose another time")]),
    (PROGRAM, "go_live: 2027-05-03T06:00", "go_live: 2027-11-07T01:30",
     [("G116", "10:23", "write `2027-11-07T01:30-04:00` or `2027-11-07T01:30-05:00`")]),
    (PROGRAM, "go_live: 2027-05-03T06:00", "go_live: 0001-01-30T06:00", [("G116", "10:23", "")]),
    (PROGRAM, "go_live: 2027-05-03T06:00", "go_live: 9999-12-31T06:00-04:00", [("G116", "10:23", "")]),
    (PROGRAM, "go_live: 2027-05-03T06:00", "go_live: 2027-02-30T06:00", [("G116", "10:23",
     "instants are written 2027-05-03T06:00-04:00, or 2027-05-03T06:00 in the program's time zone")]),
    (PROGRAM, "  - {id: r1, go_live", "  - {id: r1, go_live: 2027-01-01T00:00Z}\n  - {id: r1, go_live",
     [("G123", "11:10", "give each its own id")]),
    (PROGRAM, "ruleset: ../tiny", "ruleset: m3-baselin@1.0.0", [("G134", "11:10", "did you mean `m3-baseline`?")]),
    (PROGRAM, "ruleset: ../tiny", "ruleset: m3-baseline", [("G134", "11:10", "for example `m3-baseline@1.0.0`")]),
    (PROGRAM, "ruleset: ../tiny", "ruleset: /tiny", [("G142", "11:10", "")]),
    (PROGRAM, "people: people.yaml", "people: ../people.yaml", [("G142", "13:9", "")]),
    (PROGRAM, "people: people.yaml", "people: peple.yaml",
     [("G140", "program/peple.yaml", "it is named at program/gonogo.yaml:13:9")]),
    (PROGRAM, "people: people.yaml", "people: [people.yaml]", [("G112", "13:9", "")]),
    (PROGRAM, "overlays: [../agency.yaml]", "overlays: [../agency.yaml, ../agency.yaml]",
     [("G123", "12:28", "keep one")]),
    (PROGRAM, "overlays: [../agency.yaml]", "overlays: [../agnecy.yaml]",
     [("G140", "agnecy.yaml", "check the path and the working folder")]),
    (PROGRAM, "id: plan\n", "id: sit\n", [("G123", "28:9", "give each its own id"),
     ("G143", "35:29", "the bindings are sit")]),
    (PROGRAM, "collector: junit", "collector: junit:a:b",
     [("G115", "18:16", "write `plugin` or `plugin:collector`")]),
    (PROGRAM, "as: sit", "as: sitt", [("G143", "19:9", "did you mean `sit`?")]),
    (PROGRAM, "as: sit", "as: SIT", [("G115", "19:9", "write `sit`")]),
    (PROGRAM, "evidence/plan.csv", "/evidence/plan.csv", [("G142", "20:18", DOWN)]),
    (PROGRAM, "evidence/*.xml", "evidence/../../*.xml", [("G142", "30:11", DOWN)]),
    (PROGRAM, "evidence/*.xml", "C:\\x.xml", [("G142", "30:11", DOWN)]),
    (PROGRAM, "as_of: {file_name: 'plan_([0-9-]{10})\\.xml'}", "as_of: {filename: 'plan_([0-9-]{10})\\.xml'}",
     [("G110", "32:13", "did you mean `file_name`?")]),
    (PROGRAM, "reports: document}", "report: document}", [("G145", "21:5", "add `reports: document`"),
     ("G145", "21:53", "did you mean `reports`?")]),
    (PROGRAM, "as_of: {file_name: 'plan_([0-9-]{10})\\.xml'}", "as_of: {file_name: 'plan_['}",
     [("G115", "32:24", "")]),
    (PROGRAM, "as_of: {file_name: 'plan_([0-9-]{10})\\.xml'}", "as_of: {file_name: 'plan.xml'}",
     [("G115", "32:24", "for example `plan_(\\d{4}-\\d{2}-\\d{2})\\.xml`, or (?P<year>…) (?P<month>…) (?P<day>…)")]),
    (PROGRAM, "as_of: {file_name: 'plan_([0-9-]{10})\\.xml'}", "as_of: {cell: B}",
     [("G115", "32:19", 'write sheet and cell: "Cover!B5", or of a CSV the cell alone: A1')]),
    (PROGRAM, "as_of: {file_name: 'plan_([0-9-]{10})\\.xml'}", "as_of: today",
     [("G114", "32:12", "write `document`, or how else it is known: `{at: 2027-04-15, by: Ada Kirsch}`")]),
    (PROGRAM, "as_of: {file_name: 'plan_([0-9-]{10})\\.xml'}", "as_of: {column: done, pick: newest}",
     [("G114", "32:33", "write `pick: latest`")]),
    (PROGRAM, "pick: newest as_of", "pick: newest", [("G114", "31:11", "write `pick: newest as_of`")]),
    (PROGRAM, "side: customer", "side: agency", [("G114", "33:11", "")]),
    (PROGRAM, "    producer: PMO\n", "", [("G111", "28:5", "")]),
    (PROGRAM, "handling: CUI (procurement)", "handling: CUI",
     [("G114", "26:15", "write `public`, `internal`, `PII`, or `CUI (category)`")]),
    (PROGRAM, "handling: CUI (procurement)", "handling: {marking: internal}",
     [("G117", "26:15", "for example {marking: internal, reason: testers are teams}")]),
    (PROGRAM, "handling: CUI (procurement)", "handling: {marking: internal, reason: tbd}",
     [("G117", "26:15", "say why the source names nobody")]),
    (PROGRAM, "max_bytes: 64MB", "max_bytes: 8GB",
     [("G115", "25:16", "bytes, or KB, MB, GB up to 4GB, such as `64MB`")]),
    (PROGRAM, "deadline: 30s", "deadline: 2h", [("G116", "24:15", "1s to 3600s, or 1m to 60m, such as `60s`")]),
    (PROGRAM, "deadline: 30s", "deadlin: 30s", [("G110", "24:5", "did you mean `deadline`?")]),
    (PROGRAM, "settings: {where", "subject: {release: r2}\n    settings: {where",
     [("G143", "27:24", "the program names r1")]),
    (PROGRAM, "settings: {where", "subject: {offering: Keelfin}\n    settings: {where",
     [("G143", "27:25", "did you mean `KeelFin`?")]),
    (PROGRAM, "authority: {ims.float_days: plan}", "authority: {ims.float_days: plans}",
     [("G143", "35:29", "did you mean `plan`?")]),
    (PROGRAM, "authority: {ims.float_days: plan}", "authority: {ims.float_day: plan}",
     [("G143", "35:13", "did you mean `ims.float_days`?")]),
    (PROGRAM, 'version: "1.2.0"', 'version: ">=1.2"', [("G115", "36:56", 'for example `"1.0.0"`')]),
    (PROGRAM, 'version: "1.2.0"', "version: 1.2", [("G113", "36:56", 'write "1.2" in quotes')]),
    (PROGRAM, "accept: [conditional]", "accept: conditional",
     [("G112", "38:9", "write `[x]`, or one `- x` on each line")]),
    (PROGRAM, "log: ./audit", "log: /var/audit", [("G142", "37:6", "")]),
    (PROGRAM, "log: ./audit", "log: ./audit\nadopt: [system.testing.executd]",
     [("G143", "38:9", "did you mean `system.testing.executed`?")]),
    (PROGRAM, "closures: [2027-02-15]", "closures: [15.2.2027]", [("G116", "8:14", "dates are written 2027-05-03")]),
    (PEOPLE, "person: lfarrant, name: Lionel Farrant", "person: mosei, name: Marguerite Osei",
     [("G144", "4:12", "one person cannot answer for two sides; end one tenure first")]),
    (PEOPLE, "person: lfarrant, name: Lionel Farrant", "person: lfarrant, name: Lionel Farrant, to: 2025-01-01",
     [("G144", "4:5", "")]),
    (PEOPLE, "by: mosei", "by: lfarrant", [("G144", "7:44", "only the holder delegates")]),
    (PEOPLE, "role: customer.unit_head", "role: customer.unit_hed",
     [("G124", "5:12", "did you mean `customer.unit_head`?")]),
    (PEOPLE, "to: uhead, name: Uma Head", "to: lfarrant, name: Lionel Farrant",
     [("G144", "7:55", "delegate to somebody of the same side")]),
    (PEOPLE, "     until: 2027-04-30}",
     "     until: 2027-04-30}\n  - {role: provider.executive_sponsor, by: lfarrant, to: uhead2, name: Xu, for: leave,\n"
     "     from: 2027-04-20, until: 2027-05-30}\n  - {role: customer.unit_head, by: uhead, to: uhead2, name: Xu,\n"
     "     for: leave, from: 2027-05-30, until: 2027-06-30}",
     [("G144", "11:47", "delegate to somebody of the same side")]),
    (PEOPLE, "until: 2027-04-30", "until: 2027-03-30", [("G144", "8:13", "")]),
    (PEOPLE, "person: uhead", "person: 17", [("G113", "5:40", 'write "17" in quotes')]),
    (WAIVERS, "criterion: system.testing.executed", "criterion: a.b",
     [("G143", "4:16", "its criteria are program.schedule.float, system.testing.executed, "
       "workforce.training.completion, operations.security.ato, operations.cost.forecast, workforce.niwa.forms")]),
    (PLANS, "owner: mosei", "owner: provider.pmo_leed",
     [("G124", "3:50", "did you mean `provider.pmo_lead` or `provider.pmo_team`?")]),
    (WAIVERS, "criterion: system.testing.executed", "criterion: system.testing.execute",
     [("G143", "4:16", "did you mean `system.testing.executed`?")]),
    (WAIVERS, "person: mosei", "person: mose", [("G143", "8:18", "did you mean `mosei`?")]),
    (WAIVERS, "on: 2027-04-10", "on: 10 April", [("G116", "8:63", "dates are written 2027-05-03")]),
    (WAIVERS, "expires_on: 2027-06-01", "expires: 2027-06-01", [("G110", "9:5", "did you mean `expires_on`?")]),
    (
        WAIVERS, "reason: One partner is late.", 'reason: "\\u200b\\u3164\\u2800"',
        [("G117", "5:13", "write a value, or remove the key")],
    ),
    (WAIVERS, "release: r1", "release: r2", [("G143", "10:14", "the program has r1")]),
    (WAIVERS, "  - id: W-001",
     "  - {id: W-001, criterion: system.testing.executed, requested_by: uhead}\n  - id: W-001",
     [("G123", "4:9", "give each its own id")]),
    (PLANS, "criterion: operations.cost.forecast", "criterion: operations.costs.forecast",
     [("G143", "3:17", "did you mean `operations.cost.forecast`?")]),
    (PLANS, "due: 2027-06-01", "due: 06/01/2027", [("G116", "3:86", "dates are written 2027-05-03")]),
    (PLANS, "plans:\n", "plans:\n  - {criterion: operations.cost.forecast}\n",
     [("G123", "4:17", "put every step into one plan, due when the last is done")]),
]
# fmt: on


def everything() -> None:
    """Read all that the good files hold."""
    program = load_program(Path("program"))
    ruleset = load_ruleset(
        program.program.ruleset, program.overlay_paths, root=program.root, where=program.ruleset_place
    )
    check_program(program, ruleset)
    load_cases(ruleset)


class TestBrokenDocuments:
    def test_the_unspoilt_files_have_no_mistake(self, good: dict[str, str], site: Callable[[dict[str, str]], Path]):
        """Otherwise the table below would prove nothing."""
        site(good)

        everything()

        assert len(BROKEN) >= 80

    @pytest.mark.parametrize(
        ("file", "old", "new", "expected"), BROKEN, ids=[f"{row[0]}-{row[2][:40]!a}" for row in BROKEN]
    )
    def test_a_mistake_is_named_where_it_stands(
        self,
        good: dict[str, str],
        site: Callable[[dict[str, str]], Path],
        file: str,
        old: str,
        new: str,
        expected: list[tuple[str, str, str]],
    ):
        """The author of the file finds the place and the next step without reading any code."""
        assert old in good[file]
        site(good | {file: good[file].replace(old, new, 1)})

        with pytest.raises(ConfigurationError) as caught:
            everything()

        found = [
            (one.code, one.where.removeprefix(f"{file}:"), re.sub(r"(?: Or |; |^)to copy: `.*", "", one.hint))
            for one in caught.value.problems
        ]
        assert found == expected

    def test_all_mistakes_of_all_files_are_reported_together(
        self, good: dict[str, str], site: Callable[[dict[str, str]], Path]
    ):
        """Nobody runs the linter eleven times for eleven slips."""
        spoilt = {
            RULESET: good[RULESET].replace("severity: conditional", "severity: high").replace("12h", "12"),
            FACTS: good[FACTS].replace("type: decimal", "type: float"),
            OVERLAY: good[OVERLAY].replace("min_float: 5", "min_flot: 5"),
        }
        site(good | spoilt)

        with pytest.raises(ConfigurationError) as caught:
            load_ruleset("tiny", [Path("agency.yaml")])

        assert [one.where for one in caught.value.problems] == [
            "tiny/facts.yaml:3:34",
            "tiny/ruleset.yaml:34:14",
            "tiny/ruleset.yaml:66:15",
        ]

    def test_every_code_that_is_used_is_in_the_registry(self):
        """The reference page of error codes is generated from the registry."""
        used = {code for row in BROKEN for code, _, _ in row[3]}

        assert used <= CODES.keys()

    def test_a_problem_prints_as_place_line_caret_and_hint(
        self, good: dict[str, str], site: Callable[[dict[str, str]], Path]
    ):
        """The one form in which every mistake reads."""
        site(good | {RULESET: good[RULESET].replace("require: ims.float_days >=", "require: sit.executed_ratio >=")})

        with pytest.raises(ConfigurationError) as caught:
            load_ruleset("tiny")

        assert str(caught.value).splitlines()[1:4] == [
            "  require: sit.executed_ratio >= min_float",
            "                                 ^",
            "hint: did you mean `10%`?",
        ]
