"""Starter side files: empty lists that are valid, with an example of each entry as a comment."""

from __future__ import annotations

from typing import Final

WAIVERS: Final = """\
# Waivers: a named person's dated acceptance of one open criterion, for a while and with something in its place.
# A waiver turns a blocker into a condition, never into met. What is left out makes it incomplete: it does not count.
schema: 1
waivers: []   # take this [] away with the first entry below
  # - id: W-001
  #   criterion: system.interfaces.tested
  #   reason: Why it cannot be met in time
  #   residual_risk: What may happen nevertheless
  #   compensating_control: What is done instead
  #   owner: customer.technical_lead
  #   requested_by: first.last
  #   approved_by:
  #     - {person: first.last, role: customer.executive_sponsor, on: 2027-04-16}
  #     - {person: first.last, role: provider.executive_sponsor, on: 2027-04-16}
  #   expires_on: 2027-06-02
"""

PLANS: Final = """\
# Action plans: who does what, by when, about an unmet criterion. One plan a criterion; incomplete ones do not count.
schema: 1
plans: []   # take this [] away with the first entry below
  # - criterion: workforce.training.completion
  #   owner: customer.functional_lead
  #   action: Make-up sessions for the two lowest units
  #   due: 2027-04-26
"""

SIDE_FILES: Final = {"waivers.yaml": WAIVERS, "plans.yaml": PLANS}
"""Name to content."""
