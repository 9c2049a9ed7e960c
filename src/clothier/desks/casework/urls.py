from django.urls import path

from clothier.desks.casework.actions import ACTIONS
from clothier.desks.casework.views import approvals, cards, case, goods, lists, opening, report, steps

app_name = "casework"
urlpatterns = [
    path("", lists.listed, name="list"),
    path("export.csv", lists.export, name="export"),
    path("report/", report.page, name="report"),
    path("report/table/", report.export, name="report-table"),
    path("new/", opening.opening, name="new"),
    path("new/suggestion/", opening.suggestion, name="suggestion"),
    path("approvals/", approvals.waiting, name="approvals"),
    path("approvals/<int:compensation>/decision/", approvals.decision, name="decision"),
    path("wording/", steps.wording, name="wording"),
    path("<int:case>/", case.page, name="case"),
    path("<int:case>/undo/", steps.undo, name="undo"),
    path("<int:case>/card/", cards.send, name="card"),
    path("<int:case>/label/", goods.label, name="label"),
    path("<int:case>/swaps/<int:sku>/", goods.swaps_of, name="swaps"),
    path("<int:case>/lines/<int:line>/", goods.piece, name="piece"),
    path("<int:case>/find/", goods.find, name="find"),
    path("<int:case>/photos/", goods.photos, name="photos"),
    path("<int:case>/photos/<int:photo>/", goods.photo, name="photo"),
    path("<int:case>/refund/", goods.refund, name="refund"),
    path("<int:case>/exchange/", goods.exchange, name="exchange"),
    *(path(f"<int:case>/{key}/", steps.take, {"action": key}, name=key) for key in ACTIONS),
]
