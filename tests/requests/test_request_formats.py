"""Requests in each format: the same words, the right dates, and nothing that a reader's program would obey."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from icalendar import Calendar

from gonogo.model.evidence import Gap, GapReason
from gonogo.requests.items import source_words
from gonogo.requests.request_formats import FORMATS


def text_of(requests) -> str:
    return FORMATS["text"](requests).decode()


def sheet_of(requests):
    return openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"](requests)))["Requests"]


def rows_of(requests) -> list[dict[str, object]]:
    """The rows under the header; of two columns of one name the second has a ``2``."""
    rows = [[cell.value for cell in row] for row in sheet_of(requests).iter_rows(min_row=4)]
    names: list[str] = []
    for name in rows[0]:
        names.append(f"{name} 2" if name in names else str(name))
    return [dict(zip(names, row, strict=True)) for row in rows[1:] if row[1] is not None or row[2] is not None]


def events_of(requests) -> list:
    return Calendar.from_ical(FORMATS["ics"](requests)).walk("VEVENT")


class TestText:
    def test_each_message_can_be_sent_as_it_is(self, owed):
        """To whom, what about, and what to do, without anything of the others'."""
        head, *messages = text_of(owed).split("-" * 72 + "\n")

        assert "For the T-14 decision of 2027-04-19, taken by Mon 2027-04-19 23:59 EDT" in head
        assert [message.splitlines()[1] for message in messages] == [
            "To: Tom Reyes (the customer's functional lead)",
            "To: the customer's risk manager (nobody holds this seat in the people register)",
            "To: Ada Kirsch (who makes the evidence)",
        ]
        assert "Subject: Harborline, release R1: 1 fact and 1 action plan owed for the T-14 decision" in messages[0]
        assert "Ada" not in messages[0]

    def test_a_state_is_said_once(self, owed):
        """The detail of a conflict begins with the same words."""
        first = owed.addressees[0]
        gap = Gap(fact=first.facts[0].fact, reason=GapReason.CONFLICT, detail="Sources disagree: a says 1; b says 2.")
        changed = replace(owed, addressees=(replace(first, facts=(replace(first.facts[0], gap=gap),)),))

        assert text_of(changed).count("Sources disagree") == 1

    def test_a_maker_that_nobody_has_filled_in_is_left_out(self, owed):
        """`gonogo init` leaves FILL IN there, and a message goes to people."""
        binding = owed.addressees[0].facts[0].binding
        assert binding is not None

        assert source_words(binding).endswith(", made by Training office")
        assert "made by" not in source_words(binding.model_copy(update={"producer": "FILL IN: who makes this file"}))

    def test_a_message_says_what_why_and_from_which_date(self, owed):
        """The three things that a person needs."""
        message = " ".join(text_of(owed).split("-" * 72)[1].split())

        assert "1. Renew training (evidence/training_*.csv), made by Training office" in message
        assert "What share completed?" in message
        assert "Too old: It held on 1 March." in message
        assert "mandatory: Title of workforce.training.completion (workforce.training.completion)" in message
        assert "on or after 2027-04-13, to be fresh at the decision;" in message
        assert (
            "on or after 2027-04-27; with a time of day, from Mon 2027-04-26 06:00:01 EDT on, to be fresh at go-live"
            in message
        )
        assert "so after the decision" in message
        assert "2. Complete the action plan for Title of workforce.survey" in message
        assert "May state it: the customer's functional lead" in message

    def test_the_facts_of_a_source_stand_under_the_criterion_that_waits_for_them(self, mixed):
        """Why, what and from which date belong together; the strictest date is not asked of everything."""
        message = text_of(mixed).split("-" * 72)[1]
        told = [line.split(":", 1) for line in message.splitlines() if line.startswith("   ") and ":" in line]
        order = [(key.strip(), text.split()[0]) for key, text in told if key.strip() in ("Why", "Fact")]

        assert order[:5] == [
            ("Why", "mandatory:"),
            ("Fact", "training.one:"),
            ("Fact", "training.three:"),
            ("Why", "mandatory:"),
            ("Fact", "training.two:"),
        ]
        dates = [text.split()[3].rstrip(",") for key, text in told if key.strip() == "Date it"]
        assert dates[:2] == ["2027-04-13", "2027-03-23"]

    def test_unasked_facts_of_one_criterion_are_one_thing_to_do(self, mixed):
        """In the first week nothing is bound: one sentence for a criterion, not one for each fact."""
        message = text_of(mixed)

        assert "2. Name a source for desk.one and desk.two" in message
        assert "3. " not in message

    def test_what_is_unasked_is_asked_otherwise_than_what_is_missing(self, owed):
        """First somebody must be named at all."""
        message = text_of(owed).split("-" * 72)[2]

        assert "Name a source for risk.open" in message
        assert "Unasked (no source is named)" in message

    def test_an_age_of_hours_asks_for_the_time_too(self, owed):
        """The start of no day lies within twelve hours of the end of this one."""
        assert "with its time, on or after Mon 2027-04-19 12:00 EDT, to be fresh at the decision" in text_of(owed)

    def test_what_is_fresh_at_the_decision_is_asked_for_go_live_alone(self, owed):
        """Nobody renews for nothing."""
        message = " ".join(text_of(owed).split("-" * 72)[3].split())

        assert "Will be too old at go-live: It is usable until Wed 2027-04-21 23:59 EDT." in message
        assert "fresh at the decision as it is;" in message

    def test_facts_of_one_message_get_the_date_that_serves_them_all(self, owed):
        """One roster answers for both, and another criterion wants one of them younger: the earlier date would fail."""
        tom = owed.addressees[0]
        young = replace(
            tom.facts[0],
            fact="training.passed_ratio",
            decision_from=tom.facts[0].decision_from + timedelta(days=3),
            go_live_from=tom.facts[0].go_live_from + timedelta(days=3),
        )
        for facts in ((tom.facts[0], young), (young, tom.facts[0])):
            told = text_of(replace(owed, addressees=(replace(tom, facts=facts),)))

            assert told.count("Date it:") == 1
            assert "on or after 2027-04-16, to be fresh at the decision;" in told
            assert "on or after 2027-04-30; with a time of day, from Thu 2027-04-29 06:00:01 EDT on, to be" in told

    def test_the_marking_heads_and_foots_every_message(self, owed):
        """A message is forwarded alone."""
        for part in text_of(owed).split("-" * 72 + "\n"):
            lines = part.strip().splitlines()
            assert (lines[0], lines[-1]) == ("CUI//SP-PRVCY", "CUI//SP-PRVCY")

    def test_words_of_others_are_shown_and_never_obeyed(self, owed):
        """Mail goes through terminals and runners too."""
        assert "\u202e" not in text_of(owed)
        assert "##vso" not in text_of(owed)

    def test_nothing_owed_is_said(self, nothing):
        """An empty page would look like a failure."""
        assert "Nothing is owed." in text_of(nothing)


class TestWorkbook:
    def test_a_row_for_each_thing_with_real_dates(self, owed):
        """Dates that a person can sort and filter by, not text."""
        rows = rows_of(owed)

        assert [(row["Ask"], row["Fact"], row["Owed for"]) for row in rows] == [
            ("Tom Reyes", "training.completed_ratio", "decision"),
            ("Tom Reyes", "action plan", "decision"),
            ("nobody holds this seat", "risk.open", "decision"),
            ("Ada Kirsch", "ims.float", "go-live"),
        ]
        assert rows[0]["Dated on or after, for the decision"] == datetime(2027, 4, 13)  # noqa: DTZ001
        assert rows[0]["exactly (local time) 2"] == datetime(2027, 4, 26, 6, 0, 1)  # noqa: DTZ001
        assert rows[2]["Dated on or after, for the decision"] is None

    def test_no_text_becomes_a_formula_or_link(self, owed):
        """A cell of a project's log must not run in the reader's Excel."""
        cells = [cell for row in sheet_of(owed).iter_rows() for cell in row]

        assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert not any(cell.hyperlink for cell in cells)

    def test_the_marking_is_on_the_sheet_and_on_every_printed_page(self, owed):
        """First and last row, header and footer."""
        sheet = sheet_of(owed)
        column = [row[0].value for row in sheet.iter_rows()]

        assert (column[0], column[-1]) == ("CUI//SP-PRVCY", "CUI//SP-PRVCY")
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == "CUI//SP-PRVCY"

    def test_equal_input_gives_equal_bytes(self, owed, nothing):
        """What did not change need not be sent again."""
        assert FORMATS["xlsx"](owed) == FORMATS["xlsx"](owed)
        assert rows_of(nothing) == []


class TestCalendar:
    def test_an_event_spans_the_days_in_which_evidence_may_be_dated(self, owed):
        """From the first day that serves to the day of the decision, and to that of go-live."""
        found = [(str(e["summary"]), e.decoded("dtstart"), e.decoded("dtend")) for e in events_of(owed)]

        assert [(start, end) for _, start, end in found] == [
            (date(2027, 4, 13), date(2027, 4, 20)),
            (date(2027, 4, 27), date(2027, 5, 4)),
            (date(2027, 4, 19), date(2027, 4, 20)),
            (date(2027, 4, 19), date(2027, 4, 20)),
            (date(2027, 5, 3), date(2027, 5, 4)),
            (date(2027, 4, 27), date(2027, 5, 4)),
        ]
        assert found[0][0].startswith("CUI//SP-PRVCY Tom Reyes: 1 thing owed for the T-14 decision of 2027-04-19")

    def test_what_only_go_live_needs_is_in_it_though_it_may_be_dated_before_the_decision(self, owed):
        """A list that holds for a month; the present one will not reach go-live."""
        ada = owed.addressees[2]
        long = replace(ada.facts[0], go_live_from=owed.decision - timedelta(days=9))

        [entry] = events_of(replace(owed, addressees=(replace(ada, facts=(long,)),)))

        assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(2027, 4, 12), date(2027, 5, 4))
        assert "go-live on 2027-05-03" in str(entry["summary"])

    def test_a_day_that_begins_after_the_decision_is_never_asked_for(self, owed):
        """Twelve hours before a decision at noon no local day begins: the time is said, and the day is that one."""
        noon = owed.decision.replace(hour=16, minute=0, second=0)
        tom = owed.addressees[0]
        fact = replace(tom.facts[0], decision_from=noon - timedelta(hours=11, minutes=59, seconds=59))
        asked = replace(owed, decision=noon, addressees=(replace(tom, facts=(fact,), papers=()),))

        first = next(entry for entry in events_of(asked) if "decision" in str(entry["summary"]))

        assert "with its time, on or after Tue 2027-04-20 00:00:01 EDT, to be fresh at the decision" in text_of(asked)
        assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2027, 4, 20), date(2027, 4, 21))

    def test_it_is_what_rfc_5545_asks_for(self, owed):
        """Lines of at most 75 octets that end with CRLF, a version, a stamp and an id of its own for each event."""
        data = FORMATS["ics"](owed)
        events = events_of(owed)

        assert data.startswith(b"BEGIN:VCALENDAR\r\n")
        assert b"\r\nVERSION:2.0\r\n" in data
        assert max(len(line) for line in data.split(b"\r\n")) <= 75
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert len({str(event["uid"]) for event in events}) == len(events)
        assert {event.decoded("dtstamp") for event in events} == {owed.now}
        assert {str(event["transp"]) for event in events} == {"TRANSPARENT"}

    def test_the_day_before_the_last_reminds(self, owed):
        """At nine in the morning."""
        (alarm,) = events_of(owed)[0].walk("VALARM")

        assert alarm.decoded("trigger") == timedelta(hours=-39)
        assert alarm["trigger"].params["RELATED"] == "END"

    def test_an_entry_of_a_later_day_replaces_the_one_before(self, owed):
        """Asking every morning must not fill the calendar."""
        from dataclasses import replace

        later = replace(owed, now=owed.now + timedelta(days=3))

        assert [str(e["uid"]) for e in events_of(later)] == [str(e["uid"]) for e in events_of(owed)]
        assert events_of(later)[0].decoded("dtstart") == date(2027, 4, 15)

    def test_commas_semicolons_and_line_breaks_survive(self, owed):
        """The parser gives back what was put in."""
        text = str(events_of(owed)[0]["description"])

        assert text.splitlines()[0] == "CUI//SP-PRVCY"
        assert "Renew training (evidence/training_*.csv), made by Training office: training.completed_ratio" in text

    def test_nothing_owed_is_an_empty_calendar(self, nothing):
        """A calendar that follows the file is emptied."""
        assert events_of(nothing) == []


@pytest.mark.parametrize(("name", "module"), [("xlsx", "xlsxwriter"), ("ics", "icalendar")])
def test_a_format_without_its_library_says_what_to_install(owed, monkeypatch, name, module):
    """The libraries are an extra; the text needs none."""
    from gonogo.errors import UsageError

    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(UsageError) as caught:
        FORMATS[name](owed)
    assert "gonogo[office]" in caught.value.hint


def test_text_needs_none_of_the_libraries():
    """The formats are imported without them."""
    script = (
        "import json, sys, gonogo.requests.messages, gonogo.requests.request_formats\n"
        "print(json.dumps(sorted({'xlsxwriter', 'icalendar', 'rich', 'jinja2', 'fcntl'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == []
