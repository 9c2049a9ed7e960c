"""Addresses of what concerns payments: where they fail, one of them, and what somebody has to look at."""

from django.urls import path

from clothier.desks.finance.views import payments, risk

patterns = [
    path("payments/", payments.report, name="problems"),
    path("payments/<int:payment>/", payments.detail, name="payment"),
    path("payments/parts/<int:part>/payout", payments.payout, name="payout"),
    path("risk/", risk.queue, name="risk"),
    path("risk/flags/<int:flag>/review", risk.review, name="review"),
    path("risk/contradictions/", risk.contradictions, name="contradictions"),
    path("risk/contradictions/<int:discrepancy>/settlement", risk.settlement, name="clearing"),
]
