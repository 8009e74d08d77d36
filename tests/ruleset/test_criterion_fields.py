"""The one declaration of a criterion's fields, and what is made from it."""

from __future__ import annotations

from typing import Annotated

import pytest

from gonogo.documents.scalars import Words
from gonogo.documents.shape import Document
from gonogo.model.ruleset import Criterion
from gonogo.ruleset.criterion_fields import FIELDS, WORDS, ChangeDocument, CriterionDocument, _declared


def test_every_field_of_the_model_is_declared_and_every_declared_one_is_of_the_model():
    """A field that only one side knows is written by people and read by nobody, or never filled."""
    assert sorted(field.attribute for field in FIELDS) == sorted(Criterion.model_fields)


def test_a_field_that_does_not_say_which_way_a_change_goes_is_refused():
    """Otherwise an overlay could loosen the gate by it, and no report would say so."""

    class Silent(Document):
        told: Annotated[Words, WORDS] = ""
        silent: Words = ""

    assert _declared("told", Silent.model_fields["told"]).words
    with pytest.raises(TypeError, match="silent"):
        _declared("silent", Silent.model_fields["silent"])


def test_an_overlay_may_set_what_is_declared_so_and_nothing_else():
    """Above all not the words: what a criterion is called and why it is asked stays with who wrote it."""
    keys = {info.alias or name for name, info in ChangeDocument.model_fields.items()}

    assert keys == {"criterion", "reason"} | {field.key for field in FIELDS if field.rule.overlay}
    assert keys - {"criterion", "reason"} == {
        *("severity", "from", "require", "not_applicable", "floor", "parameters", "max_age", "carries", "owner"),
        *("attest", "waivable_by", "sides", "enforce_from", "mode", "held", "open_for"),
    }


def test_what_decides_nothing_cannot_be_overlaid():
    """An overlay's change is recorded by which way it goes; words go nowhere."""
    assert not [field.name for field in FIELDS if field.words and field.rule.overlay]


def test_a_change_needs_no_field_but_the_two_that_say_which_and_why():
    """What is not said stays as it was."""
    required = [name for name, info in ChangeDocument.model_fields.items() if info.is_required()]

    assert required == ["criterion", "reason"]


@pytest.mark.parametrize("field", [field for field in FIELDS if field.rule.overlay], ids=lambda field: field.name)
def test_a_field_is_read_in_a_change_as_it_is_in_a_criterion(field):
    """`max_age: 7d` means the same wherever it stands; a second reader would drift."""

    def forms(model):
        told = model.model_json_schema(by_alias=True)["properties"][field.key]
        kept = {key: value for key, value in told.items() if key not in ("default", "title")}
        return [form for form in kept.get("anyOf", [kept]) if form != {"type": "null"}]

    assert forms(ChangeDocument) == forms(CriterionDocument)
