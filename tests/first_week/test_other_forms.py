"""A file that another form of the same tool could answer for says which form to export."""

from __future__ import annotations

import pytest

from gonogo.first_week.declared_kinds import declared_kinds
from gonogo.first_week.file_heads import Foreign, read_head


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n", "SPDX in JSON"),
        (b'<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"/>', "export it as JSON"),
        (b'<bom xmlns="urn:parts"/>', "not read here: bom"),
        (b"TN:\nSF:src/a.js\nDA:1,1\nend_of_record\n", "Cobertura XML"),
        (b"SF:src/a.js\nDA:1,1\nend_of_record\n", "Cobertura XML"),
        (b'<robot generator="Robot 7.1"><suite/></robot>', "rebot --xunit"),
        (b'<testng-results passed="1"/>', "TestNG; export them as JUnit XML"),
        (b'<Entities TotalResults="1"><Entity Type="defect"/></Entities>', "as Excel or CSV (profiles alm-defects"),
        (
            b'{"entities": [{"Type": "defect", "Fields": []}], "TotalResults": 1}',
            "as Excel or CSV (profiles alm-defects",
        ),
        (b"<NessusClientData_v2><Policy/></NessusClientData_v2>", "as CSV (profile nessus-findings)"),
        (b"<run><id>R1</id></run>", "as CSV with all columns (profile testrail-tests)"),
        (b'{"testExecutionKey": "E-1", "info": {}, "tests": [{"testKey": "T-1"}]}', "the tests that did not run"),
        (b'<TestRun xmlns="urn:x"/>', "Visual Studio; export them as JUnit XML"),
        (b'{"meta": {"version": "7.6"}, "files": {}, "totals": {"covered_lines": 3}}', "coverage xml"),
        (b'{"config": {}, "suites": [], "errors": [], "stats": {"expected": 3}}', "Playwright"),
        (b'{"numFailedTests": 0, "numTotalTests": 3, "testResults": [{"name": "a"}]}', "Jest"),
    ],
)
def test_what_is_not_read_names_the_form_that_is(data: bytes, named: str) -> None:
    """Who reads *unknown* alone gives up on evidence that one more command would write."""
    with pytest.raises(Foreign) as foreign:
        read_head(data, "evidence.txt", declared_kinds(), whole=True)

    assert named in foreign.value.sentence


def test_two_of_three_keys_are_not_a_tool() -> None:
    """A list of records that somebody calls `files` is a table."""
    head = read_head(b'{"meta": {}, "files": [{"id": 1}]}', "a.json", declared_kinds(), whole=True)

    assert str(head.kind) == "JSON table"
