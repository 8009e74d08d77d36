"""The program file, overlays and rulesets: what people write by hand, and what they leave out."""

import shutil
from pathlib import Path

import pytest

PROGRAM = "gonogo.yaml"
RULESETS = Path(__file__).resolve().parents[2] / "rulesets"
INTERFACES = "path: evidence/system/interfaces.csv"


def edit(old, new):
    return lambda folder: folder.edit(PROGRAM, old, new)


def without(binding):
    """Take a binding out of the program file."""

    def way(folder):
        lines = folder.bytes(PROGRAM).decode().splitlines(keepends=True)
        start = lines.index(f"  - id: {binding}\n")
        end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith("  - id: ")), len(lines))
        folder.put(PROGRAM, "".join(lines[:start] + lines[end:]))

    return way


def overlay(text):
    def way(folder):
        folder.put("overlay.yaml", text)
        folder.edit(PROGRAM, "people: people.yaml", "overlays: [overlay.yaml]\npeople: people.yaml")

    return way


def ruleset(*edits, file="ruleset.yaml"):
    """Use a copy of the ruleset that somebody has worked on."""

    def way(folder):
        shutil.copytree(RULESETS / "m3-baseline", folder.path("rules"))
        folder.edit(PROGRAM, "ruleset: m3-baseline@1.0.0", "ruleset: ./rules")
        for old, new in edits:
            folder.edit(f"rules/{file}", old, new, count=-1)

    return way


HEAD = 'schema: 1\noverlay: agency\nversion: "1"\n'
REFUSED = {
    "a schedule for two releases": (
        lambda f: f.edit(PROGRAM, "\nruleset:", "\n  - {id: R2, go_live: 2027-09-01T06:00}\nruleset:"),
        "The program has several releases.",
    ),
    "gone": (lambda f: f.path(PROGRAM).unlink(), "gonogo.yaml"),
    "empty": (lambda f: f.put(PROGRAM, b""), "gonogo.yaml"),
    "cut": (lambda f: f.cut(PROGRAM, 0.5), "gonogo.yaml"),
    "noise": (lambda f: f.put(PROGRAM, bytes(range(256)) * 8), "gonogo.yaml"),
    "UTF-16": (lambda f: f.put(PROGRAM, f.bytes(PROGRAM).decode().encode("utf-16")), "gonogo.yaml"),
    "NUL": (edit("id: harborline", "id: harbor\x00line"), "gonogo.yaml"),
    "a tab for blanks": (edit("  id: harborline", "\tid: harborline"), "gonogo.yaml:"),
    "a bomb": (
        lambda f: f.put(PROGRAM, "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n"),
        "gonogo.yaml:",
    ),
    "nested without end": (lambda f: f.put(PROGRAM, "[" * 100_000), "gonogo.yaml"),
    "larger than it may be": (lambda f: f.put(PROGRAM, b"# x\n" * 20_000_000), "gonogo.yaml"),
    "a key twice": (edit("ruleset: m3-baseline@1.0.0", "ruleset: m3-baseline@1.0.0\nruleset: x@1"), "gonogo.yaml:"),
    "a key misspelt": (edit("authority:", "autority:"), "authority"),
    "merged keys": (
        edit("  - id: master-schedule", "  - <<: {side: customer}\n    id: master-schedule"),
        "gonogo.yaml:",
    ),
    "another schema": (edit("schema: 1", "schema: 2"), "gonogo.yaml:"),
    "two documents": (lambda f: f.put(PROGRAM, f.bytes(PROGRAM) + b"\n---\nschema: 1\n"), "gonogo.yaml"),
    "a plugin that nobody has": (edit("collector: junit", "collector: junitt"), "did you mean 'junit'"),
    "a binding twice": (edit("id: regression-tests", "id: integration-tests"), "gonogo.yaml:"),
    "facts that nobody knows": (edit("    as: interfaces\n", "    as: interface\n"), "gonogo.yaml:"),
    "a setting misspelt": (edit("impact_scale: list", "impact_scal: list"), "did you mean `impact_scale`"),
    "a setting of another kind": (edit("high_score: 15", 'high_score: "15"'), "raid-log"),
    "a go-live that is no day": (
        edit('committed: "2027-05-03"', "committed: soon"),
        "master-schedule: settings.committed: 'soon' is not the committed go-live: write a day",
    ),
    "a go-live without an offset": (
        edit('committed: "2027-05-03"', "committed: 2027-05-03T06:00"),
        "master-schedule: settings.committed: the committed go-live has no offset: write a day",
    ),
    "an operator that does not exist": (
        edit('where: end_to_end == "Passed"', 'where: end_to_end === "Passed"'),
        "interfaces",
    ),
    "a column that does not exist": (
        edit('where: end_to_end == "Passed"', 'where: end_to_and == "Passed"'),
        "interfaces",
    ),
    "a word that the column does not allow": (
        edit('where: end_to_end == "Passed"', 'where: end_to_end == "passed"'),
        "interfaces",
    ),
    "a fact of another type": (
        edit("critical_open: {count: {where: open_problem", "critical_open: {share: {where: open_problem"),
        "gonogo.yaml:",
    ),
    "a fact in another unit": (edit("unit: interfaces}", "unit: systems}"), "interfaces.critical_open"),
    "a go-live that is no moment": (edit("go_live: 2027-05-03T06:00", "go_live: soon"), "gonogo.yaml:"),
    "a go-live at the end of time": (edit("go_live: 2027-05-03T06:00", "go_live: 9999-12-31T23:59"), "gonogo.yaml:"),
    "a time zone that does not exist": (edit("America/New_York", "America/New_Yorck"), "gonogo.yaml:"),
    "a calendar that does not exist": (edit("calendar: us-federal", "calendar: us-state"), "gonogo.yaml:"),
    "a ruleset that does not exist": (edit("m3-baseline@1.0.0", "m3-basline@1.0.0"), "m3-baseline"),
    "a ruleset in another version": (edit("m3-baseline@1.0.0", "m3-baseline@9.0.0"), "9.0.0"),
    "an authority that is no binding": (
        edit("ims.golive_tasks: master-schedule", "ims.golive_tasks: master"),
        "master-schedule",
    ),
    "an authority for no fact": (
        edit("ims.golive_tasks: master-schedule", "ims.golive_task: master-schedule"),
        "gonogo.yaml:",
    ),
    "a side that is none": (edit("side: provider", "side: vendor"), "gonogo.yaml:"),
    "a handling that is none": (edit("handling: PII", "handling: secret"), "gonogo.yaml:"),
    "a pattern without a date": (edit(r"'roster_(\d{4}-\d{2}-\d{2})\.csv'", r"'roster_.*\.csv'"), "gonogo.yaml:"),
    "one criterion adopted": (
        edit("people: people.yaml", "adopt: [program.raid.high_severity]\npeople: people.yaml"),
        "adopted 1 of 26",
    ),
    "a log outside": (
        edit("people: people.yaml", "log: ../elsewhere\npeople: people.yaml"),
        "leaves the program's folder",
    ),
    "overlay: gone": (edit("people: people.yaml", "overlays: [none.yaml]\npeople: people.yaml"), "none.yaml"),
    "overlay: a criterion that is none": (
        overlay(f"{HEAD}set: [{{criterion: program.raid.high, severity: advisory, reason: x}}]\n"),
        "overlay.yaml:",
    ),
    "overlay: a key misspelt": (
        overlay(f"{HEAD}set: [{{criterion: program.raid.high_severity, severty: advisory, reason: x}}]\n"),
        "overlay.yaml:",
    ),
    "overlay: without a reason": (
        overlay(f"{HEAD}set: [{{criterion: program.raid.high_severity, severity: advisory}}]\n"),
        "overlay.yaml:",
    ),
    "overlay: a parameter that is none": (
        overlay(f"{HEAD}set: [{{criterion: program.raid.high_severity, parameters: {{max_open: 9}}, reason: x}}]\n"),
        "overlay.yaml:",
    ),
    "ruleset: nothing mandatory is left to judge": (
        ruleset(("severity: mandatory", "severity: conditional")),
        "mandatory",
    ),
    "ruleset: a fact that nobody declares": (
        ruleset(("ims.forecast_slip_days <=", "ims.forecast_slip_day <=")),
        "ims.forecast_slip_days",
    ),
    "ruleset: an operator that does not exist": (
        ruleset(("raid.high_risks_unmitigated <=", "raid.high_risks_unmitigated =<")),
        "ruleset.yaml:",
    ),
    "ruleset: a share compared with days": (ruleset(("max_variance: 10%", "max_variance: 10d")), "ruleset.yaml:"),
    "ruleset: a criterion twice": (
        ruleset(("id: program.contingency.plan", "id: program.raid.high_severity")),
        "ruleset.yaml:",
    ),
    "ruleset: a domain that is none": (
        ruleset(("id: program.contingency.plan", "id: projects.contingency.plan")),
        "ruleset.yaml:",
    ),
    "ruleset: an owner in no office": (
        ruleset(("owner: customer.risk_manager", "owner: customer.risk_boss")),
        "ruleset.yaml:",
    ),
    "vocabulary: a type that is none": (ruleset(("type: integer", "type: number"), file="facts.yaml"), "facts.yaml:"),
}

GAPS = {
    "yesterday's build is released": (
        edit("artifact: sha256:5b1f", "artifact: sha256:5b10"),
        "which is not the one being released",
    ),
    "nobody says which build is released": (
        edit(
            "    subjects:\n      artifact: sha256:5b1f0d7c9a3e42868f6d1b7e0c5a9342d8e6f7019b2c4a5d6e8f90713a2b4c5d\n",
            "",
        ),
        "which build is released",
    ),
    "a binding taken out": (without("interfaces"), "No binding of the program answers for this fact"),
    "all evidence taken out": (
        lambda f: f.put(PROGRAM, f.bytes(PROGRAM).decode().partition("\nauthority:")[0]),
        "No binding of the program answers for this fact",
    ),
    "a cap that is too small": (edit(INTERFACES, f"{INTERFACES}\n    max_bytes: 1KB"), "max_bytes"),
    "evidence of another release": (
        lambda f: (
            f.second_release(),
            f.edit(PROGRAM, INTERFACES, f"{INTERFACES}\n    subject: {{release: R2}}"),
        ),
        "interfaces.",
    ),
    "a date that somebody says is in the future": (
        edit("at: 2027-04-09T17:00-04:00, by: Ada Kirsch", "at: 2027-04-29T17:00-04:00, by: Ada Kirsch"),
        "after the assessment",
    ),
    "a date that somebody says is long ago": (
        edit("at: 2027-04-09T17:00-04:00, by: Ada Kirsch", "at: 2026-01-09T17:00-04:00, by: Ada Kirsch"),
        "only evidence younger",
    ),
    "a column that holds no date": (edit("as_of: {column: status_on}", "as_of: {column: partner}"), "interfaces"),
    "a collector that the plugin has not": (
        edit("schedule:mspdi", "schedule:mpp"),
        "no collector named 'mpp'; it has comparison, mpxj, mspdi, series, xer",
    ),
    "a question of a file of the system": (
        edit("SELECT count(*) FROM codes WHERE active", "SELECT count(*) FROM read_csv('/etc/passwd') WHERE active"),
        "a query reads tables only",
    ),
    "two questions in one": (
        edit("SELECT count(*) FROM codes WHERE active", "SELECT 1; SELECT count(*) FROM codes WHERE active"),
        "a query is exactly one SELECT",
    ),
    "nobody settles the schedules": (
        edit("  ims.golive_task_max_variance: master-schedule\n", ""),
        "ims.golive_task_max_variance",
    ),
    "the wrong sheet": (edit("sheet: Cutover Groups", "sheet: Cover"), "cutover_comms."),
}


WHOLE = ("gone", "a key misspelt", "a setting misspelt", "one criterion adopted", "overlay: without a reason")
"""These are refused by the command itself; the others where it reads and asks, before anything could be recorded."""


class TestConfiguration:
    @pytest.mark.parametrize("name", WHOLE)
    def test_a_mistake_is_refused_with_its_place_and_nothing_is_recorded(self, name, spoiled, tmp_path):
        """Exit 2: nothing was judged."""
        way, says = REFUSED[name]

        found = spoiled(way)

        assert found.code == 2, found.told[-3000:]
        assert "Traceback" not in found.told
        assert says in found.told
        assert "verdict=" not in found.told
        assert not (tmp_path / "go" / "audit").exists()

    @pytest.mark.parametrize("name", [name for name in REFUSED if name not in WHOLE])
    def test_a_mistake_is_refused_with_its_place(self, name, decided):
        """Likewise."""
        way, says = REFUSED[name]

        found = decided(way)

        assert found.code == 2, found.told[-3000:]
        assert says in found.told

    def test_a_run_on_it_ends_with_1(self, spoiled):
        """The command itself comes to what the ways below come to."""
        found = spoiled(GAPS["a binding taken out"][0])

        assert found.code == 1, found.told[-3000:]
        assert GAPS["a binding taken out"][1] in found.told

    def test_an_authority_that_does_not_answer_is_refused(self, spoiled):
        """It would settle the question by silence."""
        found = spoiled(edit("ims.golive_tasks: master-schedule", "ims.golive_tasks: raid-log"), whole=True)

        assert found.code == 2
        assert "'raid-log' does not answer for it" in found.told

    @pytest.mark.parametrize(("way", "says"), GAPS.values(), ids=GAPS)
    def test_what_the_program_no_longer_proves_blocks(self, way, says, decided):
        """Leaving something out is not a way to GO."""
        found = decided(way, release="R1" if way is GAPS["evidence of another release"][0] else None)

        assert found.code == 1, found.told[-3000:]
        assert says in found.told
