"""Why coupons were given, in words."""

from django.utils.translation import pgettext_lazy

GROUNDS = {
    "segment": pgettext_lazy("ground", "人群"),
    "goodwill": pgettext_lazy("ground", "单独发放"),
    "birthday": pgettext_lazy("ground", "生日"),
    "blind_box": pgettext_lazy("ground", "盲盒"),
    "shop": pgettext_lazy("ground", "积分兑换"),
    "return": pgettext_lazy("ground", "退货补发"),
    "welcome": pgettext_lazy("ground", "新会员"),
    "api": pgettext_lazy("ground", "接口"),
}


def ground_name(code: str) -> str:
    return str(GROUNDS.get(code, code))
