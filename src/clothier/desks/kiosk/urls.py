from django.urls import path

from clothier.desks.kiosk.views import bookings, calls, devices, goods, rooms, screen

app_name = "kiosk"
urlpatterns = [
    path("devices/", devices.devices, name="devices"),
    path("devices/<int:device>/revocation/", devices.revocation, name="revocation"),
    path("bell/<str:token>/", rooms.room, name="room"),
    path("bell/<str:token>/state/", rooms.state, name="room-state"),
    path("bell/<str:token>/cancellation/", rooms.cancellation, name="room-cancellation"),
    path("<slug:code>/", screen.home, name="home"),
    path("<slug:code>/activities/", screen.activities, name="activities"),
    path("<slug:code>/goods/", goods.goods, name="goods"),
    path("<slug:code>/goods/<str:style>/", goods.style, name="style"),
    path("<slug:code>/call/", calls.call, name="call"),
    path("<slug:code>/call/state/", calls.state, name="call-state"),
    path("<slug:code>/call/cancellation/", calls.cancellation, name="call-cancellation"),
    path("<slug:code>/bookings/", bookings.book, name="book"),
    path("<slug:code>/arrival/", screen.arrival, name="arrival"),
]
