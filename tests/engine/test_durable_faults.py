"""When the rule engine lies, dies or is not there: a fault with a sentence, and never a verdict."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from gonogo.engine import durable
from gonogo.engine.drive import drive
from gonogo.engine.durable import DurableRules, judgement_of, request_of
from gonogo.engine.rules import build
from gonogo.errors import EngineFault, EngineMissing
from gonogo.isolate import Limits, Task, run
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Comparison, Operator
from gonogo.model.judgement import Compiled, CompiledCriterion, Gate, Leaf, Observation
from gonogo.model.ruleset import DecisionPolicy, Domain, Severity

COMPARISON = parse_requirement("a.x > 1").tree
assert isinstance(COMPARISON, Comparison)


def leaf(name: str) -> Leaf:
    return Leaf(id=name, criterion=0, operator=Operator.GT, comparison=COMPARISON)


SMALL = Compiled(
    criteria=(
        *(CompiledCriterion(f"{domain.value}.base.met", domain, Severity.MANDATORY, "both") for domain in Domain),
        CompiledCriterion("system.soft.open", Domain.SYSTEM, Severity.CONDITIONAL, "not", "rare"),
    ),
    leaves=(leaf("met"), leaf("more"), leaf("not"), leaf("unknown")),
    gates=(
        Gate("both", ("met", "more"), 2),
        Gate("rare", ("unknown", "not"), 1),
        Gate("other", ("not",), 1, negate=True),
    ),
    policy=DecisionPolicy(milestones=("T-0",), cap_total=0),
)
LOOKS = [
    Observation("met", usable=True, v=2, w=1),
    Observation("more", usable=True, v=9, w=1),
    Observation("not", usable=True, v=1, w=2),
    Observation("unknown", usable=False),
]


class Tampering:
    """The engine with one of its answers spoilt: the ``number``-th assert is dropped, doubled or altered."""

    def __init__(self, native: Any, number: int, how: str) -> None:
        self._native = native
        self._left = number
        self._how = how
        self.create_ruleset = native.create_ruleset
        self.start_action_for_state = native.start_action_for_state
        self.complete_and_start_action = native.complete_and_start_action

    def assert_fact(self, handle: int, text: str) -> tuple[int, int]:
        self._left -= 1
        if self._left == 0:
            if self._how == "dropped":
                return 0, 0
            if self._how == "doubled":
                self._native.assert_fact(handle, text.replace('"id":"', '"id":"second-'))
            if self._how == "altered":
                fact = json.loads(text)
                name = sorted(fact.keys() - {"id"})[0]
                text = json.dumps(fact | {name: fact[name] + 1})
        return self._native.assert_fact(handle, text)


class TestFaults:
    @pytest.mark.parametrize("how", ["dropped", "doubled", "altered"])
    def test_a_spoilt_fact_never_turns_an_answer(self, how, drive_all):
        """One fact at a time: a fault, or the same answers as without it; or else answers that the cross-check sees.

        A dropped fact must not even get so far: each answer is derived positively, so it can only be missing.
        """
        program = build(SMALL, LOOKS)
        request = request_of(program)
        [truth] = drive_all([request])

        def work(_request: bytes, _inputs: tuple[int, ...]) -> bytes:
            import durable_rules_engine as native

            results: list[Any] = []
            for number in range(1, 200):
                tampering = Tampering(native, number, how)
                try:
                    results.append(drive(tampering, json.loads(request)))
                except (EngineFault, native.error) as error:
                    results.append(str(error))
                if tampering._left > 0:
                    return json.dumps(results[:-1]).encode()
            return b"[]"

        [outcome] = run([Task("tamper", b"", Limits(memory_bytes=4 * 2**30), work=work)])
        results = json.loads(outcome.payload)

        assert len(results) > 40
        assert sum(isinstance(result, str) for result in results) > 15
        for result in results:
            if isinstance(result, str) or result == truth:
                continue
            assert how != "dropped"
            # What is not a fault differs in a leaf, criterion, domain or verdict: crosscheck.agree compares them all.
            assert judgement_of(SMALL, program, result) != judgement_of(SMALL, program, truth) or any(
                result[f"node {each.id}"] != truth[f"node {each.id}"] for each in SMALL.leaves
            )

    @pytest.mark.parametrize(
        ("spoil", "sentence"),
        [
            (lambda found: found.pop("overall verdict"), "overall verdict"),
            (lambda found: found.update({"overall verdict": "go"}), "overall verdict"),
            (lambda found: found.update({"domain system": None}), "domain system"),
            (lambda found: found.update({"criterion program.base.met": "not_applicable"}), "program.base.met"),
            (lambda found: found.update({"criterion more": "met"}), "criterion more"),
            (lambda found: found.update({"heartbeat top": "no"}), "heartbeat top"),
        ],
        ids=["missing", "unheard of", "null", "no exemption", "not asked", "no pulse"],
    )
    def test_an_answer_that_is_not_one_is_a_fault(self, spoil: Callable[[dict[str, Any]], Any], sentence, drive_all):
        """Whatever comes over the pipe must be exactly the answers that were asked for."""
        program = build(SMALL, LOOKS)
        [found] = drive_all([request_of(program)])
        spoil(found)

        with pytest.raises(EngineFault, match=sentence):
            judgement_of(SMALL, program, found)

    @pytest.mark.parametrize(
        ("work", "words"),
        [
            (lambda *_: os.kill(os.getpid(), 11), "signal.*crashed"),
            (lambda *_: time.sleep(60), "deadline"),
            (lambda *_: os._exit(0), "incomplete"),
            (lambda *_: b"not json", "not JSON"),
            (lambda *_: b'{"found": 3}', "does not have the form"),
            (lambda *_: b'{"found": {}, "found": {}}', "twice"),
            (lambda *_: b'{"found": {}}', "not one it can have"),
        ],
        ids=["crashes", "hangs", "exits 0", "babbles", "wrong form", "doubled key", "says nothing"],
    )
    def test_a_child_that_fails_is_a_fault_with_a_sentence(self, work, words, monkeypatch):
        """Crash, hang and early exit all end the same way: no decision, exit 4."""
        monkeypatch.setattr(durable, "work", work)
        monkeypatch.setattr(durable, "WALL_S", 0.5)

        with pytest.raises(EngineFault, match=words) as caught:
            DurableRules().judge(SMALL, LOOKS)

        assert caught.value.exit_code == 4
        assert "There is no decision" in caught.value.sentence

    def test_a_fault_in_the_child_keeps_its_sentence(self, monkeypatch):
        """What the driver found wrong is what the reader is told, once and without a code in the middle."""

        def work(*_: object) -> bytes:
            raise EngineFault("The rule engine fires without end.")

        monkeypatch.setattr(durable, "work", work)

        with pytest.raises(EngineFault) as caught:
            DurableRules().judge(SMALL, LOOKS)

        assert caught.value.sentence == (
            "The rule engine gave no answer (exception): The rule engine fires without end. There is no decision."
        )

    @pytest.mark.parametrize(
        ("observations", "words"),
        [
            (LOOKS[:-1], "3 observations for 4"),
            ([LOOKS[1], LOOKS[0], *LOOKS[2:]], "stands where that of met belongs"),
        ],
        ids=["one missing", "two swapped"],
    )
    def test_observations_must_be_those_of_the_leaves(self, observations, words):
        """An observation in the wrong place would be another comparison's answer."""
        with pytest.raises(EngineFault, match=words):
            DurableRules().judge(SMALL, observations)


class TestMissing:
    def test_not_installed_is_said_with_the_remedy(self, monkeypatch):
        """The reader learns which packages a source build needs; nothing falls back in silence."""
        monkeypatch.setattr(durable, "installed_version", lambda: None)

        with pytest.raises(EngineMissing, match="not installed") as caught:
            DurableRules().judge(SMALL, LOOKS)

        assert "build-essential and python3-dev" in caught.value.hint
        assert "durable-rules==2.0.28" in caught.value.hint
        assert caught.value.exit_code == 4

    def test_another_release_is_refused(self, monkeypatch):
        """The limits and defects were measured on one release; another one is another engine."""
        monkeypatch.setattr(durable, "installed_version", lambda: "2.0.29")

        with pytest.raises(EngineMissing, match=r"2\.0\.29 is installed"):
            DurableRules().judge(SMALL, LOOKS)

    def test_an_import_that_fails_in_the_child_is_told_to_the_reader(self, monkeypatch):
        """On Python 3.13 a plain install succeeds and the import does not."""
        monkeypatch.setitem(sys.modules, "durable_rules_engine", None)

        with pytest.raises(EngineMissing, match="cannot be imported"):
            DurableRules().judge(SMALL, LOOKS)

    @pytest.mark.parametrize(("version", "flags"), [((3, 12, 1), False), ((3, 13, 0), True)])
    def test_the_flags_for_python_3_13_are_named_where_they_are_needed(self, version, flags, monkeypatch):
        """The one line that makes it importable there."""
        monkeypatch.setattr(durable, "installed_version", lambda: None)
        monkeypatch.setattr(durable.sys, "version_info", version)

        with pytest.raises(EngineMissing) as caught:
            durable.check_installed()

        assert ('CPPFLAGS="-DPyEval_CallObject=PyObject_CallObject" pip install' in caught.value.hint) is flags
