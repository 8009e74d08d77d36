"""The nine questions: right answers are kept, wrong ones are told what is expected and asked again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.interview import Answers, conduct, read_go_live
from gonogo.first_week.seat_interview import SeatAnswers, WrongAnswer

GIVEN = invented_office()


def talk(root: Path, *answers: str, given: dict[str, str | None] | None = None) -> tuple[Answers, list[str], list[str]]:
    """Conduct an interview with these answers; return what was asked and what was said against answers."""
    left, asked, told = list(answers), [], []

    def ask(question: str, default: str) -> str:
        asked.append(question)
        return left.pop(0) or default

    return conduct(root, given or {}, ask, told.append), asked, told


class TestAsking:
    def test_every_question_is_asked_once_where_answers_are_right(self, tmp_path: Path) -> None:
        """Nine questions, and who is who goes on until nobody is named."""
        (tmp_path / "evidence").mkdir()

        answers, asked, told = talk(
            tmp_path,
            "National  Inland Waterways Administration",
            "CFSC",
            "",
            "America/New_York",
            "2027-05-03T06:00",
            "",
            "",
            "REL-4.2.118",
            "customer.program_manager = Theo Brandvold",
            "",
        )

        assert (len(asked), told, answers.build) == (10, [], "REL-4.2.118")
        assert answers.customer == "National Inland Waterways Administration"
        assert (answers.release, answers.evidence, answers.rules.ruleset.name) == ("R1", "evidence", "m3-baseline")
        assert answers.moment == datetime(2027, 5, 3, 10, 0, tzinfo=UTC)
        assert answers.seats.held == (("customer.program_manager", "Theo Brandvold"),)

    @pytest.mark.parametrize(
        ("key", "wrong", "sentence", "right"),
        [
            ("customer", "   ", "a name is expected", "NIWA"),
            ("customer", "x" * 201, "at most 200 characters", "NIWA"),
            ("provider", "a\x1b[31mb", "that can be printed", "CFSC"),
            ("release", "release one", "for example `release-one`", "R1"),
            ("time_zone", "America/NewYork", "did you mean `America/New_York`?", "America/New_York"),
            ("time_zone", "EST", "did you mean `America/New_York`?", "America/New_York"),
            ("time_zone", "Pacific Time", "did you mean `America/Los_Angeles`?", "America/Los_Angeles"),
            ("time_zone", "New York", "did you mean `America/New_York`?", "America/New_York"),
            ("time_zone", "Washington, DC", "did you mean `America/New_York`?", "America/New_York"),
            ("time_zone", "", "a time zone is expected; write a place", "UTC"),
            ("time_zone", "Mars/Olympus", "is not a time zone here; write a place, such as", "UTC"),
            (
                "go_live",
                "2027-05-03",
                "has no time of day; say when it is switched on: 2027-05-03T06:00",
                "2027-05-03T06:00",
            ),
            ("go_live", "", "a date and a time are expected; write year-month-day", "2027-05-03 06:00"),
            ("go_live", "05/03/2027 6:00 AM", "`05/03/2027 6:00 AM` is not a date with a time", "2027-05-03 06:00"),
            ("go_live", "2027-05-03 6:00", "`2027-05-03 6:00` is not a date with a time", "2027-05-03 06:00"),
            ("release", "R 1", "for example `R-1`", "R-1"),
            ("go_live", "3 May 2027", "is not a date with a time; write year-month-day", "2027-05-03 06:00"),
            ("go_live", "2027-03-14T02:30", "does not exist in America/New_York", "2027-03-14T03:30"),
            ("go_live", "2027-11-07T01:30", "happens twice in America/New_York", "2027-11-07T01:30-05:00"),
            ("evidence", "no/such", "there is no folder no/such", "proof"),
            ("evidence", "..", "is outside", "proof"),
            ("ruleset", "m3-basline", "did you mean `m3-baseline`?", "m3-baseline"),
            ("ruleset", "m3-baseline@9", "'m3-baseline@9' is asked for", "m3-baseline@1.0.0"),
        ],
    )
    def test_a_wrong_answer_is_told_what_is_expected_and_asked_again(
        self, tmp_path: Path, key: str, wrong: str, sentence: str, right: str
    ) -> None:
        """Nobody starts anew because of one typo."""
        (tmp_path / "proof").mkdir()
        given = {**GIVEN, "evidence": "proof", "ruleset": "m3-baseline", "build": "", key: None}

        _, asked, told = talk(tmp_path, wrong, right, "", given=given)

        assert len(asked) == 3
        assert len(told) == 1
        assert sentence in told[0]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ("Theo Brandvold", "a seat and a name are expected"),
            ("customer.program_manger=Theo", "did you mean `customer.program_manager`?"),
            ("executive_sponsor=Theo", "customer.executive_sponsor or provider.executive_sponsor"),
            ("king=Theo", "there is no seat `king`"),
            ("customer.pmo_lead=李", "has no letter that can go into an id"),
            ("customer.pmo_lead=a\tb\x07", "that can be printed"),
            ("provider.program_manager=Ada Kirsch", "one person cannot answer for two sides"),
            ("customer.pmo_lead=ADA KIRSCH", "holds customer.pmo_lead already"),
            ("customer.pmo_lead=Theo", "is a seat of one person"),
        ],
    )
    def test_a_wrong_seat_is_told_and_asked_again(self, tmp_path: Path, wrong: str, sentence: str) -> None:
        """Two accountable, or one on both sides, is a contradiction that must not enter the register."""
        answers, _, told = talk(
            tmp_path,
            "customer.pmo_lead=Ada Kirsch",
            wrong,
            "",
            given={**GIVEN, "evidence": "evidence", "ruleset": "m3-baseline", "build": ""},
        )

        assert answers.seats.held == (("customer.pmo_lead", "Ada Kirsch"),)
        assert len(told) == 1
        assert sentence in told[0]

    def test_a_seat_may_be_left_open_and_a_team_has_many(self, tmp_path: Path) -> None:
        """Blank names are no mistake."""
        answers, _, told = talk(
            tmp_path,
            "customer.risk_manager=",
            "customer.pmo_team=Ivo Stanek",
            "customer.pmo_team=Bea Corrigan",
            "",
            given={**GIVEN, "evidence": "evidence", "ruleset": "m3-baseline", "build": ""},
        )

        assert told == []
        assert [name for _, name in answers.seats.held] == ["Ivo Stanek", "Bea Corrigan"]


class TestOptions:
    def test_options_need_no_question(self, tmp_path: Path) -> None:
        """A script has no terminal."""
        answers = conduct(tmp_path / "Harborline R1", GIVEN)

        assert (answers.program, answers.evidence, answers.go_live) == ("harborline-r1", "evidence", "2027-05-03T06:00")

    def test_everything_that_is_wrong_or_missing_is_told_together(self, tmp_path: Path) -> None:
        """One run, one list, not five."""
        given = {
            **GIVEN,
            "customer": None,
            "time_zone": "Mars",
            "go_live": "2027-05-03",
            "people": "no.txt",
            "ruleset": "x",
        }

        with pytest.raises(UsageError) as caught:
            conduct(tmp_path, given)

        for words in ("--customer is needed", "--time-zone:", "--go-live:", "--people:", "--ruleset:"):
            assert words in str(caught.value)
        assert caught.value.exit_code == 2

    def test_an_evidence_folder_is_found_from_here_too_and_must_be_inside(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Paths of a program never leave its folder."""
        (tmp_path / "program" / "Beweise für Go").mkdir(parents=True)
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path)

        for name in ("Beweise für Go", "program/Beweise für Go", str(tmp_path / "program" / "Beweise für Go")):
            assert conduct(tmp_path / "program", {**GIVEN, "evidence": name}).evidence == "Beweise für Go"
        with pytest.raises(UsageError, match="is outside"):
            conduct(tmp_path / "program", {**GIVEN, "evidence": "elsewhere"})

    def test_a_folder_full_of_files_is_offered_as_the_evidence_folder(self, tmp_path: Path) -> None:
        """An office has files in folders of its own; the usual name would draft nothing from any of them."""
        answers = ("NIWA", "CFSC", "", "America/New_York", "2027-05-03T06:00", "", "", "", "")
        offered = []

        for name in ("README.txt", "evidence/x.csv"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("a,b\n", encoding="utf-8")
            offered.append(talk(tmp_path, *answers)[0].evidence)

        assert offered == [".", "evidence"]
        assert conduct(tmp_path, GIVEN).evidence == "evidence"


class TestPeopleFile:
    @pytest.fixture
    def read(self, tmp_path: Path) -> Callable[[bytes], Answers]:
        """Return a function from a file's bytes to the answers."""

        def run(data: bytes) -> Answers:
            (tmp_path / "people.txt").write_bytes(data)
            return conduct(tmp_path, {**GIVEN, "people": str(tmp_path / "people.txt")})

        return run

    def test_lines_of_seats_are_read(self, read: Callable[[bytes], Answers]) -> None:
        """Blank lines, comments and open seats are no mistakes."""
        answers = read("# who\n\ncustomer.pmo_lead=Zoë Ünal\ncustomer.risk_manager=\n".encode())

        assert answers.seats.held == (("customer.pmo_lead", "Zoë Ünal"),)

    def test_a_register_is_taken_as_it_is(self, read: Callable[[bytes], Answers]) -> None:
        """Somebody has written one already."""
        text = b"schema: 1\npeople:\n  - {role: customer.pmo_lead, person: a.b, name: A B}\n"

        assert read(text).seats.register == text.decode()

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"customer.pmo_lead=A\nnonsense\n", "people.txt, line 2: a seat and a name"),
            (b"customer.king=A\ncustomer.pmo_led=B\n", "line 1: there is no seat .*; people.txt, line 2: there is no"),
            (
                b"schema: 1\npeople:\n  - {role: customer.king, person: a.b, name: A B}\n"
                b"  - {role: customer.pmo_led, person: c.d, name: C D}\n",
                "there are no such seats as `customer.king`; `customer.pmo_led` .did you mean `customer.pmo_lead`",
            ),
            (b"schema: 1\npeople:\n  - {name: A B}\n  - {name: C D}\n", "people.txt:3.*people.txt:4"),
            (b"\xff\xfe\x00", "not UTF-8"),
            (
                b"schema: 1\npeople:\n  - {role: customer.king, person: a.b, name: A B}\n",
                "there is no seat `customer.king`",
            ),
            (b"schema: 1\npeople:\n  - {role: customer.pmo_lead, name: A B}\n", "people.txt:3"),
            (b"schema: 1\npeople: [\n", "people.txt:"),
            (
                b"schema: 1\npeople:\n  - {role: customer.pmo_lead, person: a, name: A}\n"
                b"  - {role: provider.pmo_lead, person: a, name: A}\n",
                "two sides",
            ),
        ],
    )
    def test_a_wrong_file_is_refused_with_its_place(
        self, read: Callable[[bytes], Answers], data: bytes, sentence: str
    ) -> None:
        """The sentence names the line."""
        with pytest.raises(UsageError, match=sentence):
            read(data)


def test_a_go_live_keeps_its_offset_as_written() -> None:
    """In the hour that comes twice only an offset says which."""
    assert read_go_live("2027-11-07T01:30-05:00", "America/New_York") == (
        "2027-11-07T01:30-05:00",
        datetime(2027, 11, 7, 6, 30, tzinfo=UTC),
    )


def test_a_year_that_no_calendar_has_is_a_wrong_answer() -> None:
    """0000 has no year, and 9999-12-31 has no next day in some zones."""
    with pytest.raises(WrongAnswer):
        read_go_live("0000-01-01T00:00", "UTC")
    with pytest.raises(WrongAnswer):
        read_go_live("9999-12-31T23:59-14:00", "UTC")


@pytest.mark.parametrize("name", ["TBD", "n/a", "—", "nobody yet", ""])
def test_a_seat_that_nobody_holds_yet_stays_open(name):
    """`TBD` as a person would be somebody who can approve; lint refuses it a minute later."""
    seats = SeatAnswers().with_line(f"customer.program_manager={name}", ("customer.program_manager",))

    assert seats.held == ()
