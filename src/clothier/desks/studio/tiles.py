"""Where an operator goes from here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Tile:
    path: str
    icon: str
    title: Promise
    text: Promise


_TILES = (
    Tile("/customers/", "people", pgettext_lazy("desk", "顾客"), _("一人一档：查找、来源、合并与拆分、同意与导出。")),
    Tile(
        "/customers/segments/",
        "filter",
        pgettext_lazy("desk", "人群"),
        _("按档案、行为与预测圈出一群人，人数边改边看。"),
    ),
    Tile("/rules/", "rules", pgettext_lazy("desk", "服务规范"), _("承诺、授权、话术、礼仪：阅读、修改、比较、发布。")),
    Tile("/reports/", "chart", pgettext_lazy("desk", "指标"), _("承诺兑现、转化、复购，每个数字都有定义。")),
    Tile("/board/", "board", pgettext_lazy("desk", "各店看板"), _("此刻谁在店里，哪条承诺快到时间。")),
    Tile(
        "/imports/",
        "import",
        pgettext_lazy("desk", "导入"),
        _("订单、顾客、商品、员工、到店，从文件进来，行行对得上。"),
    ),
    Tile(
        "/studio/connections/",
        "link",
        pgettext_lazy("desk", "连接"),
        _("别的系统凭密钥来读写，发生的事按订阅送去。"),
    ),
    Tile(
        "/studio/privacy/",
        "lock",
        pgettext_lazy("desk", "个人信息"),
        _("存了谁的什么、为什么、存多久、谁能看、看了多少次。"),
    ),
    Tile("/studio/log/", "log", pgettext_lazy("desk", "审计日志"), _("发生过的每一件事：何时、何人、何事。")),
    Tile("/office/", "office", pgettext_lazy("desk", "后台"), _("门店、员工、商品与日历的基础资料。")),
)


def tiles() -> tuple[Tile, ...]:
    return _TILES
