"""The settings of a binding that names an export profile, and every mistake about it at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.program import ProfileUsed
from gonogo.profiles.expanding import Expanded, expanded, facts_of, prefixes_of
from gonogo.profiles.profile import Profile
from gonogo.profiles.shelf import named_profile
from gonogo.program.binding_documents import BindingDocument
from gonogo.text import did_you_mean, listed


def settings_of(
    sheet: CheckedDocument[Document],
    place: Loc,
    document: BindingDocument,
    folders: Sequence[Path],
    problems: list[Problem],
) -> tuple[dict[str, Any], ProfileUsed | None]:
    """Return the settings of a binding, and the profile that made them.

    Args:
        sheet: The program file.
        place: Of the binding.
        document: Its document.
        folders: Of the program and its overlays, which may carry profiles.
        problems: Mistakes, to which those found here are added.
    """
    if document.profile is None:
        for key in ("answers", "leaves_out"):
            if getattr(document, key):
                what = f"`{key}` without `profile` has no meaning"
                problems.append(sheet.key_problem((*place, key), "G145", what, "add `profile`, or remove it"))
        return document.settings, None
    if document.collector != "table":
        what = f"a profile makes settings of the table collector, not of `{document.collector}`"
        problems.append(sheet.problem((*place, "profile"), "G145", what, "write `collector: table`"))
        return document.settings, None
    try:
        profile = named_profile(document.profile, folders)
    except ConfigurationError as error:
        problems += error.problems
        return document.settings, None
    if isinstance(profile, str):
        what = f"there is no export profile '{document.profile}'"
        problems.append(sheet.problem((*place, "profile"), "G143", what, profile))
        return document.settings, None
    problems += _mistakes(sheet, place, document, profile)
    found = expanded(profile, prefix=document.prefix, answers=document.answers, own=document.settings)
    if found.unanswered and not found.settings:
        asked = found.unanswered[0]
        what = f"the profile {profile.reference} asks: {profile.words[asked].meaning}"
        hint = f"add `answers: {{{asked}: [...]}}` with the words of your tool"
        problems.append(sheet.problem((*place, "profile"), "G145", what, hint))
    made = found.settings.get("facts", {})
    problems += _left_out(sheet, place, document, made)
    if document.leaves_out and made:
        rest = {name: fact for name, fact in made.items() if name not in document.leaves_out}
        found = Expanded({**found.settings, "facts": rest}, found.unanswered)
    used = ProfileUsed(name=profile.name, version=profile.version, sha256=profile.sha256)
    return found.settings or document.settings, used


def _left_out(
    sheet: CheckedDocument[Document], place: Loc, document: BindingDocument, facts: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield what is wrong with the facts that a binding leaves out: it has no such fact, or no other one."""
    if not facts:
        return
    for name in document.leaves_out:
        if name not in facts:
            hint = did_you_mean(name, facts, otherwise=f"it answers for {listed(sorted(facts))}")
            what = f"the binding answers for no fact '{name}' that it could leave out"
            yield sheet.key_problem((*place, "leaves_out", name), "G145", what, hint)
    if not facts.keys() - document.leaves_out.keys():
        what = "it leaves out every fact that it answers for"
        hint = "remove the binding, and list its file under `not_evidence` with the reason"
        yield sheet.key_problem((*place, "leaves_out"), "G145", what, hint)


def _mistakes(
    sheet: CheckedDocument[Document], place: Loc, document: BindingDocument, profile: Profile
) -> list[Problem]:
    found = []
    for name in document.answers:
        if name not in profile.words:
            known = list(profile.words)
            hint = did_you_mean(name, known, otherwise=f"it asks for {listed(known) or 'none'}")
            what = f"the profile {profile.reference} has no word list '{name}'"
            found.append(sheet.key_problem((*place, "answers", name), "G145", what, hint))
    own = document.settings.get("facts")
    if not facts_of(profile, document.prefix) and not own:
        known = prefixes_of(profile)
        hint = did_you_mean(document.prefix or "", known, otherwise=f"it has facts for {listed(known) or 'none'}")
        what = f"the profile {profile.reference} has no facts for `as: {document.prefix}`"
        found.append(sheet.problem((*place, "profile"), "G145", what, f"{hint}; or write your own under settings"))
    return found
