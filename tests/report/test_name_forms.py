"""How a name is written elsewhere than in the register: a copy for the public finds it in each form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gonogo.model.event import SealedRecord
from gonogo.report.detail import page_of
from gonogo.report.name_forms import ordinary_words, other_forms, solid_forms
from gonogo.report.redaction import redacted
from gonogo.report.report_reader import CopyFor
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]
LEAD = "the customer's functional lead"


@pytest.fixture
def view(no_go: Any, seal_log: Seal) -> RunView:
    view = RunView.of(seal_log(no_go.events()))
    people = {"customer.functional_lead": ("Marguerite Osei",), "pat.rice": ("Pat Rice",), "wei": ("李伟",)}
    decision = view.decision.model_copy(update={"people": people})
    return replace(view, assessment=view.assessment.model_copy(update={"decision": decision}))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ask Marguerite Osei today.", f"Ask {LEAD} today."),
        ("Ask Osei, Marguerite today.", f"Ask {LEAD} today."),
        ("Ask OSEI Marguerite today.", f"Ask {LEAD} today."),
        ("Ask M. Osei today.", f"Ask {LEAD} today."),
        ("Ask M Osei today.", f"Ask {LEAD} today."),
        ("Ask Osei, M. today.", f"Ask {LEAD} today."),
        ("Ask marguerite.osei today.", f"Ask {LEAD} today."),
        ("Ask marguerite-osei today.", f"Ask {LEAD} today."),
        ("Ask osei_marguerite today.", f"Ask {LEAD} today."),
        ("Ask MargueriteOsei today.", f"Ask {LEAD} today."),
        ("Ask Ms. Osei today.", f"Ask Ms. {LEAD} today."),
        ("Ask Osei's deputy.", f"Ask {LEAD}'s deputy."),
        ("Ask Rice, Pat today.", "Ask [name] today."),
        ("Ask 李伟 today.", "Ask [name] today."),
        ("Write to marguerite.osei@niwa.example.gov today.", "Write to [name] today."),
        ("Call 202-555-0147 or (202) 555-0147, or +1 202 555 0147.", "Call [number] or [number], or [number]."),
        ("It is 123-45-6789.", "It is [number]."),
        ("Order O2609-989-988-001127 stays.", "Order O2609-989-988-001127 stays."),
        ("Use ghp_0123456789abcdef0123456789abcdef0123 for it.", "Use [token] for it."),
        ("Use AKIA0123456789ABCDEF for it.", "Use [token] for it."),
        ("The price is due; a price is a price.", "The price is due; a price is a price."),
        ("Oseidon is no person.", "Oseidon is no person."),
    ],
)
def test_the_public_does_not_read_a_name_in_another_form(view: RunView, text: str, left: str) -> None:
    """A roster says *Osei, Marguerite*, a ticket *marguerite.osei*, and a title is typed from either."""
    page = replace(page_of(view), meaning=(text,))

    assert redacted(page, view, CopyFor.PUBLIC).meaning == (left,)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Marguerite A. Osei", "Osei, Marguerite"),
        ("Osei, Marguerite", "Marguerite Osei"),
        ("Dr. Marguerite (Maggie) Osei, PMP", "M. Osei"),
        ("marguerite.osei", "marguerite osei"),
        ("Ruth O'Neill-Amsel", "O'Neill-Amsel, Ruth"),
    ],
)
def test_titles_middle_names_and_commas_do_not_hide_the_two_ends(name: str, form: str) -> None:
    assert form in other_forms(name)


@pytest.mark.parametrize("name", ["Amsel", "Dr. Amsel", "", "20417"])
def test_a_name_of_one_word_has_no_other_form(name: str) -> None:
    """Half of a form would be a letter."""
    assert (other_forms(name), solid_forms(name)) == ((), ())


def test_a_last_name_of_two_letters_is_not_looked_for_alone() -> None:
    """*Ng* may be the unit of an amount; *Ann Ng* is nobody else."""
    assert solid_forms("Ann Ng") == ("AnnNg",)


def test_a_word_in_small_letters_is_ordinary_and_a_part_of_an_id_is_not() -> None:
    assert ordinary_words(["The price of Osei, lin.marchetti and amsel@x.example."]) == {"price", "of", "and"}
