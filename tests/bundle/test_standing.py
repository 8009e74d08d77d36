"""What a deposit counts as: each way in which it is not as good as collected, and what it is then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gonogo.bundle.manifest import Deposit, binding_digest
from gonogo.bundle.standing import replies_of
from gonogo.model.evidence import GapReason
from gonogo.model.people import Side
from gonogo.model.reply import Item
from gonogo.signing.private_key import new_private_key

from .conftest import BINDING, NOON, SHA, reply

WEEK = 7 * 86400


def only(bundles, gate):
    """The one reply that comes of bundles."""
    [found] = replies_of(bundles, gate)
    return found


def deposit(**parts):
    """The deposit with parts changed."""
    said = {"reply": reply(), "binding_sha256": binding_digest(BINDING), "side": Side.PROVIDER, "sources": (SHA,)}
    return Deposit(**(said | parts))


def test_what_an_entitled_key_signed_counts_as_collected(bundle, gate):
    """By this binding, for its side, young enough, with its bytes."""
    made = bundle()
    found = only([made], gate(limits={"sit": WEEK}))

    assert found.deposited.supplied is None
    assert found.deposited.keys == ("k",)
    assert found.deposited.stated is None
    assert found.deposited.bundle == made.sha256
    assert (found.level, found.failure, found.items) == ("L2", None, reply().items)


class TestSupplied:
    """Each of these makes the run a rehearsal."""

    def test_what_nobody_signed(self, bundle, gate):
        """Anybody can write a zip archive."""
        assert "is not signed" in only([bundle(signers=())], gate()).deposited.supplied

    def test_what_a_stranger_signed(self, bundle, gate):
        """A signature by anybody is a signature by nobody."""
        assert "is not signed by a key that" in only([bundle(signers=(new_private_key(),))], gate()).deposited.supplied

    def test_what_is_signed_where_no_trust_file_says_whose_keys_count(self, bundle, gate):
        """The sentence names what is missing."""
        assert "names no trust file" in only([bundle()], gate(trust=None)).deposited.supplied

    def test_what_a_key_signed_for_another_binding(self, bundle, gate):
        """The key of the training office does not speak for the tests."""
        assert "may deposit `sit`" in only([bundle()], gate(bindings=("training",))).deposited.supplied

    def test_what_a_key_signed_for_the_other_side(self, bundle, gate):
        """Customer and provider vouch each for their own."""
        assert "for the provider" in only([bundle()], gate(side=Side.CUSTOMER)).deposited.supplied

    def test_what_the_depositor_calls_the_other_side_s(self, bundle, gate):
        """The two programs do not say the same."""
        found = only([bundle(deposit(side=Side.CUSTOMER))], gate())

        assert "calls it evidence of the customer" in found.deposited.supplied

    def test_what_another_wording_of_the_binding_made(self, bundle, gate):
        """A filter more, and every test has passed."""
        other = BINDING.model_copy(update={"settings": {"where": "passed"}})

        assert (
            "different wording"
            in only([bundle(deposit(binding_sha256=binding_digest(other)))], gate()).deposited.supplied
        )

    @pytest.mark.parametrize(("until", "fits"), [(18, False), (19, True), (20, True)])
    def test_what_a_lapsed_key_signed(self, bundle, gate, until, fits):
        """It may have been lost since."""
        found = only([bundle(made=NOON - timedelta(days=3))], gate(until=date(2027, 4, until)))

        assert (found.deposited.supplied is None) is fits

    @pytest.mark.parametrize(("start", "fits"), [(16, True), (17, True), (18, False)])
    def test_what_was_made_before_its_key_counted(self, bundle, gate, start, fits):
        """The key was somebody else's, or the day is wrong."""
        found = only([bundle(made=NOON - timedelta(days=2))], gate(start=date(2027, 4, start)))

        assert (found.deposited.supplied is None) is fits

    @pytest.mark.parametrize(("seconds", "fits"), [(WEEK - 1, True), (WEEK, False), (WEEK + 1, False)])
    def test_what_is_older_than_its_criteria_allow(self, bundle, gate, seconds, fits):
        """An old bundle with good numbers is the easiest forgery: it needs no key."""
        found = only([bundle(made=NOON - timedelta(seconds=seconds))], gate(limits={"sit": WEEK}))

        assert (found.deposited.supplied is None) is fits
        assert fits or "holds 7 days" in found.deposited.supplied

    @pytest.mark.parametrize(("seconds", "fits"), [(29, True), (30, True), (31, False)])
    def test_what_was_made_after_the_assessment(self, bundle, gate, seconds, fits):
        """A clock that is ahead makes evidence that never grows old."""
        found = only([bundle(made=NOON + timedelta(seconds=seconds))], gate())

        assert (found.deposited.supplied is None) is fits

    def test_what_is_supplied_has_no_keys_and_no_level(self, bundle, gate):
        """Nobody vouches for how it was read."""
        found = only([bundle(signers=())], gate())

        assert (found.level, found.deposited.keys) == ("supplied", ())


class TestDoubled:
    def test_two_deposits_of_one_binding_are_a_conflict(self, bundle, gate):
        """The older one may be the better one; nobody chooses."""
        found = only([bundle(), bundle(made=NOON - timedelta(days=1))], gate())

        assert "deposited 2 times" in found.deposited.supplied
        assert found.failure.reason is GapReason.CONFLICT

    def test_the_same_bundle_twice_too(self, bundle, gate):
        """A line that was pasted twice; it is taken out, not guessed about."""
        made = bundle()

        assert only([made, made], gate()).failure.reason is GapReason.CONFLICT


class TestAboutSomethingElse:
    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"program": "other"}, "about the program other, not harborline"),
            ({"release": "R2"}, "about the release R2, not R1"),
            ({"subjects": {"commit": "build-8"}}, "about another commit than the release R1"),
            ({"subjects": {}}, "about another commit than the release R1"),
            ({"subjects": {"commit": "build-7", "artifact": "a"}}, "about another artifact than the release R1"),
        ],
    )
    def test_it_is_a_gap(self, bundle, gate, parts, said):
        """Signed or not: good numbers of another build prove nothing about this one."""
        found = only([bundle(**parts)], gate())

        assert found.failure.reason is GapReason.WRONG_SUBJECT
        assert said in found.failure.detail


class TestFacts:
    def test_a_bundle_answers_for_nothing_else_than_its_binding(self, bundle, gate):
        """A key for the tests must not approve the cutover."""
        more = reply(
            declared=("sit.failed", "cutover.approved"),
            items=(*reply().items, Item(fact="cutover.approved", value=True, as_of=NOON)),
        )
        for other in (more, more.model_copy(update={"declared": ("sit.failed",)})):
            found = only([bundle(deposit(reply=other))], gate())
            assert found.failure.reason is GapReason.UNDECLARED
            assert "answers for cutover.approved, which the binding sit does not" in found.failure.detail
            assert found.declared == ("sit.failed",)

    def test_a_fact_that_a_bundle_leaves_out_is_still_owed(self, bundle, gate):
        """A bad number that is not deposited is a gap, not another source's good one."""
        found = only([bundle()], gate(declared={"sit": frozenset({"sit.failed", "sit.skipped"})}))

        assert found.declared == ("sit.failed", "sit.skipped")

    def test_what_the_binding_says_comes_from_this_program(self, bundle, gate):
        """Producer, prefix and subject are the program's word, never the bundle's."""
        other = reply(prefix="other", producer="Somebody", binding="sit")
        found = only([bundle(deposit(reply=other))], gate())

        assert (found.prefix, found.producer) == ("sit", "Test team")


class TestBytes:
    def test_without_the_bytes_of_its_source_a_value_is_stated(self, bundle, gate):
        """Nobody can look it up, so it is somebody's word."""
        found = only([bundle(deposit(sources=()))], gate())

        assert found.deposited.stated is True
        assert found.deposited.supplied is None

    def test_a_value_that_names_no_source_is_stated(self, bundle, gate):
        """There is nothing that could be handed over."""
        assert only([bundle(deposit(reply=reply(inputs=()), sources=()))], gate()).deposited.stated is True


def test_a_deposit_for_a_binding_that_nobody_has_confirmed_answers_nothing(bundle, gate):
    """A signature vouches for the bytes; that they are read rightly is what nobody has confirmed."""
    terms = gate()
    unconfirmed = BINDING.model_copy(update={"confirmed": False})
    found = only([bundle()], replace(terms, bindings={"sit": unconfirmed}))

    assert found.failure.reason is GapReason.UNCONFIRMED
    assert found.failure.detail.startswith(
        "The binding sit waits for a person to confirm it, so its source was not read."
    )
