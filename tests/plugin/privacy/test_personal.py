"""What a record may hold of personal data: stand-ins under a key, numbers and places, and nothing that was read."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.errors import ConfigurationError
from gonogo.model.evidence import Attested, Subject
from gonogo.model.program import Handling, Keep, Marking
from gonogo.plugin.inputs.scratch_folder import PREFIX, scratch_folder, sweep
from gonogo.plugin.privacy.handling import handling_problems
from gonogo.plugin.privacy.personal import PERSONAL, Personal, texts_of
from gonogo.plugin.privacy.pseudonyms import KEY_BYTES, Pseudonyms
from gonogo.plugin.privacy.redact import HIDDEN, Redaction, redaction_of
from gonogo.testing.programs import binding_of, program_of

FIRST_KEY = b"k" * KEY_BYTES


def key_file(folder: Path, data: bytes = FIRST_KEY, mode: int = 0o600) -> Path:
    path = folder / "pii.key"
    path.write_bytes(data)
    path.chmod(mode)
    return path


def named_key(folder: Path, data: bytes = FIRST_KEY, mode: int = 0o600) -> Pseudonyms:
    path = key_file(folder, data, mode)
    return Pseudonyms(folder / "program", {"GONOGO_PII_KEY": str(path)})


@pytest.fixture
def personal(tmp_path: Path) -> Personal:
    """A binding that reads a roster by unit; two units are named in its settings."""
    return Personal(
        named_key(tmp_path),
        files=("roster_*.csv",),
        words=texts_of({"unit": {"allowed": ["HQ", "Gulf"]}, "title": "Roster"}),
        people=frozenset({"ada.kirsch"}),
        allowed={"sample.state": frozenset({"open", "closed"})},
    )


class TestStandIns:
    def test_are_equal_for_one_identifier_and_differ_for_two(self, tmp_path: Path):
        """One can see that it is the same unit as last week, and not which."""
        names = named_key(tmp_path)

        assert names.of("Jane Doe") == names.of(" jane DOE ")
        assert names.of("Jane Doe") != names.of("Jane Dow")
        assert re.fullmatch("id-[0-9a-f]{16}", names.of("Jane Doe"))

    def test_depend_on_the_key(self, tmp_path: Path):
        """Without the key, trying every number there is finds nobody."""
        first = named_key(tmp_path).of("900-12-3456")
        second = named_key(tmp_path, b"q" * KEY_BYTES).of("900-12-3456")

        assert first != second

    def test_are_the_same_on_every_machine_that_has_the_key(self, tmp_path: Path):
        """They are part of what is digested: the value is fixed, or no two machines would come to one digest."""
        assert named_key(tmp_path).of("Unit 7") == "id-6ec1530d918fe4d1"

    def test_the_usual_key_is_made_once(self, tmp_path: Path):
        """Otherwise every run would call everybody something else."""
        environment = {"HOME": str(tmp_path)}

        names = {Pseudonyms(tmp_path / "program", environment).of("Jane Doe") for _ in range(3)}

        assert len(names) == 1
        assert [path.name for path in (tmp_path / ".config/gonogo").iterdir()] == ["pii.key"]

    @pytest.mark.parametrize(
        ("make", "words"),
        [
            (lambda folder: named_key(folder, mode=0o640), "others can read"),
            (lambda folder: named_key(folder, b"short"), "32 to 4096 random bytes"),
            (lambda folder: named_key(folder, b"k" * 5000), "32 to 4096 random bytes"),
            (lambda folder: Pseudonyms(folder, {"GONOGO_PII_KEY": str(key_file(folder))}), "in the program's folder"),
            (lambda folder: Pseudonyms(folder / "p", {"GONOGO_PII_KEY": str(folder / "none")}), "cannot be read"),
            (lambda folder: Pseudonyms(folder / "p", {"GONOGO_PII_KEY": ""}), "is set and names no file"),
            (lambda folder: Pseudonyms(folder / "p", {"GONOGO_PII_KEY": " "}), "is set and names no file"),
            (lambda folder: Pseudonyms(folder / "p", {}), "no folder for the key"),
        ],
        ids=["readable", "short", "long", "inside", "missing", "empty", "blank", "homeless"],
    )
    def test_a_key_that_protects_nobody_is_refused(self, tmp_path: Path, make, words: str):
        """A missing key is not replaced where it is named: another key would change every digest without a word."""
        with pytest.raises(ConfigurationError) as caught:
            make(tmp_path).of("Jane Doe")

        [problem] = caught.value.problems
        assert words in problem.what
        assert "GONOGO_PII_KEY" in problem.hint + problem.what


class TestWhatIsTold:
    @pytest.mark.parametrize(
        ("where", "told"),
        [
            ("roster_*.csv, 1,462 rows", "roster_*.csv, 1,462 rows"),
            ("roster_*.csv, 1,462 rows, unit HQ", "roster_*.csv, 1,462 rows, unit HQ"),
            ("roster_*.csv, the lowest of 12 groups by unit", "roster_*.csv, the lowest of 12 groups by unit"),
            ("roster_*.csv, sheet Roster, row 17", "roster_*.csv, sheet Roster, row 17"),
            ("failed: Jane Doe, 900-12-3456", ""),
            ("sheet Jane Doe, row 17", "row 17"),
            ("row 123456789", ""),
            ("line 900-12-3456", ""),
        ],
    )
    def test_a_locator_keeps_files_counts_and_places(self, personal: Personal, where: str, told: str):
        """A person must be able to check, with the file beside them."""
        assert personal.where(where) == told

    def test_a_group_that_the_settings_do_not_name_gets_a_stand_in(self, personal: Personal):
        """The lowest unit may be a supervisor's name."""
        told = personal.where("roster_*.csv, 1,462 rows, unit Doe, Jane")

        assert re.fullmatch(r"roster_\*\.csv, 1,462 rows, unit id-[0-9a-f]{16}", told)

    @pytest.mark.parametrize(
        ("detail", "places"),
        [
            ("x.csv: column 'status' is blank in line 3, 17, 19 and 12 more", "line 3, 17, 19 and 12 more"),
            ("'Jane Doe' in cell F12 of Jane Doe's sheet", "cell F12"),
            ("statements.yaml:12:5: `person` is 'Jane Doe'", "line 12"),
            ("not JSON: Expecting ',' delimiter at line 4, column 7", "line 4; column 7"),
            ("Jane Doe 900-12-3456", ""),
        ],
    )
    def test_a_complaint_keeps_where_to_look(self, personal: Personal, detail: str, places: str):
        """Its words may quote a cell; its places cannot."""
        told = personal.detail(detail)

        assert told == (f"{PERSONAL}; look at {places}." if places else f"{PERSONAL}.")

    @given(st.text(min_size=3, max_size=40), st.text(max_size=20), st.text(max_size=20))
    def test_no_word_of_a_complaint_comes_through(self, cell: str, before: str, after: str):
        """Whatever a cell holds: of words that are not places nothing is left."""
        personal = Personal(Pseudonyms(Path("/nowhere"), {}))

        told = personal.detail(f"{before}{cell}{after}").removeprefix(PERSONAL)

        assert re.fullmatch(r"(; look at [A-Z0-9, a-z;]+)?\.", told)
        assert not re.search(r"[0-9]{7,}", told)

    def test_people_of_the_register_are_named_and_others_are_not(self, personal: Personal):
        """Who answers for a fact is on the record; whom a roster names is not."""
        said = Attested(
            person="ada.kirsch",
            role="customer.functional_lead",
            on=date(2027, 4, 15),
            prepared_by="jane.doe",
            evidence="Jane Doe's list",
            qualified="except Jane Doe",
        )

        told = personal.attested(said)

        assert told is not None
        assert (told.person, told.evidence, told.qualified) == ("ada.kirsch", HIDDEN, HIDDEN)
        assert re.fullmatch("id-[0-9a-f]{16}", told.prepared_by or "")

    def test_what_a_document_speaks_of_stays_a_subject(self, personal: Personal):
        """Were an unknown build left out, the evidence would count for the build that is released."""
        assert personal.subject(Subject(build="HQ", environment="Jane Doe")) == Subject(build="HQ", environment=HIDDEN)

    def test_a_text_counts_only_if_the_vocabulary_lists_it(self, personal: Personal):
        """The value of a fact is recorded as it is; a text out of a roster is somebody's data."""
        assert personal.may_say("sample.state", "open")
        assert not personal.may_say("sample.state", "Jane Doe")
        assert not personal.may_say("sample.other", "open")


class TestSecrets:
    @given(
        st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=8, max_size=30), st.binary(max_size=7)
    )
    def test_are_hidden_inside_of_other_code(self, secret: str, lead: bytes):
        """`user:token` in base64 holds the token at another offset."""
        hide = redaction_of({"TOKEN": secret}).line
        coded = base64.b64encode(lead + secret.encode() + b"xyz").decode()

        assert secret not in hide(f"at {secret}!")
        assert quote(secret, safe="") not in hide(quote(f"?key={secret}&x", safe=""))
        assert hide(f"got {coded} for it") != f"got {coded} for it"

    def test_a_secret_that_was_cut_is_hidden(self):
        """A message is cut to its length, and the cut may go through the token."""
        secret = "ghp_0123456789abcdef"

        assert redaction_of({"TOKEN": secret}).line(f"401 for {secret[:11]}") == f"401 for {HIDDEN}"

    def test_each_line_of_a_private_key_is_hidden(self):
        """Only the first line of an exception is kept, and it must not be a line of the key."""
        key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqh\nkiG9w0BAQEFAASC\n-----END KEY-----\n"

        assert redaction_of({"KEY": key}).line("cannot load MIIEvQIBADANBgkqh") == f"cannot load {HIDDEN}"


class TestScratch:
    def test_is_gone_when_the_run_ends(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """However it ends."""
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

        def fail() -> None:
            with scratch_folder() as folder:
                (folder / "table.csv").write_text("Jane Doe")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()

        assert list(tmp_path.iterdir()) == []

    def test_of_a_killed_run_is_swept_by_the_next(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Nothing runs in a process that is killed, and a copy of a roster would stay for years."""
        script = (
            "import os, signal, sys; from gonogo.plugin.inputs.scratch_folder import scratch_folder\n"
            "with scratch_folder() as folder:\n"
            "    (folder / 'table.csv').write_text('Jane Doe')\n"
            "    os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        done = subprocess.run([sys.executable, "-c", script], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
        assert done.returncode == -signal.SIGKILL
        assert len(list(tmp_path.iterdir())) == 1
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

        with scratch_folder() as folder:
            assert list(tmp_path.iterdir()) == [folder]

    def test_of_a_run_that_still_runs_is_left_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Two programs are assessed at once on every server."""
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

        with scratch_folder() as first, scratch_folder() as second:
            sweep(tmp_path)

            assert first.is_dir()
            assert second.is_dir()

    def test_of_nobody_is_not_followed_through_a_link(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Anybody can make a link in the common scratch folder."""
        kept = tmp_path / "kept"
        kept.mkdir()
        (kept / "file").write_text("x")
        (tmp_path / f"{PREFIX}link").symlink_to(kept)

        sweep(tmp_path)

        assert (kept / "file").exists()


class TestHandling:
    @pytest.mark.parametrize(
        ("handling", "words"),
        [
            (Handling(marking=Marking.PII), "roster (PII)"),
            (Handling(marking=Marking.CUI, category="procurement"), "roster (CUI: procurement)"),
        ],
    )
    def test_marked_sources_in_an_unmarked_program_are_a_warning(self, handling: Handling, words: str):
        """What is made of marked sources is to be marked; nobody notices a marking that is not there."""
        [problem] = handling_problems(program_of(binding_of("roster", handling=handling)))

        assert (problem.code, problem.level, problem.where) == ("G311", "warning", "gonogo.yaml:7:5")
        assert problem.what.startswith(words)
        assert "add `marking:` under `program:`" in problem.what

    @pytest.mark.parametrize("marking", [Marking.PUBLIC, Marking.INTERNAL])
    def test_other_sources_need_none(self, marking: Marking):
        """Most programs hold nothing of the kind."""
        assert handling_problems(program_of(binding_of("tests", handling=Handling(marking=marking)))) == []

    def test_a_marked_program_is_in_order(self):
        """The remedy that the warning names ends it."""
        program = program_of(binding_of("roster", handling=Handling(marking=Marking.PII)))
        identity = program.identity.model_copy(update={"marking": "CUI//SP-PRVCY"})

        assert handling_problems(program.model_copy(update={"identity": identity})) == []

    def test_keeping_a_copy_of_personal_data_is_a_warning(self):
        """The digest is the default, because a copy is one more place from which it can be lost."""
        program = program_of(binding_of("roster", handling=Handling(marking=Marking.PII), keep=Keep.BYTES))

        assert [problem.code for problem in handling_problems(program)] == ["G311", "G312"]
        assert binding_of("roster").keep is Keep.DIGEST

    def test_a_table_with_a_heading_about_people_is_marked_or_explained(self):
        """Who binds a roster by hand has never read about handling."""
        tables = {"t": {"columns": {"case": {"type": "id"}, "who": {"type": "text", "header": "Tester"}}}}
        ignored = {"t": {"columns": {"users": {"type": "integer"}}, "ignore": ["Assigned To"]}}
        counted = {"t": {"columns": {"users": {"type": "integer"}}}}

        def codes(found: object, handling: Handling | None = None) -> list[str]:
            bound = binding_of("table", handling=handling or Handling(), settings={"tables": found})
            return [problem.code for problem in handling_problems(program_of(bound))]

        assert codes(tables) == codes(ignored) == ["G315"]
        assert codes(counted) == []
        assert codes(tables, Handling(reason="testers are teams")) == []
        assert codes(tables, Handling(marking=Marking.PII)) == ["G311"]


class TestStructuralFaults:
    """Faults of structure, headings and numbers of rows are told of personal data too; of gonogo's own readers only."""

    TOLD = "f.csv: column 'unit' is blank in line 3"

    @pytest.mark.parametrize(("builtin", "kept"), [(True, True), (False, False)])
    def test_are_told_where_the_reader_is_known(self, personal: Personal, builtin: bool, kept: bool):
        """A stranger's word that a sentence names nobody is not believed."""
        detail = redaction_of({}, personal=personal, builtin=builtin).detail("Ada Kirsch is blank", told=self.TOLD)

        assert (self.TOLD in detail) is kept
        assert "Ada" not in detail

    def test_a_secret_in_it_is_hidden(self, personal: Personal):
        """It is a sentence like any other."""
        redaction = redaction_of({"T": "s3cr3t-word"}, personal=personal, builtin=True)

        assert "s3cr3t" not in redaction.detail("x", told="f.csv: column 's3cr3t-word' is blank")


class TestASentenceThatNoCellIsIn:
    """A collector of gonogo's own says beside a sentence what of it comes from no cell."""

    SENTENCE = "staff.csv has no column 'Severity', which this fact needs"

    @pytest.mark.parametrize(
        ("said", "told", "shown"),
        [
            (SENTENCE, SENTENCE, SENTENCE),
            (f"{SENTENCE}; Doe, Jane", SENTENCE, f"{PERSONAL}: {SENTENCE}."),
            (SENTENCE, "", f"{PERSONAL}."),
        ],
    )
    def test_it_is_said_as_it_is_if_nothing_is_left_out(
        self, personal: Personal, said: str, told: str, shown: str
    ) -> None:
        """*Not repeated here* above a sentence that is repeated is untrue."""
        assert Redaction(personal=personal, builtin=True).detail(said, told=told) == shown

    def test_a_collector_of_others_is_not_believed(self, personal: Personal) -> None:
        """It may call anything told."""
        assert Redaction(personal=personal).detail("Doe, Jane", told="Doe, Jane") == f"{PERSONAL}."
