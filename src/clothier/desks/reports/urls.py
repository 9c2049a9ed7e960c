from django.urls import path

from clothier.desks.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:key>/", views.detail, name="detail"),
    path("<slug:key>/table.csv", views.table, name="table"),
    path("<slug:key>/chart.svg", views.picture, name="picture"),
]
