"""Each template carries the one script, all of its inputs, and no way around it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .conftest import ROOT, SCRIPT

sys.path.insert(0, str(ROOT / "tools"))
from pipelines import FILES, INPUTS

TEMPLATES = (*FILES, "pipelines/jenkins/Jenkinsfile")
AROUND = re.compile(
    r"continue-on-error|continueOnError|allow_failure|neutral|\bif:|condition:|\bwhen:(?! always)|catchError|unstable|"
    r"returnStatus|rules:|\|\| *true|set \+e|succeededOrFailed|currentBuild\.result"
)
"""What lets a job pass, or passes it over, whatever the gate said."""


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def script_of(name: str) -> str:
    *_, document = yaml.safe_load_all(text(name))
    if name == "action.yml":
        (step,) = document["runs"]["steps"]
        return step["run"]
    if "steps" in document:
        (step,) = document["steps"]
        return step["bash"]
    (job,) = document.values()
    (line,) = job["script"]
    return line


@pytest.mark.parametrize("name", FILES)
def test_a_template_is_what_the_tool_writes(name):
    """Otherwise one runner would run another script than the one that is tested."""
    assert text(name) == FILES[name]()


def test_no_path_of_an_artifact_is_ever_empty():
    """A runner takes an empty path for the whole folder of the project, with the evidence in it."""
    spec, job = yaml.safe_load_all(text("pipelines/gitlab/gonogo.yml"))
    inputs = spec["spec"]["inputs"]
    ((_, body),) = job.items()

    for path in body["artifacts"]["paths"]:
        name = path.removeprefix("$[[ inputs.").removesuffix(" ]]")
        given = inputs[name]["default"] if name != path else path
        assert re.fullmatch(r"[\w-]+\.\w+", given)
        if name != path:
            assert not any(re.search(inputs[name]["regex"], bad) for bad in ("", ".", "./", "..", " ", "../.."))
            assert re.search(inputs[name]["regex"], "out/decision.json")


@pytest.mark.parametrize("name", FILES)
def test_the_script_comes_through_whole(name):
    """As the runner reads it, not as it stands in the file."""
    assert script_of(name) == SCRIPT.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_every_input_reaches_the_script(name):
    """An input that is lost would be asked for and not checked."""
    for each in INPUTS:
        assert re.search(rf"\b{each.variable}: ", text(name)), each.name


def test_every_variable_of_the_script_is_an_input():
    """Otherwise a job could not set it."""
    used = set(re.findall(r"\$\{([A-Z_]+):=", SCRIPT.read_text()))

    assert used == {each.variable for each in INPUTS}


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_leads_around_the_gate(name):
    """A job that is skipped or neutral passes as a required check; a failure that is allowed is none."""
    without = text(name).replace(SCRIPT.read_text(), "")

    assert AROUND.findall(re.sub(r"(?m)^ *(//|#).*$", "", without)) == []


@pytest.mark.parametrize(
    "line", ["continue-on-error: true", "allow_failure: true", "if: always()", "catchError { }", "a || true"]
)
def test_a_way_around_would_be_found(line):
    """The test before this one can fail."""
    assert AROUND.search(line)


def test_jenkins_deploys_after_the_gate_in_one_stage():
    """In a stage of its own it could be started again without it."""
    stage = text("pipelines/jenkins/Jenkinsfile").partition("stage('Deploy')")[2]

    assert stage.index("sh pipelines/job.sh") < stage.index("./deploy.sh")


@pytest.mark.parametrize(
    "hook", yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()), ids=lambda hook: hook["id"]
)
@pytest.mark.parametrize(("broken", "code"), [(False, 0), (True, 1)])
def test_a_hook_reads_the_ruleset_that_a_file_is_of(hook, broken, code, assessed):
    """Files are handed to it by name, and a mistake stops the commit."""

    if broken:
        assessed.edit("rules/ruleset.yaml", "severity: mandatory", "severity: grave")
    files = [str(path) for path in assessed.root.rglob("*.yaml") if re.search(hook["files"], path.as_posix())]

    found = subprocess.run([*shlex.split(hook["entry"]), *files], capture_output=True, text=True, check=False,
                           env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}, cwd=assessed.root)  # fmt: skip

    assert files
    assert (found.returncode != 0) == broken, found.stderr
