from django.urls import path
from django.views.i18n import set_language

from clothier.desks.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.home, name="home"),
    path("preferences/theme/", views.theme, name="theme"),
    path("preferences/language/", set_language, name="language"),
]
