"""Statements by named people: typed, dated, and refused where they prove nothing by themselves."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.attestation import AttestationCollector
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.plugin.spec import CollectorRefusal, SettingsRefusal
from gonogo.program.schema import schemas
from gonogo.testing.jobs import answers_of, job_of

NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
GTC = "agreement.gtc_approved_both"
FACTS = {GTC: "boolean"}
DIGEST = "ab" * 32
LINK = "https://records.example/" + "a" * 2000


def row(fact: str = GTC, value: str = "true", *, leave: tuple[str, ...] = (), **changes: str) -> str:
    """Return a row of YAML; values are written as they are given."""
    keys = {
        "fact": fact,
        "value": value,
        "person": "ada.kirsch",
        "role": "customer.contracting_officer",
        "on": "2027-04-12",
    } | changes
    lines = [f"{key}: {text}" for key, text in keys.items() if key not in leave]
    return "  - " + "\n    ".join(lines) + "\n"


def file_of(*rows: str) -> bytes:
    return ("schema: 1\nattestations:\n" + "".join(rows) if rows else "schema: 1\nattestations: []\n").encode()


def read(data: bytes, facts=None, *, now=NOW, as_of=None, **changes):
    job = job_of({"file": ("attestations.yaml", data)}, now=now, as_of=as_of)
    return answers_of(AttestationCollector(), job, {"facts": facts or FACTS} | changes)


def one(*rows: str, **changes):
    return read(file_of(*rows), **changes)[GTC]


class TestStatement:
    def test_it_says_who_in_what_seat_since_when_and_where_it_stands(self):
        """Everything a reader needs to ask that person."""
        answer = one(
            row(
                held_on="2027-04-09",
                prepared_by="tom.reyes",
                evidence="gtc/signed.pdf",
                evidence_sha256=f'"{DIGEST}"',
            )
        )

        assert (answer.fact, answer.value) == (GTC, True)
        assert answer.as_of == datetime(2027, 4, 9, 4, 0, tzinfo=UTC)
        assert answer.where == "attestations.yaml:3:5, ada.kirsch (customer.contracting_officer) on 2027-04-12"
        assert answer.attested is not None
        assert answer.attested.on == date(2027, 4, 12)
        assert answer.attested.prepared_by == "tom.reyes"
        assert answer.attested.evidence_sha256 == DIGEST

    def test_it_holds_from_the_start_of_its_local_day(self):
        """A date without a time is the earliest moment that it can mean."""
        assert one(row()).as_of == datetime(2027, 4, 12, 4, 0, tzinfo=UTC)

    def test_held_on_may_be_an_instant(self):
        """A control was checked at a certain hour."""
        assert one(row(held_on="2027-04-09T17:00-04:00")).as_of == datetime(2027, 4, 9, 21, 0, tzinfo=UTC)

    def test_an_older_date_of_the_file_counts(self):
        """Nothing in a file of Friday was said on Monday."""
        friday = datetime(2027, 4, 9, 12, 0, tzinfo=UTC)

        assert one(row(), as_of=friday).as_of == friday
        assert one(row(), as_of=NOW).as_of == datetime(2027, 4, 12, 4, 0, tzinfo=UTC)

    def test_false_is_a_value(self):
        """A person who says no has answered."""
        assert one(row(value="false")).value is False


class TestValues:
    @pytest.mark.parametrize(
        ("kind", "written", "value"),
        [
            ("boolean", "true", True),
            ("integer people", "12", 12),
            ("integer people", "-3", -3),
            ("ratio", "93.2%", Decimal("0.932")),
            ("ratio", "0.932", Decimal("0.932")),
            ("ratio", "103 %", Decimal("1.03")),
            ("ratio", "1", Decimal(1)),
            ("ratio", "1.08", Decimal("1.08")),
            ("ratio", "108%", Decimal("1.08")),
            ("ratio", "-0.05", Decimal("-0.05")),
            ("ratio", "-5%", Decimal("-0.05")),
            ("ratio", "-0%", Decimal(0)),
            ("ratio", "93.2", Decimal("93.2")),  # which the vocabulary refuses, unless it says otherwise
            ("decimal working days", "1.50", Decimal("1.5")),
            ("money USD", "1250.00", Decimal("1250")),
            ("text", "signed", "signed"),
            ("text", '"12"', "12"),
            ("instant", "2027-04-12T17:00-04:00", datetime(2027, 4, 12, 21, 0, tzinfo=UTC)),
            ("instant", "2027-04-12", datetime(2027, 4, 12, 4, 0, tzinfo=UTC)),
        ],
    )
    def test_natural_forms_are_read_by_the_declared_type(self, kind, written, value):
        """People write as people write; the type says what it means."""
        assert read(file_of(row("x.y", written)), {"x.y": kind})["x.y"].value == value

    @pytest.mark.parametrize(
        ("kind", "written"),
        [
            ("boolean", "yes"),
            ("boolean", '"true"'),
            ("boolean", "1"),
            ("integer people", '"95"'),
            ("integer people", "95.0"),
            ("integer people", "1_000"),
            ("integer people", "N/A"),
            ("integer people", "99999999999999999999"),
            ("integer people", "\u0663"),
            ("ratio", '"0.932"'),
            ("ratio", "--5%"),
            ("ratio", "1e2%"),
            ("ratio", "93,2%"),
            ("decimal days", "1e3"),
            ("decimal days", ".inf"),
            ("decimal days", ".nan"),
            ("money USD", "1,250.00"),
            ("money USD", "$1250"),
            ("text", "12"),
            ("text", "true"),
            ("text", '" "'),
            ("instant", "12.04.2027"),
            ("instant", "2027-02-30"),
            ("boolean", ""),
            ("boolean", "[true]"),
        ],
    )
    def test_another_type_is_never_converted(self, kind, written):
        """Text that looks like a number is text, and a guess could turn 0.95 into 95."""
        answer = read(file_of(row("x.y", written)), {"x.y": kind})["x.y"]

        assert answer.gap is GapReason.WRONG_TYPE
        assert "attestations.yaml:4:" in answer.detail

    @given(st.text(max_size=12))
    @settings(max_examples=examples(200), deadline=None)
    def test_quoted_text_is_never_a_number_or_a_truth(self, text):
        """Quotes say that it is text."""
        data = file_of(row("x.y", json.dumps(text)))
        try:
            answers = read(data, {"x.y": "integer people"})
        except CollectorRefusal:
            return

        assert answers["x.y"].gap is GapReason.WRONG_TYPE


class TestProvesNothing:
    def test_a_qualified_attestation(self):
        """'Yes, except for' is not yes."""
        answer = one(row(qualified="except for the two units in Guam"))

        assert answer.gap is GapReason.NOT_PROVABLE
        assert "the attestation is qualified: except for the two units in Guam" in answer.detail

    @pytest.mark.parametrize("preparer", ["ada.kirsch", "Ada.Kirsch"])
    def test_an_attester_who_prepared_the_evidence(self, preparer):
        """Nobody checks their own work."""
        answer = one(row(prepared_by=preparer))

        assert answer.gap is GapReason.NOT_PROVABLE
        assert "the attester prepared the evidence" in answer.detail

    def test_a_clean_statement_beside_a_qualified_one(self):
        """The doubt of one is not outvoted by the other."""
        answer = one(row(), row(person="tom.reyes", qualified="as far as I know"))

        assert answer.gap is GapReason.NOT_PROVABLE

    def test_people_who_disagree(self):
        """Which one is right is for them to settle."""
        answer = one(row(), row(value="false", person="tom.reyes", role="provider.program_manager"))

        assert answer.gap is GapReason.CONFLICT
        assert "ada.kirsch" in answer.detail
        assert "tom.reyes" in answer.detail

    def test_a_statement_from_the_future(self):
        """A signature dated ahead says nothing today, whatever day it claims to be about."""
        assert one(row(on="2027-04-20", held_on="2027-04-12")).gap is GapReason.FUTURE

    def test_a_statement_about_days_to_come(self):
        """Nobody can state on the 12th what held on the 15th."""
        assert one(row(held_on="2027-04-15")).gap is GapReason.MALFORMED

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"on": "12.04.2027"}, "`on`"),
            ({"on": "2027-04-12T09:00"}, "`on`"),
            ({"on": "2027-02-30"}, "`on`"),
            ({"held_on": "last week"}, "`held_on`"),
            ({"person": "Ada Kirsch"}, "`person`"),
            ({"role": "contracting_officer"}, "`role`"),
            ({"role": "vendor.contracting_officer"}, "`role`"),
            ({"prepared_by": "the team"}, "`prepared_by`"),
            ({"evidence_sha256": '"abc"'}, "`evidence_sha256`"),
            ({"evidence_sha256": f'"{DIGEST.upper()}"'}, "`evidence_sha256`"),
        ],
    )
    def test_a_row_whose_details_do_not_hold(self, changes, said):
        """A digest that is not one, a person who does not exist."""
        answer = one(row(**changes))

        assert answer.gap is GapReason.MALFORMED
        assert said in answer.detail

    def test_a_defect_of_one_fact_leaves_the_others(self):
        """One bad date does not silence everybody."""
        answers = read(file_of(row(), row("x.y", "3", on="soon")), FACTS | {"x.y": "integer units"})

        assert answers[GTC].value is True
        assert answers["x.y"].gap is GapReason.MALFORMED


class TestSeveral:
    def test_equal_statements_are_one_answer_as_old_as_the_oldest(self):
        """Both sides sign; the older signature ages first."""
        answer = one(row(), row(person="tom.reyes", role="provider.program_manager", on="2027-04-08"))

        assert answer.as_of == datetime(2027, 4, 8, 4, 0, tzinfo=UTC)
        assert answer.attested is not None
        assert answer.attested.person == "tom.reyes"
        assert "also ada.kirsch (customer.contracting_officer) on 2027-04-12" in answer.where

    def test_equality_is_of_values_not_of_spelling(self):
        """93.2% is 0.932."""
        answer = read(file_of(row("x.y", "93.2%"), row("x.y", "0.9320")), {"x.y": "ratio"})["x.y"]

        assert answer.value == Decimal("0.932")


class TestFile:
    def test_a_fact_without_a_row_names_who_may_be_asked(self):
        """The gap is a request to a person."""
        answer = one(ask=["customer.contracting_officer", "provider.program_manager"])

        assert answer.gap is GapReason.MISSING
        assert answer.detail.endswith("; ask the customer's contracting officer or the provider's program manager")
        many = one(
            ask=["customer.contracting_officer", "customer.risk_manager", "provider.risk_manager", "customer.pmo_team"]
        )
        assert many.detail.endswith("; ask the customer's contracting officer or one of 3 more seats")

    def test_a_row_for_a_fact_that_nobody_declared_refuses_the_file(self):
        """A mistyped fact is not silently somebody else's."""
        with pytest.raises(CollectorRefusal, match=r"nearest: 'agreement\.gtc_approved_both'") as refusal:
            read(file_of(row(), row("agreement.gtc_aproved_both")))

        assert refusal.value.reason is GapReason.UNDECLARED

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "empty"),
            (b"\xff\xfe", "UTF-16"),
            (b"schema: 1\n", "keys `schema` and `attestations`"),
            (b"schema: 2\nattestations: []\n", "only `schema: 1`"),
            (b'schema: "1"\nattestations: []\n', "only `schema: 1`"),
            (b"schema: 1\nattestations: {}\n", "is a list"),
            (b"schema: 1\nattestations: []\nvotes: []\n", "no others"),
            (b"- fact: x\n", "keys `schema` and `attestations`"),
            (b"schema: 1\nattestations: [yes]\n", "is a mapping"),
            (b"schema: 1\nschema: 1\nattestations: []\n", "twice"),
            (b"schema: 1\nattestations: &a [*a]\n", "attestations.yaml:2"),
            (b"schema: 1\nattestations: [\n", "attestations.yaml"),
            (b"schema: 1\nattestations: []", "cut off"),
        ],
    )
    def test_what_is_no_such_file_is_refused(self, data, said):
        """Foreign, torn and hostile files are told apart from empty ones."""
        with pytest.raises(CollectorRefusal, match=said):
            read(data)

    @pytest.mark.parametrize("key", ["fact", "value", "person", "role", "on"])
    def test_a_row_without_a_needed_key_refuses_the_file(self, key):
        """A statement by nobody does not count."""
        with pytest.raises(CollectorRefusal, match=f"attestations.yaml:3:5: `{key}` is missing"):
            read(file_of(row(leave=(key,))))

    def test_an_unknown_key_refuses_the_file(self):
        """'qualifed:' would otherwise turn a caveat into a plain yes."""
        with pytest.raises(CollectorRefusal, match="`qualifed` is not a key"):
            read(file_of(row(qualifed="except Guam")))

    @pytest.mark.parametrize(
        ("key", "text"), [("person", "4711"), ("qualified", "false"), ("evidence", '""'), ("on", "[a]")]
    )
    def test_text_is_text(self, key, text):
        """Ids are strings, and a blank or a truth value is no caveat."""
        with pytest.raises(CollectorRefusal, match=f"`{key}`"):
            read(file_of(row(**{key: text})))

    def test_the_reader_knows_the_keys_of_the_schema_for_editors_and_no_others(self):
        """An editor that accepts a key which the collector refuses sends a person back and forth."""
        with pytest.raises(CollectorRefusal) as refusal:
            read(file_of(row(votes="yes")))

        keys = list(schemas()["attestations"]["$defs"]["AttestationDocument"]["properties"])
        assert str(refusal.value).endswith(f"the keys are {', '.join(keys)}")

    @pytest.mark.parametrize(
        ("text", "counts"), [(LINK[:1999], True), (LINK[:2000], True), (LINK[:2001], False), ('" https://a.b "', True)]
    )
    def test_a_text_is_as_long_as_the_schema_says(self, text, counts):
        """What an editor marks as too long is not read either; blanks around a text mean nothing."""
        answer = one(row(evidence=text))

        assert (answer.gap is None) is counts
        assert counts or "of at most 2000 characters" in answer.detail
        assert not counts or answer.attested.evidence == text.strip(' "')

    @pytest.mark.parametrize(
        ("text", "told"), [("Owner to provide", ""), ("Jira HL-12", "Jira HL-12"), ("Plan of 12 May", "Plan of 12 May")]
    )
    def test_evidence_that_is_still_owed_is_none(self, text, told):
        """A place where it is found is evidence, a word that it will come is not."""
        assert one(row(evidence=text)).attested.evidence == told

    @pytest.mark.parametrize("text", ["2027-04-09T17:00-0400", "2027-04-09 17:00:00.123456789-04:00", "2027-04-09"])
    def test_a_time_that_an_export_writes_is_a_time_for_editors_too(self, text):
        """The schema's pattern is the one that the reader uses."""
        held_on = schemas()["attestations"]["$defs"]["AttestationDocument"]["properties"]["held_on"]

        assert re.search(held_on["anyOf"][0]["pattern"], text)
        assert one(row(held_on=text)).gap is None

    def test_a_text_of_signs_that_nobody_sees_is_blank(self):
        """A caveat of blanks of width zero would be a plain yes."""
        with pytest.raises(CollectorRefusal, match="`qualified` is blank"):
            read(file_of(row(qualified='"\\u200b"')))

    def test_several_mistakes_are_told_together(self):
        """One round trip instead of five."""
        with pytest.raises(CollectorRefusal) as refusal:
            read(file_of(row(leave=("on",)), row(leave=("role",))))

        assert "`on` is missing" in str(refusal.value)
        assert "`role` is missing" in str(refusal.value)

    def test_a_file_that_is_cut_off_inside_a_line_is_refused(self):
        """`value: 12` may have been `value: 120`; a cut before the last needed key leaves no statement either."""
        whole = file_of(row(leave=("value",), **{"value ": "120"}))
        for length in range(len(whole)):
            with pytest.raises(CollectorRefusal):
                read(whole[:length], {GTC: "integer people"})

        assert read(whole, {GTC: "integer people"})[GTC].value == 120


class TestSettings:
    def test_types_and_units_are_declared_in_one_word_or_two(self):
        """What a PMO writes into the program file."""
        collector = AttestationCollector()
        chosen = collector.settings.model_validate_json(
            json.dumps(
                {"facts": {"a.b": "boolean", "labor.units_affected": "integer  bargaining units", "c.d": "money USD"}}
            )
        )

        declared = {fact.name: (fact.type, fact.unit) for fact in collector.declare(chosen)}

        assert declared == {
            "a.b": (FactType.BOOLEAN, ""),
            "labor.units_affected": (FactType.INTEGER, "bargaining units"),
            "c.d": (FactType.MONEY, "USD"),
        }

    @pytest.mark.parametrize("text", ["bool", "integer", "money", "boolean flag", "ratio percent", "percent"])
    def test_a_wrong_type_or_unit_is_told_at_its_place(self, text):
        """The host points at the line of the program file."""
        collector = AttestationCollector()

        with pytest.raises(SettingsRefusal) as refusal:
            collector.declare(collector.settings(facts={"a.b": text}))

        assert refusal.value.errors[0][0] == ("facts", "a.b")

    @pytest.mark.parametrize("facts", [{}, {"local": "boolean"}, {"A.b": "boolean"}])
    def test_facts_have_full_names(self, facts):
        """There is no prefix to complete them."""
        with pytest.raises(ValueError, match="facts"):
            AttestationCollector.settings(facts=facts)
