"""A program's copy of its ruleset: recorded, told apart when edited, upgraded only after the difference was shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.difference import difference
from gonogo.first_week.interview import conduct
from gonogo.first_week.ruleset_copy import edited_files, read_origin
from gonogo.first_week.starting import start
from gonogo.first_week.upgrading import look_up, replace_copy
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset

Variant = Callable[..., Path]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that was just started."""
    root = tmp_path / "program"
    start(root, conduct(root, invented_office()))
    return root


@pytest.fixture
def variant(tmp_path: Path, rules: LoadedRuleset) -> Variant:
    """Return a function that makes another version of the shipped ruleset by replacing texts."""

    def make(*changes: tuple[str, str], file: str = "ruleset.yaml") -> Path:
        folder = tmp_path / "variant" / "m3-baseline"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(rules.folder, folder)
        shutil.rmtree(folder / "cases", ignore_errors=True)
        text = (folder / file).read_text()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        (folder / file).write_text(text)
        return folder

    return make


SMALL = """\
schema: 1
name: small
version: "1"
title: t
policy: {milestones: [T-30, T-0]}
criteria:
"""
FACTS = """\
schema: 1
facts:
  - {name: a.ratio, type: ratio, meaning: m, question: q}
  - {name: a.count, type: integer, unit: items, meaning: m, question: q}
"""


def small(folder: Path, first: str, *, policy: str = "", facts: str = FACTS, extra: str = "") -> LoadedRuleset:
    """Load a small ruleset whose first criterion is ``first``, with three others for the other domains."""
    folder.mkdir(parents=True, exist_ok=True)
    base = "title: t, statement: s, why: w, severity: mandatory, max_age: 7d, owner: customer.pmo_lead, remedy: r"
    lines = [
        f"  - {{id: {domain}.x.y, {base}, source: [S], require: a.ratio >= 50%}}\n"
        for domain in ("program", "system", "workforce", "operations")
    ]
    text = SMALL.replace("policy: {milestones: [T-30, T-0]}", policy or "policy: {milestones: [T-30, T-0]}")
    (folder / "ruleset.yaml").write_text(text + first + "".join(lines) + extra + "sources: {S: s}\n")
    (folder / "facts.yaml").write_text(facts)
    return load_ruleset(folder)


def criterion(**changes: str) -> str:
    """Return one criterion as YAML."""
    parts = {
        "id": "program.a.b",
        "title": "t",
        "statement": "s",
        "why": "w",
        "severity": "mandatory",
        "require": "a.ratio >= least and a.count <= most",
        "parameters": "{least: {T-30: 50%, T-0: 90%}, most: 3}",
        "max_age": "7d",
        "owner": "customer.pmo_lead",
        "remedy": "r",
        "source": "[S]",
    } | changes
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in parts.items()) + "}\n"


class TestDifference:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            (
                {"parameters": "{least: {T-30: 60%, T-0: 90%}, most: 3}"},
                "tightened: least from T-30 was 50%, becomes 60%",
            ),
            (
                {"parameters": "{least: {T-30: 50%, T-0: 80%}, most: 3}"},
                "loosened: least from T-0 was 90%, becomes 80%",
            ),
            ({"parameters": "{least: {T-30: 50%, T-0: 90%}, most: 5}"}, "loosened: most was 3, becomes 5"),
            ({"parameters": "{least: {T-30: 50%, T-0: 90%}, most: 0}"}, "tightened: most was 3, becomes 0"),
            ({"severity": "conditional"}, "loosened: mandatory became conditional"),
            ({"max_age": "12h"}, "tightened: evidence may be 7 days old, then 12 hours"),
            ({"max_age": "30d"}, "loosened: evidence may be 7 days old, then 30 days"),
            ({"from": "T-30"}, "loosened: due from the start, then from T-30"),
            ({"owner": "provider.pmo_lead"}, "owner: customer.pmo_lead became provider.pmo_lead"),
            (
                {"waivable_by": "[customer.executive_sponsor, provider.executive_sponsor]"},
                "loosened: it may be waived by customer.executive_sponsor, provider.executive_sponsor",
            ),
            ({"not_applicable_when": "a.count == 0"}, "not applicable when `never` became `a.count == 0`"),
            ({"carries": "true"}, "loosened: carries was no, becomes yes"),
            ({"sides": "one"}, "loosened: sides was both, becomes one"),
            ({"title": "another"}, "title was “t”, becomes “another”"),
            ({"remedy": "another"}, "remedy was “r”, becomes “another”"),
            (
                {"require": "a.ratio >= least and a.count < most"},
                "the requirement changed: `a.ratio >= least and a.count <= most` became",
            ),
            (
                {"require": "a.ratio >= least", "parameters": "{least: {T-30: 50%, T-0: 90%}}"},
                "parameter most (3) is gone",
            ),
        ],
    )
    def test_each_change_is_said_in_words_with_its_direction(
        self, tmp_path: Path, changes: dict[str, str], sentence: str
    ) -> None:
        """A board must see whether more or less is asked of the program."""
        old = small(tmp_path / "old", criterion())
        new = small(tmp_path / "new", criterion(**changes))

        told = "\n".join(difference(old, new).lines())

        assert f"program.a.b: {sentence}" in told

    @pytest.mark.parametrize(
        ("require", "direction"),
        [
            ("not a.ratio < least and a.count <= most", "tightened"),
            ("least <= a.ratio and a.count <= most", "tightened"),
            ("a.ratio >= least * 2 and a.count <= most", "changed"),
            ("(a.ratio >= least or a.ratio <= least) and a.count <= most", "changed"),
            ("a.ratio == least and a.count <= most", "changed"),
        ],
    )
    def test_the_direction_is_said_only_where_it_is_plain(self, tmp_path: Path, require: str, direction: str) -> None:
        """A wrong "loosened" is worse than a plain "changed"."""
        old = small(tmp_path / "old", criterion(require=require, parameters="{least: 10%, most: 3}"))
        new = small(tmp_path / "new", criterion(require=require, parameters="{least: 20%, most: 3}"))

        assert f"program.a.b: {direction}: least was 10%, becomes 20%" in difference(old, new).lines()[2]

    def test_criteria_facts_and_policy_are_compared(self, tmp_path: Path) -> None:
        """What was added asks more, what was removed asks less, and a fact that means something else changes both."""
        old = small(tmp_path / "old", criterion())
        new = small(
            tmp_path / "new",
            criterion(id="program.c.d", title="New one", parameters="{least: 50%, most: 3}"),
            policy="policy: {milestones: [T-60, T-0], caps: {domain: 2, total: 9}}",
            facts=FACTS.replace("meaning: m", "meaning: other", 1).replace("unit: items", "unit: items, max: 9")
            + "  - {name: b.new, type: boolean, meaning: new, question: q}\n",
        )

        found = difference(old, new)
        told = "\n".join(found.lines())

        assert found.added == ("program.c.d (mandatory): New one",)
        assert found.removed == ("program.a.b (mandatory): t",)
        for sentence in (
            "milestones: T-30, T-0 became T-60, T-0",
            "tightened: open conditional criteria allowed in a domain: 3 became 2",
            "loosened: open conditional criteria allowed in all: 8 became 9",
            "fact a.ratio: meaning was “m”, becomes “other”",
            "fact a.count: max was “none”, becomes “9”",
            "fact b.new is new",
        ):
            assert sentence in told

    @pytest.mark.parametrize(
        ("policy", "sentence"),
        [
            ("max_waiver_days: 30", "tightened: days after go-live that a waiver may run: no limit became 30"),
            ("min_isolation: {mandatory: L2}", "tightened: isolation of mandatory evidence: none became L2"),
            ("rule: m3", "changed: approval rule: caps became m3"),
        ],
    )
    def test_every_line_of_the_policy_is_compared(self, tmp_path: Path, policy: str, sentence: str) -> None:
        """An upgrade that takes the end of waivers away must not read *no criterion, threshold or fact differs*."""
        old = small(tmp_path / "old", criterion(), policy="policy: {milestones: [T-30, T-0]}")
        new = small(tmp_path / "new", criterion(), policy=f"policy: {{milestones: [T-30, T-0], {policy}}}")

        assert difference(old, new).changed == (sentence,)

    def test_equal_rulesets_differ_in_nothing(self, rules: LoadedRuleset) -> None:
        """Upgrading to what is there says so."""
        assert difference(rules, rules).lines() == ["m3-baseline@1.0.0 and m3-baseline@1.0.0 ask exactly the same."]


class TestCopy:
    def test_the_copy_says_version_and_digest_and_that_it_is_untouched(
        self, program: Path, rules: LoadedRuleset
    ) -> None:
        """So that anybody can tell later what the criteria were."""
        folder = program / "ruleset" / "m3-baseline"
        origin = read_origin(folder)

        assert origin is not None
        assert (origin.ruleset, origin.sha256) == ("m3-baseline@1.0.0", rules.ruleset.material_sha256)
        assert edited_files(folder, origin) == []
        assert load_ruleset(folder).ruleset.material_sha256 == rules.ruleset.material_sha256

    def test_an_edit_an_addition_and_a_removal_are_seen(self, program: Path) -> None:
        """Lowered thresholds are the first thing that anybody tries."""
        folder = program / "ruleset" / "m3-baseline"
        origin = read_origin(folder)
        assert origin is not None
        (folder / "ruleset.yaml").write_text((folder / "ruleset.yaml").read_text() + "# edited\n")
        (folder / "cases" / "mine.yaml").write_text("schema: 1\ncases: []\n")
        (folder / "README.md").unlink()

        assert edited_files(folder, origin) == ["README.md", "cases/mine.yaml", "ruleset.yaml"]

    @pytest.mark.parametrize("text", [None, "", "- a\n", "schema: 1\n", "x: [\n"])
    def test_a_lock_that_cannot_be_read_is_no_lock(self, program: Path, text: str | None) -> None:
        """What nobody can prove counts as edited."""
        lock = program / "ruleset" / "m3-baseline" / "origin.lock"
        lock.unlink() if text is None else lock.write_text(text)

        assert read_origin(lock.parent) is None


class TestUpgrade:
    def test_nothing_is_replaced_by_looking(self, program: Path, variant: Variant) -> None:
        """The difference comes first, always."""
        before = sorted(p.read_bytes() for p in (program / "ruleset").rglob("*.yaml"))

        found = look_up(
            program, to=str(variant(('version: "1.0.0"', 'version: "1.1.0"'), ("max_age: 7d", "max_age: 5d")))
        )

        assert any("tightened: evidence may be 7 days old, then 5 days" in line for line in found.lines())
        assert sorted(p.read_bytes() for p in (program / "ruleset").rglob("*.yaml")) == before

    def test_the_copy_is_replaced_whole_and_says_what_it_is_now(self, program: Path, variant: Variant) -> None:
        """No file of the old one stays behind."""
        folder = program / "ruleset" / "m3-baseline"

        replace_copy(look_up(program, to=str(variant(('version: "1.0.0"', 'version: "1.1.0"')))), discard_edits=False)

        origin = read_origin(folder)
        assert origin is not None
        assert (origin.ruleset, edited_files(folder, origin)) == ("m3-baseline@1.1.0", [])
        assert not (folder / "cases").exists()
        assert [path.name for path in folder.parent.iterdir()] == ["m3-baseline"]

    @pytest.mark.parametrize("how", ["edited", "no lock"])
    def test_edits_of_the_program_are_not_lost_by_the_way(self, program: Path, variant: Variant, how: str) -> None:
        """They belong into an overlay; until then they are told."""
        folder = program / "ruleset" / "m3-baseline"
        if how == "edited":
            (folder / "README.md").write_text("mine\n")
        else:
            (folder / "origin.lock").unlink()
        found = look_up(program, to=str(variant(('version: "1.0.0"', 'version: "1.1.0"'))))

        with pytest.raises(UsageError, match="nothing was replaced"):
            replace_copy(found, discard_edits=False)
        replace_copy(found, discard_edits=True)

        assert load_ruleset(folder).ruleset.version == "1.1.0"

    def test_a_program_that_would_not_fit_keeps_its_copy(
        self, program: Path, variant: Variant, rules: LoadedRuleset
    ) -> None:
        """A plan for a criterion that is gone would stop every run."""
        name = rules.ruleset.criteria[0].id
        (program / "plans.yaml").write_text(f"schema: 1\nplans:\n  - criterion: {name}\n")
        with (program / "gonogo.yaml").open("a") as stream:
            stream.write("plans: plans.yaml\n")
        found = look_up(program, to=str(variant((f"- id: {name}", f"- id: {name}_new"))))

        with pytest.raises(ConfigurationError, match=name):
            replace_copy(found, discard_edits=False)

        assert load_ruleset(program / "ruleset" / "m3-baseline").ruleset.get(name) is not None

    def test_a_failure_half_way_leaves_the_old_copy(
        self, program: Path, variant: Variant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A program without criteria judges nothing."""
        found = look_up(program, to=str(variant(('version: "1.0.0"', 'version: "1.1.0"'))))
        rename = Path.rename

        def fail(self: Path, target: Path) -> Path:
            if self.name.endswith(".new"):
                raise OSError(28, "No space left on device")
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", fail)
        with pytest.raises(UsageError, match="cannot be replaced"):
            replace_copy(found, discard_edits=False)
        monkeypatch.undo()

        assert load_ruleset(program / "ruleset" / "m3-baseline").ruleset.version == "1.0.0"

    def test_a_program_without_a_copy_of_its_own_is_told_so(self, program: Path, tmp_path: Path) -> None:
        """`name@version` changes with the program file alone; a folder outside is not this program's."""
        file = program / "gonogo.yaml"
        text = file.read_text()
        file.write_text(text.replace("ruleset: ruleset/m3-baseline", "ruleset: m3-baseline@1.0.0"))
        with pytest.raises(UsageError, match="has no copy of its own"):
            look_up(program)

        shutil.copytree(program / "ruleset" / "m3-baseline", tmp_path / "shared")
        file.write_text(text.replace("ruleset: ruleset/m3-baseline", "ruleset: ../shared"))
        with pytest.raises(UsageError, match="outside the program's folder"):
            look_up(program)

    def test_a_ruleset_that_is_not_shipped_needs_to_be_named(self, program: Path) -> None:
        """An agency's own ruleset has no newer version here."""
        file = program / "ruleset" / "m3-baseline" / "ruleset.yaml"
        file.write_text(file.read_text().replace("name: m3-baseline", "name: agency-own", 1))

        with pytest.raises(UsageError, match="No ruleset named agency-own is installed"):
            look_up(program)
