"""Numbers of Primavera files: the base currency's row of CURRTYPE says which decimal symbol they have."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.plugin.spec import CollectorRefusal


def currency(name, symbol, group):
    return {"curr_id": name, "decimal_symbol": symbol, "digit_group_symbol": group, "curr_short_name": name}


@pytest.fixture
def with_currencies(tables):
    """The small schedule with currencies, in the order of P6: before everything else."""

    def make(*rows):
        return {"CURRTYPE": list(rows), **tables}

    return make


DOLLAR, EURO = currency("USD", ".", ","), currency("EUR", ",", ".")


class TestDecimalSymbol:
    @pytest.mark.parametrize(
        ("rows", "written"),
        [
            pytest.param((currency("USD", ",", "."),), "12,5", id="a comma by the base currency"),
            pytest.param((currency("USD", ",", "."), EURO), "12,5", id="a comma by all"),
            pytest.param((DOLLAR, EURO), "12.5", id="a point by the base currency, whatever the others have"),
            pytest.param((currency("SEK", ",", " "),), "12,5", id="a comma by the only one"),
            pytest.param(({"decimal_symbol": ","},), "12,5", id="a comma in a row without a name"),
            pytest.param((currency("GBP", ".", ","), EURO), "12.5", id="not settled: a point"),
            pytest.param((), "12.5", id="no currency: a point"),
        ],
    )
    def test_numbers_are_read_by_the_symbol_of_the_base_currency(self, ask_xer, with_currencies, rows, written):
        """P6 reads CURRTYPE first, and the numbers by it."""
        tables = with_currencies(*rows)
        tables["TASK"][3]["total_float_hr_cnt"] = written

        assert ask_xer(tables)["golive_total_float_days"].value == Decimal("1.5625")

    @pytest.mark.parametrize(
        ("rows", "written"),
        [
            pytest.param((currency("USD", ",", "."),), "12.5", id="a point where commas are declared"),
            pytest.param((currency("USD", ",", "."),), "1.250", id="a point that may divide thousands"),
            pytest.param((currency("USD", ",", "."),), "1.250,5", id="thousands divided by points"),
            pytest.param((currency("USD", ",", "."),), "12,5,5", id="two commas"),
            pytest.param((DOLLAR, EURO), "12,5", id="a comma where points are declared"),
            pytest.param((currency("GBP", ".", ","), EURO), "12,5", id="a comma where nothing is settled"),
            pytest.param((currency("USD", ";", " "),), "12,5", id="a comma where something else is declared"),
        ],
    )
    def test_a_number_that_is_written_otherwise_is_refused(self, ask_xer, with_currencies, rows, written):
        """12.5 hours and 125 hours of float are a different go-live."""
        tables = with_currencies(*rows)
        tables["TASK"][3]["total_float_hr_cnt"] = written

        with pytest.raises(CollectorRefusal, match=r"total_float_hr_cnt is .*CURRTYPE"):
            ask_xer(tables)

    @pytest.mark.parametrize(
        ("table", "column", "fact"),
        [
            ("TASK", "target_drtn_hr_cnt", "high_duration_ratio"),
            ("TASK", "remain_drtn_hr_cnt", "high_duration_ratio"),
            ("TASKPRED", "lag_hr_cnt", "lags_ratio"),
            ("CALENDAR", "day_hr_cnt", "golive_total_float_days"),
        ],
    )
    def test_every_kind_of_number_is_read_so(self, ask_xer, with_currencies, table, column, fact):
        """A comma that was overlooked in one column would refuse the file, or worse."""
        tables = with_currencies(DOLLAR)
        for row in tables[table]:
            row[column] = "7.5"
        points = ask_xer(tables)[fact]
        for row in tables[table]:
            row[column] = "7,5"
        tables["CURRTYPE"] = [currency("USD", ",", ".")]

        assert ask_xer(tables)[fact] == points

    def test_text_keeps_its_commas(self, ask_xer, with_currencies):
        """Only numbers are translated."""
        tables = with_currencies(currency("USD", ",", "."))
        tables["TASK"][3]["task_name"] = "Go-live, phase 1.0"

        assert ask_xer(tables, golive={"name": "Go-live, phase 1.0"})["golive_tasks"].value == 3
