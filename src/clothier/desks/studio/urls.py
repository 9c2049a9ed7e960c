from django.urls import path

from clothier.desks.studio import views

app_name = "studio"
urlpatterns = [
    path("", views.home, name="home"),
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/<int:delivery>/retry/", views.retry, name="retry"),
    path("log/", views.log, name="log"),
]
