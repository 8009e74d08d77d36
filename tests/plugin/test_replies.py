"""What is believed of a child's bytes: exactly what was asked for, and of everything else only that it is a gap."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gonogo.isolate import ChildOutcome, StandingWalls
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.inputs.search import InputFault, listed, short
from gonogo.plugin.privacy.personal import Personal
from gonogo.plugin.privacy.pseudonyms import Pseudonyms
from gonogo.plugin.privacy.redact import Redaction
from gonogo.plugin.protocol import (
    ProtocolFault,
    WireDeclaration,
    WireFact,
    WireResult,
    read_document,
    settings_text,
)
from gonogo.plugin.replies import AcceptedReply, AskedBinding, UnusableDeclaration, accept_reply, full_names
from gonogo.testing.programs import binding_of

NONCE = "n-1"
AS_OF = "2027-04-19T16:00:00.000000Z"
SECRET = "hunter2-and-more"
ENTRY = PluginEntry("tracker", "tracker", "tracker-dist", "1.2", builtin=False)
OPEN = {"name": "open", "type": "integer"}
STATE = {"name": "state", "type": "text"}


def asked(*, collector: str = "", redaction: Redaction | None = None, fault: InputFault | None = None) -> AskedBinding:
    return AskedBinding(
        binding=binding_of("tracker", collector=collector),
        entry=ENTRY,
        nonce=NONCE,
        inputs=(),
        fault=fault,
        redaction=redaction or Redaction((SECRET,)),
    )


def declared(*facts: dict[str, Any], **more: Any) -> bytes:
    document = {"protocol": 1, "nonce": NONCE, "collector": "main", "facts": list(facts or (OPEN,))}
    return json.dumps(document | more).encode()


def result(*items: dict[str, Any], expected: int = 1, **more: Any) -> bytes:
    counted = {"protocol": 1, "nonce": NONCE, "complete": True, "expected": expected, "obtained": len(items)}
    return json.dumps(counted | {"items": list(items)} | more).encode()


def item(value: Any = 3, **more: Any) -> dict[str, Any]:
    return {"fact": "open", "value": value, "as_of": AS_OF, "where": "row 3"} | more


def came(payload: bytes = b"", *, early: bytes | None = None, **more: Any) -> ChildOutcome:
    made: dict[str, Any] = {"id": "1", "ok": True, "payload": payload, "reason": "", "detail": "", "seconds": 0.1}
    return ChildOutcome(**(made | {"early": declared() if early is None else early} | more))


def personal(tmp_path: Path, **more: Any) -> Redaction:
    key = tmp_path / "key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    folder = tmp_path / "program"
    folder.mkdir()
    made = Personal(Pseudonyms(folder, {"GONOGO_PII_KEY": str(key)}), **more)
    return Redaction((SECRET,), personal=made)


def gap_of(believed: AcceptedReply) -> tuple[GapReason | None, str]:
    [answer] = believed.reply.items
    return answer.gap, answer.detail


class TestAnswers:
    def test_are_believed_under_the_prefix_of_their_binding(self):
        """No collector chooses whose fact it answers for."""
        found = accept_reply(asked(), came(result(item())))

        [answer] = found.reply.items
        assert (answer.fact, answer.value, answer.where) == ("sample.open", 3, "row 3")
        assert answer.as_of == datetime.fromisoformat(AS_OF)
        assert answer.detail == ""
        assert found.reply.failure is None
        assert found.reply.declared == ("sample.open",)
        assert (found.reply.collector, found.reply.distribution) == ("tracker:main", "tracker-dist 1.2")
        assert (found.mistakes, found.refused) == ((), "")

    def test_say_how_the_child_was_kept_apart(self):
        """A level that nobody enforced is not told as one that stood."""
        standing = StandingWalls(enforced=("files",), missing=("network",))

        reply = accept_reply(asked(), came(result(item()), standing=standing)).reply

        assert (reply.level, reply.enforced, reply.unenforced) == ("L1", ("files",), ("network",))

    def test_are_believed_under_their_own_names_where_the_binding_has_no_prefix(self):
        """A collector whose facts have whole names already."""
        whole = AskedBinding(
            binding=binding_of("tracker", prefix=None), entry=ENTRY, nonce=NONCE, inputs=(), fault=None,
            redaction=Redaction(),
        )  # fmt: skip
        early = declared({"name": "defects.open", "type": "integer"})

        [answer] = accept_reply(whole, came(result({**item(), "fact": "defects.open"}), early=early)).reply.items

        assert (answer.fact, answer.value) == ("defects.open", 3)

    @pytest.mark.parametrize("counts", [{"expected": 2}, {"expected": 0}, {"obtained": 0}, {"obtained": 2}])
    def test_with_other_counts_than_their_own_are_none(self, counts: dict[str, int]):
        """What was cut between two items would look like a shorter answer."""
        failure = accept_reply(asked(), came(result(item(), **counts))).reply.failure

        assert failure is not None
        assert failure.reason is GapReason.COLLECTOR_FAILED
        assert "counts" in failure.detail

    def test_without_a_declaration_are_none(self):
        """Nobody would know which facts it owed."""
        failure = accept_reply(asked(), came(result(expected=0), early=b"")).reply.failure

        assert failure is not None
        assert "without declaring" in failure.detail

    def test_for_a_fact_that_was_not_declared_take_the_others_with_them(self):
        """A collector that answers for what is not its own is not believed in what is."""
        found = accept_reply(asked(), came(result(item(), {**item(), "fact": "closed"})))

        assert found.reply.items == ()
        assert found.reply.failure is not None
        assert found.reply.failure.reason is GapReason.UNDECLARED
        assert "sample.closed" in found.reply.failure.detail

    def test_given_twice_are_a_gap(self):
        """Either of them could be the true one."""
        assert gap_of(accept_reply(asked(), came(result(item(3), item(4))))) == (
            GapReason.MALFORMED,
            "The collector answered 2 times for sample.open.",
        )

    def test_not_given_are_a_gap(self):
        """Silence is no answer."""
        assert gap_of(accept_reply(asked(), came(result()))) == (
            GapReason.COLLECTOR_FAILED,
            "The collector did not answer for sample.open.",
        )

    def test_not_given_since_it_stopped_are_a_gap_with_its_reason(self):
        """The reason is what the person who owes the file can act on."""
        stopped = {"reason": "missing", "detail": f"No column {SECRET}."}

        reason, detail = gap_of(accept_reply(asked(), came(result(stopped=stopped))))

        assert reason is GapReason.MISSING
        assert "No column" in detail
        assert SECRET not in detail

    def test_that_are_not_of_the_protocol_are_a_gap(self):
        """One bad answer costs one fact."""
        reason, detail = gap_of(accept_reply(asked(), came(result({"fact": "open"}))))

        assert reason is GapReason.MALFORMED
        assert "not of the protocol" in detail

    def test_with_a_secret_in_them_are_a_gap(self):
        """A secret that is recorded is no secret."""
        found = accept_reply(asked(), came(result(item(SECRET), expected=1), early=declared({**OPEN, "type": "text"})))

        assert gap_of(found)[0] is GapReason.MALFORMED
        assert SECRET not in found.reply.model_dump_json()

    def test_a_gap_keeps_its_words_and_a_value_has_none(self):
        """A value that explains itself would be shown as one that is doubted."""
        told = accept_reply(asked(), came(result({"fact": "open", "gap": "missing", "detail": "No file."})))
        valued = accept_reply(asked(), came(result(item(detail="Trust me."))))

        assert gap_of(told) == (GapReason.MISSING, "No file.")
        assert gap_of(valued) == (None, "")

    def test_of_a_file_that_could_not_be_opened_are_gaps_that_say_why(self):
        """The child was asked for its declaration alone; nothing else that it says counts."""
        fault = InputFault("No file matches x.csv.", GapReason.MISSING)

        assert gap_of(accept_reply(asked(fault=fault), came(result(item())))) == (
            GapReason.MISSING,
            "No file matches x.csv.",
        )


class TestFailures:
    @pytest.mark.parametrize(
        ("reason", "says"),
        [
            ("signal", "The collector crashed: why."),
            ("exit", "The collector did not end cleanly: why."),
            ("flood", "The collector flooded its output: why."),
            ("incomplete", "The collector gave no complete answer: why."),
            ("exception", "The collector failed: why."),
            ("spawn", "The collector could not be started: why."),
        ],
    )
    def test_say_what_happened(self, reason: str, says: str):
        """Each ending has another next step."""
        found = accept_reply(asked(), came(ok=False, reason=reason, detail="why")).reply

        assert found.failure is not None
        assert (found.failure.reason, found.failure.detail) == (GapReason.COLLECTOR_FAILED, says)
        assert found.declared == ("sample.open",)

    def test_a_deadline_has_its_own_reason(self):
        """It is the one ending that more time mends."""
        failure = accept_reply(asked(), came(ok=False, reason="deadline", detail="60 s")).reply.failure

        assert failure is not None
        assert (failure.reason, failure.detail) == (
            GapReason.DEADLINE,
            "The collector gave no answer in time: 60 s.",
        )

    def test_an_answer_that_came_before_the_failure_does_not_count(self):
        """Whatever it was still going to say might have taken it back."""
        found = accept_reply(asked(), came(result(item()), ok=False, reason="exit", detail="status 1"))

        assert found.reply.items == ()
        assert found.reply.failure is not None

    def test_words_of_an_exception_are_kept_only_where_nothing_is_personal(self, tmp_path: Path):
        """An exception quotes the cell that it could not read."""
        plain = accept_reply(asked(), came(ok=False, reason="exception", detail="Jane Doe")).reply
        hidden = accept_reply(
            asked(redaction=personal(tmp_path)), came(ok=False, reason="exception", detail="Jane Doe")
        ).reply
        crashed = accept_reply(asked(), came(ok=False, reason="signal", detail="SIGSEGV")).reply

        assert "Jane Doe" in str(plain.failure)
        assert "Jane Doe" not in str(hidden.failure)
        assert "SIGSEGV" in str(crashed.failure)

    def test_a_crash_of_a_personal_source_still_says_which_signal(self, tmp_path: Path):
        """A signal's name comes from the host, not from a cell."""
        failure = accept_reply(
            asked(redaction=personal(tmp_path)), came(ok=False, reason="signal", detail="SIGSEGV")
        ).reply.failure

        assert "SIGSEGV" in str(failure)

    def test_mistakes_in_settings_are_told_without_secrets(self):
        """They are read on a terminal and in the minutes."""
        mistakes = [{"loc": ["file"], "msg": f"{SECRET} is no file"}, {"loc": ["x"], "msg": "\u200b"}]

        found = accept_reply(asked(), came(result(mistakes=mistakes)))

        assert [mistake.msg for mistake in found.mistakes] == ["(hidden) is no file", "It is refused."]
        assert found.reply.failure is not None
        assert "settings" in found.reply.failure.detail
        assert found.reply.declared == ()

    def test_a_refusal_by_the_child_is_a_failure(self):
        """It never gave an answer."""
        found = accept_reply(asked(), came(result(refused="There is no collector main.")))

        assert found.refused == "There is no collector main."
        assert found.reply.failure is not None
        assert found.reply.declared == ()


class TestDeclarations:
    def test_of_another_collector_are_refused(self):
        """The binding names the one that was reviewed."""
        found = accept_reply(asked(collector="other"), came(result(item())))

        assert "a collector other than" in found.refused
        assert found.reply.items == ()

    @pytest.mark.parametrize("named", ["", "main"])
    def test_of_the_only_one_or_of_the_one_that_was_named_are_taken(self, named: str):
        assert accept_reply(asked(collector=named), came(result(item()))).refused == ""

    def test_with_a_secret_are_refused_whole(self):
        """Names and meanings of facts are shown to everybody."""
        found = accept_reply(asked(), came(result(item()), early=declared({**OPEN, "meaning": SECRET})))

        assert "secret" in found.refused
        assert SECRET not in found.reply.model_dump_json()
        assert found.declared == {}

    def test_that_answer_another_request_are_none(self):
        """A frame of an earlier run, kept and sent again, is no answer to this one."""
        failure = accept_reply(asked(), came(result(item()), early=declared(nonce="n-0"))).reply.failure

        assert failure is not None
        assert "nonce" in failure.detail

    def test_that_cannot_be_read_tell_nothing_of_a_personal_source(self, tmp_path: Path):
        """A broken document may quote the row that broke it."""
        broken = declared(collector=["Jane Doe"])

        plain = accept_reply(asked(), came(result(item()), early=broken)).reply.failure
        hidden = accept_reply(asked(redaction=personal(tmp_path)), came(result(item()), early=broken)).reply.failure

        assert "protocol" in str(plain)
        assert "protocol" not in str(hidden)
        assert "personal data" in str(hidden)

    def test_a_fact_declared_twice_is_refused(self):
        """One of the two answers would be lost."""
        fact = WireFact(name="open", type=FactType.INTEGER)

        with pytest.raises(UnusableDeclaration, match="twice"):
            full_names([fact, fact], "sample")

    @pytest.mark.parametrize(("prefix", "name"), [("sample", "sample.open"), ("", None), (None, None)])
    def test_a_name_without_a_dot_needs_a_prefix(self, prefix: str | None, name: str | None):
        """`open` alone could be anybody's."""
        fact = WireFact(name="open", type=FactType.INTEGER)

        if name is None:
            with pytest.raises(UnusableDeclaration, match="prefix"):
                full_names([fact], prefix)
        else:
            assert list(full_names([fact], prefix)) == [name]

    @pytest.mark.parametrize("length", [119, 120])
    def test_a_long_name_is_repeated_whole(self, length: int):
        """It is looked for in the collector's source."""
        name = "a" * length

        with pytest.raises(UnusableDeclaration, match=f"'{name}'"):
            full_names([WireFact(name=name, type=FactType.INTEGER)], None)

    def test_a_dotted_name_stands_without_a_prefix(self):
        found = full_names([WireFact(name="defects.open", type=FactType.INTEGER)], None)

        assert list(found) == ["defects.open"]


class TestPersonalData:
    def test_a_value_is_kept_and_its_words_are_not(self, tmp_path: Path):
        """A number tells of nobody; a locator or a remark may."""
        [answer] = accept_reply(
            asked(redaction=personal(tmp_path)), came(result(item(where="Jane Doe, row 3", detail="Jane Doe")))
        ).reply.items

        assert (answer.value, answer.detail) == (3, "")
        assert "Jane" not in answer.where

    @pytest.mark.parametrize(("allowed", "gap"), [({"signed"}, None), (set(), GapReason.NOT_PROVABLE)])
    def test_a_text_counts_only_where_the_vocabulary_allows_it(self, tmp_path: Path, allowed, gap):
        """Any other text could be somebody's name."""
        redaction = personal(tmp_path, allowed={"sample.state": frozenset(allowed)})
        answer = {"fact": "state", "value": "signed", "as_of": AS_OF}

        found = accept_reply(asked(redaction=redaction), came(result(answer), early=declared(STATE)))

        assert gap_of(found)[0] is gap

    def test_a_value_of_another_type_is_a_gap_that_does_not_repeat_it(self, tmp_path: Path):
        found = accept_reply(asked(redaction=personal(tmp_path)), came(result(item("Jane Doe"))))

        reason, detail = gap_of(found)
        assert reason is GapReason.WRONG_TYPE
        assert "Jane" not in detail

    def test_counts_need_no_value(self, tmp_path: Path):
        """A share of rows is what most tables about people answer with."""
        answer = {"fact": "open", "part": 3, "whole": 4, "as_of": AS_OF}
        early = declared({"name": "open", "type": "ratio"})

        [found] = accept_reply(asked(redaction=personal(tmp_path)), came(result(answer), early=early)).reply.items

        assert (found.part, found.whole, found.gap) == (3, 4, None)

    def test_a_gap_hides_its_words(self, tmp_path: Path):
        told = {"fact": "open", "gap": "missing", "detail": "Jane Doe has left."}

        reason, detail = gap_of(accept_reply(asked(redaction=personal(tmp_path)), came(result(told))))

        assert reason is GapReason.MISSING
        assert "Jane" not in detail

    def test_the_name_of_an_undeclared_fact_is_not_repeated(self, tmp_path: Path):
        """A collector can put a cell into a name."""
        found = accept_reply(asked(redaction=personal(tmp_path)), came(result({**item(), "fact": "jane_doe"})))

        assert "jane" not in str(found.reply.failure)
        assert "something" in str(found.reply.failure)

    def test_keys_are_stand_ins(self, tmp_path: Path):
        [answer] = accept_reply(
            asked(redaction=personal(tmp_path)), came(result(item(open_items=["Jane Doe"])))
        ).reply.items

        assert answer.open_items is not None
        assert answer.open_items[0].startswith("id-")

    @pytest.mark.parametrize("home", [{}, {"HOME": "/proc/none"}], ids=["no home", "a home that cannot be written"])
    def test_without_a_place_for_the_key_rows_are_counted_and_not_named(self, tmp_path: Path, home: dict[str, str]):
        """A service account without a home judges all the same; a list that is not whole says so."""
        unnamed = Redaction((SECRET,), personal=Personal(Pseudonyms(tmp_path, home)))

        [answer] = accept_reply(
            asked(redaction=unnamed), came(result(item(open_items=["Jane Doe", "Jon"])))
        ).reply.items

        assert (answer.open_items, answer.open_left_out) == ((), 2)

    def test_keys_of_other_sources_are_cleaned(self):
        """A key goes to a report as it is."""
        [answer] = accept_reply(asked(), came(result(item(open_items=["IF 7\u2028x", "IF-8"])))).reply.items

        assert answer.open_items == ("IF 7 x", "IF-8")


class TestDocuments:
    @pytest.mark.parametrize(("size", "whole"), [(-1, True), (0, True), (1, False)])
    def test_have_a_largest_size(self, size: int, whole: bool):
        """Below, on and above 8 MiB: a child must not make the host read without end."""
        document = declared()
        data = document + b" " * (8 * 2**20 + size - len(document))

        if whole:
            assert read_document(data, WireDeclaration).collector == "main"
        else:
            with pytest.raises(ProtocolFault, match="8 MiB"):
                read_document(data, WireDeclaration)

    def test_without_a_nonce_to_repeat_are_read_as_they_are(self):
        assert read_document(declared(nonce="any"), WireDeclaration).nonce == "any"

    def test_of_another_shape_say_where(self):
        with pytest.raises(ProtocolFault, match=r"protocol 1: complete"):
            read_document(result(complete=False), WireResult, nonce=NONCE)

    @pytest.mark.parametrize(("length", "told"), [(199, 199), (200, 200), (201, 200)])
    def test_with_a_field_of_a_long_name_say_the_first_200_characters_of_it(self, length: int, told: int):
        """Below, at and above what a sentence holds: the name is the plugin's own, and may be a megabyte."""
        data = json.dumps({**json.loads(declared()), "x" * length: 1}).encode()

        with pytest.raises(ProtocolFault, match=f"protocol 1: x{{{told}}}: "):
            read_document(data, WireDeclaration)

    @pytest.mark.parametrize("data", [b"{", b'{"nonce": "a", "nonce": "b"}', b"[1.5]"])
    def test_that_are_no_strict_json_are_refused(self, data: bytes):
        with pytest.raises(ProtocolFault):
            read_document(data, WireDeclaration)

    @pytest.mark.parametrize("value", [float("nan"), object()])
    def test_settings_without_a_json_form_are_refused(self, value: object):
        """NaN would reach the child as a word that is not JSON."""
        with pytest.raises(ValueError, match=r"."):
            settings_text({"x": value})

    def test_a_decimal_setting_keeps_its_digits(self):
        """A float would compare a threshold of 0.1 with something else."""
        assert settings_text({"least": Decimal("0.10")}) in ('{"least": "0.10"}', '{"least": "0.1"}')

    @pytest.mark.parametrize(("length", "fits"), [(119, True), (120, True), (121, False)])
    def test_a_name_of_a_fact_has_120_characters_at_most(self, length: int, fits: bool):
        early = declared({"name": "a" * length, "type": "integer"})

        failure = accept_reply(asked(), came(result(expected=1), early=early)).reply.failure

        assert ("at most 120" in str(failure)) is not fits

    def test_settings_keep_their_letters(self):
        assert settings_text({"spalte": "Größe"}) == '{"spalte": "Größe"}'


class TestNamesInSentences:
    def test_a_fault_is_its_sentence(self):
        assert str(InputFault("No file.", GapReason.MISSING)) == "No file."

    @pytest.mark.parametrize(("count", "more"), [(5, False), (6, False), (7, True)])
    def test_six_files_are_named_and_the_rest_is_counted(self, count: int, more: bool):
        told = listed([f"f{number}" for number in range(count)])

        assert told.endswith(f"f{min(count, 6) - 1}{' and 1 more' if more else ''}")

    @pytest.mark.parametrize(("length", "whole"), [(119, True), (120, True), (121, False)])
    def test_a_very_long_name_loses_its_middle(self, length: int, whole: bool):
        name = "a" * 60 + "b" * (length - 60)

        assert short(name) == (name if whole else "a" * 60 + "…" + "b" * 60)
