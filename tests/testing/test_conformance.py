"""The conformance tests fail for collectors that break the contract; else they would prove nothing."""

from __future__ import annotations

import importlib
import sys
import textwrap
from pathlib import Path

import pytest

from gonogo.testing import SAMPLE_NOW, CollectorConformance, answers_of, input_of, job_of

TEMPLATE = """
    import datetime, os, time
    from gonogo.plugin.spec import *

    OPEN = LocalFact(name="open", type="integer", unit="items", meaning="Open items.")
    DONE = LocalFact(name="done", type="boolean", meaning="Whether all is done.")

    class Sample:
        name = "sample"
        facts = (OPEN, DONE)
        settings = NoSettings
        network = ()

        def declare(self, settings):
            return self.facts

        def collect(self, job, settings):
            count = int(job.input().read().decode("ascii"))
            yield OPEN.value(count, as_of=job.now)
            BODY
            yield DONE.value(count == 0, as_of=job.now)

    @hookimpl
    def gonogo_register_collectors(register):
        register(Sample())
"""


def conformance(
    folder: Path, name: str, *, body: str = "pass", swap: tuple[str, str] = ("", "")
) -> CollectorConformance:
    source = textwrap.dedent(TEMPLATE).replace("BODY", body).replace(*swap)
    (folder / f"{name}.py").write_text(source, encoding="utf-8")
    importlib.invalidate_caches()
    kind = type("TestSample", (CollectorConformance,), {"module": name, "files": {"file": ("n.txt", b"12")}})
    instance: CollectorConformance = kind()
    return instance


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return tmp_path


class TestConformance:
    def test_passes_a_collector_that_keeps_the_contract(self, folder: Path, tmp_path: Path):
        """All of it, through real children."""
        tests = conformance(folder, "sample_good")

        tests.test_registers_and_declares_well_formed_facts()
        tests.test_answers_every_declared_fact_of_a_good_source(tmp_path / "a")
        tests.test_answers_the_same_twice(tmp_path / "b")
        tests.test_a_damaged_source_ends_as_gaps(tmp_path / "c")
        tests.test_no_fact_of_a_binary_source_has_a_value(tmp_path / "d")
        tests.test_stays_within_its_inputs()
        tests.test_reads_no_clock_and_no_environment()

    def test_finds_a_missing_answer(self, folder: Path, tmp_path: Path):
        """A fact that is declared and then forgotten."""
        tests = conformance(folder, "sample_short", body="return")

        with pytest.raises(AssertionError):
            tests.test_answers_every_declared_fact_of_a_good_source(tmp_path / "a")

    def test_finds_an_answer_that_changes(self, folder: Path, tmp_path: Path):
        """The same evidence must give the same digest."""
        tests = conformance(
            folder, "sample_moody", swap=("DONE.value(count == 0, as_of=job.now)", "DONE.missing(str(os.getpid()))")
        )

        with pytest.raises(AssertionError):
            tests.test_answers_the_same_twice(tmp_path / "a")

    def test_finds_a_value_made_of_junk(self, folder: Path, tmp_path: Path):
        """Errors swallowed into a zero are the classic false GO."""
        swap = ('int(job.input().read().decode("ascii"))', "0")
        tests = conformance(folder, "sample_zero", swap=swap)

        with pytest.raises(AssertionError):
            tests.test_no_fact_of_a_binary_source_has_a_value(tmp_path / "a")

    def test_finds_a_hang_on_damage(self, folder: Path, tmp_path: Path):
        """A parser that loops on half a file costs the gate its deadline."""
        tests = conformance(folder, "sample_stuck", body="time.sleep(60 if count == 1 else 0)")
        type(tests).deadline_s = 1

        with pytest.raises(AssertionError):
            tests.test_a_damaged_source_ends_as_gaps(tmp_path / "a")

    def test_finds_a_file_read_behind_the_hosts_back(self, folder: Path, tmp_path: Path):
        """What is read there is neither hashed nor recorded."""
        (tmp_path / "beside.txt").write_text("x", encoding="utf-8")
        tests = conformance(folder, "sample_nosy", body=f"open({str(tmp_path / 'beside.txt')!r}).close()")

        with pytest.raises(AssertionError, match=r"beside\.txt"):
            tests.test_stays_within_its_inputs()

    @pytest.mark.parametrize(
        "body", ["datetime.datetime.now()", "time.time()", "os.environ.get('TOKEN')", "os.getenv('TOKEN')"]
    )
    def test_finds_a_clock_or_environment(self, folder: Path, body: str):
        """Both differ from machine to machine and from run to run."""
        tests = conformance(folder, f"sample_clock_{abs(hash(body))}", body=body)

        with pytest.raises(AssertionError):
            tests.test_reads_no_clock_and_no_environment()

    def test_finds_a_fact_without_its_unit(self, folder: Path):
        """A number without a unit cannot be compared with anything."""
        tests = conformance(folder, "sample_unitless", swap=('unit="items", ', ""))

        with pytest.raises(ValueError, match="needs a unit"):
            tests.test_registers_and_declares_well_formed_facts()


class TestJobs:
    def test_a_job_of_named_files(self):
        """What a collector's test needs: bytes in, a job out."""
        job = job_of(files={"plan": ("p.csv", b"1"), "reports": [("a.xml", b"2"), ("b.xml", b"3")]}, as_of=SAMPLE_NOW)

        assert job.input("plan").read() == b"1"
        assert [entry.read() for entry in job.inputs("reports")] == [b"2", b"3"]
        assert {entry.as_of for entry in job.files} == {SAMPLE_NOW}
        assert Path(job.scratch).is_dir()

    def test_an_input_knows_its_digest(self):
        """Inputs of a test look exactly like the host's."""
        entry = input_of(b"abc", "a.txt")

        assert (entry.size, entry.sha256[:8]) == (3, "ba7816bf")
        with entry.text() as stream:
            assert stream.read() == "abc"

    def test_answers_by_name(self, folder: Path):
        """A collector's own test asks for one fact."""
        conformance(folder, "sample_answers")
        collector = importlib.import_module("sample_answers").Sample()

        assert answers_of(collector, job_of(b"3"))["open"].value == 3
