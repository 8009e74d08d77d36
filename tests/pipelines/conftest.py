"""A decision that may be deployed, and the job script as a runner starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.statement.conftest import COMMIT, Gate, decide
from tests.statement.conftest import keys as keys

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "pipelines/job.sh"
NONCE = "run-17"


@dataclass(frozen=True)
class Job:
    """What a job of a runner ended with."""

    code: int
    out: str
    deployed: bool
    folder: Path

    @property
    def verdict(self) -> str:
        """The value that later steps are given."""
        lines = (self.folder / "gonogo.env").read_text().splitlines()
        return lines[-1].removeprefix("GONOGO_verdict=")


@pytest.fixture
def run_job(tmp_path, warm):
    """Return a function that runs the script, then deploys, as a runner does: the second only after a first with 0."""

    def run(commands: str = "", **variables: str) -> Job:
        folder = tmp_path / "workspace"
        folder.mkdir(exist_ok=True)
        path = os.pathsep.join(
            filter(None, [commands, str(warm.commands), str(Path(sys.executable).parent), "/usr/bin", "/bin"])
        )
        environment = {"PATH": path, "HOME": str(tmp_path), **{key: str(value) for key, value in variables.items()}}
        line = f'sh "{SCRIPT}" && touch deployed'
        found = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", line],
            cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        return Job(found.returncode, found.stdout + found.stderr, (folder / "deployed").exists(), folder)

    return run


@pytest.fixture(scope="session")
def released(tmp_path_factory, keys) -> Gate:
    """A GO of just now, its statement made for one run of a pipeline. Nobody writes to it."""
    gate = decide(tmp_path_factory.mktemp("released"), keys)
    gate.sign(now=datetime.now(UTC), nonce=NONCE)
    return gate


@pytest.fixture
def deploy(run_job, released):
    """Return a function that runs the deploy job on that decision; what is given by name is given otherwise."""

    def run(commands: str = "", **variables: object) -> Job:
        given = {
            "JOB": "deploy",
            "STATEMENT": released.statement,
            "TRUST": released.trust,
            "COMMIT": COMMIT,
            "NONCE": NONCE,
            "REQUIRE": "go",
        }
        return run_job(commands, **(given | variables))

    return run
