"""A mistake in a measure shows the text that it is about, whole."""

from __future__ import annotations

import json

import pytest

from gonogo.collectors.table.fact_type import scope_for_checks
from gonogo.collectors.table.promised_facts import _sentence
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.where import operand_sql
from gonogo.language.tokens import ExpressionError


@pytest.mark.parametrize(
    ("text", "marked"),
    [("on_board / needed", ""), ("2 * (on_board / needed)", "`on_board / needed`"), ("nowhere + needed", "`nowhere`")],
)
def test_no_letter_of_it_is_lost(text: str, marked: str) -> None:
    """`n_board / needed` names a column that is not there."""
    column = {"type": "integer"}
    scope = scope_for_checks(Table.model_validate_json(json.dumps({"columns": {"on_board": column, "needed": column}})))
    with pytest.raises(ExpressionError) as caught:
        operand_sql(text, scope)

    told = _sentence(caught.value, text, lead=1)

    assert marked in told
    assert "`n_board" not in told
