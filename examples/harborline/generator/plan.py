"""The integrated master schedule as rows: 1,642 activities in 212 work packages, 486 of them on the way to go-live.

A work package is a chain of seven or eight activities. 62 packages lead to go-live. Of these, 13 end with long work
that drives the date, 18 end with work that slips in NO-GO, 31 end with two short activities that are still to come.
112 other packages were to end by now, 38 lie ahead (stabilization, release 2, release 3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from .figures import Figures
from .files import dice
from .names import CONTRACTS, INTERFACES, OBJECTS, SERVICES
from .workdays import DAYS, at, evening, index, later, morning

STATUS = at("2027-04-15 17:00")
GOLIVE = at("2027-05-03 06:00")
GOLIVE_NAME = "GL1000 Go-live of release 1"
LEAVES, LONG, LATE, PLAIN, PAST, AHEAD = 212, 13, 18, 31, 112, 38
STEPS = ("Plan", "Design", "Build", "Unit test", "Integrate", "Review", "Correct", "Accept")
STAGES = ("Blueprint", "Realize", "Prove", "Deploy")
AREAS = (
    *SERVICES,
    *INTERFACES,
    *OBJECTS[:11],
    "Training",
    "Communications",
    "Security authorization",
    "Cutover",
    "Program management",
)
WAITS = range(19)
"""Packages ahead of which one link waits a day; six of the past ones have one too."""
_LAST_BEFORE = date(2027, 4, 27)
"""The last working day of what drives go-live, where go-live is not sooner."""
FIRST_TEAM, TEAMS = 23, 4
"""Number of the first resource that is a team and no person, and how many of them there are."""


@dataclass
class Task:
    """One activity. Moments are local."""

    uid: int
    name: str
    leaf: int | None
    hours: int
    planned: tuple[datetime, datetime]
    start: datetime
    finish: datetime
    done: bool = True
    claims: bool = False
    begun: bool = True
    slack: int | None = None
    preds: list[tuple[int, int]] = field(default_factory=list)
    pin: tuple[int, datetime] | None = None
    people: list[tuple[int, int]] = field(default_factory=list)
    contract: str = ""


@dataclass
class Plan:
    """The schedule of one program: rows by package, and the three rows outside every package."""

    leaves: list[list[Task]]
    root: list[Task]
    golive: Task
    names: list[tuple[str, str]]
    status: datetime

    @property
    def tasks(self) -> list[Task]:
        """Every activity."""
        return [*self.root, *(task for leaf in self.leaves for task in leaf)]


def build(figures: Figures, status: datetime = STATUS) -> Plan:
    """Return the schedule of a program at its status date; the float of go-live is that of the figures."""
    plan = _baseline(status, _early(figures))
    _link(plan)
    _progress(plan, figures)
    _slack(plan, figures)
    _staff(plan)
    return plan


def _early(figures: Figures) -> int:
    """Return by how many working days all that leads to go-live ends sooner, because go-live could be so early."""
    return max(0, index(_LAST_BEFORE) - index(_ahead(figures).date())) if figures.scenario == "go" else 0


def _baseline(status: datetime, early: int) -> Plan:
    random = dice("schedule")
    names = [(AREAS[number // 4], STAGES[number % 4]) for number in range(LEAVES)]
    leaves: list[list[Task]] = []
    uid = 10
    feeding = LONG + LATE + PLAIN
    for number in range(LEAVES):
        count = 8 if number < 51 or feeding <= number < feeding + 73 or number >= LEAVES - 30 else 7
        days = [random.randint(3, 9) for _ in range(count)]
        if number < LONG:
            days[-1], end = 40, index(_LAST_BEFORE) - early
        elif number < LONG + LATE:
            days[-1], end = 10, index(date(2027, 4, 21)) + number % 4 - early
        elif number < feeding:
            days[-1], end = 4, index(date(2027, 4, 23)) + number % 3 - early
        elif number < feeding + PAST:
            end = index(date(2027, 4, 14)) - (number * 7) % 40
            if number in range(feeding + 60, feeding + 66):
                days[-1] = 46
        else:
            end = index(date(2027, 7, 30)) + (number - feeding - PAST) * 3
            if number - feeding - PAST in range(20, 32):
                days[2] = 46 + number % 10
        leaf = []
        for position in reversed(range(count)):
            begin = end - days[position] + 1
            span = morning(begin), evening(end)
            area, stage = names[number]
            title = f"{STEPS[position]}: {area.lower()}, {stage.lower()}"
            leaf.append(Task(uid + position, title, number, days[position] * 8, span, *span))
            end = begin - (2 if _waits(number, position, feeding) else 1)
        leaves.append(leaf[::-1])
        uid += count
    _worst(leaves[LONG])
    span = GOLIVE, GOLIVE
    golive = Task(1000_000, GOLIVE_NAME, feeding - 1, 0, span, *span)
    leaves[feeding - 1].append(golive)
    begun, closed = at("2026-06-01 08:00"), at("2028-06-15 17:00")
    root = [
        Task(1, "Authority to proceed", None, 0, (begun, begun), begun, begun),
        Task(2, "Set up the program office", None, 80, (begun, later(begun, 80)), begun, later(begun, 80)),
        Task(3, "Program closed", None, 0, (closed, closed), closed, closed),
    ]
    return Plan(leaves, root, golive, names, status)


def _waits(number: int, position: int, feeding: int) -> bool:
    ahead = number - feeding - PAST
    return (ahead in WAITS and position == 4) or (number in range(feeding + 40, feeding + 46) and position == 7)


def _worst(leaf: list[Task]) -> None:
    """The package whose last activity is planned for 100 hours: in NO-GO it slips by 27 of them."""
    last = leaf[-1]
    begin = morning(index(leaf[-2].planned[1].date()) + 1)
    last.hours = 100
    last.planned = begin, later(begin, 100)
    last.start, last.finish = last.planned


def _link(plan: Plan) -> None:
    feeding = LONG + LATE + PLAIN
    first, _, closed = plan.root
    plan.root[1].preds.append((first.uid, 0))
    for number, leaf in enumerate(plan.leaves):
        chain = [task for task in leaf if task is not plan.golive]
        ahead = number - feeding - PAST
        chain[0].preds.append((plan.golive.uid if 0 <= ahead < 3 else first.uid, 0))
        for position, (pred, task) in enumerate(pairwise(chain)):
            task.preds.append((pred.uid, 1 if _waits(number, position + 1, feeding) else 0))
        if number < feeding:
            plan.golive.preds.append((chain[-1].uid, 0))
        elif ahead < 30 and number not in range(feeding + 70, feeding + 74):
            closed.preds.append((chain[-1].uid, 0))
        chain[-1].contract = CONTRACTS[number % 3]
    for number in range(5):
        task = plan.leaves[feeding + PAST + 5 + number][1]
        task.pin = 7, task.finish
    for number in (66, 67):
        task = plan.leaves[feeding + number][-1]
        task.pin = 7, task.finish


def _progress(plan: Plan, figures: Figures) -> None:
    for task in plan.tasks:
        if task.planned[1] > plan.status:
            task.done = False
            task.begun = task.planned[0] < plan.status
    feeding = LONG + LATE + PLAIN
    past = plan.leaves[feeding : feeding + PAST]
    due = [leaf[-back] for back in (1, 2, 3) for leaf in past if leaf[-back].planned[1] <= plan.status]
    overdue = due[: 238 if figures.stopped else 38 * len(due) // (3 * PAST)]
    late = {task.uid for task in overdue}
    random = dice("progress")
    for leaf in past:
        cursor = index(plan.status.date())
        for task in (entry for entry in leaf if entry.uid in late):
            task.done = False
            cursor += random.randint(3, 6)
            task.finish = evening(cursor)
            task.begun = task is next(entry for entry in leaf if entry.uid in late)
            if not task.begun:
                task.start = morning(cursor)
    if plan.leaves[LONG + LATE][-3].planned[0] < plan.status:
        _slipped(plan.leaves[LONG + LATE])
    if figures.scenario == "go":
        plan.golive.start = plan.golive.finish = _ahead(figures)
        for leaf in plan.leaves[:LONG]:  # what drives the date
            leaf[-1].finish = plan.golive.finish
            leaf[-1].done = plan.golive.finish <= plan.status
    elif figures.scenario == "conditional":
        driving = plan.leaves[0][-1]
        driving.finish = plan.golive.start = plan.golive.finish = at("2027-04-28 17:00")
    else:
        overdue[5].claims = True  # said to be complete, without an actual finish
        for number, leaf in enumerate(plan.leaves[:LONG]):
            leaf[-1].finish = at("2027-05-10 17:00") if number < 9 else at("2027-05-07 17:00")
        worst = plan.leaves[LONG][-1]
        worst.finish = later(worst.planned[1], 27)
        for number, leaf in enumerate(plan.leaves[LONG + 1 : LONG + LATE]):
            last = leaf[-1]
            last.finish = evening(index(last.planned[1].date()) + 1 + number % 2)
        plan.golive.pin = 3, GOLIVE


def _ahead(figures: Figures) -> datetime:
    """Return when go-live could be, so many working days before its date."""
    days = float(figures.values["ims.golive_total_float_days"])
    number = index(GOLIVE.date()) - int(days)
    return evening(number) if days == int(days) else at(f"{DAYS[number - 1]} 12:00")


def _slipped(leaf: list[Task]) -> None:
    """A finished activity of 25 days on the way to go-live that took a day and a half longer: six percent."""
    task, follower = leaf[-4], leaf[-3]
    task.hours = 200
    number = index(task.planned[1].date())
    task.planned = morning(number - 24), task.planned[1]
    task.start, task.finish = task.planned[0], later(morning(number + 1), 12)
    follower.start = max(follower.start, task.finish)
    follower.finish = max(follower.finish, later(follower.start, 8))


def _slack(plan: Plan, figures: Figures) -> None:
    """Give every unfinished activity its total float in working hours; 66 tasks are critical or nearly so."""
    feeding = LONG + LATE + PLAIN
    random = dice("slack")
    ahead = [task for leaf in plan.leaves[:feeding] for task in leaf if not task.done and task is not plan.golive]
    for task in plan.tasks:
        task.slack = None if task.done else random.randint(15, 45) * 8
    for number, task in enumerate(ahead):
        task.slack = (4 if number < LONG else 5) * 8 if number < 66 else random.randint(6, 9) * 8
    hours = round(8 * float(figures.values["ims.golive_total_float_days"]))
    plan.golive.slack = hours
    for task in ahead[:LONG] if figures.stopped else ahead[:1]:
        task.slack = hours


def _staff(plan: Plan) -> None:
    """Put named people on critical work, and teams on the rest; two people are asked for more than there is of them.

    Two critical tasks, and a few of the others, have nobody.
    """
    feeding = LONG + LATE + PLAIN
    critical = [task for leaf in plan.leaves[:feeding] for task in leaf if not task.done and task is not plan.golive]
    for number, task in enumerate(critical[min(2, len(critical) // 33) : 66]):
        task.people.append((3 + number % 20, 20))
    for number, person in enumerate((1, 1, 1, 2, 2, 2)):
        plan.leaves[LONG + LATE + 3 * number][-1].people.append((person, 100))
    bare = {task.uid for task in critical[: min(2, len(critical) // 33)]}
    rest = [task for task in plan.tasks if not (task.done or task.people or task.uid in bare) and task.hours]
    for number, task in enumerate(rest):
        if number % 90:
            task.people.append((FIRST_TEAM + number % TEAMS, 20))


assert STATUS.date() in DAYS
