"""Recognition: what a file is, told by its content; it proposes and never trusts."""

from __future__ import annotations

import io
import json
import os
import zipfile
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from tests.collectors.program.decks.made_decks import deck, frame, slide

from gonogo.first_week import folder
from gonogo.first_week.declared_kinds import declared_kinds
from gonogo.first_week.file_kinds import USES, FileKind, Recognized, Unrecognized, Why
from gonogo.first_week.recognition import recognize, survey

MSPDI = b'<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Name>x</Name></Project>'
XER = b"ERMHDR\t19.12\t2027-04-15\tProject\r\n%T\tTASK\r\n"
JUNIT = b'<testsuites><testsuite name="s"><testcase classname="a" name="T-1"/></testsuite></testsuites>'
SARIF = b'{"version": "2.1.0", "runs": []}'
CSV = b"case,status\n1,open\n2,closed\n3,open\n"
DECLARED = cache(declared_kinds)
"""What the installed collectors declare, asked once."""


def look(folder: Path, data: bytes, name: str = "file.dat") -> Recognized | Unrecognized:
    (folder / name).write_bytes(data)
    return recognize(folder, name, len(data), DECLARED())


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return buffer.getvalue()


class TestByContent:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (MSPDI, "Microsoft Project XML"),
            (b"\xef\xbb\xbf" + MSPDI, "Microsoft Project XML"),
            (
                MSPDI.decode().replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16"),
                "Microsoft Project XML",
            ),
            (XER, "Primavera XER"),
            (b"\xef\xbb\xbf" + XER, "Primavera XER"),
            (XER.decode().encode("utf-16"), "Primavera XER"),
            (b'<?xml version="1.0"?><APIBusinessObjects xmlns="x/P6/V8.3/API"/>', "Primavera P6 XML"),
            (JUNIT, "JUnit test results"),
            (b"<testsuite><testcase name='x'/></testsuite>", "JUnit test results"),
            (SARIF, FileKind.SARIF),
            (b'# TYPE up untyped\nup{instance="a:1",job="api"} 0 1796016398566\n', "Prometheus samples of what is up"),
            (b'up{job="api"} 1\n', "Prometheus samples of what is up"),
            (b'[{"testEngine":{"name":"axe-core"}}]', "axe accessibility results"),
            (
                b'{"type": "GROUP", "name": "All Requests", "path": "", "pathFormatted": "group_missing-name",'
                b' "stats": {"numberOfRequests": {"total": 3, "ok": 3, "ko": 0}}, "contents": {"req": {"stats": {}}}}',
                "Gatling statistics",
            ),
            (
                b'{"title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "2027.04.14",'
                b' "dateReleased": "2027-04-14T17:00:00.0Z", "count": 1, "vulnerabilities": [{"cveID": "CVE-2021-4"}]}',
                FileKind.KEV,
            ),
            (b'{"catalogVersion": "1", "vulnerabilities": [{"cveID": "CVE-2021-44228"}]}', FileKind.JSON),
            (b'[\n  {\n    "testEngine": {"name": "axe-core"}}]', "axe accessibility results"),
            (b'{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "properties": {}}', FileKind.SARIF),
            (b'{"system-security-plan": {"uuid": "x"}}', FileKind.OSCAL_SSP),
            (b'{"plan-of-action-and-milestones": {}}', FileKind.OSCAL_POAM),
            (b'{"$schema": "x", "assessment-results": {}}', FileKind.OSCAL_RESULTS),
            (b'<assessment-results xmlns="http://csrc.nist.gov/ns/oscal/1.0"/>', FileKind.OSCAL_RESULTS),
            (CSV, FileKind.CSV),
            (CSV.replace(b",", b";"), FileKind.CSV),
            (CSV.decode().encode("utf-16"), FileKind.CSV),
            ("site,n\nMontréal,1\nQuébec,2\n".encode("cp1252"), FileKind.CSV),
            (b'[{"id": 1}, {"id": 2}]', FileKind.JSON),
            (b'{"meta": {"total": 1}, "issues": [{"id": 1}]}', FileKind.JSON),
            (b"schema: 1\nattestations:\n  - fact: a.b\n    value: true\n", "attestations"),
        ],
    )
    def test_a_file_is_what_it_holds_whatever_it_is_called(self, tmp_path: Path, data: bytes, kind: str) -> None:
        """`schedule FINAL.txt` is a schedule all the same."""
        found = look(tmp_path, data, "report v12 FINAL.txt")

        assert isinstance(found, Recognized)
        assert str(found.kind) == kind

    def test_a_long_file_is_told_by_its_head(self, tmp_path: Path) -> None:
        """Half a gigabyte of results is not read to know that they are results."""
        results = b"<testsuites><testsuite>" + b'<testcase classname="a" name="T-1"/>' * 50_000

        assert str(look(tmp_path, results).kind) == "JUnit test results"  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        ("document", "what"),
        [
            (
                {"components": [{"n": 'a "[{ \\\\'}] * 9_000, "bomFormat": "CycloneDX", "specVersion": "1.6"},
                "CycloneDX",
            ),
            ({"SPDXID": "x", "packages": [{"name": "}"}] * 9_000, "spdxVersion": "SPDX-2.3"}, "SPDX"),
            ({"runs": [{"results": [{"message": '"'}] * 9_000}], "version": "2.1.0"}, "SARIF"),
            ({"testEngine": {}, "toolOptions": {}, "passes": [1] * 30_000, "violations": [2] * 30_000}, "axe"),
        ],
    )
    @pytest.mark.parametrize("indent", [None, 2])
    def test_a_long_json_document_is_told_by_its_end_too(
        self, tmp_path: Path, document: dict[str, object], what: str, indent: int | None
    ) -> None:
        """cyclonedx-py 7 writes the components before ``bomFormat``, and Trivy 0.35 wrote ``spdxVersion`` last.

        The violations of axe-core 4 are the last key, and begin in the middle.
        """
        found = look(tmp_path, json.dumps(document, indent=indent).encode())

        assert isinstance(found, Recognized)
        assert str(found.kind).startswith(what)

    def test_a_key_inside_of_a_long_document_is_not_one_of_the_document(self, tmp_path: Path) -> None:
        """A list of bills of materials is none."""
        inner = {"components": [{"n": "x"}] * 9_000, "bomFormat": "CycloneDX", "specVersion": "1.6"}
        found = look(tmp_path, json.dumps({"boms": [inner]}).encode())

        assert str(found.kind) == FileKind.JSON  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        ("declaration", "root"),
        [
            ('<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">', "coverage"),
            ("<!DOCTYPE coverage SYSTEM 'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>", "coverage"),
            ('<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">', "report"),
        ],
    )
    def test_a_report_of_coverage_may_name_its_document_type(self, tmp_path: Path, declaration: str, root: str) -> None:
        """Istanbul (Jest, nyc), gcovr 8 and JaCoCo write one into every report, and the collector reads it."""
        found = look(tmp_path, f"<?xml version='1.0'?>\n{declaration}\n<{root}/>".encode())

        assert isinstance(found, Recognized)
        assert "coverage report" in str(found.kind)

    def test_a_csv_of_one_column_needs_its_ending(self, tmp_path: Path) -> None:
        """A list of case ids is a table; a text of lines is not."""
        assert isinstance(look(tmp_path, b"case_id\nT-1\nT-2\n", "plan.csv"), Recognized)
        assert isinstance(look(tmp_path, b"case_id\nT-1\nT-2\n", "plan.txt"), Unrecognized)

    def test_prose_with_commas_is_no_table(self, tmp_path: Path) -> None:
        """Minutes of a meeting."""
        prose = b"Dear all,\nwe met, talked, and left.\nNothing was decided, as usual.\nRegards,\nAda\n"

        assert isinstance(look(tmp_path, prose), Unrecognized)

    @pytest.mark.parametrize(
        ("data", "why", "words"),
        [
            (b"%PDF-1.7", Why.UNKNOWN, "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", Why.UNKNOWN, "password"),
            (b"\x89PNG\r\n", Why.UNKNOWN, "picture"),
            (b"<html><body/></html>", Why.UNKNOWN, "web page"),
            (b"<TestRun/>", Why.UNKNOWN, "JUnit"),
            (b"<other/>", Why.UNKNOWN, "XML of a kind"),
            (b"<!DOCTYPE x [<!ENTITY a 'b'>]><testsuites/>", Why.UNREADABLE, "document type"),
            (b"<broken", Why.UNREADABLE, "no element follows"),
            (b"<1>", Why.UNREADABLE, "cannot be read"),
            (b"\x00" * 3000, Why.ONLINE, "zero bytes"),
            (b"\x01\x02\x03", Why.UNKNOWN, "control character"),
            (b'{"a": 1}', Why.UNKNOWN, "no list of records"),
            (b"[1, 2]", Why.UNKNOWN, "not a list of records"),
            (b'{"a": 1}\n{"a": 2}\n', Why.UNKNOWN, "one JSON record a line"),
            (b'{"url": "https://docs.google.com/x", "doc_id": "1", "resource_id": "2"}', Why.ONLINE, "in the cloud"),
            (b"just a note", Why.UNKNOWN, "not a table"),
            (b"PK\x03\x04 cut off", Why.UNREADABLE, "truncated"),
            (zipped(word__document_dot_xml="<w/>"), Why.UNKNOWN, "text for people"),
            (zipped(ppt__presentation_dot_xml="<p/>"), Why.UNKNOWN, "presentation"),
            (zipped(xl__workbook_dot_bin="x"), Why.UNKNOWN, ".xlsb"),
            (zipped(mimetype="x", content_dot_xml="<o/>"), Why.UNKNOWN, "OpenDocument"),
            (zipped(a_dot_txt="x"), Why.UNKNOWN, "archive"),
            (zipped(xl__workbook_dot_xml="<broken"), Why.UNREADABLE, "table of contents"),
        ],
    )
    def test_what_is_not_recognized_says_what_it_is_and_what_helps(
        self, tmp_path: Path, data: bytes, why: Why, words: str
    ) -> None:
        """A person reads this list to know what to ask for."""
        found = look(tmp_path, data)

        assert isinstance(found, Unrecognized)
        assert (found.why, words in found.detail) == (why, True), found.detail

    def test_an_archive_with_a_huge_directory_is_not_opened(self, tmp_path: Path) -> None:
        """A directory of a million entries takes minutes to read."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for number in range(500):
                archive.writestr(f"{number}", "")

        found = look(tmp_path, buffer.getvalue())

        assert isinstance(found, Unrecognized)
        assert "500 entries" in found.detail

    @pytest.mark.parametrize(("name", "kind"), [("Plan.MPP", "Microsoft Project plan (.mpp)"), ("plan.xls", None)])
    def test_an_old_office_file_is_a_plan_by_its_ending(self, tmp_path: Path, name: str, kind: str | None) -> None:
        """Its bytes are those of any old office file, and a plan is read with MPXJ."""
        found = look(tmp_path, bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 40, name)

        assert (str(found.kind) if isinstance(found, Recognized) else None) == kind

    def test_a_deck_is_known_by_the_headings_of_a_table(self, tmp_path: Path) -> None:
        """GSA's decks have names of their own in every office; any other deck stays what nobody reads."""
        metrics = deck(slide(frame((("", "Metric", "Baseline Metric (2026)", "Target metric"), ("", "A", "", "")))))
        other = deck(slide(frame((("Metric", "Value"), ("A", "1")))))

        found = look(tmp_path, metrics, "Q2.pptx")
        assert isinstance(found, Recognized)
        assert (str(found.kind), found.kind.use.collector) == ("GSA M3 success metrics", "decks:metrics")
        for data, name, words in ((other, "other.pptx", "slides are not"), (metrics[:-9], "cut.pptx", "truncated")):
            odd = look(tmp_path, data, name)
            assert isinstance(odd, Unrecognized)
            assert words in odd.detail

    def test_a_file_that_may_not_be_read_says_so(self, tmp_path: Path) -> None:
        """Permissions of a shared drive."""
        found = recognize(tmp_path, "gone.csv", 10, DECLARED())

        assert isinstance(found, Unrecognized)
        assert found.why is Why.UNREADABLE

    def test_workbooks_are_known_by_their_sheets(self, tmp_path: Path) -> None:
        """The RAID log is renamed with every version."""
        for sheets, kind in (
            (["Cover", "Risk Log", "Issue Log"], "GSA M3 RAID log"),
            (["RTM", "CR"], FileKind.M3_RTM),
            (["a"], FileKind.XLSX),
        ):
            made = xlsxwriter.Workbook(tmp_path / "RAID v12 FINAL.xlsx")
            for name in sheets:
                made.add_worksheet(name)
            made.close()

            size = (tmp_path / "RAID v12 FINAL.xlsx").stat().st_size
            found = recognize(tmp_path, "RAID v12 FINAL.xlsx", size, DECLARED())

            assert isinstance(found, Recognized)
            assert str(found.kind) == kind


def test_every_real_file_is_recognized(shared: Path) -> None:
    """GSA's workbooks, schedules of both tools, OSCAL and SARIF as others wrote them."""
    found = survey(shared, ".")

    told = {entry.path: entry.why for entry in found.unrecognized if not entry.path.startswith(("junit/", "schemas/"))}
    assert {path.rpartition(".")[2] for path in told} <= {"md", "pdf", "pptx", "docx"}
    assert set(told.values()) == {Why.UNKNOWN}
    kinds = {entry.path.rpartition("/")[2]: str(entry.kind) for entry in found.recognized}
    expected = {
        "M3-Phase-4-Progress-Review.pptx": FileKind.M3_REVIEW,
        "M3-Playbook-Communications-Plan-Template.xlsx": FileKind.M3_COMMUNICATIONS,
        "M3-Playbook-Investment-Readiness-Checklist.xlsx": FileKind.M3_READINESS,
        "M3-Playbook-Master-Schedule-Template.xlsx": FileKind.M3_SCHEDULE,
        "M3-Playbook-RAID-Log-Template.xlsx": "GSA M3 RAID log",
        "M3-Playbook-Requirements-Traceability-Matrix-Template.xlsx": FileKind.M3_RTM,
        "M3-Playbook-Risk-Assessment-Tool-Template.xlsm": "GSA M3 risk assessment tool",
        "M3-Document-and-Example-Tracker.xlsx": "GSA M3 document tracker",
        "M3-Services-Tailoring-Guide.xlsx": "GSA M3 services tailoring guide",
        "assessment-results-example.json": FileKind.OSCAL_RESULTS,
        "poam-example.json": FileKind.OSCAL_POAM,
        "ssp-example.json": FileKind.OSCAL_SSP,
        "prefast-expected-050.sarif": FileKind.SARIF,
        "PredecessorCalendar.xer": "Primavera XER",
        "invalid-8.4.xer": "Primavera XER",
        "task-baselines-project2019-mspdi.xml": "Microsoft Project XML",
        "task-links-project2013-mspdi.xml": "Microsoft Project XML",
    }
    assert {name: kinds[name] for name in expected} == expected


def test_every_kind_says_what_a_person_does_with_it() -> None:
    """A kind without use or advice would end in silence."""
    assert set(USES) == set(FileKind)
    assert all(use.collector or use.advice for use in USES.values())


class TestFoldersAsTheyAre:
    def test_each_oddity_has_a_message_of_its_own(self, tmp_path: Path) -> None:
        """SharePoint and OneDrive leave all of these beside the one file that counts."""
        for name, data in {
            "RAID.csv": CSV,
            "~$RAID.csv": b"lock",
            ".~lock.RAID.csv#": b"lock",
            "RAID (1).csv": CSV,
            "RAID - Copy.csv": CSV,
            "RAID-DESKTOP7.csv": CSV,
            "empty.csv": b"",
            "photo.icloud": b"x",
            ".RAID.csv.icloud": b"x",
            "Plan.url": b"[InternetShortcut]\nURL=https://agency.example/plan\n",
            "Plan.xlsx - Shortcut.lnk": b"x",
            "Minutes.gdoc": b"{}",
            "roster.csv.crdownload": CSV,
            "roster.tmp": CSV,
            ".DS_Store": b"x",
            "Thumbs.db": b"x",
            ".hidden": b"x",
        }.items():
            (tmp_path / name).write_bytes(data)

        found = survey(tmp_path, ".")

        assert [entry.path for entry in found.recognized] == ["RAID.csv"]
        assert {entry.path: entry.why for entry in found.unrecognized} == {
            "~$RAID.csv": Why.LOCKED,
            ".~lock.RAID.csv#": Why.LOCKED,
            "RAID (1).csv": Why.COPY,
            "RAID - Copy.csv": Why.COPY,
            "RAID-DESKTOP7.csv": Why.COPY,
            "empty.csv": Why.EMPTY,
            "photo.icloud": Why.ONLINE,
            ".RAID.csv.icloud": Why.ONLINE,
            "Plan.url": Why.SHORTCUT,
            "Plan.xlsx - Shortcut.lnk": Why.SHORTCUT,
            "Minutes.gdoc": Why.SHORTCUT,
            "roster.csv.crdownload": Why.UNFINISHED,
            "roster.tmp": Why.UNFINISHED,
        }
        assert "RAID.csv" in next(e.detail for e in found.unrecognized if e.why is Why.COPY)
        assert found.ignored == 3

    @pytest.mark.parametrize(
        ("copy", "most", "told"),
        [
            (CSV, len(CSV), "It holds the same bytes as RAID.csv, so it can go."),
            (CSV + b"x,y\n", len(CSV) + 4, "It does not hold what RAID.csv holds"),
            (CSV, len(CSV) - 1, "Two people changed RAID.csv, or it was copied"),
            (CSV + b"x,y\n", len(CSV) + 3, "Two people changed RAID.csv, or it was copied"),
        ],
    )
    def test_a_copy_that_was_compared_is_said_to_be_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copy: bytes, most: int, told: str
    ) -> None:
        """`Two people changed it` was said of a file that holds the same bytes; a large one is not read for that."""
        monkeypatch.setattr(folder, "_COMPARED", most)
        (tmp_path / "RAID.csv").write_bytes(CSV)
        (tmp_path / "RAID (1).csv").write_bytes(copy)

        found = survey(tmp_path, ".")
        [odd] = found.unrecognized

        assert odd.detail.startswith(told)
        same = told.startswith("It holds the same bytes")
        assert odd.why is (Why.COPY if same else Why.CONFLICT)  # a copy of the same bytes is in no conflict
        assert (found.copies, found.strange) == (((odd,), ()) if same else ((), (odd,)))

    def test_a_copy_of_a_file_that_is_not_on_this_disk_is_not_compared(self, tmp_path: Path) -> None:
        """To read a placeholder would download it."""
        (tmp_path / "RAID.csv").write_bytes(CSV)
        os.mkfifo(tmp_path / "RAID (1).csv")

        [odd] = survey(tmp_path, ".").unrecognized

        assert odd.detail.startswith("Two people changed RAID.csv")

    def test_a_file_that_is_too_large_says_what_to_set(self, tmp_path: Path) -> None:
        """A binding can be told to read it; nothing is read here."""
        with (tmp_path / "big.csv").open("wb") as stream:
            stream.write(b"x" * 2**20 * 33)

        (entry,) = survey(tmp_path, ".").unrecognized

        assert entry.why is Why.LARGE
        assert "max_bytes: 33MB" in entry.detail

    def test_a_placeholder_is_not_opened(self, tmp_path: Path) -> None:
        """Opening it would download it; a file without blocks on this disk is one."""
        with (tmp_path / "online.csv").open("wb") as stream:
            stream.truncate(2**20)
        if (tmp_path / "online.csv").stat().st_blocks:
            pytest.skip("this file system gives blocks to a hole")

        (entry,) = survey(tmp_path, ".").unrecognized

        assert entry.why is Why.ONLINE
        assert "placeholder" in entry.detail

    def test_links_pipes_and_other_files_of_ours_are_not_evidence(self, tmp_path: Path) -> None:
        """A link could lead anywhere; a pipe would wait for ever."""
        (tmp_path / "real.csv").write_bytes(CSV)
        (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
        (tmp_path / "folder-link").symlink_to(tmp_path)
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "gonogo.yaml").write_text("schema: 1\n")
        (tmp_path / "ruleset").mkdir()
        (tmp_path / "ruleset" / "x.csv").write_bytes(CSV)
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git" / "y.csv").write_bytes(CSV)

        found = survey(tmp_path, ".")

        assert [entry.path for entry in found.recognized] == ["real.csv"]
        assert {entry.path: entry.why for entry in found.unrecognized} == {
            "link.csv": Why.LINK,
            "folder-link": Why.LINK,
            "pipe": Why.UNREADABLE,
        }

    def test_folders_are_looked_through_with_names_of_any_kind(self, tmp_path: Path) -> None:
        """Blanks, accents, 200 characters, and what no terminal should obey."""
        names = ["a b/RAID v12 FINAL.csv", "Évidence/états.csv", f"long/{'x' * 196}.csv", "odd/\x1b[31m\u202e.csv"]
        for name in names:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(CSV)

        assert sorted(entry.path for entry in survey(tmp_path, ".").recognized) == sorted(names)

    def test_no_more_than_five_thousand_files_are_looked_at(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Somebody will name their whole drive."""
        monkeypatch.setattr("gonogo.first_week.folder.MAX_FILES", 10)
        for number in range(15):
            (tmp_path / f"{number:02}.csv").write_bytes(CSV)

        found = survey(tmp_path, ".")

        assert (found.cut, len(found.recognized)) == (True, 10)
        assert found.unrecognized[-1].why is Why.LARGE


def test_json_keys_are_found_at_any_depth_of_noise(tmp_path: Path) -> None:
    """Braces and quotes inside texts are no structure."""
    document = {"note": 'a "}{[" b', "inner": {"runs": []}, "assessment-results": {}}

    found = look(tmp_path, json.dumps(document).encode())

    assert isinstance(found, Recognized)
    assert str(found.kind) == "OSCAL assessment results"
