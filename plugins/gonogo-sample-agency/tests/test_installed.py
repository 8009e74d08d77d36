"""The plugin as an agency has it: installed as a distribution, discovered, allowed by name and version, executed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.program import AllowedPlugin, AsOf, AsOfRule
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.discovery import discover, plugin_rows
from gonogo.plugin.host import collect
from gonogo.plugin.offers import describe, render
from gonogo.testing import SAMPLE_NOW
from gonogo.testing.programs import SAMPLE_RELEASE, binding_of, program_of

PROJECT = Path(__file__).resolve().parents[1]
ALLOW = AllowedPlugin(distribution="gonogo-sample-agency", version="1.0.0")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A folder into which pip installed the plugin, without network and without touching this environment."""
    copy = tmp_path_factory.mktemp("source") / "plugin"
    shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns("__pycache__", "tests", "dist"))
    target = tmp_path_factory.mktemp("site")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"),
            *("--disable-pip-version-check", "--target", str(target), str(copy)),
        ],
        check=True,
        timeout=120,
    )
    return target


@pytest.fixture
def installed(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(site))
    return site


def tickets(root: Path) -> None:
    (root / "tickets-2027-04-16.csv").write_bytes(b"id,opened,closed,severity\nT-1,2027-04-01,,high\n")


def bound(**more):
    rule = AsOf(rule=AsOfRule.FILE_NAME, pattern=r"tickets-(\d{4}-\d{2}-\d{2})")
    return program_of(binding_of("helpdesk", prefix="helpdesk", paths=["tickets-*.csv"], as_of=rule), **more)


class TestInstalled:
    def test_is_listed_without_being_imported(self, installed: Path):
        """Listing what is installed must not run any of it."""
        entries = discover()
        rows = plugin_rows(entries.values(), (ALLOW,))

        assert entries["helpdesk"].module == "gonogo_sample_agency.helpdesk"
        assert not entries["helpdesk"].builtin
        assert [(row.distribution, row.status) for row in rows if row.name == "helpdesk"] == [
            ("gonogo-sample-agency 1.0.0", "allowed")
        ]

    def test_answers_from_its_own_interpreter(self, installed: Path, tmp_path: Path):
        """The seam holds from outside: wheel, entry point, allow-list, exec, answers, prefix."""
        tickets(tmp_path)

        [reply] = collect(
            CollectionRequest(bound(allow=(ALLOW,)), root=tmp_path, release=SAMPLE_RELEASE, now=SAMPLE_NOW)
        )

        assert reply.failure is None
        assert (reply.collector, reply.distribution) == ("helpdesk:helpdesk", "gonogo-sample-agency 1.0.0")
        assert reply.level == ("L1" if reply.unenforced else "L2")
        assert {item.fact: item.value for item in reply.items} == {
            "helpdesk.open_high": 1,
            "helpdesk.oldest_open_high_days": 15,
            "helpdesk.closed_ratio": None,
            "helpdesk.listed": 1,
        }
        assert reply.items[0].as_of == datetime(2027, 4, 16, 4, 0, tzinfo=UTC)

    def test_does_not_run_unless_the_program_allows_it(self, installed: Path, tmp_path: Path):
        """Installing a package must not be enough to speak in a go-live decision."""
        tickets(tmp_path)

        with pytest.raises(ConfigurationError, match="does not allow to run"):
            collect(CollectionRequest(bound(), root=tmp_path, release=SAMPLE_RELEASE, now=SAMPLE_NOW))

    def test_its_files_are_recognized_and_proposed_as_a_comment(self, installed: Path, tmp_path: Path):
        """`gonogo init` has no table of collectors; what an agency declares is proposed, and has to be allowed."""
        (tmp_path / "evidence").mkdir()
        tickets(tmp_path / "evidence")
        given = ["--customer", "A", "--provider", "B", "--release", "R1", "--go-live", "2027-05-03T06:00"]

        done = subprocess.run(
            [sys.executable, "-m", "gonogo", "init", str(tmp_path), *given, "--time-zone", "America/New_York", "--yes"],
            env={**os.environ, "PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            check=True,
        )

        written = (tmp_path / "gonogo.yaml").read_text()
        if "it cannot be walled in here" in done.stdout:  # its code is not started on such a machine
            assert "tickets-2027-04-16.csv: CSV table" in done.stdout
            return
        assert "tickets-2027-04-16.csv: help-desk tickets" in done.stdout
        assert "  #   collector: helpdesk\n  #   as: helpdesk\n" in written
        assert "plugins: allow: [{distribution: gonogo-sample-agency, version: 1.0.0}]" in written
        assert "\nevidence: []" in written

    def test_offers_a_report_format_of_its_own(self, installed: Path):
        """The other seam: a format, described and run in its own interpreter as well."""
        entry = discover()["briefing"]

        [offer] = describe([entry])

        assert [(form.name, form.media_type) for form in offer.formats] == [("briefing", "text/csv")]
        report = {"marking": "", "kind": {"sentence": "A decision."}, "verdict": "GO", "findings": []}
        assert render(entry, "briefing", json.dumps(report).encode()).startswith(b"A decision.\r\nverdict,GO\r\n")
