from django.urls import path

from clothier.desks.member import cards

app_name = "card"
urlpatterns = [
    path("<str:token>/", cards.show, name="show"),
    path("<str:token>/words/", cards.words_of, name="words"),
    path("<str:token>/photos/", cards.photos, name="photos"),
    path("<str:token>/photos/<int:photo>/", cards.photo, name="photo"),
    path("<str:token>/confirmation/", cards.confirmation, name="confirmation"),
    path("<str:token>/reopening/", cards.reopening, name="reopening"),
    path("<str:token>/rating/", cards.rating, name="rating"),
]
