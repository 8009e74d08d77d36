"""The script of the page about pipelines: it deploys on a GO of this run, for this program, release and artifact.

A stand-in for ``gonogo`` hands out a document, so that each kind of wrong one can be tried; the documents are a real
report of a GO, changed in one place.
"""

import copy
import hashlib
import json
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gonogo.cli import run

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
PAGE = ROOT / "docs/how-to/in-a-pipeline.md"
SCRIPT = re.search(r"<!-- file: release.sh -->\n```sh\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)[
    1
]
STAND_IN = """#!/usr/bin/env bash
for word in "$@"; do case $word in json:*) target=${word#json:};; esac; done
if [ -e answer.json ]; then
  if [ -e stamp ]; then sed "s/@@@/$(date -u +%Y-%m-%dT%H:%M:%S.%6NZ)/g" answer.json > .given; mv stamp stamped
  elif [ ! -e .given ]; then cp answer.json .given; fi
  cp .given "$target"
fi
exit 0
"""
ARTIFACT = b"what is shipped\n"


@pytest.fixture(scope="module")
def go(assessed_once, tmp_path_factory):
    """The report of a GO, as a decision of the moment ``@@@`` about the artifact that is shipped."""
    target = tmp_path_factory.mktemp("go") / "go.json"
    assert run(["report", str(assessed_once.root), "-o", f"json:{target}"]) == 0
    document = json.loads(target.read_text("utf-8"))
    assert (document["verdict"], document["kind"]["purpose"]) == ("GO", "rehearsal")
    document["kind"]["purpose"] = "decision"
    document["now"] = document["envelope"]["started"] = "@@@"
    document["decision"]["valid_until"] = text(datetime.now(UTC) + timedelta(days=1))
    document["program"]["id"], document["release"]["id"] = "harborline", "R1"
    document["release"]["subjects"] = {"artifact": "sha256:" + hashlib.sha256(ARTIFACT).hexdigest()}
    return document


@pytest.fixture
def release(tmp_path):
    """Run the script on what the stand-in hands out, and tell whether it deployed and what it said."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gonogo").write_text(STAND_IN)
    (tmp_path / "bin" / "gonogo").chmod(0o755)
    (tmp_path / "release.sh").write_text(SCRIPT)
    (tmp_path / "keelfin.tar").write_bytes(ARTIFACT)

    def run(answer, *, stamped=True):
        if answer is not None:
            written = answer if isinstance(answer, str) else json.dumps(answer)
            (tmp_path / "answer.json").write_text(written)
        if stamped:
            (tmp_path / "stamp").touch()
        environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
        words = ["bash", "release.sh", "our-program", "harborline", "R1", "keelfin.tar"]
        done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        deployed = (tmp_path / "deployed").exists()
        assert deployed == (done.returncode == 0)
        return deployed, done.stderr

    return run


def text(moment):
    """Return an instant as reports write it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def changed(document, *path, to):
    """Return the document with one value changed."""
    found = copy.deepcopy(document)
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = to
    return found


def test_a_go_of_this_run_for_what_is_shipped_is_deployed(release, go):
    """Otherwise all the refusals below would prove nothing."""
    assert release(go) == (True, "")


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        pytest.param(("exit_code",), 3, "lets the release go live", id="another code"),
        pytest.param(("verdict",), "NO-GO", "lets the release go live", id="a NO-GO with code 0"),
        pytest.param(("verdict",), "CONDITIONAL GO", "lets the release go live", id="a condition nobody accepted"),
        pytest.param(("kind", "purpose"), "rehearsal", "is a decision", id="a rehearsal"),
        pytest.param(("kind", "purpose"), "progress", "is a decision", id="a daily run"),
        pytest.param(("program", "id"), "niwa", "about this program", id="another program"),
        pytest.param(("release", "id"), "R2", "about this release", id="another release"),
        pytest.param(
            ("release", "subjects", "artifact"), "sha256:" + "0" * 64, "about this artifact", id="another build"
        ),
        pytest.param(("release", "subjects"), {}, "KeyError", id="no artifact named"),
        pytest.param(("record", "run"), "20260101T000000Z-00000000", "is recorded", id="the record of another run"),
        pytest.param(("decision", "valid_until"), "2026-01-01T00:00:00Z", "still holds", id="no longer valid"),
        pytest.param(("now",), "2026-01-01T00:00:00Z", "made just now", id="judged as of an old moment"),
        pytest.param(("envelope", "started"), "2026-01-01T00:00:00Z", "made just now", id="started long ago"),
        pytest.param(("now",), "2999-01-01T00:00:00Z", "made just now", id="judged as of a moment to come"),
        pytest.param(("envelope",), None, "TypeError", id="half a document"),
    ],
)
def test_one_thing_that_is_not_so_stops_it(release, go, path, value, says):
    """Each of them is a GO that somebody once had, for something."""
    deployed, said = release(changed(go, *path, to=value))

    assert not deployed
    assert says in said


def test_a_condition_that_was_accepted_is_deployed(release, go):
    """That is what `--accept conditional` is for."""
    accepted = changed(go, "verdict", to="CONDITIONAL GO")

    assert release(changed(accepted, "accepted_conditional", to=True))[0]


def test_a_verdict_without_an_end_is_deployed(release, go):
    """Not every verdict rests on something that ends."""
    assert release(changed(go, "decision", "valid_until", to=None))[0]


@pytest.mark.parametrize("answer", [None, "", "[]", "null", "{}", "GO"])
def test_a_gate_that_ends_with_0_and_says_nothing_stops_it(release, answer):
    """A step that was replaced by `true` ends with 0 as well."""
    assert not release(answer)[0]


def test_an_answer_that_was_cut_stops_it(release, go):
    """The disk was full, or the job was killed."""
    whole = json.dumps(go)

    for length in (1, len(whole) // 2, len(whole) - 1):
        assert not release(whole[:length])[0]


def test_an_answer_that_an_earlier_run_left_behind_stops_it(release, go):
    """The file is there, sound, a GO for this artifact, and from yesterday."""
    yesterday = json.dumps(go).replace("@@@", text(datetime.now(UTC) - timedelta(days=1)))

    deployed, said = release(yesterday, stamped=False)

    assert not deployed
    assert "made just now" in said


def test_an_answer_that_is_not_the_last_on_record_stops_it(release, go, tmp_path):
    """What was printed and what was recorded must be one thing."""
    (tmp_path / "bin" / "gonogo").write_text(
        STAND_IN.replace('cp .given "$target"', 'cat .given > "$target"; echo >> .given')
    )

    deployed, said = release(go)

    assert not deployed
    assert "made just now" not in said
