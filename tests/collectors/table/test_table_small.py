"""A small plain table is answered without the database, and exactly as the database answers it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.columns.column import Column
from gonogo.collectors.rows.row_words import TOTAL_ROW
from gonogo.collectors.table import TableSettings, open_late, small_table
from gonogo.collectors.table.database import connect
from gonogo.collectors.table.load import LoadedTable, load, load_checked
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.shown import ColumnToCheck, Shown, ShownInDatabase
from gonogo.collectors.table.shown_small import ShownSmall
from gonogo.collectors.table.small_suspects import TOTAL_WORDS
from gonogo.collectors.table.small_table import MOST_BYTES, NotSmallError, SmallTable, read_small
from gonogo.collectors.table.steady import always
from gonogo.collectors.table.zone import local_days, to_utc
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import Answer, CollectorRefusal

QUICK = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HEADER = "key,word,free,n,amount,flag,day,seen,late"
COLUMNS: dict[str, Any] = {
    "key": {"type": "id"},
    "word": {"type": "text", "allowed": ["Open", "Closed"]},
    "free": {"type": "text", "allowed": "any"},
    "n": {"type": "integer", "unit": "things", "optional": True},
    "amount": {"type": "decimal", "scale": 2, "unit": "things"},
    "flag": {"type": "boolean"},
    "day": {"type": "date", "planned": True},
    "seen": {"type": "text", "optional": True, "given": "was_seen"},
    "late": {"type": "boolean", "blank": "No", "blank_reason": "The register leaves it empty where all is in time"},
}
PARSED = {name: Column.model_validate_json(json.dumps(column)) for name, column in COLUMNS.items()}
CONDITIONS = (
    *('word == "Open"', 'word not in ["Closed"]', 'free == "Alpha"', 'free != "Beta"', "flag", "not flag", "late"),
    *("n >= 3", "n < 2.5", "amount > n", "amount == 1.5", "was_seen", "not was_seen and flag"),
    *(
        "day <= now",
        "day >= now - 28d",
        "day > held - 17d",
        'day < "2027-03-14"',
        "day > go_live - 60d",
        "n == 1 or amount != 2",
    ),
)
FACTS: dict[str, Any] = {
    "count": lambda where, among: {"count": {"where": where}, "unit": "things"},
    "rows": lambda where, among: {"count": {}, "unit": "things"},
    "things": lambda where, among: {"count": {"where": where, "per": {"column": "free", "need": "any"}}, "unit": "x"},
    "share": lambda where, among: {"share": {"where": where, "among": among}},
    "people": lambda where, among: {"share": {"where": where, "per": {"column": "word", "need": "every"}}},
    "any": lambda where, among: {"any": {"where": where, "among": among}},
    "all": lambda where, among: {"all": {"where": where, "among": among}},
    "none": lambda where, among: {"none": {"where": where}},
    "sum": lambda where, among: {"sum": {"of": "amount - n", "where": where, "absolute": True}, "unit": "things"},
    "mean": lambda where, among: {"mean": {"of": "amount", "where": where}, "unit": "things"},
    "min": lambda where, among: {"min": {"of": "n", "where": where}, "unit": "things"},
    "max": lambda where, among: {"max": {"of": "amount"}, "unit": "things"},
    "only": lambda where, among: {"only": {"of": "amount", "where": where}, "unit": "things"},
}
HELD = datetime(2027, 4, 18, 4, tzinfo=UTC)
PLAIN = ("R-1", "Open", "Alpha", "3", "1.5", "Yes", "2027-04-01", "2027", "")


def mostly(good: Sequence[str], bad: Sequence[str]) -> st.SearchStrategy[str]:
    """Return cells that are nearly always good."""
    return st.integers(0, 60).flatmap(lambda n: st.sampled_from(bad if n == 60 else good))


KEYS = st.integers(0, 99).map(lambda n: f"R-{n}")
ODD_KEYS = (
    "R-01",
    "r-1",
    "R_2",
    "#R-3",
    "Total",
    "TBD",
    "R-1 R-2",
    "12-Mar",
    "1.20E+05",
    "39 of 40",
    " R-4",
    "O-1",
    "l-1",
)
rows = st.lists(
    st.tuples(
        KEYS | mostly(["R-7"], ODD_KEYS),
        mostly(["Open", "Closed"], ["open", "", "TBD"]),
        mostly(
            ["Alpha", "Beta", "Gamma delta"], ["TBD", "n/a", "count: 3", "Total", " x", "x ", "caf\u00e9", "{", "a\tb"]
        ),
        mostly(["0", "1", "2", "3", "-4", ""], ["007", "1.0", "-0", "1e3", "1000000000000000"]),
        mostly(["1.5", "2.00", "-0.25", "0.1"], ["1.234", "", "1.", "-0.0"]),
        mostly(["Yes", "No", "true"], ["y", ""]),
        mostly(["2027-04-01", "2027-03-14", "2027-02-28", "2027-11-07"], ["2027-02-30", "1899-01-01", "2027-4-1", ""]),
        mostly(["", "2027", "by Ada", "TBD", "none yet"], ["\u2014", '"q"', "by Ada "]),
        mostly(["", "Yes", "No"], ["maybe"]),
    ),
    min_size=1,
    max_size=10,
    unique_by=lambda row: row[0],
)
asked = st.tuples(st.sampled_from(CONDITIONS), st.sampled_from(CONDITIONS))


def in_csv(table: Sequence[Sequence[str]]) -> bytes:
    return "".join(f"{','.join(row)}\n" for row in [HEADER.split(","), *table]).encode()


def both_ways(
    collect: Any,
    table: Sequence[Sequence[str]],
    where: str,
    among: str,
    facts: Sequence[str] = tuple(FACTS),
    **more: Any,
) -> tuple[Any, Any]:
    """Return the answers by the database alone, and those where small tables need none."""
    made = {name: FACTS[name](where, among) for name in facts}
    settings = {"tables": {"t": {"columns": COLUMNS, "unique": ["key"], **more}}, "facts": made}
    rule = AsOf(rule=AsOfRule.COLUMN, column="day", latest=True)
    found = []
    for most in (-1, MOST_BYTES):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(small_table, "MOST_BYTES", most)
            found.append(collect({"f.csv": in_csv(table)}, settings, as_of=None, rule=rule))
    return found[0], found[1]


@QUICK
@given(table=rows, asked=asked)
def test_small_tables_are_answered_as_the_database_answers_them(collect, table, asked):
    """Two readers that disagree on one file are a false answer by one of them."""
    assume(always(*asked, PARSED) is None)
    by_database, small = both_ways(collect, table, *asked)

    assert small == by_database


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        *((0, cell) for cell in ("", "TBD", "Total", "R-1", "r-01", "x" * 1001, '"a,b"', '"a""b"', 'a"b', "page 1")),
        *((0, cell) for cell in ("R-2 R-3", '"R-2,R-3"', "12-Mar", "1.20E+05", "39 of 40", "#R-2", " R-2")),
        *((1, "open"), (2, ""), (2, "TBD"), (2, "caf\u00e9"), (2, " x"), (2, "{a}"), (2, "x "), (3, ""), (3, "07")),
        *((2, '"{""ImportId"":""QID1""}"'), (4, "1.234"), (5, "y"), (6, "2027-02-30"), (7, "TBD"), (7, ""), (7, "x ")),
        *((8, ""), (8, "Yes"), (8, "maybe")),
    ],
)
def test_odd_cells_are_judged_as_the_database_judges_them(collect, place, cell):
    """Each cell that is not plain has its own way to be wrong, and its own sentence."""
    odd = [cell if at == place else text for at, text in enumerate(("R-2", *PLAIN[1:]))]

    by_database, small = both_ways(
        collect, [PLAIN, odd], 'free == "Alpha" and n >= 2', "flag", facts=("count", "share")
    )

    assert small == by_database


@pytest.mark.parametrize(
    "more",
    [
        {"control": {"rows": 2}},
        {"control": {"rows": 3}},
        {"control": {"min_rows": 2}},
        {"control": {"min_rows": 3}},
        {"control": {"totals": {"amount": "3"}}},
        {"control": {"totals": {"amount": "4"}}},
        {"unique": [], "one_row": "a visit"},
        {"unique": [], "one_row": None},
        {"unique": ["free", "word"]},
        {"unique": ["day"]},
        {"unique": ["amount"]},
        {"subject": {"free": {"kind": "build", "counts": ["Alpha"]}}},
        {"rows": {"total": "left_out"}},
    ],
)
def test_what_is_known_of_a_table_holds_both_ways(collect, more):
    """A table that is cut off, doubled or about something else is none that is small and plain."""
    by_database, small = both_ways(collect, [PLAIN, ("R-2", *PLAIN[1:])], "n >= 2", "flag", facts=("count",), **more)

    assert small == by_database


@pytest.mark.parametrize("count", [2, 3, 9, 20, 40])
@pytest.mark.parametrize("odd", ["R 1", "other", "X1", "r-1"])
def test_keys_of_another_shape_are_judged_alike(collect, count, odd):
    """One odd key among many is a total or a remark; among few it may be a key."""
    keys = [*(f"R-{n}" for n in range(2, count + 2)), odd]

    by_database, small = both_ways(collect, [(key, *PLAIN[1:]) for key in keys], "flag", "flag", facts=("count",))

    assert small == by_database


@pytest.mark.parametrize("cell", ["3", "", "x"])
def test_a_plain_table_needs_no_database(collect, monkeypatch, cell):
    """Otherwise every source of an assessment pays for a dozen queries, and nobody notices."""
    monkeypatch.setattr(open_late, "take", _refused)
    monkeypatch.setattr(open_late, "open_database", _refused)
    settings = {
        "tables": {"t": {"columns": COLUMNS, "unique": ["key"]}},
        "facts": {"f": {"count": {"where": "flag"}, "unit": "things"}},
    }
    table = in_csv([PLAIN, ("R-2", "Open", "Beta", cell, *PLAIN[4:])])

    if cell == "x":
        with pytest.raises(AssertionError, match="opened"):
            collect({"f.csv": table}, settings)
    else:
        assert collect({"f.csv": table}, settings)["f"].value == 2


def _refused(scratch: str) -> None:
    raise AssertionError("opened")


def prepared_in(folder: Any, data: bytes, rows: int, width: int = 2) -> Prepared:
    path = folder / "scratch.csv"
    path.write_bytes(data)
    positions = {"key": 0, "word": 1}
    return Prepared(str(path), ",", width, positions, rows, first_row=2, row_word="line", place="f.csv")


def table_of(**columns: Any) -> Any:
    settings = {"tables": {"t": {"columns": columns}}, "facts": {}}
    return TableSettings.model_validate_json(json.dumps(settings)).tables["t"]


@pytest.mark.parametrize(("extra", "small"), [(-1, True), (0, True), (1, False)])
def test_larger_tables_are_for_the_database(tmp_path, extra, small):
    """Which reads a large one in less time."""
    table = table_of(key={"type": "id"}, word={"type": "text"})
    data = b"A," + b"x" * (MOST_BYTES - 3 + extra) + b"\n"
    source = prepared_in(tmp_path, data, 1)

    if small:
        assert len(read_small(table, source, frozenset()).columns["word"][0]) == MOST_BYTES - 3 + extra
    else:
        with pytest.raises(NotSmallError):
            read_small(table, source, frozenset())


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (b"", 0),
        (b"A,x", 1),
        (b"A,x\n", 2),
        (b"A,x\nB\n", 2),
        (b"A,x\n,\n", 2),
        (b"A,x\n\n", 2),
        (b"A,x,y\n", 1),
        (b'A,"x\ny"\n', 1),
        (b'A,x"y\n', 1),
        (b"A,x\r\n", 1),
        (b"A,\x1fx\n", 1),
        (b"A,\xc3\xa9\n", 1),
    ],
)
def test_what_two_readers_could_read_apart_is_not_small(tmp_path, data, count):
    """Lines, cells or letters about which this reader and the database could disagree."""
    with pytest.raises(NotSmallError):
        read_small(table_of(key={"type": "id"}, word={"type": "text"}), prepared_in(tmp_path, data, count), frozenset())


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ({"type": "integer", "unit": "x"}, "1234", 1234),
        ({"type": "integer", "unit": "x", "thousands": ","}, "1234", None),
        ({"type": "integer", "unit": "x", "symbol": "$"}, "$5", None),
        ({"type": "decimal", "unit": "x", "decimal": "comma"}, "5", None),
        ({"type": "percent", "written": "ratio"}, "0.5", None),
        ({"type": "date"}, "2027-04-01", date(2027, 4, 1)),
        ({"type": "date", "format": "%Y-%m-%d"}, "2027-04-01", None),
        ({"type": "instant", "zone": "UTC"}, "2027-04-01T10:00:00", None),
        ({"type": "text", "blank": "none"}, "", "none"),
        ({"type": "text", "blank": "\u00e9"}, "", None),
    ],
)
def test_only_listed_forms_of_cells_are_read_here(tmp_path, column, cell, value):
    """A form that is not listed has meanings of its own: 0.5 may be a half, or half of one percent."""
    table, source = table_of(key={"type": "id"}, word=column), prepared_in(tmp_path, f"A,{cell}\n".encode(), 1)

    if value is None:
        with pytest.raises(NotSmallError):
            read_small(table, source, frozenset())
    else:
        assert read_small(table, source, frozenset()).columns["word"] == [value]


def test_headings_among_texts_are_no_data(collect):
    """A table of texts alone has no cell at which a second row of headings would fail."""
    settings = {
        "tables": {"t": {"columns": {"key": {"type": "text"}, "who": {"type": "text"}}}},
        "facts": {"f": {"count": {}, "unit": "things"}},
    }

    answer = collect({"f.csv": b"key,who\nA,x\nkey,who\n"}, settings)["f"]

    assert answer.gap is not None
    assert "the header is repeated in line 3" in answer.detail


@pytest.fixture(scope="module")
def database(tmp_path_factory: Any) -> Any:
    with connect(str(tmp_path_factory.mktemp("shown")), threads=1, memory=2**28) as connection:
        yield connection


texts = st.text(alphabet="oOiIlL01aB-_ /.:,#~", min_size=1, max_size=6).map(str.strip).filter(bool)


@QUICK
@given(cells=st.lists(st.tuples(texts, st.none() | texts, st.none() | st.integers(-2, 2)), min_size=1, max_size=8))
def test_a_table_looks_the_same_without_the_database(database, tmp_path, cells):
    """Doubts of a table are raised from what is seen of it."""
    columns = {"key": {"type": "text"}, "word": {"type": "text", "optional": True}}
    table = table_of(**columns, n={"type": "integer", "optional": True, "unit": "x"})
    source = Prepared("", ",", 4, {}, len(cells), first_row=2, row_word="line", place="f", watched=[("Level", 3)])
    watched = [None if each is None else f" {each}" for _, each, _ in cells]
    database.execute('CREATE OR REPLACE TABLE t (key VARCHAR, word VARCHAR, n BIGINT, "gonogo watched 0" VARCHAR)')
    database.executemany(
        "INSERT INTO t VALUES ($1, $2, $3, $4)", [(*row, up) for row, up in zip(cells, watched, strict=True)]
    )
    held = dict(zip(("key", "word", "n"), map(list, zip(*cells, strict=True)), strict=True))
    small = SmallTable(held, [watched], {name: column.type for name, column in table.columns.items()})
    one: Shown = ShownInDatabase("t", table, source, len(cells), (), database)
    other: Shown = ShownSmall("t", table, source, len(cells), (), small)

    for sight in map(seen_of, (one, other)), map(keys_of, (one, other)):
        by_database, without = sight
        assert without == by_database


@QUICK
@given(cells=rows, delimiter=st.sampled_from(",;|\t"), quote=st.booleans())
def test_the_database_holds_what_was_read_without_it(database, tmp_path, cells, delimiter, quote):
    """A query of an analyst reads a small table as it would read any other: the same values of the same types."""
    if quote:
        cells = [[f'"{cell}"' if cell.isalnum() else cell for cell in row] for row in cells]
    path = tmp_path / "cells.csv"
    path.write_text("".join(f"{delimiter.join(row)}\n" for row in cells), encoding="utf-8", newline="")
    table, positions = table_of(**COLUMNS), {name: at for at, name in enumerate(COLUMNS)}
    source = Prepared(
        str(path), delimiter, len(COLUMNS), positions, len(cells), 2, row_word="line", place="f", suspicious=quote
    )
    read = frozenset({"free"})
    database.execute("DROP TABLE IF EXISTS one; DROP TABLE IF EXISTS other")
    try:
        small = read_small(table, source, read)
        load(database, "one", table, source, "UTC", read)
    except (NotSmallError, CollectorRefusal):
        reject()

    load_checked(database, LoadedTable("other", table, source, len(cells), HELD, small=small), read)

    for query in ("DESCRIBE", "FROM"):
        found = [database.execute(f"{query} {name}").fetchall() for name in ("one", "other")]
        assert found[0] == found[1]
    held = [list(row) for row in zip(*small.columns.values(), strict=True)]
    assert held == [list(row) for row in database.execute("FROM one").fetchall()]


def seen_of(shown: Shown) -> list[Any]:
    seen: list[ColumnToCheck] = shown.seen()
    each = [(shown.values(column), shown.column(column)) for column in seen]
    return [each, shown.sample(seen), shown.holding(seen, ["a", "0", "1"]), shown.distinct(seen)]


def keys_of(shown: Shown) -> list[Any]:
    keys = [("key",), ("word",), ("key", "word"), ("n",)]
    found = [(shown.may_have_doubles(key), shown.keys(key)) for key in keys]
    aside = [shown.may_be_aside(name) for name in ("key", "word")]
    return [found, aside, sorted(shown.some("word", 100))]


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Beirut", "America/Sao_Paulo", "Europe/London", "UTC"])
def test_days_begin_when_the_database_says(database, zone):
    """Some zones change their clocks at midnight: that day has no first hour, or two."""
    days = [date(2017, 10, 1) + timedelta(days=n) for n in range(400)]
    begins = local_days(days[0], days[-1], zone)
    database.execute("CREATE OR REPLACE TABLE d AS SELECT unnest($days::DATE[]) AS day", {"days": days})
    first, last = database.execute("SELECT min(day)::TIMESTAMP, max(day)::TIMESTAMP FROM d").fetchone()
    micros = to_utc("epoch_us(day::TIMESTAMP)", first, last, zone)

    assert dict(database.execute(f"SELECT day, {micros} FROM d").fetchall()) == {day: begins(day) for day in days}


@QUICK
@given(text=st.from_regex(re.compile(TOTAL_ROW, re.ASCII), fullmatch=True))
def test_every_sum_has_one_of_its_words(text):
    """A column without these words is not looked at cell by cell."""
    assert TOTAL_WORDS.search(text)


def test_answers_are_whole(collect):
    """The law compares answers with moments and open items, not gaps alone."""
    by_database, small = both_ways(collect, [PLAIN, ("R-2", "Closed", *PLAIN[2:])], 'word == "Open"', "flag")

    share: Answer = small["share"]
    assert (share.part, share.whole, share.open_items) == (1, 2, ("R-2",))
    assert by_database == small
    assert [name for name, answer in small.items() if answer.gap] == []
