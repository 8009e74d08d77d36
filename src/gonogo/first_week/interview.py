"""The nine questions of ``gonogo init``: each answer is read strictly, and a wrong one says what is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic_core import PydanticCustomError

from gonogo.documents.files import real
from gonogo.documents.quantities import read_moment
from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.evidence_folder import EVIDENCE, evidence_folder, usual_folder
from gonogo.first_week.prose import ascii_words, plain, slug
from gonogo.first_week.seat_interview import SeatAnswers, WrongAnswer, read_seats_file, roles_of
from gonogo.program.local_times import instant_of, zone_of
from gonogo.ruleset.loader import LoadedRuleset, ruleset_by_name

T = TypeVar("T")
RULESET: Final = "m3-baseline"
MOST: Final = 200
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT: Final = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}.*", re.ASCII)
_ZONES: Final = "write a place, such as America/New_York, America/Chicago, America/Denver or America/Los_Angeles"
_COLLOQUIAL: Final = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "washington": "America/New_York",
    "dc": "America/New_York",
}
_LETTERS: Final = {"e": "eastern", "c": "central", "m": "mountain", "p": "pacific"}

Ask = Callable[[str, str], str]
"""Put a question to a person: its text and the default ("" for none); returns the answer."""
Tell = Callable[[str], None]
"""Say why an answer is wrong."""


@dataclass(frozen=True)
class Answers:
    """What the interview found out.

    Attributes:
        program: Id of the program, made of the folder's name.
        customer: Customer agency.
        provider: Shared service provider.
        release: Id of the release.
        go_live: As the program file writes it: local time, or with an offset.
        moment: The same as an instant in UTC.
        time_zone: IANA name.
        evidence: Folder of the evidence, relative to the program's folder.
        rules: The ruleset to be copied.
        seats: Who is who.
        build: What exactly is released, as test reports name it; empty where nobody knows yet.
    """

    program: str
    customer: str
    provider: str
    release: str
    go_live: str
    moment: datetime
    time_zone: str
    evidence: str
    rules: LoadedRuleset
    seats: SeatAnswers = field(default_factory=SeatAnswers)
    build: str = ""


def conduct(root: Path, given: Mapping[str, str | None], ask: Ask | None = None, tell: Tell | None = None) -> Answers:
    """Return the answers: those given as options, and the rest as asked.

    Args:
        root: The program's folder, whether it is there or not.
        given: Answers by option: customer, provider, release, go_live, time_zone, evidence, ruleset, build, people.
        ask: How a person is asked; None where nobody can be.
        tell: How a person hears that an answer was wrong, before the question is put again.

    Raises:
        UsageError: An option is wrong, or nobody can be asked for one that is needed; all of them together.
    """
    desk = _Interview(given, ask, tell or (lambda _sentence: None))
    customer = desk.answer("customer", "Which agency is the customer?", _words)
    provider = desk.answer("provider", "Who is the shared service provider?", _words)
    release = desk.answer("release", "What is the release called (letters, digits, - . _)?", _release, "R1")
    zone = desk.answer("time_zone", "In which time zone does it go live (such as America/New_York)?", _zone)
    go_live = desk.answer(
        "go_live", "When is it switched on (such as 2027-05-03T06:00)?", lambda text: read_go_live(text, zone)
    )
    usual = usual_folder(root) if ask is not None else EVIDENCE
    evidence = desk.answer(
        "evidence", "In which folder is the evidence?", lambda text: evidence_folder(text, root), usual, optional=True
    )
    rules = desk.answer("ruleset", "Which ruleset?", _ruleset, RULESET, optional=True)
    build = desk.answer(
        "build",
        "Which build is released, as its test reports name it (such as REL-4.2.118; Enter if nobody knows yet)?",
        _build,
        optional=True,
    )
    seats = desk.seats(rules)
    desk.refuse()
    assert customer is not None
    assert provider is not None
    assert release is not None
    assert zone is not None
    assert go_live is not None
    assert evidence is not None
    assert rules is not None
    return Answers(
        program=slug(real(root).name, joint="-", otherwise="program"),
        customer=customer,
        provider=provider,
        release=release,
        go_live=go_live[0],
        moment=go_live[1],
        time_zone=zone,
        evidence=evidence,
        rules=rules,
        seats=seats,
        build=build or "",
    )


@dataclass(slots=True)
class _Interview:
    """Puts each question once, or until its answer is right, and gathers what is wrong with options."""

    given: Mapping[str, str | None]
    ask: Ask | None
    tell: Tell
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def answer(
        self, key: str, question: str, read: Callable[[str], T], default: str = "", *, optional: bool = False
    ) -> T | None:
        option = "--" + key.replace("_", "-")
        text = self.given.get(key)
        if text is not None or (self.ask is None and optional):
            try:
                return read(text if text is not None else default)
            except WrongAnswer as error:
                self.wrong.append(f"{option}: {error}")
                return None
        if self.ask is None:
            self.missing.append(option)
            return None
        while True:
            try:
                return read(self.ask(question, default))
            except WrongAnswer as error:
                self.tell(str(error))

    def seats(self, rules: LoadedRuleset | None) -> SeatAnswers:
        roles = roles_of(rules)
        path = self.given.get("people")
        if path is not None:
            try:
                return read_seats_file(Path(path), roles)
            except WrongAnswer as error:
                self.wrong.append(f"--people: {error}")
                return SeatAnswers()
        found = SeatAnswers()
        while self.ask is not None:
            text = self.ask(
                "Who is who? One seat a line, such as customer.program_manager=Theo Brandvold; ? lists the seats, "
                "Enter alone goes on",
                "",
            )
            if not text.strip():
                break
            if text.strip() == "?":
                self.tell("the seats: " + ", ".join(roles))
                continue
            try:
                found = found.with_line(text, roles)
            except WrongAnswer as error:
                self.tell(str(error))
        return found

    def refuse(self) -> None:
        if self.missing:
            listed = ", ".join(self.missing)
            self.wrong.append(
                f"nobody can be asked here, so {listed} {'is' if len(self.missing) == 1 else 'are'} needed"
            )
        if self.wrong:
            raise UsageError("; ".join(self.wrong) + ".", hint="`gonogo init --help` shows an example")


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise WrongAnswer("a name is expected, such as National Inland Waterways Administration")
    if not words.isprintable() or len(words) > MOST:
        raise WrongAnswer(f"a name of at most {MOST} characters that can be printed is expected")
    return words


def _release(text: str) -> str:
    if not _ID.fullmatch(text.strip()):
        made = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-._")[:80] or "R1"
        raise WrongAnswer(f"`{plain(text, most=40)}` is not an id (letters, digits, . _ -); for example `{made}`")
    return text.strip()


def _build(text: str) -> str:
    words = " ".join(text.split())
    if not words.isprintable() or len(words) > MOST:
        raise WrongAnswer(f"a build of at most {MOST} characters that can be printed is expected, such as REL-4.2.118")
    return words


def _zone(text: str) -> str:
    name = text.strip()
    if not name:
        raise WrongAnswer(f"a time zone is expected; {_ZONES}")
    try:
        return zone_of(name).key
    except PydanticCustomError as error:
        hint = (error.context or {})["hint"]
        meant = _colloquial(name) or (hint if hint.startswith("did you mean") else _ZONES)
        raise WrongAnswer(f"`{plain(name, most=40)}` is not a time zone here; {meant}") from error


def _colloquial(name: str) -> str:
    """Return the zone that people mean by EST, ET, Eastern Time or a city; nothing for anything else."""
    words = ascii_words(name)
    if len(words) == 1 and re.fullmatch(r"[ecmp][sd]?t", words[0]):
        words = [_LETTERS[words[0][0]]]
    city = "_".join(words)
    named = (zone for zone in sorted(available_timezones()) if zone.rpartition("/")[2].lower() == city)
    meant = next((_COLLOQUIAL[word] for word in words if word in _COLLOQUIAL), "") or next(named, "")
    return f"did you mean `{meant}`?" if meant else ""


def _sentence(error: PydanticCustomError) -> str:
    context: dict[str, Any] = error.context or {}
    return f"{context['what']}; {context['hint']}"


def read_go_live(text: str, time_zone: str | None) -> tuple[str, datetime]:
    """Return the go-live as the program file writes it, and as an instant.

    Raises:
        WrongAnswer: No instant, a day without a time, or a local time that happens twice or never.
    """
    written = text.strip().replace(" ", "T", 1)
    if _DAY.fullmatch(written):
        raise WrongAnswer(f"{written} has no time of day; say when it is switched on: {written}T06:00")
    if not _MOMENT.fullmatch(written):
        given = f"`{plain(text.strip(), most=40)}` is not a date with a time"
        what = given if text.strip() else "a date and a time are expected"
        raise WrongAnswer(f"{what}; write year-month-day, then hour and minute up to 23:59, such as 2027-05-03T06:00")
    try:
        moment = read_moment(written)
        return written, instant_of(moment, ZoneInfo(time_zone or "UTC"))
    except PydanticCustomError as error:
        raise WrongAnswer(_sentence(error)) from error


def _ruleset(text: str) -> LoadedRuleset:
    try:
        return ruleset_by_name(text.strip() or RULESET)
    except ConfigurationError as error:
        first = error.problems[0]
        raise WrongAnswer(f"{first.what}{f'; {first.hint}' if first.hint else ''}") from error
