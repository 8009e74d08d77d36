"""Prometheus' text format and OpenMetrics: samples with their labels, read line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from gonogo.model.refusal import StructuralFault

_SAMPLE: Final = re.compile(
    r"(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]{0,199})(?:\{(?P<labels>.*?)\})?[ \t]+(?P<value>[^\s{}]{1,60})"
    r"(?:[ \t]+(?P<time>[0-9.+-]{1,30}))?(?:[ \t]+#[ \t].*)?[ \t]*",
    re.ASCII,
)
_LABEL: Final = re.compile(r'\s*([a-zA-Z_][a-zA-Z0-9_]{0,199})\s*=\s*"((?:[^"\\\n]|\\[\\"n])*)"\s*(?:,|$)')
_ESCAPED: Final = {"\\\\": "\\", '\\"': '"', "\\n": "\n"}
_END: Final = "# EOF"


@dataclass(frozen=True, slots=True)
class MetricSample:
    """One sample.

    Attributes:
        name: Of the metric.
        labels: Its labels.
        value: As a number; None for NaN, which is no value.
        time: As written; empty where there is none. Milliseconds in Prometheus' format, seconds in OpenMetrics.
        place: File and line.
    """

    name: str
    labels: dict[str, str]
    value: Decimal | None
    time: str
    place: str


def samples(text: str, place: str) -> tuple[list[MetricSample], bool]:
    """Return every sample, and whether the file is OpenMetrics, which ends with ``# EOF``.

    Raises:
        StructuralFault: A line that neither format has, a series twice, or something after the end.
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if lines and lines[-1] == "":
        lines.pop()
    else:
        raise StructuralFault(f"{place}: the last line does not end, so the file may be cut")
    ended = _END in lines
    if ended and lines.index(_END) != len(lines) - 1:
        raise StructuralFault(f"{place} goes on after its end (# EOF)")
    found = list(_read(lines, place))
    seen = set()
    for sample in found:
        series = sample.name, tuple(sorted(sample.labels.items()))
        if series in seen:
            raise StructuralFault(f"{sample.place} has a series that was there before")
        seen.add(series)
    return found, ended


def _read(lines: list[str], place: str) -> Iterator[MetricSample]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{place}: line {number}"
        match = _SAMPLE.fullmatch(line)
        if match is None:
            raise StructuralFault(f"{where} is no sample of Prometheus or OpenMetrics")
        yield MetricSample(
            match["name"],
            _labels(match["labels"] or "", where),
            _value(match["value"], where),
            match["time"] or "",
            where,
        )


def _labels(text: str, where: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while text[at:].strip():
        match = _LABEL.match(text, at)
        if match is None or match[1] in found:
            raise StructuralFault(f"{where} has labels that cannot be read, or one twice")
        found[match[1]] = re.sub(r"\\[\\\"n]", lambda escaped: _ESCAPED[escaped[0]], match[2])
        at = match.end()
    return found


def _value(text: str, where: str) -> Decimal | None:
    if text == "NaN":
        return None
    try:
        value = Decimal({"+Inf": "Infinity", "-Inf": "-Infinity"}.get(text, text))
    except InvalidOperation:
        raise StructuralFault(f"{where} has a value that is no number") from None
    return value
