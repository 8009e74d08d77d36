"""Names of the invented program: services, partners, units, roles. No person, agency or firm here exists."""

from __future__ import annotations

import hashlib

SERVICES = (
    "General ledger",
    "Funds control",
    "Accounts payable",
    "Receivables and collections",
    "Travel payments",
    "Purchase card",
    "Intragovernmental (G-Invoicing)",
    "Grants payments",
    "Payroll posting",
    "Financial reporting",
    "Vendor maintenance",
    "Fixed assets",
    "Project cost",
    "System administration and help desk",
)
INTERFACES = (
    "Treasury payments",
    "CARS",
    "GTAS bulk file",
    "IPAC",
    "G-Invoicing",
    "SAM.gov vendors",
    "Payroll",
    "Travel",
    "Purchase card issuer",
    "Fleet card",
    "Procurement",
    "Grants",
    "Invoice platform",
    "Lockbox",
    "Debt referral",
    "1099",
    "Budget formulation",
    "Asset register",
    "Project time",
    "Tolls revenue",
    "Permits",
    "Identity service",
    "Data warehouse",
)
OBJECTS = (
    "Vendors",
    "Customers",
    "Open obligations",
    "Open invoices",
    "Receivables",
    "Travel advances",
    "Grants",
    "Agreements",
    "Budget lines",
    "Account strings",
    "Trial balance pairs",
    "Fixed assets",
    "Projects",
    "Cost centers",
    "Employees as vendors",
    "Banks",
    "Recurring payments",
    "Debt cases",
    "Attachments",
)
GROUPS = (
    "HQ finance",
    "Gulf finance",
    "Lakes finance",
    "Upper River finance",
    "Lower River finance",
    "Atlantic Canal finance",
    "Pacific Sound finance",
    "Budget officers",
    "Approvers",
    "Certifying officers",
    "Card holders",
    "Vendors",
    "Partner agencies",
    "Unions",
)
SITES = (
    "HQ",
    "Gulf",
    "Lakes",
    "Upper River",
    "Lower River",
    "Atlantic Canal",
    "Pacific Sound",
    "Training Center",
    "Data Center",
)
UNITS = tuple(f"Unit {number:02d}" for number in range(1, 22))
ROLES = (
    "Accountant",
    "Accounts payable clerk",
    "Approver",
    "Asset manager",
    "Auditor",
    "Budget analyst",
    "Card holder",
    "Certifying officer",
    "Collections clerk",
    "Funds control officer",
    "Grants specialist",
    "Help desk agent",
    "Interface operator",
    "Report reader",
    "System administrator",
    "Travel approver",
    "Vendor manager",
)
CONTRACTS = ("NIWA-27-0114", "NIWA-27-0132", "CFSC-ORD-1127")


def hashed(kind: str, number: int) -> str:
    """Return the id under which a person appears in an export: a hash, because rosters hold personal data."""
    return hashlib.sha256(f"harborline/{kind}/{number}".encode()).hexdigest()[:16]
