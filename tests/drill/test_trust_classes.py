"""Classes that need a trust file: its keys, bundles that they deposit, and decisions that they sign."""

import pytest
from tests.conftest import write_small
from tests.drill.conftest import by_id, drilled

from gonogo.drill.defect import Planted
from gonogo.drill.defect_classes import chosen
from gonogo.drill.kinds import bundle_defects, decision_defects, trust_defects
from gonogo.drill.rehearsal import Rehearsed
from gonogo.drill.traces import row_of
from gonogo.model.drill import DrillOutcome
from gonogo.signing.private_key import new_private_key

STOPPED_BY = {
    "expired-keys": ("signature of a decision", "No key in the trust file trust.yaml may sign the log today"),
    "keys-of-another-program": ("exit 2", "this trust file is for the program 'drill-other'"),
    "key-without-office": ("exit 2", "office"),
    "another-log": ("exit 5", "records 0 to 0 of the audit log are not those that the trust file trust.yaml knows"),
    "log-cut-with-its-marks": ("exit 5", "but the trust file trust.yaml knows"),
    "bundle-unsigned": ("kind of run", "drill-bundle.zip is not signed"),
    "bundle-of-a-foreign-key": ("kind of run", "is not signed by a key that may deposit `desk` for the provider"),
    "bundle-doubled": ("operations.desk.staffed", "it is deposited 2 times"),
    "bundle-too-old": ("kind of run", "and what `desk` says holds 7 days"),
    "bundle-of-another-build": ("operations.desk.staffed", "The bundle is about another commit than the release first"),
    "bundle-edited": ("exit 2", "changed"),
    "decision-unsigned": ("exit 5", "It is not a signed statement."),
    "decision-of-a-foreign-key": ("exit 5", "No key of the trust file signed the statement."),
    "decision-of-a-depositor": ("exit 5", "which may deposit evidence and not sign decisions"),
    "decision-edited": ("exit 5", "No key of the trust file signed the statement."),
    "decision-not-in-the-log": ("exit 5", "drill"),
    "decision-rehearsed": ("exit 1", "is a rehearsal run: nothing can be deployed on it"),
    "decision-of-another-build": (
        "exit 1",
        "The decision is about commit build-7-drill, and the job deploys the commit",
    ),
    "decision-of-another-program": ("exit 1", "This is the statement of the program drill-other"),
    "decision-replayed": ("exit 1", "holds another nonce than this job gave"),
    "decision-too-early": ("exit 1", "1 criterion that decides at go-live was not due, a mandatory one: drill.late"),
    "decision-short-of-go-live": ("exit 1", "drill.short"),
    "decision-too-old": ("exit 1", "--max-age allows 24 hours"),
}
KINDS = (trust_defects, bundle_defects, decision_defects)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """The classes on a program whose trust file has a key for the log, one of a person and one that deposits."""
    small = write_small(tmp_path_factory.mktemp("trusting") / "small")
    lines = []
    for name, more in (
        ("gate", "kind: log"),
        ("ada", "kind: person, person: ada.kirsch, side: customer, office: customer.executive_sponsor"),
        ("deposits", "kind: log, bundles: [desk], side: provider"),
    ):
        (small.root / f"{name}.pub.pem").write_bytes(new_private_key().public.pem)
        lines.append(f"  - {{id: {name}, {more}, public: {name}.pub.pem, from: 2026-01-01, until: 2028-12-31}}\n")
    (small.root / "trust.yaml").write_text("schema: 1\nprogram: small\nlock: none\nkeys:\n" + "".join(lines))
    small.file.write_text(small.file.read_text() + "\ntrust: trust.yaml\n")
    return by_id(drilled(small, *(defect.id for kind in KINDS for defect in kind.DEFECTS)).rows)


def test_every_class_of_the_kind_is_asked_here(rows):
    """A class that is added without a test proves nothing."""
    assert rows.keys() == STOPPED_BY.keys()


@pytest.mark.parametrize(("name", "by", "words"), [(name, *told) for name, told in STOPPED_BY.items()], ids=STOPPED_BY)
def test_a_class_is_stopped_by_what_it_is_about(name, by, words, rows):
    """What nobody else knows, the trust file knows."""
    assert (rows[name].outcome, rows[name].by) == (DrillOutcome.STOPPED, by), rows[name].sentence
    assert words in rows[name].sentence
    assert "gonogo-run-" not in rows[name].sentence


def test_what_would_be_deployed_fails_the_drill():
    """A deploy job that accepts a planted statement is the worst that a drill can find."""
    (defect,) = chosen(["decision-replayed"])

    row = row_of(defect, Planted("a statement"), Rehearsed(0), Rehearsed(0))

    assert (row.outcome, row.sentence) == (DrillOutcome.BETTER, "It may be deployed.")


def test_a_program_that_signs_no_decision_is_said_to_have_no_place_for_one(tmp_path):
    """A class that was not planted was not stopped; the reason says what the program lacks."""
    small = write_small(tmp_path / "small")
    (small.root / "gate.pub.pem").write_bytes(new_private_key().public.pem)
    key = "{id: gate, kind: log, public: gate.pub.pem, from: 2026-01-01, until: 2028-12-31}"
    (small.root / "trust.yaml").write_text(f"schema: 1\nprogram: small\nkeys:\n  - {key}\n")
    small.file.write_text(small.file.read_text() + "\ntrust: trust.yaml\n")

    found = by_id(drilled(small, "decision-unsigned", "bundle-unsigned").rows)

    assert found["decision-unsigned"].sentence.startswith("Not planted: a sound statement would be refused here too")
    assert "unlocked" in found["decision-unsigned"].sentence
    assert found["bundle-unsigned"].sentence == (
        "Not planted: no key of the trust file deposits evidence for a source that counts here."
    )
