"""What a person is asked about a file: which it is, and which column holds what."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clothier.imports.contracts import Kind
from clothier.imports.selectors import Import, columns_of, kind_choices
from clothier.kernel.access import Viewer
from clothier.kernel.money import SYMBOLS
from clothier.places.selectors import stores_for

ORDERS = [
    ("ymd", gettext_lazy("年-月-日")),
    ("dmy", gettext_lazy("日/月/年")),
    ("mdy", gettext_lazy("月/日/年")),
]
USUAL_ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Tokyo", "Europe/London", "Europe/Paris", "America/New_York")


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("文件内容"), choices=kind_choices)
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("CSV、CSV.GZ 或 XLSX，最大 2 GB。编码和分隔符自动识别。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.txt,.tsv,.xlsx"}),
    )


class PlanForm(forms.Form):
    """One choice for every column the import knows, then what holds for the whole file."""

    def __init__(self, draft: Import, viewer: Viewer, data: Any = None) -> None:
        super().__init__(data)
        titles = [("", _("（文件里没有）"))]
        titles += [
            (str(at), title or _("第 %(number)d 列") % {"number": at + 1}) for at, title in enumerate(draft.header)
        ]
        for column in columns_of(draft.kind):
            self.fields[column.name] = forms.ChoiceField(
                label=_(column.title),
                choices=titles,
                required=column.required,
                initial=str(draft.columns.get(column.name, "")),
            )
        self.option_names = self._options(draft, viewer)

    def _options(self, draft: Import, viewer: Viewer) -> list[str]:
        chosen = draft.options
        stores = [("", _("（不指定）")), *((store.code, str(store)) for store in stores_for(viewer))]
        zones = [chosen.get("zone") or USUAL_ZONES[0], *USUAL_ZONES]
        options: dict[str, forms.Field] = {
            "option_store": forms.ChoiceField(
                label=_("未写门店的行归入"), choices=stores, required=False, initial=chosen.get("store", "")
            ),
            "option_date_order": forms.ChoiceField(
                label=_("日期写法"), choices=ORDERS, initial=chosen.get("date_order", "ymd")
            ),
            "option_zone": forms.ChoiceField(
                label=_("时区"),
                choices=[(zone, zone) for zone in dict.fromkeys(zones)],
            ),
            "option_source": forms.CharField(
                label=_("来源"),
                required=False,
                max_length=40,
                initial=chosen.get("source", "import"),
                help_text=_("同一来源的同一编号只算一次。"),
            ),
        }
        if draft.kind == Kind.ORDERS:
            options["option_currency"] = forms.ChoiceField(
                label=_("币种"), choices=[(code, code) for code in SYMBOLS], initial=chosen.get("currency", "CNY")
            )
        self.fields.update(options)
        return list(options)

    def column_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.option_names]

    def option_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.option_names]

    def columns(self) -> dict[str, int]:
        return {field.name: int(at) for field in self.column_fields() if (at := self.cleaned_data[field.name])}

    def options(self) -> dict[str, str]:
        return {name.removeprefix("option_"): self.cleaned_data[name] for name in self.option_names}
