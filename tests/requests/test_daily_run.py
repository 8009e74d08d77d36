"""The daily run of a program that has just begun: too early, not yet adopted, not due, unasked, missing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from gonogo.cli import run

ALL = "program.cutover.approved, system.tests.executed, workforce.training.completion, operations.desk.staffed"


@pytest.fixture
def today(small_program):
    def make(**options):
        return small_program(now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1), **options)

    return make


def page(small, capfd, *arguments: str) -> tuple[int, str]:
    code = run(["progress", str(small.root), *arguments])
    return code, " ".join(capfd.readouterr().out.split())


class TestAdopting:
    def test_what_is_newly_adopted_and_open_is_told_and_is_not_worse(self, today, capfd):
        """Ten criteria on Monday, ten more on Tuesday: Tuesday's run is not red for it."""
        small = today(more=f"adopt: [{ALL}]", answered=10)
        assert page(small, capfd)[0] == 0
        small.edit("gonogo.yaml", f"adopt: [{ALL}]", f"adopt: [{ALL}, workforce.survey.response]")
        (small.root / "evidence/survey.csv").unlink()

        code, out = page(small, capfd)

        assert "newly asked: workforce.survey.response: Unknown" in out
        assert "The verdict is worse than in the last run. Since then (" in out
        # The verdict fell with it, because an open conditional criterion without a plan blocks: that is worse.
        assert (code, "The verdict is worse" in out) == (1, True)

    def test_what_is_no_longer_adopted_is_told_apart_from_what_got_worse(self, today, capfd):
        """Who starts over with fewer criteria did not break the others."""
        small = today()
        assert page(small, capfd)[0] == 0
        small.edit("gonogo.yaml", "ruleset:", f"adopt: [{ALL}]\nruleset:")

        code, out = page(small, capfd)

        assert code == 1
        assert ": 1 no longer asked and 1 changed." in out
        assert "no longer asked: workforce.survey.response: Not yet adopted" in out

    def test_a_domain_of_which_nothing_is_adopted_says_so(self, today, capfd):
        """Three domains are met and none has failed; the answer is still NO-GO, and why is on page one."""
        small = today(more="adopt: [program.cutover.approved, system.tests.executed, workforce.training.completion]")

        code, out = page(small, capfd)

        assert code == 0
        assert "verdict=NO-GO" in out
        assert "no mandatory criterion was judged in the domain operations." in out
        assert "the program has not yet adopted a mandatory criterion of it." in out
        assert "not yet adopted" in out


class TestTooEarly:
    def test_before_the_first_milestone_it_says_from_when_on(self, today, capfd):
        """NO-GO on the first day is no news; the date is."""
        small = today()
        text = (small.rules / "ruleset.yaml").read_text(encoding="utf-8")
        (small.rules / "ruleset.yaml").write_text(
            text.replace("    require:", "    from: T-0\n    require:"), encoding="utf-8"
        )

        code, out = page(small, capfd)

        due = (small.now + timedelta(days=14)).astimezone().date()
        assert code == 0
        assert "Too early: the first criteria fall due on" in out
        assert any(f"{due + timedelta(days=shift)} (T-0)." in out for shift in (-1, 0, 1))
        assert out.endswith("verdict=NO-GO")


class TestTellingApart:
    @pytest.fixture
    def mixed(self, today):
        """One of each: not due, not yet adopted, unasked, missing."""
        small = today(more=f"adopt: [{ALL}]")
        small.edit("rules/ruleset.yaml", "    require: cutover", "    from: T-0\n    require: cutover")
        (small.root / "evidence/desk.csv").unlink()
        text = small.file.read_text(encoding="utf-8")
        start, end = text.index("  - id: training"), text.index("  - id: survey")
        small.file.write_text(text[:start] + text[end:], encoding="utf-8")
        return small

    def test_in_words_and_in_json(self, mixed, capfd, tmp_path):
        """Terminal, Markdown and HTML use the same words; programs read names."""
        outputs = [part for name in ("markdown", "html", "json") for part in ("-o", f"{name}:{tmp_path / name}")]

        _, out = page(mixed, capfd, "-o", "full", *outputs)

        told = [out, *((tmp_path / name).read_text(encoding="utf-8") for name in ("markdown", "html"))]
        for text in (" ".join(each.replace("\\", "").split()) for each in told):
            assert "1 not due and 1 not yet adopted" in text
            assert "Unknown, most urgent first: 1 missing and 1 unasked." in text
            assert "training.completed_ratio is unasked" in text
            assert "desk.open_posts is missing" in text
            assert "Unasked (no source is named)" in text
            assert "Missing (no source says it)" in text
            assert "No criterion failed on merit: 2 of 3 criteria that were asked are unknown" in text
        document = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
        assert document["counts"] == {
            "criteria": {
                "met": 1,
                "not_met": 0,
                "unknown": 2,
                "not_due": 1,
                "not_applicable": 0,
                "not_adopted": 1,
            },
            "unknown": {"missing": 1, "unasked": 1},
            "facts": {"measured": 2, "stated": 0, "stated_by": 0, "prepared_by": 0, "unprepared": 0},
        }
        assert document["decision"]["remark"].startswith("No criterion failed on merit")
