"""Every address of the house; each desk and the API keep their own."""

from django.contrib import admin
from django.urls import include, path, re_path

from clothier.desks.shell.views import not_here

urlpatterns = [
    path("", include("clothier.desks.shell.urls")),
    path("floor/", include("clothier.desks.floor.urls")),
    path("board/", include("clothier.desks.manager.urls")),
    path("studio/", include("clothier.desks.studio.urls")),
    path("kiosk/", include("clothier.desks.kiosk.urls")),
    path("rules/", include("clothier.desks.rulebook.urls")),
    path("customers/", include("clothier.desks.profiles.urls")),
    path("imports/", include("clothier.desks.intake.urls")),
    path("reports/", include("clothier.desks.reports.urls")),
    path("", include("clothier.config.health.urls")),
    path("roster/", include("clothier.desks.roster.urls")),
    path("till/", include("clothier.desks.till.urls")),
    path("membership/", include("clothier.desks.membership.urls")),
    path("finance/", include("clothier.desks.finance.urls")),
    path("agenda/", include("clothier.desks.agenda.urls")),
    path("me/", include("clothier.desks.member.urls")),
    path("card/", include("clothier.desks.member.card_urls")),
    path("inbox/", include("clothier.desks.inbox.urls")),
    path("cases/", include("clothier.desks.casework.urls")),
    path("knowledge/", include("clothier.desks.library.urls")),
    path("chat/", include("clothier.desks.chat.urls")),
    path("payments/", include("clothier.payments.urls")),
    path("channels/", include("clothier.conversations.urls")),
    path("api/", include("clothier.api.urls")),
    # No mail is sent, so whatever allauth would do by mail is not there; accounts are made by head office.
    re_path(r"^accounts/(?:password/reset|email|confirm-email|signup)/", not_here),
    path("accounts/", include("allauth.urls")),
    path("office/", admin.site.urls),
]

handler400 = "clothier.desks.shell.views.bad_request"
handler403 = "clothier.desks.shell.views.forbidden"
handler404 = "clothier.desks.shell.views.not_found"
handler500 = "clothier.desks.shell.views.failed"
