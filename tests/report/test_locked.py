"""The lock on page one: who agreed, what was changed since, what is not as it was agreed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gonogo.core.lock_facts import differences_blocker
from gonogo.model.assessment import Purpose, RunKind
from gonogo.model.change import Effect
from gonogo.model.lock import LockChange, LockDifference, LockStanding
from gonogo.model.origin import OriginKind, RuleOrigin
from gonogo.model.seat_change import SeatChange
from gonogo.model.waiver import Approval
from gonogo.report.brief import brief
from gonogo.report.fewer_words import rules_forms
from gonogo.report.formats import FORMATS
from gonogo.report.formats.full_format import render as full
from gonogo.report.formats.terminal_format import LINES
from gonogo.report.formats.terminal_format import render as screen
from gonogo.report.locked import differs_short, lock_entries, lock_short, lock_step, lock_words, locked_since
from gonogo.report.view import RunView

AT = datetime(2027, 1, 27, 15, tzinfo=UTC)
DAY = date(2027, 4, 10)
ADA = Approval(person="ada.kirsch", role="customer.executive_sponsor", on=date(2027, 1, 27))
LOOSER = LockDifference(part="severity", old="mandatory", new="advisory", effect=Effect.LOOSENS)
STRICTER = LockDifference(part="from", old="T-30", new="T-60", effect=Effect.TIGHTENS)
CHANGE = LockChange(
    number=2,
    at=datetime(2027, 4, 10, 15, tzinfo=UTC),
    request="CR-7",
    requested_by="theo",
    reason="In time.",
    approved_by=(ADA,),
    differences=(LOOSER, STRICTER),
    in_freeze=True,
)


def locked(no_go: Any, seal_log: Any, **more: Any) -> RunView:
    """The view of a run, as if its program were locked."""
    view = RunView.of(seal_log(no_go.events()))
    lock = LockStanding(number=2, sha256="a" * 64, locked_at=AT, first_at=AT, approved_by=(ADA,), **more)
    decision = view.decision.model_copy(update={"lock": lock})
    return replace(view, assessment=view.assessment.model_copy(update={"decision": decision}))


class TestWithoutALock:
    @pytest.mark.parametrize(
        ("purpose", "said"), [(Purpose.DECISION, "; not locked"), (Purpose.PROGRESS, ""), (Purpose.REHEARSAL, "")]
    )
    def test_a_decision_says_that_nothing_is_locked(self, no_go, seal_log, purpose, said):
        """A reader must not take criteria for agreed that nobody locked."""
        view = RunView.of(seal_log(no_go.events()))
        kind = view.started.kind.model_copy(update={"purpose": purpose})
        view = replace(view, started=view.started.model_copy(update={"kind": kind}))

        assert locked_since(view) == said
        assert (lock_words(view), lock_entries(view), lock_short(view)) == ((), (), None)


MANY = tuple(
    LockDifference(criterion=f"system.c{n}", part="parameter min_done", old=f"{n}%", new="1%", effect=effect)
    for n, effect in enumerate((*[Effect.LOOSENS] * 30, *[Effect.MAY_LOOSEN] * 2, *[Effect.TIGHTENS] * 3))
)


class TestTheScreen:
    def shown(self, view: RunView) -> list[str]:
        return screen(view).decode().split("\n")

    def test_it_counts_what_is_not_as_locked_by_what_it_does_and_names_what_shows_the_rest(self, no_go, seal_log):
        """One difference stood there, cut in the middle, and nothing said that there were 34 more."""
        lines = self.shown(locked(no_go, seal_log, differences=MANY))
        start = lines.index("NOT AS IT WAS LOCKED (35: 30 LOOSER, 2 MAY BE LOOSER AND 3 STRICTER)")
        named = [line for line in lines[start + 1 :] if "min_done" in line]
        left = next(line for line in lines[start:] if line.startswith("- and "))

        assert named[0] == "- system.c0, min_done: was 0%, is now 1% (looser)"
        assert left == f"- and {35 - len(named)} more: `gonogo lock PROGRAM`"

    @pytest.mark.parametrize("changes", [1, 12])
    def test_a_change_of_the_lock_never_loses_its_weight(self, no_go, seal_log, changes):
        """*2027-04-10, no request (uncontrolled, inside the freeze, loosens): …* lost what was changed."""
        bare = CHANGE.model_copy(update={"request": None, "lacks": ("It names no request.",), "differences": MANY})
        text = "\n".join(self.shown(locked(no_go, seal_log, changes=(bare,) * changes, differences=MANY)))

        assert "2027-04-10 UTC: 35 differences (uncontrolled, inside the freeze, loosens), no" in text or (
            "2027-04-10 UTC, no request (uncontrolled, inside the freeze, loosens): system.c0: " in text
        )
        assert changes == 1 or "`gonogo lock show PROGRAM`" in text

    def test_many_people_who_approved_are_counted_and_the_lock_is_named(self, no_go, seal_log):
        """*lock 2 of 2027-04-10, …* did not say that nobody had approved it."""
        view = locked(no_go, seal_log)
        people = tuple(ADA.model_copy(update={"person": f"somebody.with.a.long.name.{n}"}) for n in range(6))
        lock = view.decision.lock.model_copy(update={"approved_by": people})
        decision = view.decision.model_copy(update={"lock": lock})
        text = " ".join(self.shown(replace(view, assessment=view.assessment.model_copy(update={"decision": decision}))))

        assert "lock 2 of 2027-01-27 UTC, approved by 6 people, not signed." in text

    def test_the_reason_against_go_live_counts_them_where_words_are_few(self, no_go, seal_log):
        """Three of 35 in one sentence, cut after the first line, are neither a number nor a list."""
        view = locked(no_go, seal_log, differences=MANY)
        reason = differences_blocker(view.decision.lock)
        decision = view.decision.model_copy(update={"blockers": (reason, *view.decision.blockers)})
        view = replace(view, assessment=view.assessment.model_copy(update={"decision": decision}))
        (part,) = (part for part in brief(view) if part.id == "blocking")
        at = part.items.index(reason.why)

        assert part.short[at] == (
            "The program's files are not what was locked: 35 differences: 30 looser, 2 may be looser and 3 stricter"
        )

    @pytest.mark.parametrize(
        ("kind", "whose"),
        [
            (OriginKind.SHIPPED, ""),
            (OriginKind.COPY, ", the program's own copy"),
            (OriginKind.EDITED, ", edited from m3-hardened@0.1.0"),
            (OriginKind.OWN, ", the program's own"),
        ],
    )
    def test_in_the_fewest_words_it_still_says_whose_rules_and_which_lock(self, no_go, seal_log, kind, whose):
        """An edited copy must not pass for the shipped rules because a line was full."""
        view = locked(no_go, seal_log)
        started = view.started.model_copy(update={"origin": RuleOrigin(kind=kind, of="m3-hardened@0.1.0")})
        view = replace(view, started=started, overlays=("a-long-name-of-an-overlay@1", "another@2"))
        rules = f"Rules: {view.started.ruleset}{whose}"

        *_, brief, briefest = rules_forms(view)
        lock = "lock 2 of 2027-01-27 UTC, approved by 1 person, not signed."
        assert brief == f"{rules}; with a-long-name-of-an-overlay@1 and another@2; {lock}"
        assert briefest == f"{rules}; with 2 overlays; {lock}"

    def test_files_that_are_as_locked_have_no_such_part(self, no_go, seal_log):
        """A heading with nothing below it is a question."""
        assert differs_short(locked(no_go, seal_log)) is None
        assert differs_short(RunView.of(seal_log(no_go.events()))) is None


class TestUnderALock:
    def test_page_one_names_the_lock_and_who_approved_it(self, no_go, seal_log):
        """Whose agreement it is stands beside the rules."""
        assert locked_since(locked(no_go, seal_log)) == (
            "; lock 2 of 2027-01-27 UTC, approved by ada.kirsch, not signed"
        )
        assert locked_since(locked(no_go, seal_log, signed_by="b" * 64)).endswith("approved by ada.kirsch")

    def test_every_change_is_listed_with_request_people_and_reason(self, no_go, seal_log):
        """The one change that a board asks about is the one that somebody would rather not show."""
        view = locked(no_go, seal_log, changes=(CHANGE,))
        text = full(view).decode()

        assert (
            "The lock was changed once since 2027-01-27 UTC: 1 loosens something, or may and 1 inside the freeze."
            in (" ".join(text.split()))
        )
        for part in ("CR-7", "theo", "In time.", "ada.kirsch as the customer's executive sponsor on 2027-01-27"):
            assert part in " ".join(text.split())
        (short,) = lock_short(view).items
        assert short == f"2027-04-10 UTC, CR-7 (inside the freeze, loosens): {LOOSER.sentence} and 1 more"

    def test_an_uncontrolled_change_says_what_it_lacks(self, no_go, seal_log):
        """It is never shown as an agreed one."""
        bare = LockChange(number=2, at=AT, differences=(STRICTER,), lacks=("It names no request.",))
        view = locked(no_go, seal_log, changes=(bare,), uncontrolled=1)
        text = " ".join(full(view).decode().split())

        assert "1 without request or approval" in text
        assert "It names no request." in text
        assert "uncontrolled" in lock_short(view).items[0]

    def test_files_that_differ_are_the_first_thing_that_is_said(self, no_go, seal_log):
        """Whatever the criteria came to, they are not the agreed ones."""
        view = locked(no_go, seal_log, breaches=("The file is gone.",), differences=(LOOSER,))
        text = " ".join(full(view).decode().split())

        assert lock_words(view)[0] == (
            "The program's files are not what was locked: the process ended with exit code 5."
        )
        assert "The file is gone." in text
        assert LOOSER.sentence in text

    def test_the_next_step_is_to_restore_the_files_or_to_request_the_change(self, no_go, seal_log):
        """*Fix what is named above* left a manager without the two ways that there are."""
        steps = {
            name: next(part for part in brief(locked(no_go, seal_log, **more)) if part.id == "next").items
            for name, more in {
                "other files": {"breaches": ("The file is gone.",), "differences": (LOOSER,)},
                "no lock file": {"breaches": ("The file is gone.",)},
                "as locked": {},
            }.items()
        }

        assert steps["other files"][0] == (
            "Do this first: restore the locked files, or request the change with `gonogo lock amend PROGRAM --draft "
            "FILE`; then run again."
        )
        assert steps["other files"][1].startswith("Then: remedy the 2 criteria that failed on merit; ")
        assert steps["no lock file"][0] == "Do this first: put `gonogo.lock` back as said above, and run again."
        assert steps["as locked"][0].startswith("Do this first: remedy the 2 criteria that failed on merit; ")
        assert lock_step(RunView.of(seal_log(no_go.events()))) == []

    def test_a_rehearsal_by_other_rules_says_that_they_were_not_compared(self, no_go, seal_log):
        """Otherwise it would look like the locked rules."""
        view = locked(no_go, seal_log, other_rules=True)
        kind = RunKind(purpose=Purpose.REHEARSAL, instead_of="m3-baseline@1.0.0")
        view = replace(view, started=view.started.model_copy(update={"kind": kind}))

        assert "which were not compared: nothing can be decided by it" in lock_words(view)[-1]
        for name in ("terminal", "full", "markdown", "html", "json"):
            text = " ".join(FORMATS[name].render(view).decode().replace("&#39;", "'").split())
            assert (
                "the ruleset was named on the command line, in place of the program's own (m3-baseline@1.0.0)" in text
            )
            assert "which were not compared" in text, name
            assert name != "json" or '"other_rules":true' in text

    def test_sources_that_changed_are_told(self, no_go, seal_log):
        """They are not frozen, and a reader may want to know."""
        view = locked(no_go, seal_log, sources=("the source desk was removed",))

        assert "the source desk was removed" in " ".join(full(view).decode().split())

    def test_many_changes_keep_the_first_screen_a_screen(self, no_go, seal_log):
        """A lock that was changed every week still fits."""
        view = locked(no_go, seal_log, changes=(CHANGE,) * 40, breaches=("The file is gone. " * 30,))

        assert len(screen(view).decode().splitlines()) <= LINES


class TestSeats:
    """People come and go under a lock; nobody does so in the past."""

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"counts_from": DAY, "past": True}, "1 seat claims days on which the register did not have it, and signs"),
            (
                {"counts_from": DAY},
                "1 seat claims days on which the register did not have it, and signs nothing there: ",
            ),
            ({"gone": True, "past": True}, "1 seat that the record knows is gone from the people register: zoe as "),
            ({}, ""),
            ({"gone": True}, ""),
        ],
    )
    def test_what_is_about_the_past_is_said_beneath_the_verdict(self, no_go, seal_log, changes, says):
        """A sponsor of yesterday's date is news; a new one from today on is listed below."""
        seat = SeatChange(role="customer.executive_sponsor", person="zoe", seen=DAY, **changes)
        view = locked(no_go, seal_log, people=(seat,))

        told = " ".join(lock_words(view))

        assert (says in told) if says else (told == "")
        listed = " ".join(str(each) for each in lock_entries(view))
        assert f"Seats since the lock, which does not freeze them: {seat.sentence}." in listed

    def test_a_change_says_who_was_new_in_the_seat(self, no_go, seal_log):
        """Who approves the change of the rules a week after taking office is read beside it for ever."""
        new = CHANGE.model_copy(update={"newly_seated": ("zoe did not hold the seat customer.executive_sponsor.",)})

        (told, plain) = (str(lock_entries(locked(no_go, seal_log, changes=(each,)))) for each in (new, CHANGE))

        assert "('New in the seat', 'zoe did not hold the seat customer.executive_sponsor.')" in told
        assert "New in the seat" not in plain
