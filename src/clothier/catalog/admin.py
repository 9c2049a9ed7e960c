"""The back office's catalogue: styles with their variants, stock, categories and colours."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.paginator import InfinitePaginator

from clothier.catalog.contracts import StockCount
from clothier.catalog.drawings import drawing
from clothier.catalog.forms import StyleForm
from clothier.catalog.models import Category, Colour, Sku, Stock, Style
from clothier.catalog.services import save_style, set_stock
from clothier.kernel.office import ReferenceAdmin

THUMBNAIL = '<span style="display:inline-block;width:28px;height:35px">{}</span>'
SAMPLE = (
    '<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">'
    '<rect width="24" height="24" rx="4" fill="{}" stroke="#0002"/></svg>'
)


class SkuInline(TabularInline):  # type: ignore[misc]
    model = Sku
    can_delete = False
    fields = ("colour", "size", "code", "barcode")
    extra = 0
    tab = True
    autocomplete_fields = ("colour",)


@admin.register(Style)
class StyleAdmin(ReferenceAdmin):
    form = StyleForm
    list_display = ("picture", "code", "name", "category", "gender", "season", "year", "price_yuan", "margin_percent")
    list_display_links = ("picture", "code", "name")
    list_filter = ("gender", "season", "category", "line", "year", ("withdrawn_on", admin.EmptyFieldListFilter))
    list_select_related = ("category",)
    search_fields = ("words",)
    search_help_text = _("款号、名称、拼音或首字母")
    show_full_result_count = False
    list_per_page = 50
    inlines = (SkuInline,)
    fieldsets = (
        (None, {"fields": (("code", "category"), ("name", "name_en"), ("brand", "line"))}),
        (_("分类"), {"fields": (("gender", "season", "year"), "words_of_tags")}),
        (_("价格"), {"fields": (("price", "cost"),)}),
        (_("面料与洗护"), {"fields": ("label", "care")}),
        (_("介绍"), {"fields": ("description", "description_en")}),
        (_("上架"), {"fields": (("listed_on", "withdrawn_on"),)}),
    )

    @admin.display(description="")
    def picture(self, style: Style) -> str:
        return format_html(THUMBNAIL, drawing(style.category.silhouette))

    @admin.display(description=_("吊牌价"), ordering="price_fen")
    def price_yuan(self, style: Style) -> str:
        return str(style.price)

    @admin.display(description=_("毛利率"))
    def margin_percent(self, style: Style) -> str:
        return "—" if style.margin is None else f"{style.margin:.0%}"

    def save_model(self, request: HttpRequest, obj: Style, form: StyleForm, change: bool) -> None:
        save_style(style=obj, actor=request.viewer.employee)  # type: ignore[attr-defined]


@admin.register(Sku)
class SkuAdmin(ReferenceAdmin):
    list_display = ("code", "style", "colour", "size", "barcode")
    list_select_related = ("style", "colour")
    search_fields = ("=barcode", "code__istartswith")
    search_help_text = _("条码或货号开头")
    autocomplete_fields = ("style", "colour")
    paginator = InfinitePaginator
    show_full_result_count = False
    ordering = ("code",)


@admin.register(Stock)
class StockAdmin(ReferenceAdmin):
    list_display = ("sku", "store", "quantity", "changed_at")
    list_select_related = ("sku", "store")
    list_filter = ("store",)
    search_fields = ("sku__code__istartswith",)
    search_help_text = _("货号开头")
    autocomplete_fields = ("sku", "store")
    readonly_fields = ("changed_at",)
    paginator = InfinitePaginator
    show_full_result_count = False
    ordering = ("sku", "store")

    def save_model(self, request: HttpRequest, obj: Stock, form: object, change: bool) -> None:
        """A changed quantity is a count, and is recorded as one."""
        count = StockCount(obj.store_id, obj.sku_id, obj.quantity)
        set_stock(counts=[count], actor=request.viewer.employee)  # type: ignore[attr-defined]
        obj.pk = Stock.objects.get(store=obj.store_id, sku=obj.sku_id).pk


@admin.register(Category)
class CategoryAdmin(ReferenceAdmin):
    list_display = ("picture", "code", "name", "name_en", "silhouette")
    list_display_links = ("picture", "code", "name")
    search_fields = ("code", "name", "name_en")

    @admin.display(description="")
    def picture(self, category: Category) -> str:
        return format_html(THUMBNAIL, drawing(category.silhouette))


@admin.register(Colour)
class ColourAdmin(ReferenceAdmin):
    list_display = ("sample", "code", "name", "name_en", "swatch")
    list_display_links = ("sample", "code", "name")
    search_fields = ("code", "name", "name_en")

    @admin.display(description="")
    def sample(self, colour: Colour) -> str:
        return format_html(SAMPLE, colour.swatch)
