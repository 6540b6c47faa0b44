"""A place is found however people write a name whose spelling is not settled."""

import pytest

from letters.place_names import ways_to_write


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("Xã Bha Lê", ["Xã BhaLê", "Xã Bha Lêê", "Xã BhaLêê"]),
        ("Xã La Êê", ["Xã LaÊê", "Xã La Ê", "Xã LaÊ"]),
        ("A Tiêng", ["ATiêng"]),
        ("Xã  Lăng", []),
        ("Phường Hòa Khánh", ["Phường HòaKhánh"]),
        ("", []),
    ],
)
def test_the_other_ways(name, ways):
    assert ways_to_write(name) == ways
