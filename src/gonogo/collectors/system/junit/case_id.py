"""What of a test case is the plan's id: its name, its class and name, a property, or what a pattern finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from pydantic import Field

from gonogo.collectors.system.junit.report_model import ReportedCase
from gonogo.documents import patterns
from gonogo.plugin.spec import CollectorRefusal, Settings, SettingsRefusal


class PropertyId(Settings):
    """The plan's id is a property of the test case."""

    property: str = Field(min_length=1)


class PatternId(Settings):
    """The plan's id is what the one group of a regular expression (RE2) finds.

    Attributes:
        pattern: With exactly one group, searched anywhere in the text.
        of: The text that is searched.
    """

    pattern: str = Field(min_length=1, max_length=500)
    of: Literal["name", "classname.name"] = "name"


CaseId = Literal["name", "classname.name"] | PropertyId | PatternId
"""What of a test case is the plan's id."""


def identifier(rule: CaseId, file_name: str = "") -> Callable[[ReportedCase], str]:
    """Return what finds the plan's id of a case of a report; the empty text where there is none."""
    if isinstance(rule, PropertyId):
        return lambda case: _one_property(case, rule.property, file_name)
    if isinstance(rule, PatternId):
        expression = compiled(rule.pattern)
        text = identifier(rule.of)

        def search(case: ReportedCase) -> str:
            match = expression.search(text(case))
            return (match.group(1) or "") if match else ""

        return search
    if rule == "name":
        return lambda case: case.name
    return lambda case: f"{case.class_name}.{case.name}"


def _one_property(case: ReportedCase, name: str, file_name: str) -> str:
    values = {value for key, value in case.properties if key == name}
    if len(values) > 1:
        raise CollectorRefusal(f"{file_name}: the case {case.name[:80]!r} has several values of the property {name!r}")
    return values.pop() if values else ""


def compiled(pattern: str) -> Any:
    """Compile with RE2, whose time is linear whatever a report holds.

    Raises:
        SettingsRefusal: No regular expression, or not one group.
    """
    try:
        expression = patterns.compiled(pattern)
    except ValueError as error:
        raise SettingsRefusal([(("case_id", "pattern"), f"this is not a regular expression: {error}")]) from error
    if expression.groups != 1:
        raise SettingsRefusal(
            [(("case_id", "pattern"), f"one group is needed around the id; there are {expression.groups}")]
        )
    return expression
