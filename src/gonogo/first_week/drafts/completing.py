"""Proposals made whole: what only a person knows is a question, and nothing is confirmed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.table_file import settle
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import FILL_IN, ascii_words

_LOOKED: Final = 8 * 2**20
_NAMES: Final = (re.compile(r"<Name>([^<]{1,200})</Name>"), re.compile(r"^%R\t.*$", re.MULTILINE))
_GOLIVE: Final = re.compile(r"go[\s-]?live", re.IGNORECASE)
_AFTER: Final = re.compile(r"(?i)\b(?:post|after|before|pre|support|readiness|decision|plan|prepar\w*|review)\b")


def complete_declared(proposals: Sequence[Proposal], root: Path, terms: DraftTerms) -> None:
    """Fill in what can be found, and turn the rest into questions, before the collectors are asked.

    Args:
        proposals: All of them.
        root: The program's folder.
        terms: By what bindings are drafted.
    """
    for each in proposals:
        each.confirmed = False
        if each.declares is not None:
            each.side = terms.side(each.paths[-1], each.prefix)
            _settings(each, root, terms)
            _tests(each, proposals)
        asked = [remark for remark in each.remarks if remark.startswith(FILL_IN)]
        each.remarks = [remark for remark in each.remarks if remark not in asked]
        each.questions += [remark.removeprefix(FILL_IN).lstrip(": ") for remark in asked]
        each.maker = terms.makers.get(each.side, "")


def _settings(proposal: Proposal, root: Path, terms: DraftTerms) -> None:
    for key, value in list(proposal.settings.items()):
        if not isinstance(value, str) or not value.startswith(FILL_IN):
            continue
        found = _activity(root / proposal.paths[-1]) if key == "golive" else ""
        if found:
            proposal.settings[key] = found
            question = f"Is {found!r} the activity that is go-live"
            if terms.go_live:
                proposal.settings["committed"] = terms.go_live
                question += f", and was {terms.go_live} the date that was committed"
            proposal.questions.append(f"{question}?")
        else:
            what = value.removeprefix(FILL_IN).lstrip(": ")
            if what or not any(each.startswith(f"{key}: ") for each in proposal.missing):
                proposal.questions.append(f"{key}: {what or key}")


def _activity(path: Path) -> str:
    """Return the activity of a schedule that its name calls go-live; empty where none does or several do alike."""
    try:
        with path.open("rb") as stream:
            text = stream.read(_LOOKED).decode("utf-8", "replace")
    except OSError:
        return ""
    cells = [*_NAMES[0].findall(text), *(cell for line in _NAMES[1].findall(text) for cell in line.split("\t"))]
    named = list(dict.fromkeys(cell.strip() for cell in cells if _GOLIVE.search(cell)))
    plain = [name for name in named if not _AFTER.search(name)] or named
    exact = [name for name in plain if len(ascii_words(name)) <= 2]
    best = exact or plain
    return best[0] if len(best) == 1 and cells.count(best[0]) == 1 else ""


def _tests(proposal: Proposal, proposals: Sequence[Proposal]) -> None:
    """Say which tests results without a name are: those of a plan's name, else the first that nobody has."""
    declares = proposal.declares
    if declares is None or proposal.prefix or not declares.prefixes:
        return
    words = [word for paths in proposal.inputs.values() for path in paths for word in ascii_words(path)]
    taken = {other.prefix for other in proposals}
    known = [declares.prefixes[word] for word in words if word in declares.prefixes]
    free = [prefix for prefix in dict.fromkeys(declares.prefixes.values()) if prefix not in taken]
    if known or free:
        proposal.prefix = (known or free)[0]
        proposal.missing = [each for each in proposal.missing if each not in declares.missing]
        choice = ", ".join(dict.fromkeys(declares.prefixes.values()))
        proposal.questions.append(f"Which tests are these: {choice}? They are bound as {proposal.prefix}.")


def settle_rivals(proposals: Sequence[Proposal], terms: DraftTerms) -> None:
    """Let one binding answer each fact: a collector's own before a table, then the table that was found first.

    Args:
        proposals: All of them, with what they answer.
        terms: By what bindings are drafted.
    """
    taken: dict[str, Proposal] = {}
    for each in sorted(proposals, key=lambda one: one.draft is not None):
        if each.draft is None:
            taken |= {fact: each for fact in each.answers if fact not in taken}
            continue
        for fact in list(each.draft.facts):
            other = taken.get(fact.fact.name) if fact.use else None
            if other is not None:
                each.draft.leave_out(fact)
                each.remarks.append(f"{other.id} answers {fact.fact.name}; say so if this file is the better one")
            elif fact.use:
                taken[fact.fact.name] = each
        settle(each, terms)


def leave_to_others(proposal: Proposal, answered: Mapping[str, str], terms: DraftTerms) -> None:
    """Leave to the program's other bindings the facts that they answer.

    Args:
        proposal: A new binding.
        answered: Fact, or beginning of facts that ends with a dot, to the binding that answers it.
        terms: By what bindings are drafted.
    """
    if proposal.draft is None:
        return
    for fact in list(proposal.draft.facts):
        other = answered.get(fact.fact.name) or answered.get(f"{fact.fact.name.partition('.')[0]}.")
        if fact.use and other is not None:
            proposal.draft.leave_out(fact)
            proposal.remarks.append(f"{other} answers {fact.fact.name}; say so if this file is the better one")
    settle(proposal, terms)
