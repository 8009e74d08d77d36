"""What a collector declares of its files travels as it is, and what is no declaration is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from gonogo.errors import IsolationFault
from gonogo.plugin import without_children
from gonogo.plugin.discovery import discover
from gonogo.plugin.offers import describe
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.trial import starts_of, try_settings
from gonogo.testing.programs import write_plugin

SOURCE = """
    from gonogo.model.fact import FactType
    from gonogo.plugin.recognizes import Recognizes, Start
    from gonogo.plugin.spec import LocalFact, NoSettings, hookimpl

    class Ledger:
        name = "ledger"
        facts = (LocalFact("open", FactType.INTEGER, "Open.", "posts"),)
        settings = NoSettings
        network = ()
        {more}

        def declare(self, settings):
            return self.facts

        def collect(self, job, settings):
            return ()

    @hookimpl
    def gonogo_register_collectors(register):
        register(Ledger())
"""


def entry_of(folder: Path, name: str, more: str = ""):
    return write_plugin(folder, name, SOURCE.replace("{more}", more))


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform without child processes."""

    def refuse(*_, **__):
        raise IsolationFault("this platform has no fork")

    monkeypatch.setattr(without_children, "run", refuse)


class TestDeclaration:
    @pytest.mark.parametrize("marks", [{}, {"starts": "A", "line": "b"}])
    def test_a_kind_has_exactly_one_mark(self, marks: dict[str, str]):
        """With none it would be every file; with two nobody could say whether both must hold."""
        with pytest.raises(ValidationError, match="exactly one"):
            Recognizes(what="x", **marks)

    def test_it_is_described_as_it_was_declared(self, tmp_path: Path):
        """The registry's child is the one that says it."""
        kind = 'recognizes = (Recognizes(what="export", starts="LEDGER;", prefix="desk"),)'

        [offer] = describe([entry_of(tmp_path, "recognizing", kind)])

        assert offer.collectors[0].recognizes == (Recognizes(what="export", starts="LEDGER;", prefix="desk"),)

    def test_a_collector_without_it_is_described_as_before(self, tmp_path: Path):
        """Plugins that are installed today know nothing of it."""
        [offer] = describe([entry_of(tmp_path, "plain_plugin")])

        assert (offer.refused, offer.collectors[0].recognizes, offer.collectors[0].starts) == ("", (), False)

    def test_what_is_no_declaration_is_refused_with_a_sentence(self, tmp_path: Path):
        """A dictionary is easily written."""
        [offer] = describe([entry_of(tmp_path, "odd_plugin", 'recognizes = ({"what": "x"},)')])

        assert "recognizes something that is not a Recognizes" in offer.refused

    def test_gonogos_own_collectors_declare_their_files(self):
        """`init` has no table of them."""
        offers = describe([entry for entry in discover().values() if entry.builtin])

        declared = {
            offer.entry.name: [kind.what for each in offer.collectors for kind in each.recognizes] for offer in offers
        }
        assert declared == {
            "attestation": ["attestations"],
            "axe": ["axe accessibility results"] * 4,
            "coverage": ["coverage report (Cobertura)", "coverage report (JaCoCo)"],
            "git": ["git bundle (history of the code)"] * 2,
            "exercises": ["register of backup and recovery exercises"],
            "junit": ["JUnit test results"],
            "decks": ["GSA M3 success metrics", "GSA M3 business readiness assessment"],
            "load": ["JMeter results", "JMeter results in XML", *["k6 summary"] * 2, *["Gatling statistics"] * 2],
            "m3": ["GSA M3 risk assessment tool", "GSA M3 document tracker", "GSA M3 services tailoring guide"],
            "metrics": ["Prometheus samples of what is up"],
            "oscal": [
                "OSCAL plan of action and milestones",
                "OSCAL system security plan",
                "OSCAL assessment results",
            ],
            "raid": ["GSA M3 RAID log"],
            "sarif": ["SARIF scan results"],
            "sbom": ["CycloneDX bill of materials", "SPDX bill of materials"],
            "schedule": [
                *(
                    "Microsoft Project XML",
                    "Primavera XER",
                    "Primavera P6 XML",
                    "Microsoft Project plan (.mpp)",
                    "MPX",
                    "Phoenix Project Manager",
                    "GNOME Planner plan",
                    "GanttProject plan",
                ),
            ],
            "table": [],
        }


class TestStart:
    START = "start = staticmethod(lambda data, name: {found})"

    @pytest.mark.parametrize(
        ("found", "settings"),
        [
            ('Start(settings={"scale": data.decode() + name})', {"scale": "contentfile.txt"}),
            ("None", None),
            ("1 / 0", None),
            ('{"scale": "x"}', None),
        ],
    )
    def test_a_file_says_how_settings_start_or_nothing_does(self, tmp_path: Path, found: str, settings):
        """It only proposes: what it cannot tell a person fills in."""
        (tmp_path / "file.txt").write_text("content")

        entry = entry_of(tmp_path, "starting_plugin", self.START.replace("{found}", found))
        [start] = starts_of([(entry, "", tmp_path / "file.txt")])

        assert (start.settings if start else None) == settings


class TestTrial:
    def test_facts_are_declared_or_the_refusal_is_told(self, tmp_path: Path):
        """As `lint` finds it out, before there is a program."""
        entry = entry_of(tmp_path, "tried_plugin")

        sound, mistaken = try_settings([(entry, "", {}), (entry, "ledger", {"odd": 1})])

        assert [fact.name for fact in sound.facts] == ["open"]
        assert "no such setting" in mistaken.refused

    def test_gonogos_own_answer_without_children(self, nowhere: None):
        """The workbook and the first week work on a laptop that has no fork."""
        entry = discover()["raid"]

        [tried] = try_settings([(entry, "", {"impact_scale": "list"})])

        assert "open_items" in [fact.name for fact in tried.facts]

    def test_other_peoples_code_never_runs_in_the_host(self, nowhere: None, tmp_path: Path):
        """Where there are no children it is not run at all."""
        marker = tmp_path / "ran"
        entry = write_plugin(tmp_path, "foreign_plugin", f"open({str(marker)!r}, 'w')", own=False)

        with pytest.raises(IsolationFault):
            try_settings([(entry, "", {})])
        assert not marker.exists()
