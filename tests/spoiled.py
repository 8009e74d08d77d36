"""Files spoiled in small ways: none may crash a reader, and none may read better than the sound file."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping

from gonogo.plugin.spec import Answer, CollectorRefusal

MUTANTS = 1000 if "GONOGO_FUZZ" in os.environ else 50
"""How many of each format; `make fuzz` takes other ones each round."""
SEED = int(os.environ.get("GONOGO_FUZZ", "0"))
_LONGEST = 8
_STRANGE = [b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"9" * 40, b'"', b"<", b"{" * 100, b"\r"]


def spoiled(data: bytes, count: int = MUTANTS, seed: int = SEED) -> Iterator[bytes]:
    """Yield ``count`` copies with one to three small defects each: bits, bytes, short pieces, early ends."""
    chance = random.Random(f"{seed}/{len(data)}")
    for _ in range(count):
        made = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(made)) if made else 0
            end = at + chance.randint(1, _LONGEST)
            match chance.randrange(7):
                case 0:
                    made[at : at + 1] = bytes([made[at] ^ 1 << chance.randrange(8)] if made else b"")
                case 1:
                    del made[at:end]
                case 2:
                    made[at:at] = made[at:end]
                case 3:
                    made[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
                case 4:
                    other = chance.randrange(len(made)) if made else 0
                    made[at:end] = made[other : other + end - at]
                case 5:
                    made[at:at] = chance.choice(_STRANGE)
                case 6 if chance.random() < 0.3:
                    del made[at:]
        yield bytes(made)


def no_better(
    read: Callable[[bytes], Mapping[str, Answer]],
    data: bytes,
    *,
    fewer_is_better: frozenset[str] = frozenset(),
    more_is_better: frozenset[str] = frozenset(),
    count: int = MUTANTS,
    copies: Iterable[bytes] | None = None,
) -> list[str]:
    """Return the answers of spoiled copies that are better than those of the sound file; a refusal is never better.

    Args:
        read: Reads a file; raises ``CollectorRefusal`` where it cannot be used, and nothing else.
        data: The sound file.
        fewer_is_better, more_is_better: Local names of facts; a ratio is a fact of which more is better.
        count: How many copies.
        copies: Other copies than those that ``spoiled`` makes.
    """
    judged = fewer_is_better | more_is_better
    sound = {name: _number(answer) for name, answer in read(data).items() if name in judged}
    found = []
    for number, made in enumerate(spoiled(data, count) if copies is None else copies):
        try:
            answers = read(made)
        except CollectorRefusal:
            continue
        for name, before in sound.items():
            value = _number(answers[name])
            if value is None:
                continue
            fewer = name in fewer_is_better and (before is None or value < before)
            more = name in more_is_better and (before is None or value > before)
            if fewer or more:
                found.append(f"copy {number}: {name} {before} -> {value}")
    return found


def _number(answer: Answer) -> float | None:
    if answer.gap is not None:
        return None
    if answer.value is not None:
        return float(answer.value)  # type: ignore[arg-type]
    if answer.part is None or answer.whole is None:
        return None
    return answer.part / answer.whole if answer.whole else None
