"""What people state, who they are, what they waived and what they promised."""

import pytest

LETTER = "evidence/operations/ato_letter.yaml"
LABOR = "evidence/workforce/labor.yaml"
AGREEMENTS = "evidence/program/agreements.yaml"
CONTINUITY = "evidence/operations/continuity.yaml"
PEOPLE = "people.yaml"
WAIVERS = "waivers.yaml"
PLANS = "plans.yaml"
REPORTS = "evidence/system/report_validation_2027-04-13.csv"
WAIVED = "evidence/program/om_governance.yaml"


def blunder(folder):
    """Open the one criterion that the example has a waiver for, and have the waiver approved after."""
    unproven(folder)
    for day in ("2027-03-24", "2027-03-25"):
        folder.edit(WAIVERS, f"on: {day}", "on: 2027-04-14")


def unproven(folder):
    """One critical report is not proven."""
    folder.edit(REPORTS, "RC-01,Funds control,Yes,Validated", "RC-01,Funds control,Yes,In progress")


def unplanned(folder, plan=""):
    """Open a conditional criterion, with the plan given."""
    folder.edit(WAIVED, "value: true", "value: false")
    folder.put(PLANS, f"schema: 1\nplans:\n  - {{criterion: program.governance.after_golive{plan}}}\n")


GAPS = {
    "who produced the evidence attests it": (
        lambda f: f.edit(AGREEMENTS, "prepared_by: hana.solberg", "prepared_by: samir.dattani"),
        "the attester prepared the evidence",
    ),
    "nobody knows who prepared the evidence": (
        lambda f: f.edit(AGREEMENTS, "    prepared_by: hana.solberg\n", ""),
        "does not say who prepared the evidence",
    ),
    "the binding's producer attests it": (
        lambda f: f.edit(
            "gonogo.yaml",
            "producer: Contracting office\n    settings:\n      facts: {agreement",
            "producer: samir.dattani\n    settings:\n      facts: {agreement",
        ),
        "produced the evidence and may not attest it",
    ),
    "a person who is not in the office": (
        lambda f: f.edit(LETTER, "person: conrad.weld", "person: ada.kirsch"),
        "Ada Kirsch is not in the people register as customer.authorizing_official",
    ),
    "a person whom nobody knows": (
        lambda f: f.edit(LETTER, "person: conrad.weld", "person: john.doe"),
        "john.doe is not in the people register",
    ),
    "a person who has left": (
        lambda f: f.edit(
            PEOPLE, "name: Conrad Weld, from: 2026-06-01}", "name: Conrad Weld, from: 2026-06-01, to: 2027-03-31}"
        ),
        "Conrad Weld is not in the people register",
    ),
    "an office that may not say it": (
        lambda f: f.edit(
            LETTER,
            "person: conrad.weld\n    role: customer.authorizing_official",
            "person: ada.kirsch\n    role: customer.pmo_lead",
        ),
        "ato.",
    ),
    "a qualified statement": (
        lambda f: f.edit(
            LETTER, "prepared_by: greta.nyland", 'prepared_by: greta.nyland\n    qualified: "once the scan is done"'
        ),
        "once the scan is done",
    ),
    "a statement of tomorrow": (lambda f: f.edit(AGREEMENTS, "on: 2027-04-12", "on: 2027-04-20"), "in the future"),
    "an old statement": (lambda f: f.edit(CONTINUITY, "on: 2027-04-06", "on: 2026-07-06"), "only evidence younger"),
    "two statements that differ": (
        lambda f: f.put(
            AGREEMENTS,
            f.bytes(AGREEMENTS).decode()
            + "  - {fact: agreement.gtc_approved_both, value: false, person: carla.wexford, "
            "role: provider.contracting_officer, on: 2027-04-12}\n",
        ),
        "agreement.gtc_approved_both",
    ),
    "a statement that is false": (lambda f: f.edit(AGREEMENTS, "value: true", "value: false"), "agreement."),
    "yes, which is no boolean": (lambda f: f.edit(AGREEMENTS, "value: true", "value: yes"), "agreements.yaml:"),
    "true in quotes": (lambda f: f.edit(AGREEMENTS, "value: true", 'value: "true"'), "agreements.yaml:"),
    "a number in quotes": (lambda f: f.edit(LABOR, "value: 0\n", 'value: "0"\n'), "labor.yaml:"),
    "NaN": (lambda f: f.edit(LABOR, "value: 100%", "value: .nan"), "labor.yaml:"),
    "infinity": (lambda f: f.edit(CONTINUITY, "value: 8", "value: -.inf"), "continuity.yaml:"),
    "N/A": (lambda f: f.edit(CONTINUITY, "value: 8", "value: N/A"), "continuity.yaml:"),
    "null": (lambda f: f.edit(CONTINUITY, "value: 8", "value: null"), "continuity.yaml:"),
    "an octal": (lambda f: f.edit(CONTINUITY, "value: 8", "value: 0o10"), "continuity.yaml:"),
    "a hundred where a share belongs": (lambda f: f.edit(LABOR, "value: 100%", "value: 100"), "labor."),
    "a fact misspelt": (
        lambda f: f.edit(LABOR, "fact: labor.open_demands", "fact: labor.open_demand"),
        "labor.open_demand",
    ),
    "a key misspelt": (lambda f: f.edit(LETTER, "held_on:", "held_at:"), "ato_letter.yaml:"),
    "a key twice": (lambda f: f.edit(LETTER, "value: true", "value: false\n    value: true"), "ato_letter.yaml:"),
    "an alias": (lambda f: f.edit(LETTER, "value: true", "value: &v true\n    evidence: *v"), "ato_letter.yaml"),
    "a tag": (
        lambda f: f.edit(LETTER, "value: true", 'value: !!python/object/apply:os.system ["true"]'),
        "ato_letter.yaml",
    ),
    "a bomb of aliases": (
        lambda f: f.put(LETTER, "a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n"),
        "ato_letter.yaml",
    ),
    "another schema": (lambda f: f.edit(LETTER, "schema: 1", "schema: 2"), "schema"),
    "no statement": (lambda f: f.put(LETTER, "schema: 1\nattestations: []\n"), "authorization"),
    "cut": (lambda f: f.cut(LETTER, 0.5), "ato_letter.yaml"),
    "nobody in the register": (lambda f: f.put(PEOPLE, "schema: 1\npeople: []\n"), "people register"),
    "the waived criterion's report is gone, and so is the waiver": (
        lambda f: (blunder(f), f.put(WAIVERS, "schema: 1\nwaivers: []\n")),
        "operations.reporting.tested",
    ),
    "an expired waiver": (
        lambda f: (blunder(f), f.edit(WAIVERS, "expires_on: 2027-07-02", "expires_on: 2027-04-18")),
        "W-001",
    ),
    "a waiver without a control": (
        lambda f: (
            blunder(f),
            f.edit(WAIVERS, "    compensating_control: The legacy reports stay readable until the end of July\n", ""),
        ),
        "W-001",
    ),
    "a waiver that its requester approved": (
        lambda f: (blunder(f), f.edit(WAIVERS, "requested_by: ruth.amsel", "requested_by: marguerite.osei")),
        "W-001",
    ),
    "a waiver approved by one side": (
        lambda f: (
            blunder(f),
            f.edit(WAIVERS, "\n      - {person: lionel.farrant, role: provider.executive_sponsor, on: 2027-04-14}", ""),
        ),
        "W-001",
    ),
    "a waiver whose evidence is newer than its approval": (unproven, "newer than the approval"),
    "a waiver of what is unknown, which nobody saw": (
        lambda f: (blunder(f), f.path(REPORTS).unlink()),
        "the criterion is now unknown",
    ),
    "a waiver that ends before go-live": (
        lambda f: (blunder(f), f.edit(WAIVERS, "expires_on: 2027-07-02", "expires_on: 2027-05-02")),
        "before go-live",
    ),
    "a statement whose preparer is nobody": (
        lambda f: f.edit(AGREEMENTS, "prepared_by: hana.solberg", "prepared_by: hannah.solberg"),
        "is not in the people register",
    ),
    "a conditional criterion without a plan": (
        lambda f: f.edit(WAIVED, "value: true", "value: false"),
        "program.governance.after_golive",
    ),
    "a plan without an owner": (
        lambda f: unplanned(f, ", action: Write it, due: 2027-04-25"),
        "program.governance.after_golive",
    ),
    "a plan without a date": (
        lambda f: unplanned(f, ", owner: Theo, action: Write it"),
        "program.governance.after_golive",
    ),
}

REFUSED = {
    "people: cut": (lambda f: f.cut(PEOPLE, 0.5), "people.yaml:"),
    "people: one person twice": (
        lambda f: f.edit(PEOPLE, "name: Lionel Farrant", "name: 'Osei, M.'"),
        "may be the same person",
    ),
    "people: gone": (lambda f: f.path(PEOPLE).unlink(), "people.yaml"),
    "people: a seat that is none": (lambda f: f.edit(PEOPLE, "customer.pmo_lead", "customer.pmo_boss"), "people.yaml:"),
    "people: a key misspelt": (lambda f: f.edit(PEOPLE, "person: ada.kirsch", "persn: ada.kirsch"), "people.yaml:"),
    "people: a key twice": (
        lambda f: f.edit(PEOPLE, "{role: customer.pmo_lead,", "{role: customer.pmo_lead, role: customer.pmo_lead,"),
        "people.yaml:",
    ),
    "people: a day that is none": (lambda f: f.edit(PEOPLE, "from: 2026-06-01", "from: 2026-06-31"), "people.yaml:"),
    "people: UTF-16": (lambda f: f.put(PEOPLE, f.bytes(PEOPLE).decode().encode("utf-16")), "people.yaml"),
    "people: a link out": (
        lambda f: (f.path(PEOPLE).unlink(), f.path(PEOPLE).symlink_to("/etc/hostname")),
        "people.yaml",
    ),
    "waivers: a criterion that is none": (
        lambda f: f.edit(WAIVERS, "operations.reporting.tested", "operations.reporting.test"),
        "did you mean",
    ),
    "waivers: a person whom nobody knows": (
        lambda f: f.edit(WAIVERS, "person: lionel.farrant", "person: lionel.farant"),
        "waivers.yaml:",
    ),
    "waivers: a key misspelt": (lambda f: f.edit(WAIVERS, "expires_on", "expire_on"), "waivers.yaml:"),
    "waivers: merged keys": (
        lambda f: f.edit(WAIVERS, "  - id: W-001", "  - <<: {reason: x}\n    id: W-001"),
        "waivers.yaml:",
    ),
    "plans: a criterion that is none": (
        lambda f: f.put(PLANS, "schema: 1\nplans: [{criterion: x.y, owner: A, action: B, due: 2027-04-25}]\n"),
        "plans.yaml:",
    ),
    "plans: not a list": (lambda f: f.put(PLANS, "schema: 1\nplans: none\n"), "plans.yaml:"),
    "plans: empty": (lambda f: f.put(PLANS, b""), "plans.yaml"),
}


WHOLE = [(GAPS, next(iter(GAPS)), 1), (REFUSED, "plans: empty", 2)]


class TestStatements:
    @pytest.mark.parametrize(("way", "says"), GAPS.values(), ids=GAPS)
    def test_a_statement_that_does_not_count_blocks(self, way, says, decided):
        """Somebody said so is not enough; who, in which office, when, and of what."""
        found = decided(way)

        assert found.code == 1, found.told[-3000:]
        assert says in found.told

    @pytest.mark.parametrize(("ways", "name", "code"), WHOLE, ids=[name for _, name, _ in WHOLE])
    def test_a_run_on_it_ends_likewise(self, ways, name, code, spoiled):
        """The command itself comes to what these ways come to."""
        way, says = ways[name]

        found = spoiled(way)

        assert found.code == code, found.told[-3000:]
        assert "Traceback" not in found.told
        assert says in found.told

    @pytest.mark.parametrize(("way", "says"), REFUSED.values(), ids=REFUSED)
    def test_a_side_file_with_a_mistake_is_refused_with_its_place(self, way, says, decided):
        """Half a register does not count."""
        found = decided(way)

        assert found.code == 2, found.told[-3000:]
        assert says in found.told

    def test_a_waiver_of_another_release_does_not_count(self, spoiled):
        """The sponsors accepted it for something else."""

        def way(folder):
            blunder(folder)
            folder.second_release()
            folder.edit(WAIVERS, "release: R1", "release: R2")

        found = spoiled(way, "--release", "R1")

        assert found.code == 1
        assert "W-001" in found.told

    def test_a_plan_makes_a_condition_of_it_and_no_go(self, decided):
        """So that the ways above block for what is missing."""
        found = decided(lambda f: unplanned(f, ", owner: Theo Brandvold, action: Write it, due: 2027-04-25"))

        assert found.code == 3, found.told[-3000:]

    def test_a_waiver_makes_a_condition_of_it_and_no_go(self, spoiled):
        """Likewise."""
        assert spoiled(blunder).code == 3
