"""JUnit XML as its producers write it: each shape gives facts that hold, and the docs list how each is read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from gonogo.collectors.system.junit.xml_report import read_report
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal

HERE = Path(__file__).parent
PAGE = HERE.parents[3] / "docs" / "how-to" / "junit-producers.md"
SHAPES = yaml.safe_load((HERE / "producers.yaml").read_text(encoding="utf-8"))


def answers_for(read, shape, now, **more):
    ids = ",".join(case.strip() for case in shape["plan"].split(", "))
    return read(
        shape["report"],
        ids=ids,
        critical=True,
        as_of=now if "as_of" in shape else None,
        **shape.get("settings", {}),
        **more,
    )


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["producer"])
class TestShapes:
    def test_cases_count(self, read, now, shape):
        """What ran, passed, failed and never ran, whatever the counters of this producer mean."""
        expect = shape["expect"]

        answers = answers_for(read, shape, now)

        told = {
            "passed": answers["pass_ratio"].part,
            "failed": answers["failed"].value,
            "skipped": answers["skipped"].value,
            "not_run": answers["not_run"].value,
        }
        assert told == {name: expect[name] for name in told}
        assert (answers["failed"].gap is GapReason.NOT_PROVABLE) == expect.get("hidden", False)
        assert answers["executed_ratio"].part == answers["pass_ratio"].part + len(
            [case for case in answers["pass_ratio"].open_items if case not in answers["executed_ratio"].open_items]
        )

    def test_the_latest_run_counts_where_the_setting_says_so(self, read, now, shape):
        """And where the report tells which one it is."""
        expect = shape["expect"]

        assert answers_for(read, shape, now, reruns="latest")["pass_ratio"].part == expect.get(
            "latest", expect["passed"]
        )

    def test_what_passed_is_proved_by_name_or_not(self, read, now, shape):
        """A critical case must not rest on a pass that may have been its neighbour's."""
        answers = answers_for(read, shape, now)

        assert ("none by name" in answers["pass_ratio"].where) != shape["expect"]["named"]
        if not shape["expect"]["named"]:
            assert answers["critical_failed"].gap is GapReason.NOT_PROVABLE or answers["critical_failed"].value

    def test_the_docs_say_how_it_is_read(self, shape):
        """The table is the list that is tested."""
        row = f"| {shape['producer']} | {shape['counts']} | {shape['made']} |".replace("<", "&lt;")

        assert row in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_docs_list_nothing_else():
    """A row that nobody tests would be a promise."""
    table = PAGE.read_text(encoding="utf-8").split("| producer | what its counters count | how gonogo reads it |")[1]
    rows = [line for line in table.split("\n\n")[0].splitlines() if line.startswith("| ") and "---" not in line]

    assert len(rows) == len(SHAPES)
    assert len(SHAPES) >= 40


def test_real_files_are_read_or_refused_with_a_sentence():
    """Whole, odd and broken: none of them crashes the reader, and only what is no JUnit XML is refused."""
    found = [folder / "shared" / "data" / "junit" for folder in HERE.parents]
    files = sorted(path for folder in found if folder.is_dir() for path in folder.glob("*/*.xml"))
    if not files:
        pytest.skip("the folder of real files (shared/data) is not here")
    refused = {}
    for path in files:
        with path.open("rb") as stream:
            try:
                report = read_report(stream, path.name)
                assert sum(group.deficit for group in report.groups) <= len(report.cases)
            except CollectorRefusal as refusal:
                refused[path.name] = str(refusal)

    assert all("is not a complete JUnit XML report" in sentence for sentence in refused.values())
    assert sorted(refused) == [
        "dotnet-nunit.xml",
        "external__nunit-sample.xml",
        "non-junit.xml",
        "pytest__corrupt-xml.xml",
    ]
    assert "NUnit 3 writes it, which can write JUnit XML too" in refused["dotnet-nunit.xml"]
