"""The table of a binding that waits, drafted again from its file as it is now."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from gonogo.errors import UsageError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.settled_sheets import sheet_read
from gonogo.first_week.drafts.table_draft import draft_table
from gonogo.first_week.drafts.table_file import as_table, by_own_profile, settle
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.proposals import propose
from gonogo.first_week.recognition import Survey
from gonogo.model.program import Binding
from gonogo.plugin.inputs.match import is_wild
from gonogo.profiles.profile import Profile
from gonogo.profiles.shelf import named_profile, program_folders


def file_of(program: OpenProgram, binding: Binding) -> str:
    """Return the file that a binding reads: of a pattern the newest by its name."""
    paths = [path for entry in binding.inputs for path in entry.paths]
    first = paths[0] if paths else ""
    if not is_wild(first):
        return first
    folder = first.rpartition("/")[0]
    found = sorted(each.relative_to(program.root).as_posix() for each in program.root.glob(first))
    return found[-1] if found else f"{folder}/?"


def profile_of(program: OpenProgram, proposal: Proposal) -> Profile:
    """Return the export profile of a proposal.

    Raises:
        UsageError: There is none of that name.
    """
    found = named_profile(proposal.profile, program_folders(program.root))
    if isinstance(found, str):
        raise UsageError(f"there is no export profile {proposal.profile}.", hint=found)
    return found


def drafted_again(program: OpenProgram, binding: Binding, path: str) -> Proposal | None:
    """Return the proposal of the table that a binding reads; None for what no draft and no profile reads.

    What an agency reads by its own profile is drafted by that one, also where a shipped profile fits the file better.
    """
    if binding.plugin != "table" or not (program.root / path).is_file():
        return None
    kind = FileKind.XLSX if path.lower().endswith(".xlsx") else FileKind.CSV
    terms = program.terms()
    proposals = propose(Survey((Recognized(path, kind),)), program.root, terms.vocabulary, terms)
    sheet = sheet_read(binding)
    proposal = next((each for each in proposals if each.sheet == sheet or not (sheet or each.beside)), None)
    if proposal is None:
        return None
    if binding.profile is not None:
        reference = f"{binding.profile.name}@{binding.profile.version}"
        if proposal.profile != reference or proposal.draft is not None:
            own = named_profile(reference, program_folders(program.root))
            if isinstance(own, str) or not by_own_profile(proposal, own, program.root / path, terms):
                return None
    if proposal.mapping is not None and binding.profile is None:
        as_table(proposal, "", terms)  # a person has said that it is about something else than its profile reads
    proposal.inputs = {entry.name: list(entry.paths) for entry in binding.inputs}
    if proposal.draft is None:
        proposal.prefix = binding.prefix or proposal.prefix
        return proposal
    answered = set(binding.settings.get("facts", {}))
    groups = Counter(name.rpartition(".")[0] for name in answered) or Counter(
        [binding.prefix] if binding.prefix else []
    )
    draft = proposal.draft
    if groups and draft.group not in groups:
        group = groups.most_common(1)[0][0]
        rivals = [each for each in (draft.group, *draft.rivals) if each and each != group]
        draft = proposal.draft = draft_table(
            draft.mapping, group, terms.vocabulary, terms.required, rivals, terms.makers
        )
    draft.facts = [replace(each, use=each.use and each.fact.name in answered) for each in draft.facts]
    settle(proposal, terms)
    return proposal


def own_of(opened: OpenProgram, binding: Binding) -> dict[str, Any]:
    """Return the settings and the answers that stand in the program file, without what a profile makes of them."""
    document: Any = opened.files.sheets["program"].document
    found = next((each for each in document.evidence if each.id == binding.id), None)
    if found is None:
        raise UsageError(f"{binding.id} does not stand in the program file, so no sheet can correct it.")
    return {"settings": dict(found.settings or {}), "answers": dict(found.answers or {})}


def mapping_of(proposal: Proposal | None) -> TableMapping | None:
    """Return the table of a proposal; None where a collector reads the file as it is."""
    if proposal is None:
        return None
    return proposal.draft.mapping if proposal.draft is not None else proposal.mapping
