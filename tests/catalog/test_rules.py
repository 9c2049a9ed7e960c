import pytest

from clothier.catalog import rules
from clothier.catalog.drawings import drawing
from clothier.catalog.models import Silhouette


def test_sizes_run_from_small_to_large_and_then_by_number():
    assert sorted(["160", "XL", "S", "均码", "2XL", "90", "M"], key=rules.size_rank) == [
        "S", "M", "XL", "2XL", "90", "160", "均码",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "fabric"),
    [
        ("羊毛90% 羊绒10%", {"wool": 90, "cashmere": 10}),
        ("棉:95% 氨纶:5%", {"cotton": 95, "elastane": 5}),
        ("95% cotton, 5% elastane", {"cotton": 95, "elastane": 5}),
        ("", {}),
    ],
)
def test_a_fabric_label_is_read(label, fabric):
    assert rules.parse_fabric(label) == fabric


@pytest.mark.parametrize(("name", "drawing"), [("羽绒服", "down"), ("Casual Shoes", "shoes"), ("百褶裙", "skirt")])
def test_a_category_gets_the_drawing_its_name_asks_for(name, drawing):
    assert rules.silhouette_for(name) == drawing


@pytest.mark.parametrize("silhouette", Silhouette.values)
def test_every_silhouette_has_its_drawing(silhouette):
    assert "<path" in drawing(silhouette, "#1c1c1e")
