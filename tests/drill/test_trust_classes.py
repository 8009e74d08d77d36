"""Classes that need a trust file: lapsed keys, keys of somebody else, a log that only the trust file still knows."""

import pytest
from tests.conftest import write_small
from tests.drill.conftest import by_id, drilled

from gonogo.drill.kinds import trust_defects
from gonogo.model.drill import DrillOutcome
from gonogo.signing.private_key import new_private_key

STOPPED_BY = {
    "expired-keys": ("signature of a decision", "No key in the trust file trust.yaml may sign the log today"),
    "keys-of-another-program": ("exit 2", "this trust file is of the program 'drill-other'"),
    "key-without-office": ("exit 2", "office"),
    "another-log": ("exit 5", "the trust file trust.yaml knows other records 0 to 0"),
    "log-cut-with-its-marks": ("exit 5", "and the trust file trust.yaml knows"),
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """The classes on a program whose trust file has a key for the log and one of a person."""
    small = write_small(tmp_path_factory.mktemp("trusting") / "small")
    lines = []
    for name, more in (
        ("gate", "kind: log"),
        ("ada", "kind: person, person: ada.kirsch, side: customer, office: customer.executive_sponsor"),
    ):
        (small.root / f"{name}.pub.pem").write_bytes(new_private_key().public.pem)
        lines.append(f"  - {{id: {name}, {more}, public: {name}.pub.pem, from: 2026-01-01, until: 2028-12-31}}\n")
    (small.root / "trust.yaml").write_text("schema: 1\nprogram: small\nlock: none\nkeys:\n" + "".join(lines))
    small.file.write_text(small.file.read_text() + "\ntrust: trust.yaml\n")
    return by_id(drilled(small, *(defect.id for defect in trust_defects.DEFECTS)).rows)


def test_every_class_of_the_kind_is_asked_here(rows):
    """A class that is added without a test proves nothing."""
    assert rows.keys() == STOPPED_BY.keys()


@pytest.mark.parametrize(("name", "by", "words"), [(name, *told) for name, told in STOPPED_BY.items()], ids=STOPPED_BY)
def test_a_class_is_stopped_by_what_it_is_about(name, by, words, rows):
    """What nobody else knows, the trust file knows."""
    assert (rows[name].outcome, rows[name].by) == (DrillOutcome.STOPPED, by), rows[name].sentence
    assert words in rows[name].sentence
