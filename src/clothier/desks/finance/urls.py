from django.urls import path

from clothier.desks.finance import paying
from clothier.desks.finance.views import days, differences, glance, ledger, statements, tills

app_name = "finance"
urlpatterns = [
    path("", glance.glance, name="glance"),
    path("days/<slug:store>/<str:date>/", days.detail, name="day"),
    path("days/<slug:store>/<str:date>/closure", days.closure, name="closure"),
    path("days/<slug:store>/<str:date>/comparison", days.comparison, name="comparison"),
    path("tills/", tills.tills, name="tills"),
    path("tills/new", tills.new, name="till-new"),
    path("tills/<int:till>/opening", tills.opening, name="opening"),
    path("tills/<int:till>/retirement", tills.retirement, name="retirement"),
    path("sessions/<int:session>/", tills.session, name="session"),
    path("sessions/<int:session>/count", tills.count, name="count"),
    path("sessions/<int:session>/cash", tills.cash, name="cash"),
    path("sessions/<int:session>/closure", tills.closure, name="session-closure"),
    path("statements/", statements.history, name="statements"),
    path("statements/<int:statement>/", statements.detail, name="statement"),
    path("statements/<int:statement>/confirmation", statements.confirmation, name="confirmation"),
    path("statements/<int:statement>/removal", statements.removal, name="removal"),
    path("differences/", differences.queue, name="differences"),
    path("differences/<int:difference>/", differences.detail, name="difference"),
    path("differences/<int:difference>/decision", differences.decision, name="decision"),
    path("differences/<int:difference>/decision/undoing", differences.undoing, name="undoing"),
    path("differences/<int:difference>/owner", differences.owner, name="owner"),
    path("differences/<int:difference>/remarks", differences.remarks, name="remarks"),
    path("ledger/", ledger.ledger_page, name="ledger"),
    path("ledger/export", ledger.export, name="export"),
    *paying.patterns,
]
