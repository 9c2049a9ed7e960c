from django.urls import path

from clothier.desks.agenda.views import activities, appointments, booking, diary, feeds, signups

app_name = "agenda"
urlpatterns = [
    path("", diary.home, name="home"),
    path("mine/", diary.mine, name="mine"),
    path("mine/feed/", feeds.mine, name="feed"),
    path("feeds/<str:seal>.ics", feeds.feed, name="calendar"),
    path("at/<slug:store>/", diary.day, name="day"),
    path("at/<slug:store>/week/", diary.week, name="week"),
    path("at/<slug:store>/search/", diary.search, name="search"),
    path("at/<slug:store>/print/", diary.sheet, name="sheet"),
    path("at/<slug:store>/appointments/new/", booking.new, name="new"),
    path("at/<slug:store>/slots/", booking.times, name="slots"),
    path("appointments/<int:appointment>/", appointments.show, name="appointment"),
    path("appointments/<int:appointment>/time/", appointments.move, name="move"),
    path("appointments/<int:appointment>/cancellation/", appointments.cancel, name="cancel"),
    path("appointments/<int:appointment>/restoration/", appointments.restore, name="restore"),
    path("appointments/<int:appointment>/route/", appointments.route, name="route"),
    path("appointments/<int:appointment>/arrival/", appointments.arrive, name="arrive"),
    path("at/<slug:store>/activities/", activities.listed, name="activities"),
    path("at/<slug:store>/activities/new/", activities.new, name="announce"),
    path("activities/<int:activity>/", activities.show, name="activity"),
    path("activities/<int:activity>/edit/", activities.edit, name="edit"),
    path("activities/<int:activity>/calling-off/", activities.call_off, name="call-off"),
    path("activities/<int:activity>/putting-back/", activities.put_back, name="put-back"),
    path("activities/<int:activity>/print/", activities.sheet, name="list"),
    path("activities/<int:activity>/sign-ups/", signups.add, name="sign-up"),
    path("activities/<int:activity>/arrivals/", signups.check_in, name="check-in"),
    path("activities/<int:activity>/sign-ups/<int:sign_up>/cancellation/", signups.cancel, name="cancel-sign-up"),
    path("activities/<int:activity>/sign-ups/<int:sign_up>/attendance/", signups.attend, name="attend"),
    path("activities/<int:activity>/sign-ups/<int:sign_up>/attendance/undoing/", signups.undo, name="undo-attendance"),
]
