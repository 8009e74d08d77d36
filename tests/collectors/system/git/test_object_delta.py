"""Deltas: pieces of another object and new bytes, and nothing that does not fit."""

from __future__ import annotations

import pytest

from gonogo.collectors.system.git.object_delta import patched

LONG = bytes(range(256)) * 300


def number(value: int) -> bytes:
    """Return a number in groups of seven bits."""
    found = []
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def delta(before: int, after: int, *commands: bytes) -> bytes:
    return number(before) + number(after) + b"".join(commands)


@pytest.mark.parametrize(
    ("commands", "made"),
    [
        ([b"\x03new"], b"new"),
        ([b"\x90\x02"], LONG[:2]),
        ([b"\x91\x05\x02"], LONG[5:7]),
        ([b"\x93\x05\x01\x02"], LONG[261:263]),
        ([b"\x97\x05\x00\x01\x02"], LONG[65541:65543]),
        ([b"\xb0\x02\x01"], LONG[:258]),
        ([b"\x80"], LONG[:65536]),
        ([b"\xf0\x70\x11\x01"], LONG[:70000]),
        ([b"\x81\x07"], LONG[7:65543]),
        ([b"\x90\x02", b"\x01x", b"\x90\x01"], LONG[:2] + b"x" + LONG[:1]),
    ],
)
def test_pieces_and_new_bytes_make_the_object(commands, made):
    """As git's documentation of the pack format says; a size of nothing is 65,536."""
    assert patched(LONG, delta(len(LONG), len(made), *commands), 2**20) == made


@pytest.mark.parametrize(
    "wrong",
    [
        delta(len(LONG) + 1, 3, b"\x03new"),
        delta(len(LONG), 4, b"\x03new"),
        delta(len(LONG), 2, b"\x03new"),
        delta(len(LONG), 3, b"\x04new"),
        delta(len(LONG), 3, b"\x00", b"\x03new"),
        delta(len(LONG), 2, b"\x97\xff\xff\xff\x02"),
        delta(len(LONG), 2, b"\x91\x05"),
        delta(len(LONG), 2**20 + 1, b"\x80"),
        b"\xff" * 9 + b"\x00",
        b"",
    ],
)
def test_what_does_not_fit_makes_nothing(wrong):
    """A crash would be no sentence, and a shorter object another commit."""
    assert patched(LONG, wrong, 2**20) is None


def test_an_object_may_be_as_large_as_is_allowed():
    """And no larger."""
    assert patched(LONG, delta(len(LONG), 3, b"\x03new"), 3) == b"new"
    assert patched(LONG, delta(len(LONG), 3, b"\x03new"), 2) is None


@pytest.mark.parametrize(("groups", "made"), [(8, b"new"), (9, b"new"), (10, None)])
def test_a_number_has_nine_groups_of_bits_at_most(groups, made):
    """That is more than any object is long; a number without end is none."""
    three = b"\x83" + b"\x80" * (groups - 2) + b"\x00"

    assert patched(b"old", three + b"\x03\x03new", 3) == made
