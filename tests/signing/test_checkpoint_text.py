"""The three lines of a checkpoint."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gonogo.errors import DocumentError
from gonogo.signing.checkpoint_text import TreeHead, read_tree_head

ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
EXAMPLE = f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"


def test_the_example_of_the_specification_is_read_and_written():
    """Byte for byte."""
    head = read_tree_head(EXAMPLE)

    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.root == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert head.text == EXAMPLE


@given(some.integers(0, 2**53 - 1), some.binary(min_size=32, max_size=32), some.lists(some.just("x 1"), max_size=2))
def test_what_is_written_is_read(size, root, extensions):
    """For every size and root."""
    head = TreeHead(origin="log-1", size=size, root=root.hex(), extensions=tuple(extensions))

    assert read_tree_head(head.text) == head


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a checkpoint"),
        ("a\n1\n", "not a checkpoint"),
        (f"a\n\n{ROOT}\n", "not a checkpoint"),
        (f"\n1\n{ROOT}\n", "not a checkpoint"),
        (f"a\n1\n{ROOT}\n\n", "not a checkpoint"),
        (f"{'x' * 2001}\n1\n{ROOT}\n", "not a checkpoint"),
        (f"a\n01\n{ROOT}\n", "not the size"),
        (f"a\n-1\n{ROOT}\n", "not the size"),
        (f"a\n+1\n{ROOT}\n", "not the size"),
        (f"a\n1.0\n{ROOT}\n", "not the size"),
        (f"a\n٣\n{ROOT}\n", "not the size"),
        (f"a\n{2**53}\n{ROOT}\n", "not the size"),
        (f"a\n1\n{ROOT[:-1]}\n", "not the root"),
        ("a\n1\nAAAA\n", "not the root"),
        (f"a\n1\n{ROOT[:-2]}J=\n", "not the root"),
    ],
)
def test_any_other_text_is_no_checkpoint(text, said):
    """A number in two forms would be two checkpoints with one meaning."""
    with pytest.raises(DocumentError, match=said):
        read_tree_head(text)
