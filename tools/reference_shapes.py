"""Documents and settings as tables: what may stand where, read from the JSON Schemas that editors use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reference_text import attributes, code, prose, table

from gonogo.documents import attestations, quantities, scalars
from gonogo.model import (
    acceptance,
    assessment,
    base,
    evidence,
    fact,
    lock,
    people,
    program,
    register,
    ruleset,
    trend,
    waiting,
    waiver,
)
from gonogo.profiles import profile
from gonogo.ruleset import criterion_fields
from gonogo.signing import trust_values

WORDS = {
    "an identifier": scalars.Id,
    "a dotted name": scalars.Dotted,
    "a bare name": scalars.Bare,
    "a prefix": scalars.Prefix,
    "a seat": scalars.Seat,
    "a milestone": scalars.Milestone,
    "a version": scalars.Version,
    "a source key": scalars.SourceKey,
    "a SHA-256": scalars.Sha256Text,
    "the name of an environment variable": scalars.VariableName,
    "a date": quantities.Day,
    "an instant": quantities.Moment,
    "a date or an instant": quantities.DayOrMoment,
    "a date or a time": attestations.HeldOn,
    "an age (`7d`, `12h`)": quantities.Age,
    "a time (`60s`, `5m`)": quantities.Deadline,
}
DECIMAL = r"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?$"
PATTERNS = {
    base.Identifier: "an identifier",
    base.DottedName: "a dotted name",
    base.Sha256: "a SHA-256",
    people.RoleName: "a seat",
    ruleset.MilestoneName: "a milestone",
}
"""Types of the model whose values have a name of their own."""

MODELS = {
    "ProgramDocument": program.Program,
    "IdentityDocument": program.ProgramIdentity,
    "ReleaseDocument": program.Release,
    "WaitingDocument": waiting.Waiting,
    "AllowDocument": program.AllowedPlugin,
    "BindingDocument": program.Binding,
    "SubjectDocument": program.Binding,
    "RulesetDocument": ruleset.Ruleset,
    "PolicyDocument": ruleset.DecisionPolicy,
    "CriterionDocument": ruleset.Criterion,
    "FactDocument": fact.FactDeclaration,
    "RegisterDocument": register.Register,
    "TrendDocument": trend.Trend,
    "TenureDocument": people.Tenure,
    "DelegationDocument": people.Delegation,
    "WaiverDocument": waiver.Waiver,
    "PlanDocument": waiver.ActionPlan,
    "AcceptanceDocument": acceptance.Acceptance,
    "ChangeDocument": ruleset.Criterion,
    "HoldDocument": ruleset.Criterion,
    "LockPolicyDocument": ruleset.LockPolicy,
    "AttestationDocument": evidence.Attested,
    "TrustDocument": trust_values.Trust,
    "LogDocument": trust_values.KnownLog,
    "KeyDocument": trust_values.TrustKey,
    "RunStarted": assessment.Assessment,
    "LockDocument": lock.Lock,
    "LockSignatureDocument": lock.LockSignature,
    "LockApprovalDocument": waiver.Approval,
    "ProfileDocument": profile.Profile,
    "RecognizeDocument": profile.Profile,
    "WordListDocument": profile.WordList,
    "FactsOfDocument": profile.FactsOf,
    "ExampleDocument": profile.Example,
}
SYNONYMS = {
    "from": ("start",),
    "to": ("end",),
    "until": ("end",),
    "for": ("purpose",),
    "as": ("prefix",),
    "deadline": ("deadline_s",),
    "over": ("over_s",),
}
OF_CRITERION = {field.key: field.attribute for field in criterion_fields.FIELDS}
"""Of the two documents that share the fields of a criterion: key to the attribute that is described."""
SAID = {
    "BindingDocument.subject": "What it is about, if it does not say so itself.",
    "schema": "Version of this file's shape.",
    "ProgramDocument.program": "Who migrates what.",
    "ProgramDocument.with_ruleset": "Ruleset to the program, by folder or file, that is read in this one's place where "
    "`--ruleset` names it: for evidence, people and papers that only that ruleset asks for.",
    "ProgramDocument.people": "File of the people register.",
    "ProgramDocument.evidence": "Sources of evidence.",
    "ProgramDocument.attestations": "File of attestations.",
    "ProgramDocument.waivers": "File of waivers.",
    "ProgramDocument.plans": "File of action plans.",
    "ProgramDocument.acceptances": "File of acceptances: open items of registers that somebody takes over.",
    "ProgramDocument.plugins": "Third-party plugins that may run.",
    "ProgramDocument.accept": "Lets `--accept conditional` be used.",
    "ProgramDocument.adopt": "Criteria that the program has adopted; all unless said. Such a program makes "
    "progress runs.",
    "KeyDocument.public": "File of its public key (PEM) beside the trust file, or the PEM itself.",
    "LogDocument.root": "The RFC 6962 root over those records: base64 as in a checkpoint, or 64 hexadecimal digits.",
    "RaciDocument.raci": "Workbook with GSA's RACI matrix, from which people and seats are read.",
    "PluginsDocument.allow": "Distributions, each in one exact version.",
    "BindingDocument.collector": "`plugin`, or `plugin:collector` where the plugin has several.",
    "BindingDocument.as": "Put before the collector's local names: `sit` makes `sit.executed_ratio`.",
    "BindingDocument.path": "Files to read, relative to the program's folder: one, several, or by the collector's "
    "names for its inputs. A pattern must match exactly one file.",
    "BindingDocument.answers": "Word lists of the profile, in the words of your tool; each replaces the usual words.",
    "ProfileDocument.recognize": "By what a file of the tool is told from others.",
    "BindingDocument.pick": "Of several matches of a pattern take the one with the newest `as_of`.",
    "BindingDocument.as_of": "How it is known when the content held; one rule, or one for each input.",
    "CellRule.cell": "Sheet and cell: `Cover!B5`.",
    "ColumnRule.column": "Name of the column.",
    "ColumnRule.pick": "The latest row counts; without it every row must agree.",
    "FileNameRule.file_name": "Regular expression with one group for the date, or groups year, month and day.",
    "StatedRule.at": "When it held.",
    "StatedRule.by": "Who says so.",
    "PolicyDocument.caps": "Open conditional criteria that a CONDITIONAL GO bears (rule `caps`).",
    "CapsDocument.domain": "In one domain.",
    "CapsDocument.total": "In all.",
    "RulesetDocument.policy": "How findings become a verdict.",
    "FactsDocument.facts": "The vocabulary.",
    "FactsDocument.registers": "Name to register: sources whose open items people may accept one by one.",
    "CriterionDocument.from": "Milestone from which the criterion is due; always unless said.",
    "CriterionDocument.attest": "Seats that may state its facts; the owner's office on each side unless said.",
    "HoldPointDocument.id": "Name of the hold point.",
    "HoldPointDocument.at": "When it is asked whether to go on or to go back.",
    "FlooredDocument.value": "The one value.",
    "FlooredDocument.ladder": "Values by milestone, instead of one.",
    "FlooredDocument.floor": "`true`: later layers may tighten the parameter and not loosen it.",
    "NotApplicableDocument.reason": "Why it is not asked.",
    "NotApplicableDocument.approved_by": "Who approved that.",
    "FactsDocument.derivation": "Collector to settings that decide what its facts mean; no binding may change them.",
    "OverlayDocument.derivation": "Likewise, added by the overlay.",
    "OverlayDocument.extends": "`name@version` of what the overlay is laid on.",
    "OverlayDocument.overlay": "Name of the overlay.",
    "OverlayDocument.version": "A string.",
    "AcceptanceDocument.register": "Name of the register that the item is open in.",
    "OverlayDocument.title": "What readers call it.",
    "OverlayDocument.prefix": "What the facts and criteria that it adds are filed under.",
    "OverlayDocument.offices": "Seats that it declares.",
    "OverlayDocument.sources": "Key to citation.",
    "OverlayDocument.facts": "Facts that it adds.",
    "OverlayDocument.registers": "Registers that it adds, over facts of the ruleset or its own.",
    "OverlayDocument.criteria": "Criteria that it adds.",
    "OverlayDocument.set": "Changes to criteria of the ruleset.",
    "OverlayDocument.holds": "Standing holds that it adds to the policy.",
    "OverlayDocument.cases": "Examples for `gonogo test`; of a criterion, they take the place of the ruleset's.",
    "HoldDocument.attest": "Seats that may state its facts; the owner's office on each side unless said.",
    "ChangeDocument.criterion": "Id of the criterion.",
    "ChangeDocument.reason": "Why the agency changes it.",
    "CaseDocument.criterion": "Id of the criterion.",
    "CaseDocument.name": "What the case shows.",
    "CaseDocument.at": "Milestone at which it is judged.",
    "CaseDocument.facts": "Facts and their values; a fact that is not named is missing.",
    "CaseDocument.expect": "The status that must come out.",
    "CasesDocument.cases": "The cases.",
    "MinIsolationDocument.mandatory": "Lowest level at which evidence counts for mandatory criteria.",
    "MinIsolationDocument.conditional": "Likewise for conditional ones.",
    "MinIsolationDocument.advisory": "Likewise for advisory ones.",
    "PeopleDocument.people": "Who holds which seat when.",
    "PeopleDocument.delegations": "Who acts for whom.",
    "PeopleDocument.staff": "People without a seat who prepare evidence or ask for waivers.",
    "PeopleDocument.organizations": "Outside organizations that prepare evidence.",
    "StaffDocument.person": "Stable id of the person.",
    "StaffDocument.name": "How the person is written in reports.",
    "StaffDocument.distinct_from": "Ids of people whose names read like this one's and who are somebody else.",
    "OrganizationDocument.id": "How statements name it.",
    "OrganizationDocument.name": "How it is written in reports.",
    "WaiversDocument.waivers": "The waivers.",
    "PlansDocument.plans": "The action plans.",
    "AcceptancesDocument.acceptances": "The acceptances.",
    "ApprovalDocument.person": "Person id.",
    "ApprovalDocument.role": "The seat in which they approve.",
    "ApprovalDocument.on": "Local date.",
    "AttestationsDocument.attestations": "The statements.",
    "LockApprovalsDocument.program": "Id of the program that they are about.",
    "LockApprovalsDocument.content": "Digest of what was approved, as `gonogo lock --draft` writes it.",
    "LockApprovalsDocument.changes": "Digest of what was agreed before it; absent for a first lock.",
    "LockApprovalsDocument.request": "What the request for the change is called.",
    "LockApprovalsDocument.requested_by": "Person id of who asked for the change.",
    "LockApprovalsDocument.reason": "Why it is changed.",
    "LockApprovalsDocument.approved_by": "One approval for each seat that must agree.",
    "LockApprovalsDocument.reviewed_by": "The independent reviewer's, where the change loosens.",
    "LockDocument.signature": "Of the key that signed the lock; absent where none did.",
    "LockSignatureDocument.key": "Id of the key: the SHA-256 of its public key.",
    "LockApprovalDocument.person": "Person id.",
    "LockApprovalDocument.role": "The seat in which they approve.",
    "LockApprovalDocument.on": "Local date.",
    "AttestationDocument.fact": "Full name of the fact.",
    "AttestationDocument.value": "The value, as the fact's type says.",
    "AttestationDocument.held_on": "When it held; the beginning of the day of the statement unless said.",
}


def shape(name: str, schema: Mapping[str, Any], heading: str = "##") -> str:
    """Return the tables of one document: the document itself, then every part that it refers to."""
    parts = {key: part for key, part in schema.get("$defs", {}).items() if "properties" in part}
    whole = _section(f"{heading} {name}", schema.get("title", ""), schema, schema)
    return "\n\n".join(
        [whole, *(_section(f"{heading}# {name}: {_plain(key)}", key, part, schema) for key, part in parts.items())]
    )


def _section(title: str, key: str, part: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    meanings = attributes(part.get("description"))
    model = MODELS.get(key)
    if model is not None:
        meanings = {**attributes(model.__doc__), **meanings}
    rows = [
        (code(name), describe(field, whole), _need(name, field, part), _meaning(key, name, meanings))
        for name, field in part.get("properties", {}).items()
    ]
    if not rows:
        return "\n\n".join([title, prose(part.get("description")), "No settings."])
    return "\n\n".join([title, prose(part.get("description")), table(("key", "value", "default", "meaning"), rows)])


def _meaning(key: str, name: str, meanings: Mapping[str, str]) -> str:
    if name == "schema":
        return SAID[name]
    own = [OF_CRITERION[name]] if MODELS.get(key) is ruleset.Criterion and name in OF_CRITERION else []
    names = (name, *own, *SYNONYMS.get(name, ()))
    return SAID.get(f"{key}.{name}") or next((meanings[each] for each in names if meanings.get(each)), "")


def _need(name: str, field: Mapping[str, Any], part: Mapping[str, Any]) -> str:
    if name in part.get("required", ()):
        return "required"
    default = field.get("default")
    if default in (None, "", [], {}) or isinstance(default, dict):
        return "internal" if name == "handling" else ""
    return code(default if isinstance(default, str) else json.dumps(default, ensure_ascii=False))


def describe(field: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    """Say in a few words what a value looks like."""
    return " or ".join(dict.fromkeys(_kinds(field, whole)))


def _kinds(field: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[str]:
    for several in ("anyOf", "oneOf"):
        for each in field.get(several, ()):
            yield from _kinds(each, whole)
    if "$ref" in field:
        key = field["$ref"].rpartition("/")[2]
        part = whole["$defs"][key]
        yield from ([_plain(key)] if "properties" in part else _kinds(part, whole))
    elif "enum" in field:
        yield from (code(str(each)) for each in field["enum"])
    elif "const" in field:
        yield code(str(field["const"]))
    elif field.get("type") == "string":
        yield _text(field)
    elif field.get("type") in ("integer", "number"):
        low, high = field.get("minimum"), field.get("maximum")
        kind = "a whole number" if field["type"] == "integer" else "a number"
        bounds = f" from {low} to {high}" if None not in (low, high) else f" from {low}" if low is not None else ""
        yield kind + bounds
    elif field.get("type") == "boolean":
        yield "`true` or `false`"
    elif field.get("type") == "array":
        yield f"list of {describe(field.get('items', {}), whole) or 'values'}"
    elif field.get("type") == "object":
        yield from _mapping(field, whole)


def _mapping(field: Mapping[str, Any], whole: Mapping[str, Any]) -> Iterator[str]:
    keys = field.get("patternProperties", {})
    for pattern, value in keys.items():
        yield f"mapping of {_text({'pattern': pattern})} to {describe(value, whole) or 'anything'}"
    if not keys:
        value = field.get("additionalProperties")
        yield f"mapping to {describe(value, whole)}" if isinstance(value, dict) else "a mapping"


def _text(field: Mapping[str, Any]) -> str:
    if field.get("format") == "date-time":
        return "an instant"
    pattern = field.get("pattern")
    if pattern is None:
        return "text"
    for words, leaf in WORDS.items():
        if (leaf.__metadata__[0].schema or {}).get("pattern") == pattern:
            return words
    for kind, words in PATTERNS.items():
        if kind.__metadata__[0].pattern == pattern:
            return words
    if pattern == DECIMAL:
        return "a decimal, as text"
    return f"text like `{pattern.removeprefix('^').removesuffix('$')}`"


def _plain(key: str) -> str:
    return key.removesuffix("Document").removesuffix("Settings") or key
