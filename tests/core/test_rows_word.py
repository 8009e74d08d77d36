"""A share that counts other than the rows that were read is said on page one, or is no sample."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from gonogo.core.admitted_value import Refused, check_sample
from gonogo.core.rows_word import rows_sentence
from gonogo.model.evidence import Basis, Evidence, GapReason, Source, quotient_text
from gonogo.model.fact import FactDeclaration, FactType
from gonogo.model.people import Side
from gonogo.model.program import Binding


def share(whole: int, rows: int | None) -> Evidence:
    return Evidence(
        fact="ifs.passed_ratio",
        type=FactType.RATIO,
        value=Decimal(quotient_text(1, whole)),
        part=1,
        whole=whole,
        as_of=datetime(2027, 4, 18, tzinfo=UTC),
        basis=Basis.MEASURED,
        source=Source(binding="list", locator="ifs.csv"),
        rows_read=rows,
    )


def said(whole: int, rows: int | None, measure: dict[str, Any], *, register: bool = True, prefix: str = "ifs") -> str:
    facts = {"passed_ratio" if prefix else "ifs.passed_ratio": measure}
    binding = Binding(
        id="list", plugin="table", prefix=prefix or None, side=Side.CUSTOMER, producer="x", settings={"facts": facts}
    )
    return rows_sentence(share(whole, rows), binding, {"ifs.passed_ratio"} if register else set())


@pytest.mark.parametrize(
    ("whole", "words"),
    [
        (8, "2 are left out as no item of the register (among)."),
        (9, "1 is left out as no item of the register (among)."),
        (10, ""),
    ],
)
def test_rows_that_a_register_leaves_out_are_said(whole: int, words: str):
    """An open item that is marked as out of scope makes a smaller whole, and no open item."""
    found = said(whole, 10, {"share": {"where": "x"}})

    assert found == (f"list: ifs.passed_ratio counts {whole} of 10 rows; {words}" if words else "")


def test_a_share_that_is_no_register_may_ask_some_rows_only():
    """That is what it counts, and nobody accepts its rows."""
    assert said(8, 10, {"share": {"where": "x"}}, register=False) == ""
    assert said(8, None, {"share": {"where": "x"}}) == ""


@pytest.mark.parametrize("prefix", ["ifs", ""])
@pytest.mark.parametrize(("whole", "counts_more"), [(49, False), (50, False), (51, True)])
def test_a_query_that_counts_more_than_it_read_is_said(whole: int, counts_more: bool, prefix: str):
    """40 times 50 rows are not 2,000."""
    found = said(whole, 50, {"sql": "SELECT count(*)"}, register=False, prefix=prefix)

    assert found == ("list: ifs.passed_ratio counts 51, although 50 rows were read (sql)." if counts_more else "")


@pytest.mark.parametrize(
    ("query", "said_so"),
    [
        ("SELECT 40 * count(*) FILTER (WHERE good) AS part, 40 * count(*) AS whole FROM t", True),
        ("SELECT sum(40) FILTER (WHERE good) AS part, sum(40) AS whole FROM t", True),
        (
            "SELECT sum(CASE WHEN good THEN 40 ELSE 0 END) AS part, SUM( case when true then 40 end) AS whole FROM t",
            True,
        ),
        ("SELECT max(good) AS part, max(n) AS whole, count(*) FROM t", False),
        ("SELECT done AS part, planned AS whole FROM t", False),
        ('SELECT SUM (spent) AS part, sum("plan") AS whole FROM t', False),
    ],
)
def test_a_query_that_takes_values_of_a_column_counts_no_rows(query: str, said_so: bool):
    """17 million dollars from 8 rows is a sum, and nothing to say on page one."""
    assert bool(said(2000, 50, {"sql": query}, register=False)) is said_so


def test_weights_add_up_to_more_than_rows():
    """Dollars are no rows, and nobody takes them for some."""
    assert said(2000, 50, {"share": {"where": "x", "weigh": "dollars"}}, register=False) == ""


@pytest.mark.parametrize(("whole", "refused"), [(49, False), (50, False), (51, True)])
def test_a_sample_counts_no_more_than_was_read(whole: int, refused: bool):
    """47 of 50 prove less than 1,880 of 2,000."""
    sample = FactDeclaration(name="ifs.passed_ratio", type=FactType.RATIO, meaning="m", question="q?", sample=True)
    other = sample.model_copy(update={"sample": False})

    check_sample(share(whole, 50), other)
    check_sample(share(whole, None), sample)
    if not refused:
        check_sample(share(whole, 50), sample)
        return
    with pytest.raises(
        Refused, match="It counts a sample of 51, but only 50 rows were read; count each row once"
    ) as no:
        check_sample(share(whole, 50), sample)
    assert no.value.reason is GapReason.NOT_PROVABLE
