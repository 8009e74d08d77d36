"""A program that was decided on, the keys of its gate, and its signed statement: made once, copied to be changed."""

import os
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import Small, write_stated

from gonogo.model.verdict import Verdict
from gonogo.signing.keys import Algorithm
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.statement.checks import Wanted
from gonogo.workflow.deploying import Given, may_deploy
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess
from gonogo.workflow.stating import SignedStatements, state

COMMIT = "build-7"
BUILT = date(2020, 1, 1)


@dataclass(frozen=True)
class Keys:
    """The gate's key, a witness's, a depositor's, and one that nobody trusts."""

    gate: PrivateKey
    witness: PrivateKey
    depositor: PrivateKey
    stranger: PrivateKey


@dataclass(frozen=True)
class Gate:
    """A decided program with everything that a deploy job is given.

    ``verify`` asks as an honest job does, a minute after the decision; what is given by name is asked otherwise.
    """

    small: Small
    keys: Keys
    run: str
    made: SignedStatements
    statement: Path
    trust: Path

    @property
    def given(self) -> Given:
        return Given(self.statement, self.trust, log=self.small.log)

    @property
    def wanted(self) -> Wanted:
        return Wanted(require=Verdict.GO, commit=COMMIT)

    @property
    def later(self) -> datetime:
        return self.made.contents.checkpoint.time + timedelta(minutes=1)

    def verify(self, *, now=None, given=None, **asked):
        return may_deploy(
            replace(self.given, **(given or {})), replace(self.wanted, **asked), now=now or self.later, built=BUILT
        )

    def sign(self, **more):
        """Sign the decision again, with the log as it is now."""
        made = state(self.small.root, self.run, **({"signer": self.keys.gate, "now": self.later} | more))
        if isinstance(made, SignedStatements):
            self.statement.write_bytes(made.decision)
        return made


def trust_text(keys: Keys, *, lock="lock: none", program="small", more="") -> str:
    """A trust file with the gate's key and the witness's, and the PEM of each in it."""

    def entry(name, key, kind, rest=""):
        pem = key.public.pem.decode().strip().replace("\n", "\n      ")
        days = "    from: 2020-01-01\n    until: 2099-12-31\n"
        return f"  - id: {name}\n    kind: {kind}\n{days}{rest}    public: |\n      {pem}\n"

    deposits = "    side: provider\n    bundles: [tests]\n"
    return (
        f"schema: 1\nprogram: {program}\n{lock}\n{more}keys:\n"
        + entry("gate", keys.gate, "log")
        + entry("customer-witness", keys.witness, "witness", "    side: customer\n")
        + entry("provider-ci", keys.depositor, "log", deposits)
    )


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys(
        new_private_key(), new_private_key(Algorithm.ED25519), new_private_key(), new_private_key(Algorithm.ED25519)
    )


def decide(root: Path, keys: Keys, **options) -> Gate:
    """Write a program, decide, and sign."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    small = write_stated(root / "small", now=now, **options)
    run = assess(Order(program=small.root)).run
    made = state(small.root, run, signer=keys.gate, now=datetime.now(UTC))
    statement, trust = root / "decision.json", root / "trust.yaml"
    statement.write_bytes(made.decision)
    trust.write_text(trust_text(keys), encoding="utf-8")
    return Gate(small, keys, run, made, statement, trust)


@pytest.fixture(scope="session")
def gate_once(tmp_path_factory, keys) -> Gate:
    """A GO. Nobody writes to it."""
    return decide(tmp_path_factory.mktemp("gate"), keys)


@pytest.fixture
def gate(gate_once, tmp_path) -> Gate:
    """A GO in a folder of its own."""
    folder = Path(shutil.copytree(gate_once.small.root.parent, tmp_path / "gate"))
    small = Small(folder / "small", gate_once.small.now)
    return replace(gate_once, small=small, statement=folder / "decision.json", trust=folder / "trust.yaml")


@pytest.fixture(scope="session")
def conditional_once(tmp_path_factory, keys) -> Gate:
    """A CONDITIONAL GO: too few people answered the survey, and there is a plan."""
    return decide(tmp_path_factory.mktemp("conditional"), keys, sources=["survey"], answered=10, plan=True)


@pytest.fixture
def key_file(tmp_path, keys) -> Path:
    """The gate's private key as a file."""
    path = tmp_path / "gate.pem"
    path.write_bytes(keys.gate.pem())
    os.chmod(path, 0o600)
    return path
