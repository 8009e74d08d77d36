"""What a JSON export says beside its records: that a filter made them, that there are more, or more of them."""

import json

import pytest

from gonogo.collectors.table import TableSettings
from gonogo.collectors.table.collector import TableCollector
from gonogo.collectors.table.filter_note import says_filter
from gonogo.plugin.spec import SettingsRefusal

ISSUES = [
    {"key": "HL-1", "fields": {"severity": "High", "status": {"name": "Open"}}},
    {"key": "HL-2", "fields": {"severity": "Low", "status": {"name": "Closed"}}},
]
CRITICAL = {"key": "HL-3", "fields": {"severity": "Critical", "status": {"name": "Open"}}}


def settings(**table):
    """Return settings of a list of issues at ``issues``."""
    columns = {
        "key": {"type": "id"},
        "severity": {"header": "fields.severity", "type": "text", "allowed": ["Critical", "High", "Low"]},
        "status": {"header": "fields.status.name", "type": "text", "allowed": ["Open", "Closed"]},
    }
    fact = {"count": {"where": 'severity == "Critical" and status == "Open"'}, "unit": "defects"}
    made = {"records": "issues", "columns": columns, "unique": ["key"], **table}
    return {"tables": {"t": made}, "facts": {"critical": fact}}


def answer(collect, around, **table):
    """Return the answer to a document with two issues that are not critical, and what stands around them."""
    return collect({"f.json": json.dumps({**around, "issues": ISSUES}).encode()}, settings(**table))["critical"]


@pytest.mark.parametrize(
    "around",
    [
        {"meta": {"jql": "project=HL AND severity != Critical"}},
        {"meta": {"filter": "status in (Closed)"}},
        {"jql": "severity != Critical"},
        {"export": {"query": "project = HL and status = Closed order by key"}},
        {"request": {"params": {"jql": "project = HL AND status = Closed", "maxResults": 50}}},
        {"filters": [{"field": "severity", "op": "!=", "value": "Critical"}]},
        {"filters": {"status": ["Closed"]}},
        {"filters": {"project": "HL", "status": "Closed"}},
        {"filtered": True},
        {"filterId": 10200},
        {"savedFilter": {"id": 7, "name": "Open items"}},
        {"excluded": 3},
        {"omitted": ["HL-3"]},
        {"meta": {"note": "Critical defects are excluded."}},
        {"title": "Closed defects only"},
        {"description": "Filtered by: severity is not Critical"},
        {"self": "https://agency.example/rest/api/2/search?jql=project%3DHL%20AND%20severity!%3DCritical"},
        {"_links": {"self": {"href": "https://agency.example/issues?page=1&state=closed"}}},
        {"wiql": "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = 'HL' AND [System.State] = 'Closed'"},
        {"sysparm_query": "active=false"},
        {"meta": {"request": {"where": {"severity": {"not": "Critical"}}}}},
        {"queries": [{"jql": "severity != Critical"}]},
        {"query": {"filter": "severity!=Critical"}},
        {"excluded": ["Critical"]},
        {"note": "export limited to 486 rows"},
        {"notes": ["Result limit reached"]},
        {"warning": "truncated"},
        {"status": "partial"},
        {"message": "Showing the first 1,000 items"},
    ],
)
def test_a_filter_that_the_export_states_is_a_gap_until_somebody_says_why_it_does_not_matter(collect, around):
    """An export without its critical defects has none, and said itself that they were left out."""
    found = answer(collect, around)

    assert found.gap == "not_provable"
    assert "says beside its records" in found.detail
    assert "that a filter was applied or that they are not all, so items may be lacking" in found.detail
    assert answer(collect, around, filtered="the other project is no part of the program").value == 0


@pytest.mark.parametrize(
    "around",
    [
        {"meta": {"jql": "project = HL"}},
        {"meta": {"jql": 'project in (HL, "HL Data") ORDER BY created DESC'}},
        {"jql": ""},
        {"filter": None},
        {"filters": []},
        {"filters": {}},
        {"filters": {"project": "HL", "status": []}},
        {"filters": "none"},
        {"filter": "All"},
        {"filtered": False},
        {"excluded": 0},
        {"query": "*"},
        {"query": {"fields": ["key"], "orderBy": "key", "limit": 100}},
        {"meta": {"note": "For official use only"}},
        {"description": "All defects of the program, open and closed"},
        {"title": "Filter pump, spare parts"},
        {"self": "https://agency.example/rest/api/2/search?jql=project%3DHL&maxResults=100&fields=key"},
        {"_links": {"self": {"href": "https://agency.example/issues?page=1&state=all"}}},
        {"wiql": "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project ORDER BY [System.Id]"},
        {"names": {"filter": "Filter"}, "schema": {"query": {"type": "string"}}},
        {"columns": [{"name": "query", "filter": "text"}]},
        {"@odata.context": "https://agency.example/$metadata#incidents(number,state)"},
        {"expand": "names,schema"},
        {"status": "success", "message": "OK"},
    ],
)
def test_what_narrows_nothing_is_no_filter(collect, around):
    """A project, an order and a page say nothing about which of its defects are there."""
    found = answer(collect, around)

    assert found.value == 0, found.detail


@pytest.mark.parametrize(
    ("words", "filtered"),
    [
        ("JQL: project = HL AND severity != Critical", True),
        ("JQL: project = HL ORDER BY key", False),
        ("WIQL: SELECT [System.Id] FROM WorkItems WHERE [System.State] = 'Closed'", True),
        ("JQL:", False),
    ],
)
def test_a_query_above_a_table_is_a_filter_where_it_narrows(words, filtered):
    """Reports of Jira write their query above the rows."""
    assert says_filter([words]) is filtered


@pytest.mark.parametrize(
    "around",
    [
        {"issues2": [CRITICAL]},
        {"openIssues": [{"id": "HL-3"}]},
        {"critical_issues": [{"id": "HL-3"}]},
        {"more": [CRITICAL]},
        {"data": {"archive": [CRITICAL]}},
        {"archive": [{"key": "HL-3", "severity": "Critical", "status": "Open"}]},
        {"by_key": {"HL-3": CRITICAL}},
        {"late": CRITICAL},
        {"pages": [{"rows": [CRITICAL]}]},
        {"columns": [CRITICAL]},
    ],
)
def test_records_beside_the_records_are_a_gap_until_somebody_says_why_they_are_none(collect, around):
    """Nobody read the second list, and nobody was told."""
    found = answer(collect, around)
    first = next(iter(around))

    assert found.gap == "ambiguous_rows"
    assert f"has more records than those at 'issues': at '{first}" in found.detail
    place = found.detail.partition(": at '")[2].partition("'")[0]
    assert answer(collect, around, other_records={place: "closed in the pilot, judged there"}).value == 0
    assert answer(collect, around, other_records={"elsewhere": "closed in the pilot"}).gap == "ambiguous_rows"


def test_a_reason_for_a_filter_is_none_for_records_that_stand_in_it(collect):
    """Two things are said, and each needs its own answer."""
    assert answer(collect, {"filters": [CRITICAL]}, filtered="by release alone").gap == "ambiguous_rows"


@pytest.mark.parametrize(
    "around",
    [
        {"issues2": []},
        {"issueTypes": [{"key": "Bug", "name": "Bug"}]},
        {"projects": [{"key": "HL", "name": "Harborline"}]},
        {"statuses": [{"key": "open", "name": "Open"}]},
        {"users": [{"key": "u1", "status": "active"}]},
        {"issueCount": 2, "issueKeys": ["HL-1", "HL-2"]},
        {"openIssues": ["HL-1"]},
        {"schema": {"key": {"type": "id"}, "severity": {"type": "text"}, "status": {"type": "text"}}},
    ],
)
def test_lists_of_other_things_are_no_records(collect, around):
    """An interface sends along what its words mean."""
    found = answer(collect, around)

    assert found.value == 0, found.detail


def test_one_column_says_too_little_to_know_records_by(collect):
    """Everything has an id."""
    columns = {"key": {"type": "id"}}
    made = {
        "tables": {"t": {"records": "issues", "columns": columns, "unique": ["key"]}},
        "facts": {"f": {"count": {}, "unit": "issues"}},
    }
    document = {"projects": [{"key": "HL"}], "issues": [{"key": "HL-1"}]}

    assert collect({"f.json": json.dumps(document).encode()}, made)["f"].value == 1


@pytest.mark.parametrize("reason", ["n/a", "TBD"])
def test_a_reason_for_other_records_that_says_nothing_is_refused(reason):
    """It would take the open defects out of the count."""
    made = TableSettings.model_validate_json(json.dumps(settings(other_records={"more": reason})))

    with pytest.raises(SettingsRefusal, match="is not a reason"):
        TableCollector().declare(made)


@pytest.mark.parametrize(
    ("around", "refused"),
    [
        ({"meta": {"page": 1, "pages": 2, "total": 2}}, True),
        ({"meta": {"page": 1, "pages": 1, "total": 2}}, False),
        ({"page": "1 of 2"}, True),
        ({"page": "Page 1/2"}, True),
        ({"page": "1 of 1"}, False),
        ({"pages": "2 of 2"}, True),
        ({"export": {"page": 1, "totalPages": 2}}, True),
        ({"header": {"total": 3}}, True),
        ({"header": {"total": 2}}, False),
        ({"range": "0-1/3"}, True),
        ({"contentRange": "items 0-1/2"}, False),
        ({"maxResults": 2}, True),
        ({"limit": 2}, True),
        ({"perPage": 2}, True),
        ({"maxResults": 3}, False),
        ({"maxResults": 1}, False),
        ({"maxResults": 2, "total": 2}, False),
        ({"maxResults": 2, "isLast": True}, False),
        ({"limit": 2, "next": None}, False),
        ({"limit": 2, "hasMore": False}, False),
        ({"limit": 2, "_links": {"next": None}}, False),
        ({"request": {"limit": 2}, "total": 2}, False),
        ({"hasMore": "true"}, True),
        ({"hasMore": 1}, True),
        ({"hasMore": "no"}, False),
        ({"isLast": "false"}, True),
        ({"isLast": 0}, True),
        ({"isLast": "true"}, False),
        ({"lastPage": False}, True),
        ({"complete": False}, True),
        ({"meta": {"complete": "no"}}, True),
        ({"complete": True, "done": True}, False),
        ({"done": False}, True),
        ({"partial": True}, True),
        ({"total_count": 900.0}, True),
        ({"totalCount": "1,200"}, True),
        ({"totalCount": 2.0}, False),
        ({"count": 3}, True),
        ({"count": 2}, False),
        ({"numFound": 3}, True),
        ({"found": 3}, True),
        ({"matched": 3}, True),
        ({"available": 3}, True),
        ({"hits": {"total": {"value": 3}}}, True),
        ({"hits": {"total": {"value": 2}}}, False),
        ({"hits": 3}, True),
        ({"summary": {"found": 900, "done": 0, "complete": 0, "available": 900}}, False),
        ({"remaining": 1}, True),
        ({"remaining": 0}, False),
        ({"nextPageNumber": 2}, True),
        ({"nextPageToken": ["x"]}, True),
        ({"meta": {"truncatedAt": 2}}, True),
        ({"scroll_id": "x"}, True),
        ({"scroll_id": "x", "total": 2}, False),
        ({"preview": True}, True),
        ({"preview": False}, False),
    ],
)
def test_a_page_says_so_by_its_number_its_range_or_by_being_full(collect, around, refused):
    """One page of two, with the total of the page itself, read as the whole."""
    found = answer(collect, around)

    assert (found.gap is not None) is refused, found.detail
    assert not refused or "one page of several" in found.detail or "with trouble" in found.detail
