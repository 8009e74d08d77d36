"""Keys of the drill's own in the trust file of the copy, so that everything but the defect is in order."""

from __future__ import annotations

from datetime import timedelta

from gonogo.drill.defect import NotPlanted
from gonogo.drill.site import Site, listed
from gonogo.drill.tree_text import Leaf, Tree, words
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.signing.trust_file import read_trust
from gonogo.signing.trust_values import Trust

_DAYS = timedelta(days=30)
GATE = "drill-gate"
DEPOSITOR = "drill-depositor"


def trust_path(site: Site) -> str:
    """Return the path of the trust file, in the copy's folder.

    Raises:
        NotPlanted: The program names none.
    """
    path = site.loaded.program.trust
    if path is None:
        raise NotPlanted("the program names no trust file")
    return path


def trust_of(site: Site) -> Trust:
    """Return what the trust file of the copy says."""
    return read_trust(site.copy.root / trust_path(site), program=site.loaded.program.identity.id)


def added_key(site: Site, name: str, **more: Tree) -> PrivateKey:
    """Return a new key that the trust file of the copy names from now on, as a key of the kind log."""
    path, key = trust_path(site), new_private_key()
    day = site.now.date()
    tree = site.tree_of(path)
    entry: dict[str, Tree] = {
        "id": words(name),
        "kind": Leaf("log"),
        "public": words(key.public.pem.decode()),
        "from": Leaf(f"{day - _DAYS}"),
        "until": Leaf(f"{day + _DAYS}"),
    }
    tree["keys"] = [*listed(tree.get("keys")), entry | more]
    site.put_tree(path, tree)
    return key
