"""The jobs before the deployment: evidence is deposited, progress is looked at, a decision is signed, one record."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from tests.conftest import write_small

from gonogo.cli import run


@pytest.fixture
def program(tmp_path):
    """A program that goes live now, and nothing is recorded of it yet."""
    return write_small(tmp_path / "small", now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1))


@pytest.fixture
def key_file(tmp_path, keys):
    """The gate's key as a file of this account."""
    path = tmp_path / "gate.pem"
    path.write_bytes(keys.gate.pem())
    os.chmod(path, 0o600)
    return path


def test_a_decision_is_signed_and_its_record_handed_on(run_job, program, key_file, tmp_path, capfd):
    """A job on another machine goes on with it."""
    given = {"PROGRAM": program.root, "GONOGO_SIGNING_KEY": key_file, "NEW_RECORD": "record.zip"}

    done = run_job(JOB="decide", STATEMENT="decision.json", FIRST_RUN="true", **given)

    assert (done.code, done.verdict) == (0, "GO")
    assert (done.folder / "decision.json").exists()
    shutil.rmtree(program.log)
    again = run_job(JOB="progress", RECORD="record.zip", **(given | {"NEW_RECORD": "later.zip"}))
    assert (again.code, again.verdict) == (0, "GO")
    assert run(["log", "verify", str(program.log)]) == 0
    assert capfd.readouterr().out.count("run ") == 2


@pytest.mark.parametrize("record", ["", "nowhere.zip"])
@pytest.mark.parametrize("job", ["decide", "progress"])
def test_a_record_that_is_missing_is_no_first_run(run_job, program, job, record):
    """A cache that was lost would otherwise begin a new history, in which nothing ever got worse."""
    done = run_job(JOB=job, PROGRAM=program.root, STATEMENT="decision.json", RECORD=record)

    assert (done.code, done.verdict) == (4, "BROKEN")
    assert "say so if this is the first run" in done.out


def test_a_decision_without_a_key_is_broken(run_job, program):
    """It is recorded, and nothing can be deployed on it."""
    done = run_job(JOB="decide", PROGRAM=program.root, STATEMENT="decision.json", FIRST_RUN="true")

    assert done.code in (2, 4)
    assert done.verdict == "BROKEN"
    assert not (done.folder / "decision.json").exists()


def test_something_that_got_worse_fails_the_daily_run(run_job, program):
    """Its record is handed on all the same."""
    first = run_job(JOB="progress", PROGRAM=program.root, FIRST_RUN="true", NEW_RECORD="one.zip")
    program.edit("evidence/desk.csv", "D2,filled", "D2,open")

    done = run_job(JOB="progress", PROGRAM=program.root, RECORD="one.zip", NEW_RECORD="two.zip")

    assert first.code == 0
    assert (done.code, done.verdict) == (1, "NO-GO")
    assert "Something got worse" in done.out
    assert (done.folder / "two.zip").exists()


def test_evidence_is_deposited(run_job, program, key_file):
    """For a gate that may not see the source."""
    done = run_job(JOB="deposit", PROGRAM=program.root, BUNDLE="bundle.zip", GONOGO_SIGNING_KEY=key_file)

    assert done.code == 0
    assert (done.folder / "bundle.zip").exists()


def test_a_no_go_ends_the_decision_with_1(run_job, program, key_file):
    """Signed too, so that nobody can say that it was never made."""
    program.edit("evidence/desk.csv", "D2,filled", "D2,open")

    done = run_job(JOB="decide", PROGRAM=program.root, STATEMENT="decision.json", FIRST_RUN="true",
                   GONOGO_SIGNING_KEY=key_file)  # fmt: skip

    assert (done.code, done.verdict) == (1, "NO-GO")
    assert "Not approved yet" in done.out


def test_reports_are_written_beside_the_answer(run_job, program):
    """The runner shows them, and the script still reads the first and the last line."""
    reports = "junit:tests.xml gitlab:quality.json"

    done = run_job(JOB="progress", PROGRAM=program.root, FIRST_RUN="true", REPORTS=reports)

    assert (done.code, done.verdict) == (0, "GO")
    assert (done.folder / "tests.xml").read_text().startswith("<?xml")
    assert (done.folder / "quality.json").read_text().startswith("[")


@pytest.fixture
def fake_gonogo(tmp_path):
    """A folder with a gonogo that writes down how it was called, and says GO."""
    fake = tmp_path / "commands/gonogo"
    fake.parent.mkdir()
    fake.write_text('#!/bin/sh\necho "$@" >> calls\necho verdict=GO\n')
    fake.chmod(0o755)
    return str(fake.parent)


def test_azure_is_told_of_the_test_report_alone(run_job, fake_gonogo):
    """Its other reports are published by tasks."""
    given = {"JOB": "progress", "FIRST_RUN": "true", "TF_BUILD": "True", "REPORTS": "sarif:a.sarif junit:b.xml"}

    done = run_job(fake_gonogo, **given)

    assert (done.folder / "calls").read_text() == "progress . -o terminal -o sarif:a.sarif -o junit:b.xml\n"
    assert done.out.count("##vso[results.publish") == 1
    assert "##vso[results.publish type=JUnit;runTitle=gonogo;resultFiles=b.xml;]" in done.out


def test_without_reports_the_call_is_as_before(run_job, fake_gonogo):
    """An option that nobody asked for could fail the gate."""
    done = run_job(fake_gonogo, JOB="progress", FIRST_RUN="true")

    assert (done.folder / "calls").read_text() == "progress .\n"
