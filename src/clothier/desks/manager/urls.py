from django.urls import path

from clothier.desks.manager import views

app_name = "manager"
urlpatterns = [
    path("", views.home, name="home"),
    path("standup/", views.own_sheet, name="own-sheet"),
    path("<slug:code>/", views.board, name="board"),
    path("<slug:code>/standup/", views.sheet, name="sheet"),
]
