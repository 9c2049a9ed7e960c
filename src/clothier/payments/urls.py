from django.urls import path

from clothier.payments.views import notification

app_name = "payments"
urlpatterns = [path("notifications/<slug:provider>/", notification, name="notification")]
