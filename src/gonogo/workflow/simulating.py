"""The go-live date simulated over the schedule that a binding reads: asked in a child, drawn here, recorded nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from gonogo.documents.files import real
from gonogo.errors import UsageError
from gonogo.forecast.go_live_draws import (
    MOST_DRAWS,
    GoLiveDraws,
    draw_go_live,
    finish_by_links,
    later_than_links,
)
from gonogo.forecast.network_walk import BeyondCalendar
from gonogo.forecast.numbers_library import need_numbers_library
from gonogo.forecast.spread import Spread
from gonogo.model.activity_network import ActivityNetwork
from gonogo.model.program import Binding, Program
from gonogo.model.reply import InputRead
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.networks import NetworkReply, activity_network, with_networks
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.text import did_you_mean
from gonogo.workflow.forecasting import ReleaseForecast

DRAWS: Final = 10_000
SEED: Final = 1
SIMULATED: Final = (
    "a schedule of Microsoft Project as XML (schedule:mspdi) or of Primavera as XER (schedule:xer) can be"
)


@dataclass(frozen=True, slots=True)
class SimulationOrder:
    """What a person asks for on the command line; None is what the binding's settings say.

    Attributes:
        draws: How many draws.
        seed: Where the sequence of random numbers begins.
        spread: At best and at worst, as shares of what remains.
        correlation: How much delays go together.
        shape: How durations lie between best and worst.
        binding: Whose schedule; None for the only one.
        as_of: When the schedule is read; None for now, or the moment of the last run if that is later.
    """

    draws: int = DRAWS
    seed: int = SEED
    spread: tuple[Decimal, Decimal] | None = None
    correlation: Decimal | None = None
    shape: Literal["triangular", "pert"] | None = None
    binding: str | None = None
    as_of: datetime | None = None


@dataclass(frozen=True)
class Assumed:
    """What is assumed about durations, and who says so.

    Attributes:
        spread: At best and at worst, as shares of what remains; None where nobody says.
        correlation: How much delays go together; None likewise.
        shape: How durations lie between best and worst.
        ordered: Which of ``spread``, ``correlation`` and ``shape`` the command line says; the settings say the others.
    """

    spread: tuple[Decimal, Decimal] | None
    correlation: Decimal | None
    shape: Literal["triangular", "pert"]
    ordered: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GoLiveSimulation:
    """What a simulation came to.

    Attributes:
        order: What was asked for.
        binding: Id of the binding whose schedule was read.
        inputs: The files that were read.
        recorded: The files that the last run recorded for the binding; None where it recorded nothing about it.
        network: What is ahead of go-live; None where it could not be laid out.
        refused: Why no date is given at all; empty where one is.
        assumed: What is assumed about durations; None without a network.
        by_links: When go-live finishes if everything takes as long as the file says.
        held_otherwise: Whether the file shows go-live later than its links give it.
        uncertain: How many activities take time that is ahead.
        estimated: How many of them have an estimate of their own.
        drawn: What the draws came to; None where something is not declared, or nothing is uncertain.
    """

    order: SimulationOrder
    binding: str
    inputs: tuple[InputRead, ...]
    recorded: tuple[InputRead, ...] | None
    network: ActivityNetwork | None = None
    refused: str = ""
    assumed: Assumed | None = None
    by_links: datetime | None = None
    held_otherwise: bool = False
    uncertain: int = 0
    estimated: int = 0
    drawn: GoLiveDraws | None = None

    @property
    def same_files(self) -> bool:
        """Whether these are the bytes that the last run read."""
        return self.recorded is not None and _digests(self.inputs) == _digests(self.recorded)


def simulated(found: ReleaseForecast, place: Path, order: SimulationOrder) -> GoLiveSimulation:
    """Simulate the go-live date of a release, by the schedule as it is now.

    Args:
        found: What lies ahead by the last run.
        place: Folder of the program, or of a log in it.
        order: What is asked for.

    Raises:
        UsageError: numpy is missing, there is no program here or no schedule in it, or it is not clear which one.
        ConfigurationError: The program file or the settings of the binding are wrong.
        IsolationFault: This platform cannot isolate.
    """
    need_numbers_library()
    if not 1 <= order.draws <= MOST_DRAWS:
        raise UsageError(f"{order.draws:,} draws cannot be made.", hint=f"1 to {MOST_DRAWS:,} can; 10,000 are enough")
    files = _program_at(place, found.trend.last.started.program.id)
    release = files.program.release(found.trend.last.started.release.id)
    if release is None:
        raise UsageError(f"The program no longer has the release {found.trend.last.started.release.id!r}.")
    binding = _binding(files.program, release.id, order.binding)
    request = CollectionRequest(
        files.program,
        root=files.root,
        release=release,
        now=order.as_of or max(found.trend.now, datetime.now(UTC)),
        people=files.people.parties,
    )
    recorded = next((each.inputs for each in found.trend.last.collectors if each.binding == binding.id), None)
    return _drawn(order, activity_network(request, binding), recorded)


def _drawn(order: SimulationOrder, reply: NetworkReply, recorded: tuple[InputRead, ...] | None) -> GoLiveSimulation:
    known = GoLiveSimulation(order, reply.binding, reply.inputs, recorded)
    network = reply.network
    if network is None:
        return _with(known, refused=reply.refused)
    assumed = _assumed(order, network)
    uncertain = [each for each in network.activities if each.uncertain]
    estimated = sum(each.points is not None for each in uncertain)
    try:
        by_links, held = finish_by_links(network), later_than_links(network)
        drawn = None
        if uncertain and assumed.correlation is not None and (assumed.spread or estimated == len(uncertain)):
            low, high = assumed.spread or (None, None)
            spread = Spread(
                None if low is None else float(low),
                None if high is None else float(high),
                float(assumed.correlation),
                assumed.shape,
            )
            drawn = draw_go_live(network, spread, draws=order.draws, seed=order.seed)
    except BeyondCalendar:
        return _with(known, refused="its dates lie more than 20 years ahead, or a calendar has no working time")
    return GoLiveSimulation(
        order,
        reply.binding,
        reply.inputs,
        recorded,
        network,
        assumed=assumed,
        by_links=by_links,
        held_otherwise=held,
        uncertain=len(uncertain),
        estimated=estimated,
        drawn=drawn,
    )


def _with(known: GoLiveSimulation, *, refused: str) -> GoLiveSimulation:
    return GoLiveSimulation(known.order, known.binding, known.inputs, known.recorded, refused=refused)


def _assumed(order: SimulationOrder, network: ActivityNetwork) -> Assumed:
    declared = network.declared
    spread = None if declared.low is None or declared.high is None else (declared.low, declared.high)
    asked = {"spread": order.spread, "correlation": order.correlation, "shape": order.shape}
    return Assumed(
        order.spread or spread,
        declared.correlation if order.correlation is None else order.correlation,
        order.shape or declared.shape,
        frozenset(name for name, given in asked.items() if given is not None),
    )


def _program_at(place: Path, program: str) -> ProgramFiles:
    """Return the program at a place: its folder or file; or the folder above, where the place is a log of it."""
    file = place / "gonogo.yaml" if place.is_dir() else place
    if file.exists():
        return load_program(place)
    above = real(place).parent
    if (above / "gonogo.yaml").exists():
        files = load_program(above)
        if files.program.identity.id == program:
            return files
    raise UsageError(
        f"{place} is a log, and a simulation reads the schedule itself.",
        hint="give the folder of the program instead of that of its log",
    )


def _binding(program: Program, release: str, wanted: str | None) -> Binding:
    mine = [each for each in program.bindings if each.release in (None, release)]
    found = with_networks(mine if wanted is None else [each for each in mine if each.id == wanted], program.allow)
    if wanted is not None:
        if not any(each.id == wanted for each in mine):
            hint = did_you_mean(wanted, [each.id for each in mine])
            raise UsageError(f"There is no binding {wanted!r} of this release.", hint=hint)
        if not found:
            raise UsageError(f"The collector of {wanted!r} lays out no network of activities.", hint=SIMULATED)
    if not found:
        raise UsageError("No binding of this release reads a schedule that can be simulated.", hint=SIMULATED)
    settled = _settled(program, found)
    if settled is None:
        names = ", ".join(each.id for each in found)
        raise UsageError(f"Several bindings read a schedule: {names}.", hint="say which one: --binding ID")
    return settled


def _settled(program: Program, found: Sequence[Binding]) -> Binding | None:
    """Return the only one, or the one that `authority` prefers wherever it chooses among them."""
    if len(found) == 1:
        return found[0]
    chosen = {program.authority[fact] for fact in program.authority} & {each.id for each in found}
    return next(each for each in found if each.id in chosen) if len(chosen) == 1 else None


def _digests(inputs: Sequence[InputRead]) -> list[tuple[str, str]]:
    return sorted((each.name, each.sha256) for each in inputs)
