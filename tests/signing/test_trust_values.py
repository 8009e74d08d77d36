"""Whose signature counts for what, on which day, and how often."""

from datetime import UTC, date, datetime

import pytest

from gonogo.model.people import Side
from gonogo.signing.envelope import sign_envelope
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey

NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)


def key(holder, name="gate", kind=KeyKind.LOG, **parts) -> TrustKey:
    """A key of 2027."""
    said = {"start": date(2027, 1, 1), "until": date(2027, 12, 31)} | parts
    return TrustKey(id=name, kind=kind, public=holder.public, **said)


def trust(*keys: TrustKey) -> Trust:
    """A trust file of these keys."""
    return Trust(program="harborline", keys=keys)


def signed(*holders):
    """An envelope that they signed."""
    return sign_envelope("text/plain", b"x", *holders)


def names(keys) -> list[str]:
    """The ids of keys."""
    return [each.id for each in keys]


def test_a_trusted_key_of_the_kind_counts(gate, witness, stranger):
    """Nobody else, and for nothing else."""
    said = trust(key(gate), key(witness, "w", KeyKind.WITNESS, side=Side.PROVIDER))
    envelope = signed(gate, witness, stranger)

    assert names(said.entitled(envelope, kind=KeyKind.LOG, at=NOON)) == ["gate"]
    assert names(said.entitled(envelope, kind=KeyKind.WITNESS, at=NOON)) == ["w"]
    assert said.entitled(envelope, kind=KeyKind.PERSON, at=NOON) == ()
    assert said.entitled(signed(stranger), kind=KeyKind.LOG, at=NOON) == ()


@pytest.mark.parametrize(("day", "counts"), [(18, False), (19, True), (20, True)])
def test_a_key_that_does_not_count_yet_signs_nothing(gate, day, counts):
    """Before its first day it may belong to somebody else."""
    said = trust(key(gate, start=date(2027, 4, 19)))

    assert bool(said.entitled(signed(gate), kind=KeyKind.LOG, at=NOON.replace(day=day))) is counts


@pytest.mark.parametrize(("day", "counts"), [(18, True), (19, True), (20, False)])
def test_a_key_that_has_lapsed_signs_nothing(gate, day, counts):
    """After its last day it may have been lost."""
    said = trust(key(gate, until=date(2027, 4, 19)))

    assert bool(said.entitled(signed(gate), kind=KeyKind.LOG, at=NOON.replace(day=day))) is counts


def test_one_key_under_two_ids_counts_once(gate):
    """Two lines are not two parties."""
    said = trust(key(gate, "a"), key(gate, "b"))

    assert names(said.entitled(signed(gate), kind=KeyKind.LOG, at=NOON)) == ["a"]
    assert names(said.trusted(KeyKind.LOG, NOON)) == ["a"]


def test_the_id_that_counts_today_is_found_behind_one_that_lapsed(gate):
    """A key that was prolonged under another id still signs."""
    said = trust(key(gate, "old", until=date(2027, 2, 1)), key(gate, "new", start=date(2027, 2, 2)))

    assert names(said.entitled(signed(gate), kind=KeyKind.LOG, at=NOON)) == ["new"]


def test_one_person_with_two_keys_counts_once(gate, stranger):
    """Two offices, one person: a rule of two needs another."""
    said = trust(
        key(gate, "a", KeyKind.PERSON, person="ada", office="customer.risk_manager", side=Side.CUSTOMER),
        key(stranger, "b", KeyKind.PERSON, person="ada", office="customer.pmo_lead", side=Side.CUSTOMER),
    )

    assert names(said.entitled(signed(gate, stranger), kind=KeyKind.PERSON, at=NOON)) == ["a"]
    assert names(said.entitled(signed(stranger), kind=KeyKind.PERSON, at=NOON)) == ["b"]


def test_a_depositor_counts_for_its_bindings_and_its_side(gate, stranger):
    """The provider's pipeline does not speak for the customer's defects."""
    said = trust(key(gate, bundles=("sit", "defects"), side=Side.PROVIDER), key(stranger, "other"))
    envelope = signed(gate, stranger)

    def depositors(binding, side, at=NOON):
        return names(said.depositors(envelope, binding=binding, side=side, at=at))

    assert depositors("sit", Side.PROVIDER) == ["gate"]
    assert depositors("defects", Side.PROVIDER) == ["gate"]
    assert depositors("sit", Side.CUSTOMER) == []
    assert depositors("training", Side.PROVIDER) == []
    assert depositors("sit", Side.PROVIDER, NOON.replace(year=2028)) == []


def test_a_depositor_signs_nothing_but_its_evidence(gate):
    """Who runs the tests must not be able to sign the decision about them."""
    said = trust(key(gate, bundles=("sit",), side=Side.PROVIDER))

    assert said.entitled(signed(gate), kind=KeyKind.LOG, at=NOON) == ()
    assert said.trusted(KeyKind.LOG, NOON) == ()
    assert said.expired(NOON)


def test_one_key_may_do_both_under_two_ids(gate):
    """A small program has one job for both, and says so."""
    said = trust(key(gate, "log"), key(gate, "deposits", bundles=("sit",), side=Side.PROVIDER))

    assert names(said.entitled(signed(gate), kind=KeyKind.LOG, at=NOON)) == ["log"]
    assert names(said.depositors(signed(gate), binding="sit", side=Side.PROVIDER, at=NOON)) == ["deposits"]


def test_trust_expires_with_the_last_key_that_signs_the_log(gate, witness):
    """A witness alone vouches for no decision."""
    said = trust(key(gate, until=date(2027, 4, 18)), key(witness, "w", KeyKind.WITNESS, side=Side.PROVIDER))

    assert said.expired(NOON)
    assert not said.expired(NOON.replace(day=18))
