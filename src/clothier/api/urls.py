from django.urls import path

from clothier.api.v1.app import api

urlpatterns = [path("v1/", api.urls)]
