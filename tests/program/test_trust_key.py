"""`trust:` of a program: a path, kept as it is written."""

import pytest

from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program
from gonogo.signing.variables import SECRETS


def with_trust(small, line: str):
    """Add one line to a program file."""
    small.file.write_text(small.file.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    return small.root


def test_a_program_may_name_its_trust_file(small):
    """It may lie outside of the folder, so that who edits the program does not choose the keys."""
    assert load_program(with_trust(small, "trust: ../keys/trust.yaml")).program.trust == "../keys/trust.yaml"


def test_a_program_without_one_keeps_its_form(small):
    """Records of earlier versions keep their digests."""
    program = load_program(small.root).program

    assert program.trust is None
    assert "trust" not in program.document()


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_no_binding_may_ask_for_the_key_that_signs(small, name):
    """It is refused where it is written, before anything runs."""
    text = small.file.read_text(encoding="utf-8")
    small.file.write_text(text.replace("  - id: desk\n", f"  - id: desk\n    env: [{name}]\n"), encoding="utf-8")

    with pytest.raises(ConfigurationError, match=f"a collector may not see {name}") as caught:
        load_program(small.root)

    assert "G145" in str(caught.value)


def test_an_absolute_path_is_refused(small):
    """It would mean another file on another machine."""
    with pytest.raises(ConfigurationError, match="is absolute") as caught:
        load_program(with_trust(small, "trust: /etc/trust.yaml"))

    assert "G142" in str(caught.value)
