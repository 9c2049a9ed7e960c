from django.urls import include, path

from clothier.desks.membership.views import campaigns, members, programme

app_name = "membership"
urlpatterns = [
    path("", programme.overview, name="overview"),
    path("points.xlsx", programme.export, name="export"),
    path("campaigns/", campaigns.listing, name="campaigns"),
    path("campaigns/new/", campaigns.new, name="campaign-new"),
    path("campaigns/<int:campaign>/", campaigns.edit, name="campaign"),
    path("campaigns/<int:campaign>/end/", campaigns.end, name="campaign-end"),
    path("members/<int:customer>/", members.ledger, name="member"),
    path("members/<int:customer>/grants/", members.give, name="grants"),
    path("members/<int:customer>/card/", members.card, name="card"),
    path("members/<int:customer>/link/", members.link, name="link"),
    path("", include("clothier.desks.membership.rewards.urls")),
]
