from django.urls import path

from clothier.desks.library.views import articles, asking, writing

app_name = "library"
urlpatterns = [
    path("", articles.listing, name="list"),
    path("new/", writing.new, name="new"),
    path("try/", asking.trying, name="try"),
    path("gaps/", asking.gaps, name="gaps"),
    path("gaps/new/", asking.gap_new, name="gap-new"),
    path("gaps/<int:gap>/answer/", asking.gap_answer, name="gap-answer"),
    path("gaps/<int:gap>/dismissal/", asking.gap_dismissal, name="gap-dismissal"),
    path("gaps/<int:gap>/reopening/", asking.gap_reopening, name="gap-reopening"),
    path("marks/", asking.marks, name="marks"),
    path("marks/new/", asking.mark_new, name="mark-new"),
    path("marks/<int:mark>/settlement/", asking.mark_settlement, name="mark-settlement"),
    path("versions/<int:version>/", articles.version, name="version"),
    path("versions/<int:version>/publication/", articles.publication, name="publication"),
    path("publications/<int:publication>/withdrawal/", articles.withdrawal, name="withdrawal"),
    path("<int:article>/", articles.page, name="article"),
    path("<int:article>/edit/", writing.edit, name="edit"),
    path("<int:article>/retirement/", articles.retirement, name="retirement"),
]
