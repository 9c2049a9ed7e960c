from django.urls import path
from django.views.i18n import set_language

from clothier.desks.shell import gallery, installable, views

app_name = "shell"
urlpatterns = [
    path("", views.home, name="home"),
    path("preferences/theme/", views.theme, name="theme"),
    path("preferences/language/", set_language, name="language"),
    path("design/", gallery.gallery, name="design"),
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("sw.js", installable.service_worker, name="service-worker"),
    path("offline/", installable.offline, name="offline"),
]
