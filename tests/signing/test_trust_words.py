"""A trust file in words: what it grants, and what runs out."""

from datetime import UTC, date, datetime

import pytest

from gonogo.model.people import Side
from gonogo.signing.trust_values import KeyKind, KnownLog, Trust, TrustKey
from gonogo.signing.trust_words import lapses, sentences


def key(holder, name="gate", kind=KeyKind.LOG, **parts) -> TrustKey:
    """A key of 2027."""
    return TrustKey(
        id=name, kind=kind, public=holder.public, **{"start": date(2027, 1, 1), "until": date(2027, 12, 31)} | parts
    )


def at(day: str) -> datetime:
    """The last moment of a day in UTC."""
    return datetime.fromisoformat(f"{day}T23:59:59+00:00").astimezone(UTC)


def test_each_key_is_a_sentence(gate, witness, stranger):
    """A sponsor reads it aloud."""
    trust = Trust(
        program="harborline",
        lock="none",
        log=KnownLog(id="log-1", size=40, root="ab" * 32),
        keys=(
            key(gate, bundles=("sit",), side=Side.PROVIDER),
            key(witness, "w", KeyKind.WITNESS, side=Side.CUSTOMER),
            key(stranger, "p", KeyKind.PERSON, person="ada", office="customer.pmo_lead", side=Side.CUSTOMER),
        ),
    )

    assert sentences(trust) == [
        "gate: deposits evidence of the provider for sit, from 2027-01-01 to 2027-12-31 (UTC).",
        "w: the customer witnesses the log, from 2027-01-01 to 2027-12-31 (UTC).",
        "p: ada signs as customer.pmo_lead, from 2027-01-01 to 2027-12-31 (UTC).",
        "The log must continue log-1 from 40 records on.",
        "A decision without a lock is accepted (`lock: none`).",
    ]


def test_what_is_missing_is_said(gate):
    """No witness, no word about locks."""
    assert sentences(Trust(program="harborline", keys=(key(gate),))) == [
        "gate: signs the log and decisions, from 2027-01-01 to 2027-12-31 (UTC).",
        "No witness: nobody outside can show that the log was not cut or begun anew.",
        "A decision without a lock is not accepted.",
    ]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-12-31", ["no key that signs the log counts on 2026-12-31", "gate does not count before 2027-01-01"]),
        ("2027-01-01", []),
        ("2027-12-01", []),
        ("2027-12-02", ["gate lapses in 29 days, after 2027-12-31"]),
        ("2027-12-30", ["gate lapses tomorrow"]),
        ("2027-12-31", ["gate lapses today"]),
        ("2028-01-01", ["no key that signs the log counts on 2028-01-01", "gate lapsed on 2027-12-31"]),
    ],
)
def test_what_lapses_is_told_in_time(gate, day, said):
    """A month is enough to make a key and hand it round."""
    told = lapses(Trust(program="harborline", keys=(key(gate),)), at(day))

    assert len(told) == len(said)
    assert all(line.startswith(start) for line, start in zip(told, said, strict=True))


def test_a_file_without_a_key_for_the_log_trusts_no_decision(witness):
    """A witness alone decides nothing."""
    [told] = lapses(
        Trust(program="harborline", keys=(key(witness, "w", KeyKind.WITNESS, side=Side.CUSTOMER),)), at("2027-03-01")
    )

    assert told.startswith("no key signs the log")
