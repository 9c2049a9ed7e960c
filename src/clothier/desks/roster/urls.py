from django.urls import path

from clothier.desks.roster.views import copying, mine, now, passwords, shifts, skills, week

app_name = "roster"
urlpatterns = [
    path("", week.home, name="home"),
    path("mine/", mine.mine, name="mine"),
    path("mine/calendar.ics", mine.calendar, name="calendar"),
    path("at/<slug:store>/", week.week, name="week"),
    path("at/<slug:store>/print/", week.sheet, name="sheet"),
    path("at/<slug:store>/now/", now.now, name="now"),
    path("at/<slug:store>/copy/", copying.copy, name="copy"),
    path("at/<slug:store>/copies/<int:change>/undoing/", copying.undo, name="undo-copy"),
    path("at/<slug:store>/shifts/new/", shifts.add, name="add"),
    path("at/<slug:store>/skills/", skills.crew, name="crew"),
    path("at/<slug:store>/skills/<int:employee>/", skills.skills, name="skills"),
    path("at/<slug:store>/crew/<int:employee>/password/", passwords.reset, name="password"),
    path("shifts/<int:shift>/", shifts.edit, name="shift"),
    path("shifts/<int:shift>/cancellation/", shifts.cancel, name="cancel"),
    path("at/<slug:store>/shifts/<int:shift>/changes/<int:change>/undoing/", shifts.undo, name="undo-shift"),
]
