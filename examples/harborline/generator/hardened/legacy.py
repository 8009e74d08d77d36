"""Operations: the old system, partners, internal controls."""

from __future__ import annotations

from collections.abc import Iterator

from .source import Source, Table, count, register, share, whether, yes
from .story import Story

CUSTOMER, PROVIDER = "customer", "provider"
PARTNERS = (
    "Treasury disbursing",
    "CARS",
    "GTAS",
    "G-Invoicing desk",
    "Payroll provider",
    "Travel vendor",
    "Card issuer",
    "Lockbox bank",
    "SAM.gov",
    "Procurement service",
    "Invoice platform",
    "Audit firm",
)


def sources(story: Story) -> Iterator[Source]:
    """Yield the sources."""
    yield from _legacy(story)
    yield _partners(story)
    yield _controls(story)


def _legacy(story: Story) -> Iterator[Source]:
    settled, whole = story.counts("decom.components_with_disposition_ratio")
    parts = [
        (
            f"Component {n:02d}",
            ("Archive", "Retire", "Keep")[n % 3] if n <= settled else "",
            "Legacy system office",
            "2027-11-30" if n <= settled else "",
            story.ago(38),
        )
        for n in range(1, whole + 1)
    ]
    found, tried = story.counts("records.retrieval_test_ratio")
    series = [
        (f"Series {n:02d}", "GRS 1.1 item 010", "2016-09-01", yes(n <= found), story.ago(25))
        for n in range(1, tried + 1)
    ]
    contracts = [(f"TL-{n:02d}", "2027-09-02" if n == 1 else "2027-12-31", story.ago(25)) for n in range(1, 9)]
    kept, staff = story.counts("legacy.support_staff_retained_ratio")
    people = [(f"Legacy post {n:02d}", yes(n <= kept), story.ago(25)) for n in range(1, staff + 1)]
    office = (CUSTOMER, "Service office of NIWA")
    yield register(
        office,
        "operations/decommission.csv",
        "components",
        "Component ID,Destination,Owner,Decommission date",
        parts,
        "decommission-inventory@1 as decom",
        owned=True,
    )
    headings = "Series ID,Records schedule,Schedule approved,Retrieval test"
    yield register(office, "operations/records_series.csv", "series", headings, series, "records-series@1 as records")
    headings = "Contract Number,Ends on"
    path = "operations/legacy_contracts.csv"
    yield register(office, path, "contracts", headings, contracts, "legacy-contracts@1 as legacy")
    yield Source(
        "legacy-staff",
        CUSTOMER,
        "Service office of NIWA",
        {
            "legacy_staff": Table(
                "operations/legacy_staff.csv", {"post": "id", "retained": "boolean"}, people, ["post"]
            ),
        },
        {
            "legacy.support_staff_retained_ratio": share("retained"),
        },
    )


def _partners(story: Story) -> Source:
    sure, whole = story.counts("partners.confirmed_ratio")
    active = story.part("partners.codes_active_ratio")
    rows = [
        (
            name,
            yes(n < sure),
            yes(n < active),
            "Ready" if n < min(sure, active) else "Not ready",
            yes(n < 6),
            yes(True),
            yes(n < 10),
            story.ago(5),
        )
        for n, name in enumerate(PARTNERS[:whole])
    ]
    columns = {
        "partner": "id",
        "confirmed": "boolean",
        "codes_active": "boolean",
        "state": "text:Ready|Not ready",
        "indispensable": "boolean",
        "forecast_in_time": "boolean",
        "used_new_way": "boolean",
    }
    return Source(
        "partners",
        CUSTOMER,
        "Service office of NIWA",
        {"partners": Table("operations/partners.csv", columns, rows, ["partner"])},
        {
            "partners.confirmed_ratio": share("confirmed"),
            "partners.codes_active_ratio": share("codes_active"),
            "partners.ready_ratio": share('state == "Ready"'),
            "partners.mandatory_forecast_late": count("indispensable and not forecast_in_time", unit="partners"),
            "partners.used_new_way_ratio": share("used_new_way"),
        },
    )


def _controls(story: Story) -> Source:
    done, whole = story.counts("controls.cuec_implemented_ratio")
    rows = [(f"UEC-{n:02d}", yes(n <= done), yes(n <= 24), yes(n != 24), story.ago(15)) for n in range(1, whole + 1)]
    columns = {"control": "id", "implemented": "boolean", "key_control": "boolean", "tested": "boolean"}
    reports = [("SOC 1 type 2, to 2026-09-30, with bridge letter", yes(True), yes(False), story.ago(15))]
    return Source(
        "controls",
        CUSTOMER,
        "Service office of NIWA",
        {
            "controls": Table("operations/controls.csv", columns, rows, ["control"]),
            "opinions": Table(
                "operations/control_reports.csv",
                {"report": "text", "current": "boolean", "qualified": "boolean"},
                reports,
                ["report"],
            ),
        },
        {
            "controls.cuec_implemented_ratio": share("implemented", table="controls"),
            "controls.key_controls": count("key_control", unit="controls", table="controls"),
            "controls.key_untested": count("key_control and not tested", unit="controls", table="controls"),
            "controls.soc1_current": whether("current", table="opinions"),
            "controls.soc1_qualified": whether("qualified", table="opinions"),
        },
    )
