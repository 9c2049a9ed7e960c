from django.urls import path

from clothier.desks.member import bookings, choices, family, matters, orders, rewards, signing, views

app_name = "member"
urlpatterns = [
    path("", views.home, name="home"),
    path("statement/", views.points, name="statement"),
    path("clock/", views.clock_of_ours, name="clock"),
    path("bookings/", bookings.listed, name="bookings"),
    path("bookings/new/", bookings.book, name="book"),
    path("bookings/<int:appointment>/cancellation/", bookings.cancel, name="cancel-booking"),
    path("activities/<int:activity>/sign-up/", bookings.sign_up, name="sign-up"),
    path("sign-ups/<int:sign_up>/cancellation/", bookings.give_up, name="give-up"),
    path("rewards/", rewards.shelf, name="rewards"),
    path("rewards/<int:item>/", rewards.one, name="reward"),
    path("exchanges/", rewards.listed, name="exchanges"),
    path("exchanges/<int:exchange>/", rewards.exchanged, name="exchange"),
    path("exchanges/<int:exchange>/cancellation/", rewards.undo, name="undo-exchange"),
    path("family/", family.home, name="family"),
    path("family/invitation/", family.invitation, name="family-invitation"),
    path("family/membership/", family.membership, name="family-membership"),
    path("family/share/", family.share, name="family-share"),
    path("family/leaving/", family.leaving, name="family-leaving"),
    path("sign-in/", signing.asking, name="sign-in"),
    path("sign-in/code/", signing.entering, name="code"),
    path("orders/", orders.listed, name="orders"),
    path("orders/<int:order>/", orders.one, name="order"),
    path("orders/<int:order>/lines/<int:line>/request/", matters.asking, name="request"),
    path("cases/", matters.listed, name="cases"),
    path("cases/<int:case>/", matters.one, name="case"),
    path("chat/", views.chat, name="chat"),
    path("consents/", choices.consents, name="consents"),
    path("profile/", choices.profile, name="profile"),
    path("profile/facts/<int:fact>/", choices.fact, name="fact"),
    path("profile/erasure/", choices.leaving, name="erasure"),
    path("leaving/", views.leaving, name="leaving"),
    path("open/<str:token>/", views.opening, name="opening"),
]
