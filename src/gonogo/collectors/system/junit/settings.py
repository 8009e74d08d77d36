"""What a binding says about test reports and the plan that they answer to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from gonogo.collectors.system.junit.case_id import CaseId
from gonogo.plugin.spec import Settings

Heading = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Reason = Annotated[str, StringConstraints(min_length=10, max_length=400)]


class Critical(Settings):
    """Which planned cases are critical. Every value of the column must be in one of the lists.

    Attributes:
        column: Heading in the plan.
        values: Values that mean critical, whatever their case.
        others: Values that mean not critical.
    """

    column: str = Field(min_length=1)
    values: tuple[str, ...] = Field(min_length=1)
    others: tuple[str, ...] = ()


class PlanControl(Settings):
    """What else is known about the size of the plan. One that was cut off between two rows looks whole without it.

    Attributes:
        rows: Exactly so many rows below the header.
    """

    rows: int | None = Field(default=None, ge=1)


class JUnitSettings(Settings):
    """Settings of a binding.

    Attributes:
        id_column: Heading of the case ids in the plan.
        case_id: What of a test case is the plan's id: its ``name``, ``classname.name``, a property, or a pattern.
        critical: Which cases are critical; without it nothing is said about critical cases.
        reruns: Of several results of one case the ``worst`` counts, or the ``latest`` by the suites' times.
        build_property: Property of suites or cases that names the build under test; without it the binding must say.
        sheet: Of a plan that is a workbook: the sheet, needed where it has several; its first row is the header.
        other_sheets: Of such a plan: a sheet with the same headings, or called like a further page, to the reason why
            its rows are no planned cases.
        control: What is known about the size of the plan.
        final_line_break: Whether the last line of a plan in CSV must end; a file that was cut off does not.
        unplanned: ``gap`` or ``allowed``: whether results for cases that the plan does not hold take every fact away.
        timestamps: What a time without an offset is: ``local`` of the program, or ``utc``, as reporters of JavaScript
            write it.
        only: Column of the plan, or property, that names builds, releases, environments or cycles, to the value that
            counts.
        not_subject: Column or property that only seems to name one of these, to the reason why it does not.
    """

    id_column: str = Field(default="case_id", min_length=1)
    case_id: CaseId = "name"
    critical: Critical | None = None
    reruns: Literal["worst", "latest"] = "worst"
    build_property: str = ""
    sheet: str = ""
    other_sheets: dict[Heading, Reason] = Field(default_factory=dict)
    control: PlanControl = PlanControl()
    final_line_break: bool = True
    unplanned: Literal["gap", "allowed"] = "gap"
    timestamps: Literal["local", "utc"] = "local"
    only: dict[Heading, str] = Field(default_factory=dict)
    not_subject: dict[Heading, Reason] = Field(default_factory=dict)
