from django.urls import path

from clothier.desks.chat import entering, talking

app_name = "chat"
urlpatterns = [
    path("", entering.door, name="door"),
    path("frame/", entering.frame, name="frame"),
    path("widget.js", entering.widget, name="widget"),
    path("<str:secret>/", talking.chat, name="chat"),
    path("<str:secret>/messages/", talking.messages, name="messages"),
    path("<str:secret>/typing/", talking.typing, name="typing"),
    path("<str:secret>/rating/", talking.rating, name="rating"),
    path("<str:secret>/files/<int:file>/", talking.file, name="file"),
]
