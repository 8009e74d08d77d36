"""The base score of CVSS 3.0 and 3.1, for ratings that give their vector alone (FIRST's specification, part 7.1)."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import Final

_WEIGHTS: Final = {
    "AV": {"N": "0.85", "A": "0.62", "L": "0.55", "P": "0.2"},
    "AC": {"L": "0.77", "H": "0.44"},
    "UI": {"N": "0.85", "R": "0.62"},
    "C": {"H": "0.56", "L": "0.22", "N": "0"},
    "I": {"H": "0.56", "L": "0.22", "N": "0"},
    "A": {"H": "0.56", "L": "0.22", "N": "0"},
}
_PRIVILEGES: Final = {"U": {"N": "0.85", "L": "0.62", "H": "0.27"}, "C": {"N": "0.85", "L": "0.68", "H": "0.5"}}
"""The privileges that are needed weigh less where the scope changes."""


def base_score(vector: str) -> Decimal | None:
    """Return the base score of a vector, with or without ``CVSS:3.1/`` before it; None if it is not of version 3."""
    parts = vector.strip().split("/")
    if parts[0] in ("CVSS:3.0", "CVSS:3.1"):
        parts = parts[1:]
    metrics = dict(part.split(":", 1) for part in parts if ":" in part)
    weights = {name: weight.get(metrics.get(name, "")) for name, weight in _WEIGHTS.items()}
    scope = metrics.get("S", "")
    weights["PR"] = _PRIVILEGES.get(scope, {}).get(metrics.get("PR", ""))
    known = {name: Decimal(weight) for name, weight in weights.items() if weight is not None}
    if len(known) < len(weights) or len(metrics) < len(parts):
        return None
    lost = 1 - (1 - known["C"]) * (1 - known["I"]) * (1 - known["A"])
    impact = Decimal("6.42") * lost
    if scope == "C":
        impact = Decimal("7.52") * (lost - Decimal("0.029")) - Decimal("3.25") * (lost - Decimal("0.02")) ** 15
    if impact <= 0:
        return Decimal(0)
    score = impact + Decimal("8.22") * known["AV"] * known["AC"] * known["PR"] * known["UI"]
    score = min(score * Decimal("1.08") if scope == "C" else score, Decimal(10))
    # Rounded up at the fifth decimal, as version 3.1 says; 3.0 rounds a few vectors a tenth higher.
    return round(score, 5).quantize(Decimal("0.1"), ROUND_CEILING)
