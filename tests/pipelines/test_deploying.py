"""The deploy job for real: an approval deploys, and nothing else does."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest
from tests.statement.conftest import trust_text

from gonogo.signing.envelope import read_envelope, sign_envelope


@pytest.fixture
def stand_in(tmp_path):
    """Return a function that puts another `gonogo` first in the path; without lines, one that cannot be started."""

    def make(*lines: str) -> str:
        folder = tmp_path / "commands"
        folder.mkdir()
        file = folder / "gonogo"
        file.write_text("\n".join(["#!/bin/sh", *lines]) if lines else "#!/nowhere\n")
        os.chmod(file, 0o755)
        return str(folder)

    return make


def test_an_approval_deploys(deploy):
    """The job ends with 0, says the verdict to later steps, and the next step runs."""
    done = deploy()

    assert (done.code, done.deployed, done.verdict) == (0, True, "GO")
    assert "May be deployed" in (done.folder / "gonogo-job.txt").read_text()


def test_an_approval_with_its_record_deploys(deploy, released, tmp_path):
    """The record comes as an archive, and is checked on the way."""
    from gonogo.workflow.exporting import export_log

    export_log(released.small.root, tmp_path / "record.zip")

    done = deploy(RECORD=tmp_path / "record.zip", NONCE="")

    assert (done.code, done.deployed) == (0, True)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("exit 127",), 4),
        (("kill -SEGV $$",), 4),
        (("exit 0",), 4),
        (("echo 'error: no space'; exit 0",), 4),
        (("echo verdict=GO; exit 9",), 4),
        (("echo verdict=GO; exit 1",), 1),
        (("echo verdict=REFUSED; exit 0",), 4),
        (("echo verdict=GO; echo afterwards; exit 0",), 4),
        (("sleep 30",), 4),
    ],
    ids=[
        "left out",
        "crashed",
        "replaced by true",
        "no verdict",
        "unknown code",
        "no",
        "refused with 0",
        "not last",
        "hangs",
    ],
)
def test_a_gate_that_does_not_answer_deploys_nothing(deploy, stand_in, lines, code):
    """A job that was skipped, crashed or waits for ever is no approval."""
    done = deploy(stand_in(*lines), LIMIT=1)

    assert (done.code, done.deployed) == (code, False)


def forged(data: bytes) -> bytes:
    """A NO-GO that somebody turned into what they wanted: the signature is of other bytes."""
    document = json.loads(data)
    payload = base64.b64decode(document["payload"]).replace(b'"verdict":"GO"', b'"verdict":"GO "')
    document["payload"] = base64.b64encode(payload).decode()
    return json.dumps(document).encode()


def unsigned(data: bytes) -> bytes:
    """Its signatures were removed."""
    return json.dumps(json.loads(data) | {"signatures": []}).encode()


@pytest.mark.parametrize("harm", [forged, unsigned, lambda data: data[:-40], lambda data: b"", lambda data: b"{}"],
                         ids=["forged", "unsigned", "cut", "empty", "another document"])  # fmt: skip
def test_a_statement_that_is_not_as_signed_deploys_nothing(deploy, released, tmp_path, harm):
    """Whatever is wrong with it."""
    other = tmp_path / "other.json"
    other.write_bytes(harm(released.statement.read_bytes()))

    done = deploy(STATEMENT=other)

    assert done.code in (2, 5)
    assert done.verdict == "BROKEN"
    assert not done.deployed


def test_a_statement_of_a_stranger_deploys_nothing(deploy, released, keys, tmp_path):
    """Signed in order, by a key that the trust file does not name."""
    envelope = read_envelope(released.statement.read_bytes())
    other = tmp_path / "other.json"
    other.write_bytes(sign_envelope(envelope.payload_type, envelope.payload, keys.stranger).to_bytes())

    done = deploy(STATEMENT=other)

    assert (done.code, done.deployed) == (5, False)


def changed(released, keys, tmp_path: Path, old: bytes, new: bytes) -> Path:
    """A statement with another text in it, signed by the gate's own key."""
    envelope = read_envelope(released.statement.read_bytes())
    assert old in envelope.payload
    other = tmp_path / "other.json"
    other.write_bytes(sign_envelope(envelope.payload_type, envelope.payload.replace(old, new), keys.gate).to_bytes())
    return other


def test_a_rehearsal_deploys_nothing(deploy, released, keys, tmp_path):
    """Even one that the gate's own key signed."""
    other = changed(released, keys, tmp_path, b'"purpose":"decision"', b'"purpose":"rehearsal"')

    assert not deploy(STATEMENT=other).deployed


def test_an_old_statement_deploys_nothing(deploy, released, keys, tmp_path):
    """Of last year."""
    envelope = read_envelope(released.statement.read_bytes())
    said = json.loads(envelope.payload)["predicate"]
    year = str(said["decided_at"])[:4].encode()
    other = changed(released, keys, tmp_path, b'"decided_at":"' + year, b'"decided_at":"' + str(int(year) - 1).encode())

    assert not deploy(STATEMENT=other).deployed


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("COMMIT", "build-8", 1),
        ("NONCE", "run-18", 1),
        ("RELEASE", "R9", 1),
        ("PROGRAM_ID", "other", 2),
        ("NONCE", "", 2),
        ("COMMIT", "", 2),
        ("TRUST", "nowhere.yaml", 2),
        ("STATEMENT", "nowhere.json", 2),
        ("STATEMENT", "", 4),
        ("TRUST", "", 4),
        ("RECORD", "nowhere.zip", 2),
        ("REQUIRE", "anything", 2),
        ("MAX_AGE", "soon", 2),
    ],
)
def test_another_question_deploys_nothing(deploy, variable, value, code):
    """Another build, another program, another run of the pipeline, or something is missing."""
    done = deploy(**{variable: value})

    assert (done.code, done.deployed) == (code, False)


def test_the_trust_file_of_another_program_deploys_nothing(deploy, keys, tmp_path):
    """The keys are right; they are trusted for something else."""
    other = tmp_path / "trust.yaml"
    other.write_text(trust_text(keys, program="other"))

    assert not deploy(TRUST=other).deployed


def test_no_and_broken_differ_for_every_runner(deploy):
    """By code, by mark and by value: somebody who is woken at night reads which of the two it is."""
    no = deploy(COMMIT="build-8")
    assert (no.code, no.verdict) == (1, "REFUSED")
    assert "Not approved yet: May not be deployed" in no.out

    broken = deploy(TRUST="nowhere.yaml")
    assert (broken.code, broken.verdict) == (2, "BROKEN")
    assert "The gate is broken: " in broken.out


def test_github_is_told_in_its_own_words(deploy, tmp_path):
    """An annotation, an output and a summary."""
    done = deploy(COMMIT="build-8", GITHUB_ACTIONS="true", GITHUB_OUTPUT=tmp_path / "out",
                  GITHUB_STEP_SUMMARY=tmp_path / "summary")  # fmt: skip

    assert "::error title=Not approved yet::May not be deployed" in done.out
    assert (tmp_path / "out").read_text() == "verdict=REFUSED\n"
    assert "next: " in (tmp_path / "summary").read_text()


def test_azure_is_told_in_its_own_words(deploy, tmp_path):
    """Likewise."""
    done = deploy(COMMIT="build-8", TF_BUILD="True", AGENT_TEMPDIRECTORY=tmp_path)

    assert "##vso[task.logissue type=error]Not approved yet: " in done.out
    assert "##vso[task.setvariable variable=verdict;isOutput=true]REFUSED" in done.out
    assert (tmp_path / "gonogo-job.md").exists()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BUNDLE", "a.zip\nverdict=GO"),
        ("PROGRAM", "--help"),
        ("RECORD", "--help"),
        ("ONLY", "a --help"),
        ("LIMIT", "-1"),
    ],
)
@pytest.mark.parametrize("job", ["deposit", "decide", "deploy"])
def test_an_input_is_no_option_and_no_second_line(run_job, job, variable, value):
    """`--help` ends with 0, and a line break would write an answer of its own."""
    done = run_job(**({"JOB": job} | {variable: value}))

    assert (done.code, done.verdict) == (4, "BROKEN")
    assert "begins with a dash" in done.out


@pytest.mark.parametrize("limit", ["0", "00", "900s", "9e9", "1.5"])
def test_a_limit_that_is_none_is_refused(deploy, limit):
    """`timeout 0` waits for ever."""
    done = deploy(LIMIT=limit)

    assert (done.code, done.deployed) == (4, False)
    assert "the limit is no number of seconds" in done.out


@pytest.mark.parametrize("job", ["", "deplyo", "true"])
def test_a_job_that_is_not_known_is_no_success(run_job, job):
    """A misspelt input must not skip the gate."""
    done = run_job(JOB=job)

    assert (done.code, done.deployed) == (4, False)


@pytest.mark.parametrize("file", ["gonogo.env", "gonogo-job.txt"])
@pytest.mark.parametrize("changed", [{}, {"COMMIT": "f" * 40}], ids=["approved", "not approved"])
def test_a_folder_that_cannot_be_written_is_a_broken_gate(deploy, tmp_path, file, changed):
    """Code 1 is kept for an answer that is no."""
    (tmp_path / "workspace" / file).mkdir(parents=True)
    (tmp_path / "workspace" / file / "gonogo-job.txt").mkdir()
    (tmp_path / "workspace" / file / "summary").mkdir()

    done = deploy(**changed)

    assert (done.code, done.deployed) == (4, False)
    assert f"The gate is broken: {file} cannot be written" in done.out


def test_a_runner_without_a_temporary_folder_is_a_broken_gate(deploy):
    """The script's own words, and not the shell's alone."""
    done = deploy(TMPDIR="/nowhere")

    assert (done.code, done.deployed) == (4, False)
    assert "The gate is broken: no temporary folder" in done.out
