"""The result channel: bytes that are not exactly one answer are a fault."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gonogo.isolate.channel import EARLY, RESULT, frame, parse

NONCE = b"n" * 16
WHOLE = frame(EARLY, NONCE, b"facts") + frame(RESULT, NONCE, b"answer")


class TestParse:
    def test_reads_one_answer_with_its_declaration(self):
        """The one shape that counts."""
        answer = parse(WHOLE, NONCE)

        assert (answer.kind, answer.payload, answer.early, answer.fault) == (RESULT, b"answer", b"facts", "")

    def test_refuses_every_truncation(self):
        """A child that dies while it writes must not have answered."""
        faults = [parse(WHOLE[:size], NONCE).fault for size in range(len(WHOLE))]

        assert all(faults)

    def test_keeps_the_declaration_of_a_truncated_answer(self):
        """Its facts then become gaps that name them."""
        assert parse(WHOLE[:-1], NONCE).early == b"facts"

    @given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
    def test_refuses_every_changed_byte(self, position: int, change: int):
        """No stray write to the channel can turn into another answer."""
        changed = bytearray(WHOLE)
        changed[position] ^= change

        assert parse(bytes(changed), NONCE).fault

    @given(st.binary(min_size=1, max_size=80))
    def test_refuses_anything_after_the_answer(self, extra: bytes):
        """An answer is the last thing that a child says."""
        assert parse(WHOLE + extra, NONCE).fault

    @given(st.binary(max_size=200))
    def test_never_raises_for_any_bytes(self, data: bytes):
        """The reader faces a hostile writer."""
        assert parse(data, NONCE).fault
