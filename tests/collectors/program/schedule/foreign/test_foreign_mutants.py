"""50 damaged plans of other tools: no crash, no hang, and no better answer than the whole plan gives."""

from __future__ import annotations

import random

import pytest

BETTER_WHEN_HIGH = ("golive_path_continuous", "critical_path_test", "cpli")
"""Facts of the small plan that damage could make look better; it has none of the faults that others count."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with one change: some cut out, doubled, exchanged or overwritten, or the end cut off."""
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randrange(1, 200))
    kind = chance.randrange(5)
    if kind == 0:
        return data[:start]
    if kind == 1:
        return data[:start] + data[end:]
    if kind == 2:
        return data[:end] + data[start:end] + data[end:]
    if kind == 3:
        return data[:start] + bytes(chance.randrange(256) for _ in range(end - start)) + data[end:]
    return data[:start] + data[start:end][::-1] + data[end:]


@pytest.mark.fuzz
@pytest.mark.parametrize("form", ["pmxml", "mpx"])
def test_damage_never_helps(machine, xer, remaining, form):
    """Java answers or refuses within its time, whatever it is handed."""
    whole = xer(remaining)
    data = bytes.fromhex(machine(whole, form, bytes=True)["bytes"])
    asked = {"settings": {"golive": {"name": "Go-live"}}, "as_of": "2027-04-16T12:00:00+00:00"}
    seed = machine(data, **asked)
    chance = random.Random(f"gonogo {form}")  # the same damage in every run
    refused = 0
    for _ in range(25):
        found = machine(damaged(data, chance), **asked)
        refused += "refused" in found
        for name in BETTER_WHEN_HIGH:
            if found.get(name) and found[name][0] is not None and seed[name][0] is not None:
                assert found[name][0] <= seed[name][0]
    assert refused
