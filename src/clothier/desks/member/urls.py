from django.urls import path

from clothier.desks.member import views

app_name = "member"
urlpatterns = [
    path("", views.home, name="home"),
    path("statement/", views.points, name="statement"),
    path("clock/", views.clock_of_ours, name="clock"),
    path("leaving/", views.leaving, name="leaving"),
    path("open/<str:token>/", views.opening, name="opening"),
]
