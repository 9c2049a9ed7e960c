from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class MemberConfig(AppConfig):
    name = "clothier.desks.member"
    verbose_name = pgettext_lazy("app", "会员页")
