from django.urls import path

from clothier.desks.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.history, name="history"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/trial", views.trial, name="trial"),
    path("<int:pk>/start", views.start, name="start"),
    path("<int:pk>/pause", views.pause, name="pause"),
    path("<int:pk>/resumption", views.resume, name="resume"),
    path("<int:pk>/undoing", views.undo, name="undo"),
    path("<int:pk>/rejected", views.rejected, name="rejected"),
]
