from django.urls import include, path

app_name = "membership"
urlpatterns = [
    path("", include("clothier.desks.membership.rewards.urls")),
]
