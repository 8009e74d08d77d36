"""Bindings that are proposed for recognized files: sound ones as they are, the others as comments to be completed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gonogo.core.wording import listing
from gonogo.first_week.bindable import bindable, only_match
from gonogo.first_week.declared_kinds import DeclaredKind
from gonogo.first_week.declared_settings import begin_settings, check_all, check_drafts, starts
from gonogo.first_week.drafts.completing import complete_declared, settle_rivals
from gonogo.first_week.drafts.draft_terms import DraftTerms, side_of
from gonogo.first_week.drafts.other_sheets import asks_more, with_other_sheets
from gonogo.first_week.drafts.profiled import shelf_of
from gonogo.first_week.exploited_beside import with_catalog
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import FILL_IN, ascii_words, plain
from gonogo.first_week.recognition import Survey
from gonogo.first_week.schedule_tables import schedule_note
from gonogo.first_week.schedule_updates import updates_of, without_unasked
from gonogo.first_week.superseding import Superseding, sort_out
from gonogo.first_week.together import belongs_together, find_plan, groups_of, one_for_all
from gonogo.isolate.twin import shared_out
from gonogo.model.fact import Vocabulary
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.likeness import rank, stem
from gonogo.plugin.recognizes import Start
from gonogo.program.bindings import ATTESTATIONS

_PAYS: Final = 2**18
"""Bytes of tables from which on a second process pays."""


def propose(survey: Survey, root: Path, vocabulary: Vocabulary, terms: DraftTerms | None = None) -> list[Proposal]:
    """Return a binding for each recognized file, or group of files, that a collector reads.

    Args:
        survey: What was recognized.
        root: The program's folder.
        vocabulary: Facts of the chosen ruleset; a binding that answers for others stays a comment.
        terms: By what tables are drafted, so that nothing is left to fill in; None to leave that to a person.
    """
    surveyed = {entry.path for entry in survey.recognized} | {entry.path for entry in survey.unrecognized}
    every = sorted(surveyed | set(_beside(survey, root)))
    unknown = [entry.path for entry in survey.unrecognized]
    sorted_out = sort_out(survey.recognized, root, unknown) if terms is not None else Superseding()
    files = sorted_out.left(survey.recognized)
    tables = [entry for entry in files if entry.kind is FileKind.CSV]
    plans: set[str] = set()
    found: list[Proposal] = []
    for kind, prefix, group in groups_of(entry for entry in files if belongs_together(entry)):
        plan = find_plan(group, tables) if kind.file.plan else None
        plans |= {plan.path} if plan else set()
        found.append(one_for_all(kind, prefix, group, plan, every))
    bound = [
        versions
        for versions in _versions(entry for entry in files if not belongs_together(entry))
        if versions[-1].kind.use.collector and versions[-1].path not in plans
    ]
    begun = starts([versions[-1] for versions in bound], root)
    names = _Names(every, surveyed)

    def one(versions: Sequence[Recognized]) -> Proposal:
        return _one(versions, root, names, vocabulary, terms, begun.get(versions[-1].path))

    drafted = [versions for versions in bound if _is_drafted(versions, terms)]
    if drafted:
        shelf_of(root)  # once, for this process and its twin
    found += [one(versions) for versions in bound if not _is_drafted(versions, terms)]
    found += shared_out(one, drafted, [_size(root, versions) for versions in drafted], least=_PAYS)
    found.sort(key=lambda entry: (entry.kind.place, entry.paths))
    sorted_out.tell(found, root)
    if terms is not None:
        found = with_other_sheets(found, root, terms)
        complete_declared(found, root, terms)
        found = [each for one in found for each in (one, *updates_of(one))]
    check_all(found, vocabulary)
    found = without_unasked(found)
    with_catalog(found, files)
    _name_all(found)
    if terms is not None:
        settle_rivals(found, terms)
        answered = {fact for each in found for fact in each.answers}
        found = [each for each in found if not each.beside or asks_more(each, answered)]
        check_drafts(found)
    _report_duplicates(found, asked=terms is not None)
    return found


def _is_drafted(versions: Sequence[Recognized], terms: DraftTerms | None) -> bool:
    return terms is not None and versions[-1].kind in (FileKind.CSV, FileKind.XLSX, FileKind.JSON)


def _size(root: Path, versions: Sequence[Recognized]) -> int:
    try:
        return (root / versions[-1].path).stat().st_size
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class _Names:
    """Paths of the folders of the files that are bound.

    Attributes:
        every: All of them.
        surveyed: Those that were looked at.
    """

    every: Collection[str]
    surveyed: Collection[str]

    def strangers(self, wild: str, paths: Collection[str]) -> list[str]:
        """Return what a pattern would match that is no version of these files."""
        stem = wild.rpartition("/")[2]
        return [
            path
            for path in only_match(wild, self.every)
            if path not in paths
            and (path in self.surveyed or (day := dated(path.rpartition("/")[2])) is None or day.wild != stem)
        ]


def _beside(survey: Survey, root: Path) -> Iterator[str]:
    """Yield the paths of all files in the folders of recognized ones."""
    for folder in {entry.path.rpartition("/")[0] for entry in survey.recognized}:
        here = root / folder
        names = [each.name for each in here.iterdir() if each.is_file()] if here.is_dir() else []
        yield from (f"{folder}/{name}" if folder else name for name in names)


def _versions(files: Iterable[Recognized]) -> list[list[Recognized]]:
    """Put files together that differ only in the date or the version of their names, the newest last."""
    groups: dict[tuple[str, str, FileKind | DeclaredKind], list[Recognized]] = defaultdict(list)
    for entry in files:
        folder, _, name = entry.path.rpartition("/")
        same = stem(name)
        groups[folder, same[0] if same else name, entry.kind].append(entry)
    return [sorted(group, key=lambda entry: rank(entry.path.rpartition("/")[2])) for group in groups.values()]


def _one(
    together: Sequence[Recognized],
    root: Path,
    names: _Names,
    vocabulary: Vocabulary,
    terms: DraftTerms | None,
    start: Start | None,
) -> Proposal:
    newest = together[-1]
    use = newest.kind.use
    proposal = Proposal(
        use.binding,
        newest.kind,
        tuple(entry.path for entry in together),
        use.collector,
        use.prefix,
        side=side_of(newest.path),
    )
    if newest.detail:
        proposal.remarks.append(newest.detail)
    if schedule := schedule_note(newest.header):
        proposal.remarks.append(schedule)
    folder, _, name = newest.path.rpartition("/")
    day = dated(name)
    if len(together) > 1 and day is None and terms is not None:
        proposal.superseded = {entry.path: f"an older version of {name}" for entry in together[:-1]}
        proposal.questions.append(f"Is {name} the version that counts? The others are listed under not_evidence.")
    elif len(together) > 1 and day is None:
        others = listing([entry.path.rpartition("/")[2] for entry in together[:-1]])
        proposal.remarks.append(
            f"{FILL_IN} which version counts: the newest by its name is bound, not {others}; list the others under "
            "not_evidence:, with the reason"
        )
    path = bindable(newest.path, names.every)
    # What has no date of its own is renamed by each export; a document's own date is worth more than its name.
    if day is not None and (len(together) > 1 or not proposal.dated):
        wild = f"{folder}/{day.wild}" if folder else day.wild
        strangers = names.strangers(wild, proposal.paths)
        if not strangers and bindable(wild, [wild]) == wild:
            path, proposal.pick_newest = wild, True
            many = (
                f"{len(together)} dated files"
                if len(together) > 1
                else "its name has a date, so the next one has another"
            )
            proposal.remarks.append(f"{many}; the newest counts")
        elif strangers:
            others = listing([plain(each) for each in strangers])
            proposal.remarks.append(
                f"the file itself is bound and no pattern, because {plain(wild)} would match {others} too; take next "
                "week's with gonogo add"
            )
    if path is None:
        proposal.missing.append("path: the file's name has characters that a path here cannot have; rename it")
        path = "RENAME-THE-FILE"
    proposal.inputs = {proposal.declares.input if proposal.declares else "file": [path]}
    if day is not None and (proposal.pick_newest or not proposal.dated):
        proposal.as_of = day.pattern
    begin_settings(proposal, newest, root, vocabulary, terms, start)
    return proposal


def _name_all(proposals: Sequence[Proposal]) -> None:
    taken = {ATTESTATIONS}
    for entry in proposals:
        stem = entry.id
        if entry.kind in (FileKind.CSV, FileKind.XLSX, FileKind.JSON) or (entry.declares and entry.declares.states):
            name = entry.paths[-1].rpartition("/")[2]
            words = ascii_words(f"{name.rpartition('.')[0] or name} {entry.sheet if entry.beside else ''}")
            stem = "-".join(word for word in words if not word.isdigit())[:50].strip("-") or stem
        made, number = stem, 2
        while made in taken:
            made = f"{stem}-{number}"
            number += 1
        taken.add(made)
        entry.id = made


def _report_duplicates(proposals: Sequence[Proposal], *, asked: bool) -> None:
    """Say where two files of one kind would answer for the same facts; a person keeps one, nobody guesses."""
    groups: dict[tuple[str, str], list[Proposal]] = defaultdict(list)
    for entry in proposals:
        if entry.prefix and entry.declares is not None and entry.of_updates is None:
            groups[entry.collector.partition(":")[0], entry.prefix].append(entry)
    for group in groups.values():
        for entry in group if len(group) > 1 else ():
            others = [other.id for other in group if other is not entry]
            which = f"{', '.join(others)} answer{'s' if len(others) == 1 else ''} for the same facts"
            if asked:
                entry.questions.append(f"Which one counts: {which}; keep one of them, or say authority.")
            else:
                entry.remarks.append(f"{FILL_IN} which one counts: {which}; keep one of them, or say authority:")
