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
        (b'var stats = {\n    type: "GROUP",\nname: "All"\n}\n', "js/global_stats.json"),
        (b"# HELP go_threads Threads\n# TYPE go_threads gauge\ngo_threads 8\n", "/federate"),
        (b"\n# TYPE go_threads gauge\ngo_threads 8\n# EOF\n", "/federate"),
        (b"%T\tPROJECT\n%F\tproj_id\n%R\t1\n%E\n", "first line ERMHDR"),
        (b'{"categories": {"performance": {"score": 0.9}}, "audits": {"speed": {"numericValue": 1}}}', "Lighthouse"),
        (b"TN:\nSF:src/a.js\nDA:1,1\nend_of_record\n", "Cobertura XML"),
        (b"SF:src/a.js\nDA:1,1\nend_of_record\n", "Cobertura XML"),
        (b'<robot generator="Robot 7.1"><suite/></robot>', "rebot --xunit"),
        (b'<test-results name="a" total="3"/>', "NUnit 2; export them as JUnit XML"),
        (b"<nmaprun scanner='nmap'/>", "a scan of nmap"),
        (b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "SPDX in JSON"),
        (b'SPDXID: "SPDXRef-DOCUMENT"\nspdxVersion: "SPDX-2.3"\n', "SPDX in JSON"),
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
        (b'[{"uri": "a.feature", "elements": [{"keyword": "Scenario", "steps": []}]}]', "have it write JUnit XML"),
        (b'[\n{"elements": [{"keyword": "Background"}],\n"keyword": "Feature"}]', "Cucumber or Behave in JSON"),
        (b"Type,Name,Request Count,Failure Count,Requests/s\nGET,/a,4,0,1.5\n,Aggregated,4,0,1.5\n", "Locust writes"),
        (
            b"Timestamp,User Count,Type,Name,Requests/s,Failures/s\n1,5,,Aggregated,1.5,0\n2,5,,Aggregated,1.5,0\n",
            "k6, JMeter and Gatling",
        ),
        (b'{"config": {}, "suites": [], "errors": [], "stats": {"expected": 3}}', "Playwright"),
        (
            b"RUN\tcomputerdatabase.BasicSimulation\tbasicsimulation\t1504000000\t \t3.9.5\nUSER\tUsers\tSTART\t1\n",
            "stats.json",
        ),
        (b"ASSERTION\tAAECAQ==\nRUN\ta.B\tb\t15\t \t3.10\n", "stats.json"),
        (b"a.BasicSimulation\tb\tRUN\t1430000000\t \t2.0\n", "stats.json"),
        (
            b'{"type":"Metric","data":{"name":"http_reqs"},"metric":"http_reqs"}\n'
            b'{"metric":"http_reqs","type":"Point","data":{"time":"2027-04-01T00:00:00Z","value":1}}\n',
            "--summary-export",
        ),
        (b'{"metric":"vus","type":"Point","data":{"value":1}}\n{"metric":"vus","type":"Point"}\n', "handleSummary"),
        (
            b"metric_name,timestamp,metric_value,check,error\n" + b"http_reqs,1641298536,1.000000,,\n" * 2,
            "--summary-export",
        ),
        (
            b"cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate\n"
            b"CVE-2021-44228,Apache,Log4j2,RCE,2021-12-10,x,y,2021-12-24\n"
            b"CVE-2021-44229,Apache,Log4j2,RCE,2021-12-10,x,y,2021-12-24\n",
            "known_exploited_vulnerabilities.json",
        ),
        (
            b'{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [{"type": "SpdxDocument"}]}',
            "SPDX 2.3 or CycloneDX",
        ),
        (
            b'{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up"},"value":[1,"1"]}]}}',
            "/federate",
        ),
        (
            b'<project name="" project-start="20270401T000000Z"/>',
            "--as schedule:mpxj",
        ),
        (b'{"numFailedTests": 0, "numTotalTests": 3, "testResults": [{"name": "a"}]}', "Jest"),
    ],
)
def test_what_is_not_read_names_the_form_that_is(data: bytes, named: str) -> None:
    """Who reads *unknown* alone gives up on evidence that one more command would write."""
    with pytest.raises(Foreign) as foreign:
        read_head(data, "evidence.txt", declared_kinds(), whole=True)

    assert named in foreign.value.sentence


def test_a_log_that_is_no_text_is_known_by_the_name_that_its_tool_gives_it() -> None:
    """Gatling 3.12 writes its log in a binary form."""
    with pytest.raises(Foreign, match=r"stats\.json"):
        read_head(b"\x00\x00\x00\x00\x063.12.0\x00\xff\xfe\x00", "simulation.log", declared_kinds(), whole=True)


@pytest.mark.parametrize(
    "data",
    [
        b'{"status": "ok", "data": [{"id": 1}, {"id": 2}]}',
        b'{"@context": "https://schema.org", "@graph": [{"type": "Dataset"}]}',
        b'{"tests": [{"id": 1, "status": "passed"}]}',
        b"metric_name,timestamp,value\nhttp_reqs,1641298536,1\nhttp_reqs,1641298537,2\n",
        b"cveID,owner,dueDate\nCVE-2021-44228,ops,2027-01-01\nCVE-2021-44229,ops,2027-01-02\n",
        b"RUN,simulation,1\nRUN2,simulation,2\nRUN3,simulation,3\n",
    ],
)
def test_a_table_that_only_resembles_one_stays_a_table(data: bytes) -> None:
    """A list that somebody keeps with some of those words is evidence to be bound as any table."""
    assert str(read_head(data, "a.csv", declared_kinds(), whole=True).kind) in ("JSON table", "CSV table")


def test_a_build_file_of_maven_is_no_plan() -> None:
    """Its root is `project` too, in a namespace of its own."""
    with pytest.raises(Foreign, match="not read here: project"):
        read_head(b'<project xmlns="http://maven.apache.org/POM/4.0.0"/>', "pom.xml", declared_kinds(), whole=True)


def test_two_of_three_keys_are_not_a_tool() -> None:
    """A list of records that somebody calls `files` is a table."""
    head = read_head(b'{"meta": {}, "files": [{"id": 1}]}', "a.json", declared_kinds(), whole=True)

    assert str(head.kind) == "JSON table"


@pytest.mark.parametrize(
    "data",
    [
        b'{"metrics": {"http_reqs": {"count": 9}, "http_req_failed": {"passes": 0, "fails": 9, "value": 0}}}',
        b'{"state": {}, "metrics": {"vus": {"value": 1}, "http_req_duration": {"values": {"p(95)": 9}}}}',
        b'{"root_group": {"name": ""}, "metrics": {"iterations": {"count": 1}}}',
    ],
)
def test_a_summary_of_k6_is_known_with_and_without_its_groups(data):
    """A script that writes its own summary leaves the groups out, and init bound such a file to nothing."""
    assert read_head(data, "summary.json", declared_kinds(), whole=True).kind.file.what == "k6 summary"


def test_metrics_of_another_tool_are_no_summary_of_k6():
    """A build's metrics say nothing about load."""
    with pytest.raises(Foreign):
        read_head(b'{"metrics": {"coverage": {"http_reqs": 9}}}', "metrics.json", declared_kinds(), whole=True)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'<?xml version="1.0"?><project name="x" mrproject-version="2" calendar="1"/>', "GNOME Planner plan"),
        (
            b'<project name="x" company="" view-date="2027-04-01" version="3.2.3247"/>',
            "GanttProject plan",
        ),
    ],
)
def test_a_plan_of_a_free_tool_is_known_by_its_root(data, what):
    """MPXJ reads both, and each was called a plan of Primavera."""
    assert read_head(data, "plan.xml", declared_kinds(), whole=True).kind.file.what == what
