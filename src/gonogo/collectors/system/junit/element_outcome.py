"""What one element of a JUnit XML report says: its name, its properties, its outcome."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from gonogo.collectors.system.junit.outcome_words import (
    StatedOutcome,
    stated_beside_case,
    stated_of_case,
    stated_of_suite,
)
from gonogo.collectors.system.junit.report_model import CaseOutcome

_OTHERS: Final = {
    "test-run": "NUnit 3",
    "test-results": "NUnit 2",
    "assemblies": "xUnit.net",
    "TestRun": "Visual Studio",
    "robot": "Robot Framework",
    "testng-results": "TestNG",
    "Catch2TestRun": "Catch2",
    "Site": "CTest",
}
"""Root of a format of its own, to who writes it."""


def outcome(element: Element, *, broken: bool, skipped: bool) -> CaseOutcome:
    """Return how a case ended; ``broken`` and ``skipped``: whether it holds such a mark.

    Raises:
        ValueError: It says so in a word that nobody knows.
    """
    try:
        stated = {each for each, _ in stated_of_case(element.attrib)}
    except ValueError as error:
        raise ValueError(f"{case_name(element)} {error}") from error
    if len(element) or element.text:
        loose = " ".join([element.text or "", *(child.tail or "" for child in element)])
        stated |= set(stated_beside_case(properties(element), loose))
    if broken or stated & {StatedOutcome.FAILED, StatedOutcome.CUT_OFF}:
        return CaseOutcome.FAILED
    return CaseOutcome.NOT_RUN if skipped or StatedOutcome.NOT_RUN in stated else CaseOutcome.PASSED


def verdict(element: Element) -> tuple[StatedOutcome, str] | None:
    """Return what a suite says of all of it, if that is not that it passed, and how it says it.

    Raises:
        ValueError: It says so in a word that nobody knows.
    """
    try:
        return stated_of_suite(element.attrib)
    except ValueError as error:
        raise ValueError(f"{suite_name(element)} {error}") from error


def suite_name(element: Element) -> str:
    """Return what messages call a suite."""
    return f"the suite {element.get('name', '')[:60]!r}"


def case_name(element: Element) -> str:
    """Return what messages call a case."""
    return f"the case {element.get('name', '')[:60]!r}"


def strange_root(name: str) -> str:
    """Return what is wrong with a root."""
    known = _OTHERS.get(name)
    hint = f"; {known} writes it, which can write JUnit XML too" if known else ""
    return f"its root is <{name[:40]}>, not <testsuites> or <testsuite>{hint}"


def properties(element: Element) -> Iterable[tuple[str, str]]:
    """Yield the properties right inside a case or a suite."""
    for group in element:
        if local_name(group.tag) == "properties":
            for entry in group:
                if local_name(entry.tag) == "property":
                    yield entry.get("name", ""), (entry.get("value") or entry.text or "").strip()


def local_name(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]
