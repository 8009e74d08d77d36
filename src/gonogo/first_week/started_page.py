"""What ``gonogo init`` says on one page: what was bound, what waits and for whom, and what to type next."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from gonogo.first_week.drafts.draft_terms import owners_of
from gonogo.first_week.drafts.other_sheets import sheets_left
from gonogo.first_week.drafts.questions_by_seat import KEEPER, group_of, questions_of
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import counted, plain
from gonogo.first_week.recognition import Survey
from gonogo.model.ruleset import Ruleset
from gonogo.text import listed, seat_words

PAGE: Final = 40
"""Lines that a person sees at once."""
FIRST_LOOK: Final = "first-look.txt"
_WIDTH: Final = 110
_ROWS: Final = 3
_FEW: Final = 2
"""Lines of names below a heading: of what is drafted, and of anything else."""
_SEATS: Final = 10


@dataclass(frozen=True, slots=True)
class CriteriaAbout:
    """Which criteria files are about.

    Attributes:
        of_group: Group of facts to the criteria that read it.
        all: How many criteria there are.
    """

    of_group: Mapping[str, frozenset[str]]
    all: int

    @classmethod
    def of(cls, ruleset: Ruleset) -> CriteriaAbout:
        """Return those of a ruleset."""
        found: dict[str, set[str]] = {}
        for criterion in ruleset.criteria:
            for fact in criterion.facts:
                found.setdefault(fact.rpartition(".")[0], set()).add(criterion.id)
        return cls({group: frozenset(ids) for group, ids in found.items()}, len(ruleset.criteria))

    def by(self, proposals: Iterable[Proposal]) -> frozenset[str]:
        """Return the criteria that read facts of what these bindings are about."""
        return frozenset[str]().union(*(self.by_groups(groups_of_answers(each)) for each in proposals))

    def by_groups(self, groups: Iterable[str]) -> frozenset[str]:
        """Return the criteria that read facts of some groups."""
        return frozenset[str]().union(*(self.of_group.get(group, frozenset()) for group in groups))


def groups_of_answers(proposal: Proposal) -> set[str]:
    """Return the groups of facts that a binding is about, or answers for."""
    return {group_of(proposal), *(fact.rpartition(".")[0] for fact in proposal.answers)}


def page_lines(
    found: Survey, proposals: Sequence[Proposal], ruleset: Ruleset, held: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Yield which files were bound and which were not, and who is asked how much.

    Args:
        found: What the evidence folder holds.
        proposals: The bindings.
        ruleset: Its criteria, and who owns them.
        held: Seats with who holds them.
    """
    opened = CriteriaAbout.of(ruleset)
    yield from _bound(found, proposals, opened, ruleset.name)
    older = _older(proposals)
    bound = _read_by(proposals) | {*older}
    yield from _named("Older versions of those, not read", older)
    spare = [entry.path for entry in found.recognized if entry.path not in bound]
    yield from _named("Recognized, and read by no binding", spare)
    yield from _unread(proposals)
    yield from _named("Copies of other files, not read", [odd.path for odd in found.copies])
    yield from _named("Not recognized", [odd.path for odd in found.strange])
    yield from _asked(proposals, opened, ruleset, held)


def files_in_short(found: Survey, proposals: Sequence[Proposal], name: str) -> str:
    """Return how many files there are, and of how many of them a figure is to be had: a table alone is none.

    Args:
        found: What the evidence folder holds.
        proposals: The bindings.
        name: Of the ruleset.
    """
    speaks, silent = _speaking(proposals)
    older = set(_older(proposals))
    copies = {each.path for each in found.copies} - older
    odd = {each.path for each in found.strange} - older
    known = {entry.path for entry in found.recognized} - older - odd - copies
    answers, quiet = set(_named_by(speaks, known)), set(_named_by(silent, known))
    spare = known - answers - quiet
    idle = spare & {each.paths[-1] for each in proposals if each.idle}
    lacking = spare & {each.paths[-1] for each in _lacking(proposals)}
    parts = [
        f"{len(paths)} {words}"
        for paths, words in (
            (answers, "drafted with answers"),
            (quiet - answers, "without an answer until somebody says what they show"),
            (older, "superseded by another"),
            (lacking, "not drafted, because something is missing"),
            (idle, f"recognized, and {name} asks for nothing that is read from them"),
            (spare - idle - lacking, "recognized, and read by no binding"),
            (copies, "the same as another"),
            (odd, "not recognized"),
        )
        if paths
    ]
    every = counted(len(found.recognized) + len(found.unrecognized), "file")
    return f"{every}: {', '.join(parts)}" if parts else every


def _read_by(proposals: Iterable[Proposal]) -> set[str]:
    """Return what bindings read: files, and the patterns that take next week's."""
    return {path for each in proposals for path in (*each.paths, *chain(*each.inputs.values()))}


def _named_by(proposals: Iterable[Proposal], known: Collection[str]) -> list[str]:
    """Return the files that bindings read, each once: all reports of one suite, and the plan beside them."""
    every = (path for each in proposals for path in (*each.paths, *chain(*each.inputs.values())))
    return [path for path in dict.fromkeys(every) if path in known]


def _older(proposals: Iterable[Proposal]) -> list[str]:
    """Return the files that are older versions of bound ones, by what was found or by the pattern that binds them."""
    dated = (each.paths[:-1] if each.pick_newest else () for each in proposals)
    return list(dict.fromkeys(chain(*(each.superseded for each in proposals), *dated)))


def _speaking(proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[Proposal]]:
    """Return the bindings that are drafted with answers, and those that answer nothing yet."""
    active = [each for each in proposals if each.active]
    speaks = [each for each in active if each.answers or (each.draft is None and not each.profile)]
    return speaks, [each for each in active if each not in speaks]


def _unread(proposals: Sequence[Proposal]) -> Iterator[str]:
    """Yield which sheets of bound workbooks nothing reads: what is evidence there counts nowhere."""
    left = sheets_left(proposals)
    if left:
        yield f"Sheets that no binding reads: {sum(map(len, left.values()))}"
        named = [
            f"{plain(path.rpartition('/')[2])}: {listed([plain(each) for each in names])}"
            for path, names in left.items()
        ]
        yield from _rows(named, min(len(named), _FEW))


def _lacking(proposals: Iterable[Proposal]) -> list[Proposal]:
    return [each for each in proposals if each.missing and not each.idle]


def _bound(found: Survey, proposals: Sequence[Proposal], opened: CriteriaAbout, name: str) -> Iterator[str]:
    known = {entry.path for entry in found.recognized} - {*_older(proposals)}
    speaks, silent = _speaking(sorted(proposals, key=lambda each: -len(opened.by([each]))))
    about = f"Drafted with answers, about {len(opened.by(speaks))} of {opened.all} criteria"
    answers = _named_by(speaks, known)
    yield from _named(about, answers, most=_ROWS)
    what = "Drafted, and no answer until somebody says what they show"
    yield from _named(what, [path for path in _named_by(silent, known) if path not in answers], most=_ROWS)
    lacking = (each.paths[-1] for each in _lacking(proposals))
    yield from _named("Not drafted, because something is missing", lacking)
    yield from _named(
        f"Not bound, because {name} asks for no fact of them", (each.paths[-1] for each in proposals if each.idle)
    )


def _named(heading: str, paths: Iterable[str], most: int = _FEW) -> Iterator[str]:
    names = [plain(path.rpartition("/")[2] or path, most=60) for path in dict.fromkeys(paths)]
    if not names:
        return
    yield f"{heading}: {counted(len(names), 'file')}"
    shown = min(len(names), most * _WIDTH // 3)
    while len(rows := _rows(names, shown)) > most:
        shown -= 1
    yield from rows


def _rows(names: Sequence[str], shown: int) -> list[str]:
    more = f" and {len(names) - shown} more" if shown < len(names) else ""
    return textwrap.wrap(
        ", ".join(names[:shown]) + more,
        _WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


@dataclass(slots=True)
class _Share:
    questions: int = 0
    proposals: list[Proposal] = field(default_factory=list)


def _asked(
    proposals: Sequence[Proposal], opened: CriteriaAbout, ruleset: Ruleset, held: Sequence[tuple[str, str]]
) -> Iterator[str]:
    owners = owners_of(ruleset)
    shares: dict[str, _Share] = {}
    for each in proposals:
        if mine := questions_of([each], owners):
            share = shares.setdefault(owners.get(group_of(each), KEEPER), _Share())
            share.questions += len(mine)
            share.proposals.append(each)
    if not shares:
        return
    total = sum(share.questions for share in shares.values())
    yield f"Questions: {total}, first those that matter to most criteria. A guess stands for each."
    ranked = sorted(shares.items(), key=lambda entry: -len(opened.by(entry[1].proposals)))
    for seat, share in ranked[:_SEATS]:
        names = ", ".join(plain(name) for role, name in held if role == seat)
        who = f"{names} ({seat_words(seat)})" if names else seat_words(seat)
        files = counted(len({path for each in share.proposals for path in each.paths[-1:]}), "file")
        criteria = len(opened.by(share.proposals))
        matter = f", for {counted(criteria, 'criterion', 'criteria')}" if criteria else ""
        yield f"  {who}: {counted(share.questions, 'question')} on {files}{matter}"
    if rest := ranked[_SEATS:]:
        yield f"  and {counted(len(rest), 'seat')} more"


def first_look_file(root: Path, lines: Sequence[str]) -> str:
    """Write everything that was found as a new file, and return its name; what is there stays as it is."""
    number = 1
    while True:
        name = FIRST_LOOK if number == 1 else f"{FIRST_LOOK.removesuffix('.txt')}-{number}.txt"
        try:
            with (root / name).open("x", encoding="utf-8", newline="\n") as stream:
                stream.write("\n".join(lines) + "\n")
        except FileExistsError:
            number += 1
        else:
            return name
