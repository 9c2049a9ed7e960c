from dataclasses import replace

import pytest

from clothier.catalog import selectors
from clothier.catalog.models import Category, Sku, Style
from clothier.catalog.services import upsert_styles
from clothier.eventlog.models import Entry
from clothier.kernel.errors import Refused
from tests.catalog.conftest import COAT

pytestmark = pytest.mark.django_db


def test_saving_an_equal_style_again_changes_and_records_nothing(coat):
    saved = upsert_styles(styles=[COAT])
    assert (saved.created, saved.changed, saved.ids) == (frozenset(), frozenset(), {"K2071": coat.style})
    assert Entry.objects.filter(type="style.saved").count() == 1
    assert Sku.objects.count() == 6


def test_a_new_price_is_a_change_and_keeps_the_variants(coat):
    saved = upsert_styles(styles=[replace(COAT, price_fen=299_900, variants=())])
    assert saved.changed == {"K2071"}
    assert Style.objects.get().price_fen == 299_900
    assert Sku.objects.count() == 6
    assert Entry.objects.filter(type="style.saved").last().payload == {"style_id": coat.style, "price_fen": 299_900}


def test_a_negative_price_is_refused_and_nothing_is_written(coat):
    with pytest.raises(Refused):
        upsert_styles(styles=[replace(COAT, code="K1"), replace(COAT, code="K2", price_fen=-1)])
    assert Style.objects.count() == 1


def test_an_unknown_category_is_made_with_a_fitting_drawing(coat):
    upsert_styles(styles=[replace(COAT, code="K3", category="牛仔外套", variants=())])
    assert Category.objects.get(code="牛仔外套").silhouette == "jacket"


@pytest.mark.parametrize("query", ["k20", "羊绒", "smyr", "shuangmian", "cashmere coat", "K2071 羊绒"])
def test_a_style_is_found_by_code_name_and_pinyin(coat, query):
    assert [style.code for style in selectors.styles_here(store=coat.store, query=query)] == ["K2071"]


def test_words_that_do_not_all_fit_find_nothing(coat):
    assert selectors.styles_here(store=coat.store, query="羊绒 衬衫") == []


def test_a_page_begins_after_the_last_code_of_the_page_before(coat):
    upsert_styles(styles=[replace(COAT, code=code, variants=()) for code in ("K1", "K3", "K4")])
    first = selectors.styles_page(limit=2)
    assert [style.code for style in first] == ["K1", "K2071"]
    assert [style.code for style in selectors.styles_page(after=first[-1].code, limit=2)] == ["K3", "K4"]


def test_variants_are_listed_by_colour_and_from_small_to_large(coat, django_assert_num_queries):
    with django_assert_num_queries(1):
        skus = selectors.skus_of(coat.style)
        assert [sku.code for sku in skus][:3] == ["K2071-BLACK-S", "K2071-BLACK-M", "K2071-BLACK-L"]


def test_a_scanner_reads_a_barcode_and_a_hand_types_a_code(coat):
    by_barcode = selectors.sku_by_barcode("6901234501")
    assert by_barcode == selectors.sku_by_barcode(" k2071-black-m ")
    assert by_barcode.code == "K2071-BLACK-M"
    assert selectors.sku_by_barcode("nothing") is None


def test_fabric_is_told_from_the_most_to_the_least(coat):
    style = selectors.style_by_code("k2071")
    assert style.fabric_text == "羊毛70% 山羊绒30%"
    assert round(style.margin, 3) == 0.703
