"""The tree against the vectors of Certificate Transparency's own code, and against an independent library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from core.trail.merkle import Tree, build_tree, hash_leaf, prove_inclusion, verify_inclusion

#: The eight leaves of the reference code, and the roots over the first one, two … eight of them (RFC 9162, 2.1).
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_empty_tree():
    assert Tree().root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_reference_code(size):
    tree = build_tree([hash_leaf(bytes.fromhex(leaf)) for leaf in LEAVES[:size]])
    assert tree.root.hex() == ROOTS[size - 1]
    assert tree.size == size


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_an_independent_library_gets_the_same_root(contents):
    other = InmemoryTree(algorithm="sha256")
    for content in contents:
        other.append_entry(content)
    assert build_tree([hash_leaf(content) for content in contents]).root == other.get_state()


@given(st.integers(1, 40), st.data())
def test_a_proof_leads_its_own_leaf_to_the_root_and_nothing_else(size, data):
    leaves = [hash_leaf(bytes([number])) for number in range(size)]
    root, index = build_tree(leaves).root, data.draw(st.integers(0, size - 1))
    path = prove_inclusion(leaves, index)
    assert verify_inclusion(leaves[index], index, size, path, root)
    assert not verify_inclusion(hash_leaf(b"other"), index, size, path, root)
    assert not verify_inclusion(leaves[index], index, size, path, hash_leaf(b"other"))
    assert not verify_inclusion(leaves[index], size, size, path, root)
    assert not verify_inclusion(leaves[index], index, size, [*path, root], root)
    if path:
        assert not verify_inclusion(leaves[index], index, size, path[:-1], root)
        assert not verify_inclusion(leaves[index], index ^ 1, size, path, root)


def test_there_is_no_proof_of_what_is_not_there():
    with pytest.raises(IndexError):
        prove_inclusion([hash_leaf(b"")], 1)
