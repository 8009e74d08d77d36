"""Who is who: seats and the names of their holders, as people answer, and as a people register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from gonogo.documents.files import open_regular
from gonogo.documents.shape import read_sheet
from gonogo.errors import ConfigurationError
from gonogo.first_week.prose import ascii_words, plain, quoted
from gonogo.model.people import M3_OFFICES, M3_ROLES, SINGLE_SEATS
from gonogo.model.placeholder import has_content
from gonogo.program.side_documents import PeopleDocument
from gonogo.program.side_files import build_people
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.text import did_you_mean

MAX_BYTES: Final = 1_000_000
LONGEST: Final = 120


class WrongAnswer(ValueError):
    """An answer of the interview cannot be used; the sentence says what is expected."""


@dataclass(frozen=True, slots=True)
class SeatAnswers:
    """Who holds which seat.

    Attributes:
        held: Pairs of seat and name, in the order of the answers.
        register: A whole register that was given as a file, to be used as it is; empty for none.
    """

    held: tuple[tuple[str, str], ...] = ()
    register: str = ""

    def with_line(self, text: str, roles: Sequence[str]) -> SeatAnswers:
        """Return the seats with one more, from ``customer.program_manager=Theo Brandvold``; TBD or no name: open.

        Raises:
            WrongAnswer: No such seat, one person on two sides, or two in a seat of one.
        """
        role, name = _read_line(text, roles)
        if not name or not has_content(name):
            return self  # TBD holds no seat
        person = _person(name)
        side = role.partition(".")[0]
        for other, known in self.held:
            if _person(known) != person:
                if other == role and role in SINGLE_SEATS:
                    raise WrongAnswer(f"{role} is a seat of one person, and {known} holds it already")
                continue
            if other.partition(".")[0] != side:
                raise WrongAnswer(f"{name} holds {other}; one person cannot answer for two sides")
            if other == role:
                raise WrongAnswer(f"{name} holds {role} already")
            name = known
        return replace(self, held=(*self.held, (role, name)))


def roles_of(rules: LoadedRuleset | None) -> tuple[str, ...]:
    """Return the 18 seats of M3 and those that the ruleset declares."""
    return (*M3_ROLES, *(rules.ruleset.offices if rules else ()))


def _read_line(text: str, roles: Sequence[str]) -> tuple[str, str]:
    seat, equals, name = text.partition("=")
    role, name = seat.strip().lower(), " ".join(name.split())
    if not equals:
        raise WrongAnswer("a seat and a name are expected, such as customer.program_manager=Theo Brandvold")
    if role not in roles:
        if role in M3_OFFICES:
            raise WrongAnswer(f"say on which side: customer.{role} or provider.{role}")
        hint = did_you_mean(role, roles, otherwise=f"the seats are {', '.join(roles)}")
        raise WrongAnswer(f"there is no seat `{plain(role, most=60)}`; {hint}")
    if not name.isprintable() or len(name) > LONGEST:
        raise WrongAnswer(f"a name of at most {LONGEST} characters that can be printed is expected")
    if has_content(name) and not _person(name):
        raise WrongAnswer(f"`{plain(name)}` has no letter that can go into an id; add the name in Latin letters")
    return role, name


def _person(name: str) -> str:
    """Return the id of a person: ``Theo Brandvold`` is ``theo.brandvold``."""
    return ".".join(ascii_words(name))[:80].strip(".")


def read_seats_file(path: Path, roles: Sequence[str]) -> SeatAnswers:
    """Return the seats of a file: a people register, or one ``seat=Name`` a line with blank lines and # comments.

    Raises:
        WrongAnswer: It cannot be read, or a line is wrong.
    """
    try:
        with open_regular(path) as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise WrongAnswer(f"{plain(str(path))} cannot be read: {error.strerror or 'the system refused'}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongAnswer(
            f"{plain(path.name)} is not UTF-8 text; a register or one `seat=Name` a line is expected"
        ) from error
    if any(line.startswith("people:") for line in text.splitlines()):
        return _register(data, path.name, roles)
    found, wrong = SeatAnswers(), []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                found = found.with_line(line, roles)
            except WrongAnswer as error:
                wrong.append(f"{plain(path.name)}, line {number}: {error}")
    if wrong:
        raise WrongAnswer("; ".join(wrong))
    return found


def _register(data: bytes, name: str, roles: Sequence[str]) -> SeatAnswers:
    try:
        sheet = read_sheet(data, name, PeopleDocument)
        register, problems, _ = build_people(sheet)
    except ConfigurationError as error:
        raise WrongAnswer(f"{error.problems[0].where}: {error.problems[0].what}") from error
    if found := (*sheet.problems, *problems):
        raise WrongAnswer("; ".join(f"{problem.where}: {problem.what}" for problem in found))
    strange = sorted({tenure.role for tenure in register.tenures} - set(roles))
    if strange:
        hints = [f"`{plain(role)}`{_meant(role, roles)}" for role in strange]
        raise WrongAnswer(f"{plain(name)}: {_no_seats(len(strange))} {'; '.join(hints)}")
    return SeatAnswers(register=data.decode("utf-8"))


def _no_seats(many: int) -> str:
    return "there is no seat" if many == 1 else "there are no such seats as"


def _meant(role: str, roles: Sequence[str]) -> str:
    hint = did_you_mean(role, roles)
    return f" ({hint})" if hint else ""


def people_text(seats: SeatAnswers, roles: Sequence[str], *, customer: str, provider: str) -> str:
    """Return ``people.yaml``: the seats that are known, and the open ones as comments."""
    if seats.register:
        return seats.register if seats.register.endswith("\n") else f"{seats.register}\n"
    return "\n".join(_people_lines(seats, roles, {"customer": customer, "provider": provider})) + "\n"


def _people_lines(seats: SeatAnswers, roles: Sequence[str], organizations: dict[str, str]) -> Iterator[str]:
    yield "# Who holds which seat, and since when. A person has one id in every seat; nobody sits on two sides."
    yield "# `from:` and `to:` are the first and the last day in office; leave them out for always."
    yield "# Only people who hold a seat here can attest, waive or approve for it. An open seat alone blocks nothing."
    yield "schema: 1"
    yield "people:" if seats.held else "people: []   # remove this [] when you add the first person below"
    side = ""
    for role in sorted(roles, key=lambda role: role.partition(".")[0]):
        if role.partition(".")[0] != side:
            side = role.partition(".")[0]
            organization = organizations.get(side, "")
            yield f"  # {side}{f': {plain(organization)}' if organization else ''}"
        holders = [name for held, name in seats.held if held == role]
        for name in holders:
            yield f"  - {{role: {role}, person: {quoted(_person(name))}, name: {quoted(name)}}}"
        if not holders:
            yield f"  # - {{role: {role}, person: first.last, name: First Last, from: 2027-01-04}}"
