"""An honest job deploys on a GO; with anything wrong, alone or with something else, it never does."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Small
from tests.statement.conftest import BUILT, COMMIT, Gate, trust_text

from gonogo.audit.checkpoint import Checkpoint, load_checkpoint
from gonogo.audit.merkle import Frontier
from gonogo.audit.reading import read_log
from gonogo.model.assessment import Purpose
from gonogo.model.canonical import canonical_bytes, read_json
from gonogo.model.event import EventType
from gonogo.model.outcome import ReleaseOutcome
from gonogo.model.verdict import Verdict
from gonogo.signing.cosignature import cosign
from gonogo.signing.note import read_note
from gonogo.signing.statement import Statement, sign_statement
from gonogo.signing.trust_file import read_trust
from gonogo.statement.answer import FORGED, MAY, NO, UNDECIDED, USAGE
from gonogo.statement.checks import CHECKS, LATER_HOLD, NOT_SEEN, CheckContext, Wanted, judge
from gonogo.statement.predicate import PREDICATE_NAME, PREDICATE_TYPE, BlockerSaid, ConditionSaid, DecisionPredicate
from gonogo.statement.released import subjects_of
from gonogo.workflow.deploying import Given, may_deploy
from gonogo.workflow.order import Order
from gonogo.workflow.outcome_recording import record_outcome
from gonogo.workflow.pipeline import assess

BLOCKER = BlockerSaid(criterion="operations.desk.staffed", why="A post is open.", owner="Bo Lind", remedy="Fill it.")
CONDITION = ConditionSaid(criterion="workforce.survey.response", title="People were asked", why="Few answered.")


@dataclass(frozen=True)
class World:
    """Everything that a deploy job meets, before it is written to files."""

    gate: Gate
    folder: Path
    said: DecisionPredicate
    now: datetime
    log: Path | None
    signer: str = "gate"
    kind: str = PREDICATE_TYPE
    extra: dict[str, Any] = field(default_factory=dict)
    others: bool = False
    seal: Callable[[bytes], bytes] = lambda data: data
    trust: dict[str, str] = field(default_factory=dict)
    dates: tuple[str, str] = ("2020-01-01", "2099-12-31")
    wanted: dict[str, Any] = field(default_factory=lambda: {"commit": COMMIT})
    witness: bytes | None = None

    def saying(self, **more) -> World:
        return replace(self, said=self.said.model_copy(update=more))

    def asking(self, **more) -> World:
        return replace(self, wanted=self.wanted | more)

    def answer(self):
        said, keys = self.said, self.gate.keys
        subjects = subjects_of({"commit": "build-8"} if self.others else said.subjects)
        statement = Statement(subjects=subjects, predicate_type=self.kind, predicate=said.document() | self.extra)
        data = self.seal(sign_statement(statement, getattr(keys, self.signer)).to_bytes())
        text = trust_text(keys, **self.trust).replace("2020-01-01", self.dates[0]).replace("2099-12-31", self.dates[1])
        files = {"decision.json": data, "trust.yaml": text.encode()}
        for name, content in files.items():
            (self.folder / name).write_bytes(content)
        witness = self.folder / "witness.note" if self.witness is not None else None
        if witness is not None:
            witness.write_bytes(self.witness)
        given = Given(self.folder / "decision.json", self.folder / "trust.yaml", log=self.log, witness=witness)
        return may_deploy(given, Wanted(**({"require": Verdict.GO} | self.wanted)), now=self.now, built=BUILT)


def changed(data: bytes, **parts) -> bytes:
    return canonical_bytes(read_json(data, what="it") | parts)


def unsigned(data: bytes) -> bytes:
    from gonogo.signing.envelope import read_envelope

    return read_envelope(data).payload


def other_payload(data: bytes) -> bytes:
    """Another verdict under the signature of the first."""
    from gonogo.signing.base64_text import base64_of

    return changed(data, payload=base64_of(unsigned(data).replace(b'"GO"', b'"NO"', 1)))


def cosigned(world: World, log: Path, *, body: bytes | None = None, signer: str = "witness", at=None) -> World:
    note = read_note(body or (log / "checkpoint").read_bytes())
    line = cosign(note.text, "witness.example/customer", getattr(world.gate.keys, signer), at or world.now)
    return replace(world, witness=note.with_signature(line).to_bytes())


@pytest.fixture(scope="session")
def logs(gate_once, tmp_path_factory) -> dict[str, Path]:
    """The log of the decision, and what became of copies of it."""
    root = tmp_path_factory.mktemp("logs")

    def copy(name: str) -> Path:
        return Path(shutil.copytree(gate_once.small.root, root / name))

    found = {"sound": gate_once.small.log}
    for name, outcome in (("held", "held"), ("rolled back", "rolled-back"), ("deployed", "deployed")):
        record_outcome(
            copy(name), gate_once.run, ReleaseOutcome(outcome), against=outcome == "held", reason="It was said so."
        )
        found[name] = root / name / "audit"
    worse = copy("worse")
    Small(worse, gate_once.small.now).deny("desk.staffed")
    assess(Order(program=worse, purpose=Purpose.PROGRESS))
    found["worse"] = worse / "audit"
    cut = copy("cut") / "audit"
    lines = (cut / "000001.jsonl").read_bytes().splitlines(keepends=True)
    (cut / "000001.jsonl").write_bytes(b"".join(lines[:-1]))
    for name in ("index.json", "checkpoint"):
        (cut / name).unlink()
    torn = copy("torn") / "audit"
    with (torn / "000001.jsonl").open("ab") as stream:
        stream.write(b'{"actor":')
    edited = copy("edited") / "audit"
    (edited / "000001.jsonl").write_bytes(b"".join(lines).replace(b"desk.staffed", b"desk.stuffed", 1))
    other = root / "other"
    shutil.copytree(gate_once.small.root, other, ignore=shutil.ignore_patterns("audit"))
    assess(Order(program=other))
    return found | {"cut": cut, "torn": torn, "edited": edited, "other": other / "audit", "none": root / "none"}


@pytest.fixture
def world(gate_once, logs, tmp_path) -> World:
    return World(gate_once, tmp_path, gate_once.made.contents, gate_once.later, logs["sound"])


def in_log(name: str) -> Callable[[World, dict[str, Path]], World]:
    return lambda world, logs: replace(world, log=logs[name])


def of(change: Callable[[World], World]) -> Callable[[World, dict[str, Path]], World]:
    return lambda world, _logs: change(world)


def fresh(world: World) -> World:
    """A job that trusts the nonce of its own statement and has no log."""
    return replace(world, log=None).saying(nonce="n").asking(nonce="n")


def trusting(world: World, log: str, size: int, root: str = "0" * 64) -> World:
    """A trust file that knows a log of some size."""
    return replace(world, trust={"more": f"log: {{id: {log}, size: {size}, root: {root}}}\n"})


def checkpoint_of(log: Path, size: int) -> Checkpoint:
    """What a log was after so many records."""
    tree = Frontier()
    for record in read_log(log)[:size]:
        tree.add(bytes.fromhex(record.hash))
    return Checkpoint(load_checkpoint(log).log, size, tree.root().hex())


DAY = timedelta(days=1)
OLD = {"max_age": 99 * DAY}
DEPENDS = {"verdict": Verdict.CONDITIONAL_GO, "conditions": (CONDITION,)}
DEFECTS: dict[str, tuple[int, Callable[[World, dict[str, Path]], World]]] = {
    "forged by a key that nobody trusts": (FORGED, of(lambda w: replace(w, signer="stranger"))),
    "signed by a witness": (FORGED, of(lambda w: replace(w, signer="witness"))),
    "signed by who deposits evidence": (FORGED, of(lambda w: replace(w, signer="depositor"))),
    "not signed at all": (FORGED, of(lambda w: replace(w, seal=unsigned))),
    "stripped of its signature": (FORGED, of(lambda w: replace(w, seal=lambda d: changed(d, signatures=[])))),
    "changed after it was signed": (FORGED, of(lambda w: replace(w, seal=other_payload))),
    "no JSON": (FORGED, of(lambda w: replace(w, seal=lambda d: d[:-9]))),
    "about another build than it names": (FORGED, of(lambda w: replace(w, others=True))),
    "a GO with reasons against it": (FORGED, of(lambda w: w.saying(blockers=(BLOCKER,)))),
    "a GO with conditions": (FORGED, of(lambda w: w.saying(conditions=(CONDITION,)))),
    "of a release that the program does not have": (FORGED, of(lambda w: w.saying(releases=("second",)))),
    "a checkpoint before the decision": (
        FORGED, of(lambda w: w.saying(decided_at=w.said.checkpoint.time + timedelta(microseconds=1)))
    ),
    "another digest than the log has": (FORGED, of(lambda w: w.saying(assessment="0" * 64))),
    "another ruleset than the log has": (FORGED, of(lambda w: w.saying(ruleset_sha256="0" * 64))),
    "a longer validity than the log has": (FORGED, of(lambda w: w.saying(valid_until=None))),
    "a run that the log does not have": (FORGED, of(lambda w: w.saying(run="other"))),
    "a log that was cut": (FORGED, in_log("cut")),
    "a log that was edited": (FORGED, in_log("edited")),
    "another log": (FORGED, in_log("other")),
    "a trust file that knows a longer log": (
        FORGED, of(lambda w: trusting(w, w.said.checkpoint.log, 999_999)),
    ),
    "a trust file that knows another log": (
        FORGED, of(lambda w: trusting(w, "other", 1)),
    ),
    "of a newer form": (USAGE, of(lambda w: replace(w, kind=PREDICATE_NAME + "2"))),
    "of another kind": (USAGE, of(lambda w: replace(w, kind="https://slsa.dev/verification_summary/v1"))),
    "with a word that nobody knows": (USAGE, of(lambda w: replace(w, extra={"quorum": 3}))),
    "with votes that nobody can check": (USAGE, of(lambda w: fresh(w).saying(votes="both_sides"))),
    "under a lock that its log does not hold": (FORGED, of(lambda w: w.saying(lock="a" * 64))),
    "under another lock than the trust file names": (
        NO, of(lambda w: replace(fresh(w).saying(lock="a" * 64), trust={"lock": f"lock: {'b' * 64}"}))
    ),
    "without the lock that the trust file names": (
        NO, of(lambda w: replace(fresh(w), trust={"lock": f"lock: {'b' * 64}"}))
    ),
    "several releases, and none is named": (USAGE, of(lambda w: fresh(w).saying(releases=("first", "second")))),
    "an environment, and none is named": (USAGE, of(lambda w: fresh(w).saying(environment="production"))),
    "nothing says what is deployed": (USAGE, of(lambda w: w.asking(commit=None))),
    "neither log nor nonce": (USAGE, of(lambda w: replace(w, log=None))),
    "no such log": (USAGE, in_log("none")),
    "keys that have lapsed": (USAGE, of(lambda w: replace(w, dates=("2020-01-01", "2020-12-31")))),
    "keys that do not count yet": (USAGE, of(lambda w: replace(w, dates=("2098-01-01", "2099-12-31")))),
    "a trust file of another program than the job's": (USAGE, of(lambda w: w.asking(program="other"))),
    "a trust file of another program": (NO, of(lambda w: replace(w, trust={"program": "other"}))),
    "a trust file that asks for a lock": (NO, of(lambda w: replace(w, trust={"lock": ""}))),
    "a rehearsal": (NO, of(lambda w: fresh(w).saying(purpose=Purpose.REHEARSAL))),
    "a progress run": (NO, of(lambda w: fresh(w).saying(purpose=Purpose.PROGRESS))),
    "another release": (NO, of(lambda w: w.asking(release="second"))),
    "another environment": (NO, of(lambda w: w.asking(environment="production"))),
    "another commit": (NO, of(lambda w: w.asking(commit="build-8"))),
    "the beginning of a commit": (NO, of(lambda w: w.asking(commit="build"))),
    "a digest that is not released": (NO, of(lambda w: w.asking(subject="sha256:" + "0" * 64))),
    "another nonce": (NO, of(lambda w: w.asking(nonce="abc"))),
    "a NO-GO": (NO, of(lambda w: fresh(w).saying(verdict=Verdict.NO_GO, blockers=(BLOCKER,)))),
    "a CONDITIONAL GO where a GO is asked for": (NO, of(lambda w: fresh(w).saying(**DEPENDS))),
    "a decision that has lapsed": (NO, of(lambda w: replace(w, now=w.gate.made.contents.valid_until).asking(**OLD))),
    "a decision of yesterday": (NO, of(lambda w: replace(w, now=w.said.decided_at + DAY).asking(max_age=DAY))),
    "a worse run later": (NO, in_log("worse")),
    "a release that was held": (NO, in_log("held")),
    "a release that was rolled back": (NO, in_log("rolled back")),
    "a log that somebody is writing": (UNDECIDED, in_log("torn")),
    "a clock before the statement": (
        UNDECIDED, of(lambda w: replace(w, now=w.said.checkpoint.time - timedelta(seconds=31)))
    ),
    "a clock that was never set": (UNDECIDED, of(lambda w: replace(w, now=w.now.replace(year=1970)))),
    "a witness who saw another log": (FORGED, lambda w, logs: cosigned(w, logs["other"])),
    "a witness who saw a longer log": (FORGED, lambda w, logs: cosigned(w, logs["worse"])),
    "a witness that nobody trusts": (FORGED, lambda w, logs: cosigned(w, logs["sound"], signer="stranger")),
}  # fmt: skip
ALIKE = {
    "signed by a witness",
    "stripped of its signature",
    "no JSON",
    "a GO with conditions",
    "another ruleset than the log has",
    "a longer validity than the log has",
    "a trust file that knows another log",
    "of another kind",
    "no such log",
    "under a lock that its log does not hold",
    "under another lock than the trust file names",
    "without the lock that the trust file names",
    "a progress run",
    "keys that do not count yet",
    "another environment",
    "a trust file of another program than the job's",
    "a digest that is not released",
    "the beginning of a commit",
    "a release that was held",
    "a clock that was never set",
    "a witness who saw a longer log",
    "a log that was edited",
    "a run that the log does not have",
    "an environment, and none is named",
    "a checkpoint before the decision",
    "not signed at all",
    "of a release that the program does not have",
    "a witness that nobody trusts",
    "about another build than it names",
    "a decision of yesterday",
    "a log that was cut",
}
"""Another form of a defect that is paired."""
PAIRS = list(itertools.combinations([name for name in DEFECTS if name not in ALIKE], 2))


class TestOneDefect:
    def test_with_nothing_wrong_it_may_be_deployed(self, world):
        """Otherwise every other test here would pass by accident."""
        answer = world.answer()

        assert answer.code == MAY, answer.lines
        assert answer.lines[-1] == "verdict=GO"

    @pytest.mark.parametrize("name", DEFECTS)
    def test_it_is_never_deployed_and_the_code_says_what_kind_of_no_it_is(self, world, logs, name):
        """A pipeline tells *not approved* from *broken* by the code, and a person by five lines."""
        code, defect = DEFECTS[name]

        answer = defect(world, logs).answer()

        assert answer.code == code, answer.lines
        assert len(answer.lines) == 5
        assert all(line.strip() and "\n" not in line for line in answer.lines)
        assert answer.lines[0].startswith("May not be deployed: ")
        assert answer.lines[-1] not in ("verdict=GO", "verdict=CONDITIONAL GO")


class TestTwoDefects:
    def test_the_pairs_are_made_of_every_defect_that_has_no_twin(self):
        """A list that names what is not there would leave something out."""
        assert set(DEFECTS) >= ALIKE
        assert len(PAIRS) > 300

    @pytest.mark.parametrize("part", range(4))
    def test_one_does_not_hide_another(self, world, logs, part):
        """Two things that are wrong must not look right together."""
        for first, second in PAIRS[part::4]:
            both = DEFECTS[second][1](DEFECTS[first][1](world, logs), logs)
            assert both.answer().code != MAY, (first, second)


class TestMoments:
    """Each moment that decides: before it, at it, and after it."""

    STEP = timedelta(microseconds=1)

    @pytest.mark.parametrize(("step", "code"), [(-STEP, MAY), (0 * STEP, NO), (STEP, NO)])
    def test_a_decision_of_exactly_the_age_is_too_old(self, world, step, code):
        """Evidence of its maximum age is stale, and so is a decision."""
        world = replace(world, now=world.said.decided_at + DAY + step)

        assert world.answer().code == code

    @pytest.mark.parametrize(("step", "code"), [(-STEP, MAY), (0 * STEP, NO), (STEP, NO)])
    def test_a_decision_holds_until_the_moment_at_which_it_lapses(self, world, step, code):
        """At that moment something that it rests on is stale."""
        world = replace(world, now=world.said.valid_until + step).asking(max_age=99 * DAY)

        assert world.answer().code == code

    @pytest.mark.parametrize(("step", "code"), [(-STEP, UNDECIDED), (0 * STEP, MAY), (STEP, MAY)])
    def test_a_clock_may_be_half_a_minute_behind_the_checkpoint_and_no_more(self, world, step, code):
        """Two machines differ a little; a clock that is set back makes old evidence young."""
        world = replace(world, now=world.said.checkpoint.time - timedelta(seconds=30) + step)

        assert world.answer().code == code

    @pytest.mark.parametrize(("step", "code"), [(-STEP, FORGED), (0 * STEP, MAY), (STEP, MAY)])
    def test_a_checkpoint_is_never_before_the_decision(self, world, step, code):
        """It covers the record of the decision."""
        moment = world.said.checkpoint.time
        later = world.said.checkpoint.model_copy(update={"time": moment + step})
        world = fresh(world).saying(decided_at=moment, checkpoint=later)

        assert world.answer().code == code

    @pytest.mark.parametrize(("day", "code"), [(-1, UNDECIDED), (0, MAY), (1, MAY)])
    def test_no_clock_is_right_that_is_before_the_day_on_which_gonogo_was_made(self, gate_once, day, code):
        """A runner that has just started without a battery shows 1970."""
        now = gate_once.later
        built = (now - timedelta(days=day)).date()

        assert may_deploy(gate_once.given, gate_once.wanted, now=now, built=built).code == code

    @pytest.mark.parametrize(("step", "told"), [(-1, True), (0, True), (1, False)])
    def test_a_witness_counts_as_newer_only_after_the_checkpoint_of_the_statement(self, world, logs, step, told):
        """Whole seconds: that is how a cosignature tells the time."""
        second = timedelta(seconds=1)
        mark = (world.said.checkpoint.time + second).replace(microsecond=0)
        checkpoint = world.said.checkpoint.model_copy(update={"time": mark})
        world = world.saying(checkpoint=checkpoint, decided_at=world.said.decided_at)
        found = cosigned(world, logs["sound"], at=mark + step * second).answer()

        assert found.code == MAY, found.lines
        assert (LATER_HOLD in found.checked) is told

    @pytest.mark.parametrize(("step", "code"), [(29, MAY), (30, MAY), (31, UNDECIDED)])
    def test_the_newest_checkpoint_beside_the_log_is_not_ahead_of_the_clock_either(self, gate_once, step, code):
        """A machine whose clock was put back sees a decision of yesterday as one of today."""
        now = gate_once.later
        known = CheckContext(
            trust=read_trust(gate_once.trust), now=now, built=BUILT, log=True, checkpoint=now + timedelta(seconds=step)
        )

        assert judge(gate_once.made.contents, gate_once.wanted, known).code == code

    @pytest.mark.parametrize("ends", [None, timedelta(minutes=5)])
    def test_what_was_seen_ends_with_the_log_that_was_followed(self, gate_once, ends):
        """A hold between the checkpoint and the end of the log would have been seen; without a log, none after it."""
        said = gate_once.made.contents.model_copy(update={"nonce": "n"})
        end = said.checkpoint.time + (ends or timedelta())
        trust = read_trust(gate_once.trust)
        known = CheckContext(trust=trust, now=gate_once.later, built=BUILT, ends=end if ends else None)

        answer = judge(said, replace(gate_once.wanted, nonce="n"), known)

        assert f"{NOT_SEEN} {end:%Y-%m-%d %H:%M:%S} UTC" in answer.checked

    @pytest.mark.parametrize(("fewer", "told"), [(1, True), (0, False)])
    def test_a_witness_who_saw_less_of_the_log_than_the_statement_has_is_no_newer(self, world, logs, fewer, told):
        """A cosignature of today on a checkpoint of last week says nothing about what came since."""
        body = checkpoint_of(logs["sound"], world.said.checkpoint.size - fewer).note
        found = cosigned(world, logs["sound"], body=body).answer()

        assert found.code == MAY, found.lines
        assert (LATER_HOLD in found.checked) is told

    @pytest.mark.parametrize(("more", "code"), [(-1, FORGED), (0, FORGED), (1, MAY)])
    def test_the_checkpoint_of_a_statement_is_over_the_whole_run(self, world, logs, more, code):
        """Over all but its last record the log had come to no verdict yet."""
        last = max(record.seq for record in read_log(logs["sound"]) if record.type is EventType.RUN_FINISHED)
        mark = checkpoint_of(logs["sound"], last + more)
        found = world.said.checkpoint.model_copy(update={"size": mark.size, "root": mark.root})

        answer = world.saying(checkpoint=found).answer()

        assert answer.code == code, answer.lines
        assert code == MAY or "does not agree with the audit log about the run" in answer.lines[0]

    @pytest.mark.parametrize(("more", "code"), [(-1, MAY), (0, MAY), (1, FORGED)])
    def test_a_statement_is_over_all_that_the_trust_file_knows_of_the_log(self, world, logs, more, code):
        """What the trust file knows may be just what the statement has, and no record more."""
        size = world.said.checkpoint.size + more
        root = checkpoint_of(logs["sound"], min(size, world.said.checkpoint.size)).root

        assert trusting(world, world.said.checkpoint.log, size, root).answer().code == code


class TestWhatIsAccepted:
    def test_a_nonce_stands_in_for_the_log(self, world):
        """The statement was made in this very job, and looked at the log then."""
        answer = fresh(world).answer()

        assert answer.code == MAY
        assert LATER_HOLD not in answer.checked
        assert "nothing later" not in answer.checked

    @pytest.mark.parametrize("log", [True, False])
    def test_a_nonce_says_up_to_when_a_hold_would_be_seen(self, world, log):
        """A pipeline waits for hours between the statement and the deployment, and the defect is found then."""
        fresh_one = fresh(world)
        with_log = replace(fresh_one, log=world.log)
        (record,) = read_log(world.log)[-1:]
        ends = record.ts if log else world.said.checkpoint.time

        answer = (with_log if log else fresh_one).answer()

        assert answer.code == MAY
        assert answer.checked[-1] == f"{NOT_SEEN} {ends:%Y-%m-%d %H:%M:%S} UTC"
        assert ("nothing later" in answer.checked) is log

    def test_a_witness_says_up_to_when_a_hold_would_be_seen(self, world, logs):
        """It saw the log then; nobody asked it since."""
        later = world.said.checkpoint.time + timedelta(seconds=5)

        answer = cosigned(replace(world, now=later), logs["sound"], at=later).answer()

        assert answer.code == MAY
        assert answer.checked[-1].startswith(NOT_SEEN)

    def test_without_a_nonce_or_a_newer_witness_a_later_hold_may_exist(self, world):
        """A copy of a log may be old, and nobody can see that in it."""
        assert LATER_HOLD in world.answer().checked

    def test_a_conditional_go_is_deployed_where_conditions_are_accepted_and_they_are_named(self, conditional_once):
        """A person who deploys on conditions reads whose they are and when the first is due."""
        answer = conditional_once.verify(require=Verdict.CONDITIONAL_GO)

        assert (answer.code, answer.lines[-1]) == (MAY, "verdict=CONDITIONAL GO")
        assert "workforce.survey.response" in answer.lines[0]
        assert "Tom Reyes" in answer.lines[1]
        assert "the first is due on" in answer.lines[2]

    def test_the_same_decision_is_no_go_as_asked_for_and_says_why(self, conditional_once):
        """The deciding criterion, its owner, and what to do."""
        answer = conditional_once.verify()

        assert (answer.code, answer.lines[-1]) == (NO, "verdict=REFUSED")
        assert "it depends on workforce.survey.response" in answer.lines[0]
        assert "--require conditional" in answer.lines[2]

    def test_a_plain_go_is_enough_where_conditions_are_accepted(self, world):
        """GO is better than what was asked for."""
        assert world.asking(require=Verdict.CONDITIONAL_GO).answer().code == MAY

    def test_a_deployment_that_is_recorded_voids_nothing(self, world, logs):
        """A job that is run again after a network error may finish."""
        assert replace(world, log=logs["deployed"]).answer().code == MAY

    @pytest.mark.parametrize(
        ("asked", "code"),
        [({"release": "first"}, MAY), ({"program": "small"}, MAY), ({"subject": "build-7", "commit": None}, NO)],
    )
    def test_what_is_asked_about_and_fits(self, world, asked, code):
        """A commit is no artifact, whatever it is called."""
        assert world.asking(**asked).answer().code == code

    def test_every_check_is_named_once(self):
        """A person reads the names, in order."""
        names = [name for name, _ in CHECKS]
        assert len(set(names)) == len(names)
