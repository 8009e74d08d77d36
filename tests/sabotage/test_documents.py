"""Test reports, schedules and the RAID workbook: what machines write, spoiled."""

import re

import pytest

REPORT = "evidence/system/sit_interfaces.xml"
SERVICES = "evidence/system/sit_services.xml"
PLAN = "evidence/system/sit_plan.csv"
SCHEDULE = "evidence/program/ims_2027-04-15.xml"
RAID = "evidence/program/raid_log.xlsx"
STRINGS = "xl/sharedStrings.xml"
BUILD = "sha256:5b1f0d7c9a3e42868f6d1b7e0c5a9342d8e6f7019b2c4a5d6e8f90713a2b4c5d"
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def with_doctype(name, doctype, old, new):
    def way(folder):
        head, _, rest = folder.bytes(name).decode().partition("?>")
        folder.put(name, f"{head}?>{doctype}{rest}")
        folder.edit(name, old, new)

    return way


def every(name, pattern, new):
    def way(folder):
        text = folder.bytes(name).decode()
        changed, number = re.subn(pattern, new, text)
        assert number, f"{name} has nothing like {pattern}"
        folder.put(name, changed)

    return way


def nested(name):
    return lambda folder: folder.put(
        name, "<testsuites>" + "<testsuite>" * 50_000 + "</testsuite>" * 50_000 + "</testsuites>"
    )


JUNIT = {
    "no suite at all": (lambda f: f.put(REPORT, '<testsuites tests="0"/>'), "sit_interfaces.xml"),
    "all of it skipped": (
        lambda f: (
            every(REPORT, r"(<testcase [^>]*?)/>", r"\1><skipped/></testcase>")(f),
            every(REPORT, r'(tests="(\d+)" failures=")\d+(" errors="0" skipped=)"0"', r'\g<1>0\3"\2"')(f),
        ),
        "sit.",
    ),
    "counters that say more than there is": (every(REPORT, r'tests="(\d+)"', r'tests="9\1"'), "sit_interfaces.xml"),
    "a result gone, and the counters left": (every(REPORT, r"<testcase [^>]*/>\s*", ""), "sit_interfaces.xml"),
    "a failure added, and the counters left": (
        lambda f: every(REPORT, r"(<testcase [^>]*?)/>", r"\1><failure/></testcase>")(f),
        "sit_interfaces.xml",
    ),
    "another build": (
        lambda f: [every(name, BUILD, "sha256:" + "0" * 64)(f) for name in (REPORT, SERVICES)],
        "which is not the one being released",
    ),
    "two builds": (lambda f: f.edit(SERVICES, BUILD, "sha256:" + "0" * 64), "are about 2 builds"),
    "no build": (every(REPORT, r"<propert[^>]*>|</properties>", ""), "does not name its build"),
    "no time": (every(REPORT, r' timestamp="[^"]*"', ""), "without a timestamp"),
    "a time to come": (
        every(REPORT, r'timestamp="2027-\d\d-\d\d', 'timestamp="2027-04-21'),
        "after the assessment",
    ),
    "one suite from the future": (
        lambda f: f.put(
            SERVICES, re.sub(r'timestamp="2027-\d\d-\d\d', 'timestamp="2027-04-21', f.bytes(SERVICES).decode(), count=1)
        ),
        "after the assessment",
    ),
    "long ago": (every(REPORT, r'timestamp="2027-\d\d-\d\d', 'timestamp="2026-04-01'), "only evidence younger"),
    "cut": (lambda f: f.cut(REPORT, 0.7), "sit_interfaces.xml"),
    "another document": (lambda f: f.put(REPORT, f.bytes(SCHEDULE)), "sit_interfaces.xml"),
    "a bomb of entities": (with_doctype(REPORT, BOMB, "<testsuites", '<testsuites x="&i;"'), "sit_interfaces.xml"),
    "an entity of a file": (
        with_doctype(
            REPORT, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "</testsuites>", "&e;</testsuites>"
        ),
        "sit_interfaces.xml",
    ),
    "nested without end": (nested(REPORT), "sit_interfaces.xml"),
    "JSON": (lambda f: f.put(REPORT, '{"tests": 1310, "failures": 0}'), "sit_interfaces.xml"),
    "a plan with a case twice": (lambda f: f.edit(PLAN, "SIT-0002,", "SIT-0001,"), "sit_plan.csv"),
    "a plan without cases": (lambda f: f.put(PLAN, "case_id,suite,title,critical\n"), "sit_plan.csv"),
    "a plan with more than was run": (
        lambda f: f.put(PLAN, f.bytes(PLAN) + b"".join(b"NEW-%d,x,x,No\n" % n for n in range(400))),
        "sit_plan.csv has 1042 rows of data, not 642",
    ),
    "a plan that was cut": (
        lambda f: f.put(PLAN, b"".join(f.bytes(PLAN).splitlines(keepends=True)[:301])),
        "sit_plan.csv has 300 rows of data, not 642",
    ),
    "a plan whose critical is neither yes nor no": (lambda f: f.edit(PLAN, ",No\n", ",Maybe\n"), "sit_plan.csv"),
    "a plan without the column": (lambda f: f.edit(PLAN, "case_id", "case"), "case_id"),
    "one report of two": (lambda f: f.path(SERVICES).unlink(), f"No file matches {SERVICES}"),
}

SCHEDULES = {
    "no status date": (every(SCHEDULE, r"<StatusDate>[^<]*</StatusDate>", ""), "status date"),
    "a status date to come": (
        every(SCHEDULE, r"<StatusDate>[^<]*", "<StatusDate>2027-04-22T17:00:00"),
        "after the assessment",
    ),
    "an old status date": (every(SCHEDULE, r"<StatusDate>[^<]*", "<StatusDate>2027-03-15T17:00:00"), "ims"),
    "no baseline": (every(SCHEDULE, r"<Baseline>.*?</Baseline>", ""), "baseline"),
    "go-live renamed": (lambda f: f.edit(SCHEDULE, "GL1000 Go-live of release 1", "Go-live"), "GL1000"),
    "go-live twice": (
        every(SCHEDULE, r"<Name>Plan: cars, prove</Name>", "<Name>GL1000 Go-live of release 1</Name>"),
        "GL1000",
    ),
    "a task twice": (every(SCHEDULE, r"<UID>496</UID>", "<UID>495</UID>"), "ims_2027-04-15.xml"),
    "a predecessor that is nobody": (
        every(SCHEDULE, r"<PredecessorUID>25<", "<PredecessorUID>999999<"),
        "ims_2027-04-15.xml",
    ),
    "a date that is none": (
        every(SCHEDULE, r"(<UID>1000000</UID>.*?<Finish>)[^<]*", r"\g<1>soon"),
        "ims_2027-04-15.xml",
    ),
    "cut": (lambda f: f.cut(SCHEDULE, 0.6), "ims_2027-04-15.xml"),
    "another name space": (every(SCHEDULE, "http://schemas.microsoft.com/project", "urn:x"), "ims_2027-04-15.xml"),
    "a bomb of entities": (with_doctype(SCHEDULE, BOMB, "<Name>harborline.xml", "<Name>&i;"), "ims_2027-04-15.xml"),
    "no task": (every(SCHEDULE, r"(?s)<Tasks>.*</Tasks>", "<Tasks/>"), "ims"),
    "a Primavera file under its name": (
        lambda f: f.put(SCHEDULE, f.bytes("evidence/program/ims_provider_2027-04-15.xer")),
        "ims_2027-04-15.xml",
    ),
}

RAIDS = {
    "a status that nobody knows": (
        lambda f: f.member(RAID, STRINGS, b">In Progress<", b">Doing<"),
        "'Doing', which is not a status of the template",
    ),
    "a sheet renamed": (lambda f: f.member(RAID, "xl/workbook.xml", b'"Risk Log"', b'"Risks"'), "Risk Log"),
    "a header renamed": (lambda f: f.member(RAID, STRINGS, b">Risk Response<", b">Answer<"), "Risk Response"),
    "no date on the cover": (
        lambda f: f.sheet(RAID, lambda workbook: workbook["Cover"].__setitem__("B5", None)),
        "B5",
    ),
    "cut": (lambda f: f.cut(RAID, 0.5), "raid_log.xlsx"),
    "noise inside": (lambda f: f.member(RAID, STRINGS, b"<sst", b"<sst<"), "raid_log.xlsx"),
    "a text file under its name": (lambda f: f.put(RAID, "Risk #,Title\n1,None\n"), "raid_log.xlsx"),
    "not a workbook but a zip": (lambda f: f.put(RAID, b"PK\x05\x06" + bytes(18)), "raid_log.xlsx"),
}


def bomb(folder):
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>" + b" " * 400_000_000)
    folder.put(RAID, stream.getvalue())


class TestDocuments:
    @pytest.mark.parametrize(("way", "says"), JUNIT.values(), ids=JUNIT)
    def test_a_spoiled_test_report_proves_nothing(self, way, says, spoiled_evidence):
        """Nothing ran is the cheapest way to have no failure."""
        found = spoiled_evidence(way)

        assert found.code == 1, found.told[-3000:]
        assert says in found.told

    @pytest.mark.parametrize(("way", "says"), SCHEDULES.values(), ids=SCHEDULES)
    def test_a_spoiled_schedule_proves_nothing(self, way, says, spoiled_evidence):
        """A schedule without its baseline is never late."""
        found = spoiled_evidence(way)

        assert found.code == 1, found.told[-3000:]
        assert says in found.told

    @pytest.mark.parametrize(("way", "says"), RAIDS.values(), ids=RAIDS)
    def test_a_spoiled_raid_log_proves_nothing(self, way, says, spoiled_evidence):
        """An issue whose status nobody understands is not closed."""
        found = spoiled_evidence(way)

        assert found.code == 1, found.told[-3000:]
        assert says in found.told

    def test_a_bomb_in_a_workbook_goes_off_in_nobodys_hands(self, spoiled):
        """400 MB out of 400 KB."""
        found = spoiled(bomb)

        assert found.code == 1
        assert "raid_log.xlsx" in found.told
