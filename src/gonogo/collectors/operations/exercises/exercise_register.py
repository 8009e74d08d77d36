"""The rows of a register of exercises, each read whole; what can be read in two ways is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from gonogo.collectors.document_moment import EARLIEST_YEAR
from gonogo.collectors.listed_rows import listed_rows
from gonogo.collectors.operations.exercises.lengths_of_time import folded, minutes_in, parted
from gonogo.collectors.operations.exercises.register_settings import HEADINGS, ColumnName, ExercisesSettings
from gonogo.documents.xlsx.dates import TwoReadings, date_of_text
from gonogo.model.evidence import GapReason
from gonogo.model.look_alike import near
from gonogo.model.placeholder import has_content, plain_words
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal, Input

_NEEDED: Final[tuple[ColumnName, ...]] = ("key", "system", "kind", "held", "outcome")
_YES: Final = frozenset(("yes", "y", "true", "x"))
_NO: Final = frozenset(("no", "n", "false", ""))


class ExerciseKind(StrEnum):
    """What an exercise exercises."""

    RESTORE = "restore"
    FAILOVER = "failover"
    OTHER = "other"

    @property
    def words(self) -> str:
        """What it is called in sentences."""
        return "restore at production size" if self is ExerciseKind.RESTORE else f"{self}"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One row.

    Attributes:
        key: Its id.
        place: Where it stands.
        system: What was exercised.
        kind: How.
        held_on: When; None for a plan without a day.
        held: Whether it took place.
        passed: Whether it met its aim; None where no outcome is written.
        full_size: Whether it was at production size; None where its cell does not say so, or no column does.
        checked: Whether the data were checked; None without such a column.
        users: Whether the customer's users took part; None without such a column.
        hours, limit_hours: The recovery time and its limit; None where the cell or the column says none.
        lost_minutes, limit_minutes: The loss of data and its limit.
    """

    key: str
    place: str
    system: str
    kind: ExerciseKind
    held_on: date | None
    held: bool
    passed: bool | None
    full_size: bool | None
    checked: bool | None
    users: bool | None
    hours: Decimal | None
    limit_hours: Decimal | None
    lost_minutes: Decimal | None
    limit_minutes: Decimal | None

    @property
    def overran(self) -> bool:
        """Whether a figure is beyond its limit, or has none: nobody plans that, so it was measured."""
        pairs = ((self.hours, self.limit_hours), (self.lost_minutes, self.limit_minutes))
        return any(took is not None and (limit is None or took > limit) for took, limit in pairs)

    @property
    def counts(self) -> bool:
        """Whether it took place, and is large enough for its kind."""
        return self.held and (self.kind is not ExerciseKind.RESTORE or bool(self.full_size))


@dataclass(frozen=True, slots=True)
class ExerciseRegister:
    """All rows.

    Attributes:
        name: Name of the file.
        exercises: In the order of the file.
        columns: Which columns there are.
    """

    name: str
    exercises: tuple[Exercise, ...]
    columns: frozenset[str]

    def of(self, kind: ExerciseKind) -> list[Exercise]:
        """Return the exercises of a kind.

        Raises:
            CollectorRefusal: Nothing says which restores are at production size.
        """
        found = [each for each in self.exercises if each.kind is kind]
        if kind is ExerciseKind.RESTORE and found and "full_size" not in self.columns:
            raise CollectorRefusal(
                f"{self.name} has no column that says whether a restore was at production size", GapReason.MISSING
            )
        return found


def read_register(source: Input, settings: ExercisesSettings, today: date) -> ExerciseRegister:
    """Return the exercises of a register.

    Args:
        source: The file.
        settings: Of the binding.
        today: The day on which it held; what is later is a plan.

    Raises:
        CollectorRefusal: It lacks a column, or a row of it contradicts itself or can be read in two ways.
    """
    others = settings.other_sheets
    rows = listed_rows(source, settings.sheet, final_line_break=settings.final_line_break, other_sheets=others)
    _, header = next(rows)
    columns = _columns(source.file_name, header, settings.headings)
    reader = _RowReader(settings, columns, header, today)
    found: dict[str, Exercise] = {}
    count = 0
    for place, cells in rows:
        if not any(cells):
            continue
        count += 1
        exercise = reader.read(place, cells)
        if plain_words(exercise.key) in found:
            raise StructuralFault(f"{place}: the exercise stands in an earlier row too")
        found[plain_words(exercise.key)] = exercise
    if settings.rows is not None and count != settings.rows:
        raise StructuralFault(f"{source.file_name} has {count} exercises; the binding says {settings.rows}")
    wanted = {folded(each): each for each in settings.systems}
    kept = [each for each in found.values() if not wanted or folded(each.system) in wanted]
    for each in found.values():
        if wanted and folded(each.system) not in wanted:
            _check_another(each, settings.systems)
    return ExerciseRegister(source.file_name, tuple(_named(kept, wanted)), frozenset(columns))


def _check_another(exercise: Exercise, systems: Sequence[str]) -> None:
    """Check that a system that is none of those asked for is not one of them in another spelling.

    Raises:
        StructuralFault: It is called like one, or looks like one; its row would be left out.
    """
    words = f" {plain_words(exercise.system)} "
    like = next((name for name in systems if f" {plain_words(name)} " in words or near(name, exercise.system)), None)
    if like is not None:
        raise StructuralFault(
            f"{exercise.place}: the system {exercise.system[:80]!r} is called like {like[:80]!r} of `systems` and is "
            "another; write one system a row, in the spelling of `systems`"
        )


def _named(exercises: Sequence[Exercise], wanted: Mapping[str, str]) -> list[Exercise]:
    """Return exercises with one spelling for each system."""
    spelled = dict(wanted)
    return [replace(each, system=spelled.setdefault(folded(each.system), each.system)) for each in exercises]


def _columns(name: str, header: Sequence[str], own: Mapping[ColumnName, str]) -> dict[ColumnName, int]:
    """Return where each column stands.

    Raises:
        StructuralFault: One that is needed is not there, or two headings could be one.
    """
    plain = [parted(cell)[0] for cell in header]
    found: dict[ColumnName, int] = {}
    for column, known in HEADINGS.items():
        names = (folded(own[column]),) if column in own else known
        at = [i for i, cell in enumerate(header) if (folded(cell) if column in own else plain[i]) in names]
        first = [i for i in at if plain[i] == names[0]]
        at = first if len(at) > 1 and len(first) == 1 else at
        if len(at) > 1:
            raise StructuralFault(f"{name} has {len(at)} columns that could be {column}; say which one in headings")
        if at:
            found[column] = at[0]
    lacking = [column for column in _NEEDED if column not in found]
    if lacking:
        raise StructuralFault(
            f"{name} has no column for {', '.join(lacking)}; its first row has to hold the headings; `headings` may "
            f"name them"
        )
    return found


class _RowReader:
    """Reads rows by the columns and words of a binding."""

    def __init__(
        self, settings: ExercisesSettings, columns: Mapping[ColumnName, int], header: Sequence[str], today: date
    ) -> None:
        self._columns, self._today = columns, today
        kinds = {
            ExerciseKind.RESTORE: settings.restores,
            ExerciseKind.FAILOVER: settings.failovers,
            ExerciseKind.OTHER: settings.others,
        }
        self._kinds = {folded(word): kind for kind, words in kinds.items() for word in words}
        self._passed = {folded(word) for word in settings.passed}
        self._not_held = {folded(word) for word in settings.not_held}
        self._units = {column: parted(header[at])[1] for column, at in columns.items()}

    def read(self, place: str, cells: Sequence[str]) -> Exercise:
        """Return one row.

        Raises:
            StructuralFault: It lacks id, system or type, or has an outcome and no day that is past.
        """
        cell = {column: cells[at].strip() for column, at in self._columns.items()}
        for column in ("key", "system"):
            if not cell[column] or not any(map(str.isalnum, cell[column])):
                raise StructuralFault(f"{place}: the row has no {'id' if column == 'key' else column}")
        kind = self._kinds.get(folded(cell["kind"]))
        if kind is None:
            raise StructuralFault(
                f"{place}: the type of the exercise is in no list; put it into restores, failovers or others"
            )
        held_on = self._day(place, cell["held"])
        outcome = folded(cell["outcome"])
        said = has_content(cell["outcome"]) and outcome not in self._not_held
        past = held_on is not None and held_on <= self._today
        if said and not past:
            raise StructuralFault(f"{place}: the row has an outcome and {'a day to come' if held_on else 'no day'}")
        exercise = Exercise(
            cell["key"],
            place,
            cell["system"],
            kind,
            held_on,
            held=past and outcome not in self._not_held,
            passed=outcome in self._passed if said else None,
            full_size=self._size(place, cell),
            checked=self._truth(place, cell, "checked"),
            users=self._truth(place, cell, "users"),
            hours=self._length(place, cell, "hours", 60),
            limit_hours=self._length(place, cell, "rto", 60),
            lost_minutes=self._length(place, cell, "lost", 1),
            limit_minutes=self._length(place, cell, "rpo", 1),
        )
        if past and outcome in self._not_held and exercise.overran:
            return replace(exercise, held=True, passed=None)
        return exercise

    def _day(self, place: str, text: str) -> date | None:
        if not has_content(text):
            return None
        try:
            found = date_of_text(text)
        except TwoReadings as error:
            raise StructuralFault(f"{place}: the day could be two; write it as 2027-03-14") from error
        if not found:
            raise StructuralFault(f"{place}: the day is none that is read here; write it as 2027-03-14")
        day = date.fromisoformat(found[:10])
        if day.year < EARLIEST_YEAR:
            raise StructuralFault(f"{place}: the day is before {EARLIEST_YEAR}; write it as 2027-03-14")
        return day

    def _truth(self, place: str, cell: Mapping[ColumnName, str], column: ColumnName) -> bool | None:
        if column not in cell:
            return None
        word = folded(cell[column])
        if word not in _YES | _NO and has_content(cell[column]):
            raise StructuralFault(f"{place}: {column.replace('_', ' ')} is neither Yes nor No")
        return word in _YES

    def _size(self, place: str, cell: Mapping[ColumnName, str]) -> bool | None:
        found = self._truth(place, cell, "full_size")
        said = folded(cell.get("full_size", ""))
        return found if said and said in _YES | _NO else None

    def _length(self, place: str, cell: Mapping[ColumnName, str], column: ColumnName, per: int) -> Decimal | None:
        """Return a length of time in units of ``per`` minutes."""
        text = cell.get(column, "")
        if not text or not (has_content(text) or any(map(str.isdigit, text))):
            return None
        minutes = minutes_in(text, self._units.get(column, 0))
        if minutes is None:
            raise StructuralFault(f"{place}: {column} is no length of time with its unit; write it as 4.5 h or 270 min")
        return minutes / per
