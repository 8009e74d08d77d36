"""Talk about a plan is told from a plan: what is still owed, what only exists, and what stands in a tracker."""

import pytest

from gonogo.model.planned_answers import is_owed, says_what_is_done

OWED = """
Need plan ¦ Needs a plan ¦ Need a mitigation plan ¦ A plan will be written ¦ Plan will be written by the vendor
Plan TBD
Plan to be agreed ¦ Plan to be agreed with the sponsor ¦ Plan due 5/3 ¦ Plan due on 2027-05-03 ¦ plan due next week
Owner to provide ¦ Vendor to provide plan by 5/3 ¦ R. Amsel to write the plan ¦ Owner to update ¦ PMO to confirm
Awaiting input from vendor ¦ Awaiting vendor input ¦ Waiting for a plan from the provider ¦ Pending vendor response
Awaiting response ¦ Awaiting a decision by the board ¦ Working on a plan ¦ PMO drafting plan ¦ Plan under development
Plan being developed ¦ Plan is in progress ¦ Plan in draft ¦ Draft plan in review ¦ Plan not yet approved ¦ Plan pending
Develop a plan ¦ Develop mitigation plan by May 3 ¦ Provide plan ¦ We will develop a response plan ¦ Create action plan
Vendor will provide an update next week ¦ Mitigation plan to follow ¦ Plan follows ¦ No plan yet, owner to provide
Plan required ¦ Plan needed ASAP ¦ Plan has not been provided ¦ Plan requested from vendor ¦ Requested plan 4/12
Details to be provided by the vendor ¦ Team to discuss ¦ To be agreed. Plan due 5/3. ¦ Plan folgt ¦ Plan wird erstellt
Maßnahmenplan in Erarbeitung ¦ Plan en cours d'élaboration ¦ Plan à venir ¦ Plan por definir
"""
"""What belongs here is not there yet; a day by which it will be is the day of the plan, not of the deed."""
BARE = """
Plan ¦ A plan ¦ Action plan ¦ Mitigation Plan. ¦ Response ¦ Resolution plan ¦ Plan in place ¦ We have a plan
There is a plan ¦ Plan exists ¦ Plan approved ¦ Plan available ¦ Plan attached ¦ Escalated ¦ ESCALATED. ¦ Escalate
Escalated to the vendor ¦ Escalated to sponsor; awaiting input from vendor ¦ Assigned to vendor ¦ Raised with the PMO
With vendor ¦ Vendor is working on it ¦ Being worked ¦ We are on it ¦ Ongoing ¦ Under control ¦ In hand
See Jira HL-12 ¦ Jira HL-12 ¦ Ticket 4711 ¦ See ticket #4711 ¦ Tracked in Jira under HL-12 ¦ see HL-12 ¦ See ADO 1234
Logged as INC0012345 in ServiceNow ¦ Refer to issue HL-12 for details ¦ Tracked in Jira ¦ HL-12 ¦ eskaliert
"""
"""It says that there is one, who has it or where it may stand, and not what is done."""
DONE = """
Plan B: run the batch of April again ¦ Move the plan to release 2 ¦ Plan the second run for 2027-05-02 and tell users
Need plan B for the bank file: send it by hand ¦ A plan will be written off by finance on 5/3
Plan approved 2027-04-12 by R. Amsel: key by hand ¦ Agree the mapping with the vendor, then load again
The plan is to key invoices by hand ¦ Plan due 5/3: patch 4.2 from the vendor
Owner to provide read access to the archive ¦ Vendor to provide patch 4.2 by 5/3 ¦ Owner to update the mapping table
Vendor to deliver the fix in build 27.4 ¦ PMO to confirm cutover hours with the bank
Awaiting input from vendor on the parser; invoices are keyed by hand ¦ Waiting for patch 4.2, due 2027-04-22
Awaiting tape from the bank; fallback is the file of the day before ¦ Escalated to Oracle, SR 3-123, patch due 5/3
Escalated to the CFO on 4/12, who funds two temps ¦ Escalate to R. Amsel and switch to manual posting
See Jira HL-12: two clerks key invoices by hand ¦ HL-12 is fixed in build 27.4 ¦ Fix of HL-12 in build 27.4
Ticket 4711: add index and reload ¦ Tracked in Jira HL-12; patch on 5/3 ¦ See SOP-14, step 3 ¦ See runbook RB-7
See CHG0031234 ¦ CHG0031234 ¦ Apply CHG0031234 ¦ per SOP 14 ¦ see section 4.2 of the cutover plan
Develop a script that loads the rest ¦ Develop interface 12 again by 5/3 ¦ Provide two clerks until 2027-05-31
Provide training to 40 users ¦ Create 12 users in production ¦ Write a check of totals into the load
Response team keys invoices by hand ¦ Response within 4 hours by the help desk ¦ Actions 1 to 3 of the runbook
Vendor will deliver patch 4.2 ¦ Vendor is working on patch 4.2, due 5/3 ¦ With vendor: patch 4.2 on 5/3
Assigned to R. Amsel, who reloads on 5/3 ¦ Assign two clerks ¦ Mitigate ¦ Accept ¦ Avoid ¦ Transfer to the provider
Monitor weekly ¦ Accept and monitor ¦ Train 40 users ¦ Reload ¦ Rebuild interface 12 ¦ Hire two temps
Draft letters are sent by hand ¦ Working group meets daily until totals agree
Under control of two clerks, keyed by hand
Update planned for build 27.4 ¦ Update test plan and run case 12 again ¦ Decide by coin, twice
Discuss with users the new screen, then switch on ¦ Raised the timeout to 90 s ¦ Reported totals are corrected by hand
Plan folgt dem Muster von Los 1: Nachbuchung von Hand ¦ Needs two clerks until 5/31 ¦ Required fields get defaults
Contingency plan 3 of the COOP ¦ Work instruction WI-12 ¦ Ask the vendor for patch 4.2 ¦ Keyed by hand (see HL-12)
"""
"""The same words where they say what happens."""


def _texts(listed: str) -> list[str]:
    return [text.strip() for line in listed.strip().splitlines() for text in line.split("¦")]


@pytest.mark.parametrize("text", _texts(OWED))
def test_what_is_still_owed_says_nothing_is_done(text):
    """A high issue whose plan is due next week has no plan."""
    assert is_owed(text)
    assert not says_what_is_done(text)


@pytest.mark.parametrize("text", _texts(BARE))
def test_that_there_is_a_plan_or_where_is_no_plan(text):
    """Nobody can read in a log what stands in a tracker, and an escalation mends nothing."""
    assert not says_what_is_done(text)
    assert not is_owed(text) or "awaiting" in text


@pytest.mark.parametrize("text", _texts(DONE))
def test_words_that_say_what_happens_are_a_plan(text):
    """An honest sentence is not refused for a word that empty ones have too."""
    assert says_what_is_done(text)
    assert not is_owed(text)


@pytest.mark.parametrize("text", ["", "TBD", "none", "to be discussed", "see email", "4711", "<p>&nbsp;</p>"])
def test_a_placeholder_is_no_plan(text):
    """What says nothing at all says nothing of a plan."""
    assert not says_what_is_done(text)


def test_what_is_wrapped_in_markup_is_read_as_it_is_shown():
    """A rich-text field wraps each answer."""
    assert not says_what_is_done("<p>Need <b>plan</b></p>")
    assert says_what_is_done("<p>Key by hand</p>")
