"""Bundles from one job to the gate: collected where they are vouched for, and never better than the source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gonogo.audit.reading import read_log
from gonogo.bundle.unpacking import read_bundle
from gonogo.errors import ConfigurationError, UsageError
from gonogo.model.assessment import EvidenceOrigin, Purpose
from gonogo.model.decision import Reliance
from gonogo.model.evidence import Basis, Gap, GapReason
from gonogo.model.verdict import Verdict
from gonogo.signing.private_key import new_private_key
from gonogo.workflow.depositing import DepositOrder, SourceBytes, bundle_of
from gonogo.workflow.deposits import evidence_files
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess

TRUST = """\
schema: 1
program: small
keys:
  - {id: test-job, kind: log, public: ../job.pub.pem, from: @FROM@, until: 2099-12-31, bundles: [tests, survey],
     side: provider}
"""
KEY = new_private_key()


@pytest.fixture
def trusting(stated_program):
    """A program of today that trusts the key of the test job; its log is empty."""

    def make(now: datetime | None = None, *, more: tuple[str, ...] = ()):
        made = stated_program(now=now or datetime.now(UTC), sources=("tests", *more))
        (made.root / "keys").mkdir()
        (made.root / "keys/job.pub.pem").write_bytes(KEY.public.pem)
        text = TRUST.replace("../job", "job").replace("@FROM@", f"{made.now - timedelta(days=1):%Y-%m-%d}")
        (made.root / "keys/trust.yaml").write_text(text, encoding="utf-8")
        made.file.write_text(made.file.read_text(encoding="utf-8") + "\ntrust: keys/trust.yaml\n", encoding="utf-8")
        return made

    return make


def deposited(made, *only: str, signer=KEY, name: str = "tests.zip", **asked) -> Path:
    """Collect into a bundle beside the program."""
    path = made.root.parent / name
    data, _ = bundle_of(DepositOrder(made.root, only=only or ("tests",), **asked), signer)
    path.write_bytes(data)
    return path


def without_the_source(made) -> None:
    """The gate may not see the tests."""
    for name in ("plan.csv", "junit.xml"):
        (made.root / "evidence" / name).unlink()


def test_a_gate_that_may_not_see_the_source_decides_by_a_signed_bundle(trusting):
    """The whole point: a decision run, evidence collected, and page one says by whom it was read."""
    made = trusting()
    bundle = deposited(made)
    without_the_source(made)
    found = assess(Order(program=made.root, bundles=(bundle,)))

    kind, decision = found.assessment.kind, found.assessment.decision
    assert (kind.purpose, kind.evidence) == (Purpose.DECISION, EvidenceOrigin.COLLECTED)
    assert decision.verdict is Verdict.GO
    [told] = [each.sentence for each in decision.trusted or () if each.by is Reliance.TRUST]
    assert told.startswith("tests: not read here but by another job, signed by test-job, at ")
    failed = found.assessment.evidence["sit.failed"]
    assert failed.basis is Basis.MEASURED
    [recorded] = [
        each.data
        for each in read_log(made.log)
        if each.type == "collector.finished" and each.data["binding"] == "tests"
    ]
    assert recorded["deposited"]["keys"] == ["test-job"]
    assert recorded["deposited"]["bundle"] == read_bundle(bundle).sha256


def test_evidence_in_a_bundle_is_judged_as_the_source_is(trusting):
    """Good or bad: the same findings, whether it was read here or there."""
    made = trusting(datetime(2027, 4, 19, 16, tzinfo=UTC))
    made.edit(
        "evidence/junit.xml",
        '<testcase classname="sit" name="T3"/>',
        '<testcase classname="sit" name="T3"><failure/></testcase>',
    )
    made.edit("evidence/junit.xml", 'failures="0"', 'failures="1"')
    bundle = deposited(made, as_of=made.now)
    direct = assess(Order(program=made.root, as_of=made.now))
    by_bundle = assess(Order(program=made.root, as_of=made.now, bundles=(bundle,)))

    assert direct.assessment.decision.verdict is Verdict.NO_GO
    assert by_bundle.assessment.findings == direct.assessment.findings
    assert by_bundle.assessment.evidence == direct.assessment.evidence


def test_what_nobody_signed_makes_a_rehearsal_that_says_so(trusting):
    """The verdict may be GO; nothing may be deployed on it."""
    made = trusting()
    found = assess(Order(program=made.root, bundles=(deposited(made, signer=None),)))

    assert found.assessment.kind.purpose is Purpose.REHEARSAL
    assert found.assessment.kind.evidence is EvidenceOrigin.SUPPLIED
    [told] = [each.sentence for each in found.assessment.decision.trusted or () if each.by is Reliance.TRUST]
    assert told.startswith("tests: not read here, and supplied: ")
    assert told.endswith("tests.zip is not signed.")


def test_a_key_does_not_reach_beyond_its_binding(trusting):
    """The same key, another binding: supplied. One bad bundle makes the whole run a rehearsal."""
    made = trusting(more=("training",))
    good, foreign = deposited(made), deposited(made, "training", name="training.zip")
    found = assess(Order(program=made.root, bundles=(good, foreign)))

    assert found.assessment.kind.purpose is Purpose.REHEARSAL
    told = {
        each.subject: each.sentence for each in found.assessment.decision.trusted or () if each.by is Reliance.TRUST
    }
    assert "signed by test-job" in told["tests"]
    assert "is not signed by a key that may deposit `training` for the customer" in told["training"]


def test_a_key_does_not_reach_beyond_its_side(trusting):
    """The trust file names the survey for the provider, and the program calls it the customer's."""
    made = trusting(more=("survey",))
    found = assess(Order(program=made.root, bundles=(deposited(made, "survey"),)))

    assert found.assessment.kind.purpose is Purpose.REHEARSAL


def test_two_bundles_of_one_binding_are_a_gap(trusting):
    """An older one with better numbers beside the newer one: nobody chooses."""
    made = trusting()
    first, second = deposited(made), deposited(made, name="again.zip")
    found = assess(Order(program=made.root, bundles=(first, second)))

    gap = found.assessment.evidence["sit.failed"]
    assert isinstance(gap, Gap)
    assert gap.reason is GapReason.CONFLICT
    assert found.assessment.decision.verdict is Verdict.NO_GO
    assert found.assessment.kind.purpose is Purpose.REHEARSAL


def test_a_bundle_of_another_build_is_a_gap(trusting):
    """Signed, fresh, and about something else."""
    made = trusting()
    bundle = deposited(made)
    made.edit("gonogo.yaml", "commit: build-7", "commit: build-8")
    found = assess(Order(program=made.root, bundles=(bundle,)))

    gap = found.assessment.evidence["sit.failed"]
    assert (gap.reason, gap.binding) == (GapReason.WRONG_SUBJECT, "tests")
    assert "about another commit than the release first" in gap.detail


def test_other_settings_at_the_depositor_make_a_rehearsal(trusting):
    """A filter more there, and every case has passed."""
    made = trusting()
    made.edit(
        "gonogo.yaml", "settings: {build_property: build}", "settings: {build_property: build, control: {rows: 4}}"
    )
    bundle = deposited(made)
    made.edit(
        "gonogo.yaml", "settings: {build_property: build, control: {rows: 4}}", "settings: {build_property: build}"
    )
    found = assess(Order(program=made.root, bundles=(bundle,)))

    [told] = [each.sentence for each in found.assessment.decision.trusted or () if each.by is Reliance.TRUST]
    assert "a different wording of the binding `tests`" in told
    assert found.assessment.kind.purpose is Purpose.REHEARSAL


@pytest.mark.parametrize(("days", "fits"), [(6, True), (7, False), (8, False)])
def test_a_bundle_that_is_too_old_for_its_criteria_is_supplied(trusting, days, fits):
    """The strictest criterion that reads it says how old: seven days here."""
    made = trusting(datetime(2027, 4, 19, 16, tzinfo=UTC) - timedelta(days=1))
    bundle = deposited(made, as_of=made.now)
    found = assess(Order(program=made.root, as_of=made.now + timedelta(days=days), bundles=(bundle,)))

    assert (found.assessment.kind.evidence is EvidenceOrigin.COLLECTED) is fits


def test_a_value_without_bytes_is_stated_and_proves_nothing_alone(trusting):
    """Digests alone: the criterion is open, and says why."""
    made = trusting()
    bundle = deposited(made, sources=SourceBytes.DIGESTS)
    found = assess(Order(program=made.root, bundles=(bundle,)))

    assert read_bundle(bundle).sources == {}
    assert found.assessment.evidence["sit.failed"].basis is Basis.STATED
    finding = next(each for each in found.assessment.findings if each.criterion == "system.tests.executed")
    assert finding.status == "unknown"
    assert "It came without the bytes of its source, so it counts as stated, not as measured" in finding.sentence
    assert found.assessment.decision.verdict is Verdict.NO_GO


@pytest.mark.parametrize(
    ("sources", "held"), [(SourceBytes.UNMARKED, 0), (SourceBytes.ALL, 2), (SourceBytes.DIGESTS, 0)]
)
def test_marked_sources_are_handed_over_only_when_it_is_said(trusting, sources, held):
    """Personal data does not travel because a default is convenient."""
    made = trusting()
    made.edit(
        "gonogo.yaml",
        "    producer: Test team",
        "    producer: Test team\n    handling: PII",
    )

    assert len(read_bundle(deposited(made, sources=sources)).sources) == held


def test_bytes_are_kept_beside_the_log_as_the_binding_says(trusting):
    """A replay from bytes finds them there, though the gate never saw the source."""
    made = trusting()
    made.edit("gonogo.yaml", "    producer: Test team", "    producer: Test team\n    keep: bytes")
    bundle = deposited(made)
    without_the_source(made)
    assess(Order(program=made.root, bundles=(bundle,)))

    kept = {path.name: path.read_bytes() for path in (made.log / "blobs").rglob("*") if path.is_file()}
    assert kept == read_bundle(bundle).sources


def test_a_binding_that_the_program_does_not_have_is_named(trusting):
    """It would be evidence for nobody."""
    made = trusting()
    bundle = deposited(made)
    made.edit("gonogo.yaml", "  - id: tests\n", "  - id: test\n")

    with pytest.raises(ConfigurationError, match="holds evidence of the binding 'tests'") as caught:
        assess(Order(program=made.root, bundles=(bundle,)))
    assert "did you mean `test`?" in str(caught.value)


def test_a_trust_file_with_a_mistake_ends_the_run(trusting):
    """Not as if there were none."""
    made = trusting()
    bundle = deposited(made)
    made.edit("keys/trust.yaml", "program: small", "program: other")

    with pytest.raises(ConfigurationError, match="for the program 'other', not for 'small'"):
        assess(Order(program=made.root, bundles=(bundle,)))


def test_a_changed_bundle_ends_the_run(trusting):
    """There is no verdict over something that was tampered with."""
    made = trusting()
    bundle = deposited(made)
    data = bytearray(bundle.read_bytes())
    at = data.index(b'"value":0')
    data[at + 8] = ord("1")
    bundle.write_bytes(bytes(data))

    with pytest.raises(ConfigurationError, match="G213"):
        assess(Order(program=made.root, bundles=(bundle,)))


def test_only_known_bindings_are_deposited(trusting):
    """A typing error deposits nothing."""
    with pytest.raises(UsageError, match="There is no binding 'test'"):
        deposited(trusting(), "test")


class TestFiles:
    def test_the_content_says_what_a_file_is(self, tmp_path):
        """Whatever it is called."""
        (tmp_path / "a").write_bytes(b"PK\x03\x04")
        (tmp_path / "b.zip").write_bytes(b'{"gap":{}}\n')

        assert evidence_files([tmp_path / "a"]) == (None, (tmp_path / "a",))
        assert evidence_files([tmp_path / "b.zip"]) == (tmp_path / "b.zip", ())
        assert evidence_files([]) == (None, ())

    def test_lines_stand_alone(self, tmp_path):
        """They stand in place of everything that would be collected, bundles included."""
        for name, data in (("a", b"PK\x03\x04"), ("b", b"{}"), ("c", b"{}")):
            (tmp_path / name).write_bytes(data)

        for others in ("ab", "bc"):
            with pytest.raises(UsageError, match="replace everything else"):
                evidence_files([tmp_path / name for name in others])


def test_a_bundle_holds_no_more_than_a_gate_reads(trusting, monkeypatch):
    """The job that writes it hears of the limit, not the gate on the day."""
    from gonogo.workflow import depositing

    monkeypatch.setattr(depositing, "MAX_BYTES", 10)
    with pytest.raises(UsageError, match="more than"):
        deposited(trusting())
