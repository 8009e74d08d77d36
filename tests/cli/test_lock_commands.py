"""`gonogo lock`: what it prints and how it ends, for a program that is locked, changed, or neither."""

import pytest
from tests.governance.conftest import locked, locked_once, unlocked  # noqa: F401  # fixtures

from gonogo.cli import run
from gonogo.documents.files import shown


@pytest.fixture
def said(capfd):
    """Runs a command and returns its exit code and everything that it printed."""

    def call(*arguments):
        code = run([str(each) for each in arguments])
        out = capfd.readouterr()
        return code, out.out + out.err

    return call


class TestNotLocked:
    def test_it_shows_what_is_frozen_and_locks_nothing_without_approvals(self, unlocked, said):  # noqa: F811
        """Nobody locks by looking."""
        code, text = said("lock", unlocked.root)

        assert code == 1
        assert "A lock of small freezes (content " in text
        assert "Nothing was locked." in text
        assert not unlocked.file.exists()

    def test_a_draft_that_is_filled_in_locks_it(self, unlocked, said, tmp_path):  # noqa: F811
        """The way that a program office goes."""
        draft = tmp_path / "approvals.yaml"
        assert said("lock", unlocked.root, "--draft", draft)[0] == 0
        today = unlocked.found.loaded.program.identity.local_date(unlocked.now)
        draft.write_text(draft.read_text().replace("FILL_IN", today.isoformat()))
        code, text = said("lock", "make", unlocked.root, "--approvals", draft)

        assert code == 0
        log, file = shown(unlocked.root / unlocked.found.loaded.program.log), shown(unlocked.file)
        assert f"Locked: lock 1 of small, recorded in {log} and written to {file}." in text
        assert unlocked.file.exists()

    def test_a_draft_says_which_seat_nobody_can_sign_for(self, unlocked, said, tmp_path):  # noqa: F811
        """A form that everybody signed was refused for a seat that had been vacant all along."""
        draft = tmp_path / "approvals.yaml"
        sentence = "cannot be signed: nobody holds the seat of the provider's executive sponsor today"
        assert sentence not in said("lock", unlocked.root, "--draft", draft)[1]
        unlocked.edit("people.yaml", "role: provider.executive_sponsor", "role: provider.pmo_lead")

        assert sentence in said("lock", unlocked.root, "--draft", tmp_path / "other.yaml")[1]
        assert sentence in said("lock", unlocked.root)[1]

    @pytest.mark.parametrize(("command", "code"), [("amend", 2), ("show", 0)])
    def test_there_is_nothing_to_change_or_to_show(self, unlocked, said, command, code):  # noqa: F811
        """The sentence says that the program is not locked."""
        assert said("lock", command, unlocked.root)[0] == code


class TestLocked:
    def test_it_says_that_the_files_are_what_was_locked(self, locked, said):  # noqa: F811
        """The quick look before a meeting."""
        code, text = said("lock", locked.root)

        assert code == 0
        assert text.splitlines()[-1] == "The files are what was locked."

    def test_it_is_not_locked_a_second_time(self, locked, said, tmp_path):  # noqa: F811
        """A second first lock would be a change without a request."""
        code, text = said("lock", locked.root, "--draft", tmp_path / "draft.yaml")

        assert code == 2
        assert "gonogo lock amend" in text

    def test_files_that_differ_end_with_5_and_the_next_step(self, locked, said):  # noqa: F811
        """As a run would."""
        locked.loosen()
        code, text = said("lock", locked.root)

        assert code == 5
        assert "parameter min_executed was 95%, is now 80% (looser)." in text
        assert text.splitlines()[-1].startswith("next: put the files back")

    def test_a_file_that_is_gone_is_written_again(self, locked, said):  # noqa: F811
        """The log has it."""
        locked.file.unlink()
        code, text = said("lock", locked.root)

        assert (code, "was written again from the log" in text) == (0, True)
        assert locked.file.exists()

    def test_nothing_to_change_is_no_change(self, locked, said):  # noqa: F811
        """An empty change on page one would be a false alarm."""
        code, text = said("lock", "amend", locked.root)

        assert (code, "there is nothing to change" in text) == (0, True)

    def test_a_change_without_approvals_is_recorded_only_as_that(self, locked, said):  # noqa: F811
        """It takes a word, and then it is on page one for ever."""
        locked.loosen()
        code, text = said("lock", "amend", locked.root)
        assert (code, "lacks: Nobody approved it." in text) == (1, True)

        code, text = said("lock", "amend", locked.root, "--uncontrolled")
        assert (code, "It is an uncontrolled change: every run is NO-GO" in text) == (0, True)
        assert "uncontrolled: Nobody approved it." in said("lock", "show", locked.root)[1]

    def test_seats_that_are_held_otherwise_are_shown_where_a_change_is_approved(self, locked, said, tmp_path):  # noqa: F811
        """Who signs sees who is new in the seats, and a lock of the same rules takes them up."""
        with (locked.root / "people.yaml").open("a", encoding="utf-8") as people:
            people.write("  - {role: customer.risk_manager, person: zoe.park, name: Zoe Park}\n")
        line = "seat: zoe.park as customer.risk_manager without dates is new in the people register"

        assert line in said("lock", locked.root)[1]
        code, text = said("lock", "amend", locked.root, "--draft", tmp_path / "change.yaml")
        assert (code, line in text) == (0, True)
        assert line in " ".join((tmp_path / "change.yaml").read_text(encoding="utf-8").replace("#", " ").split())

        assert locked.lock().lacks == ()
        assert line not in said("lock", locked.root)[1]
        assert "there is nothing to change" in said("lock", "amend", locked.root)[1]
