from django.urls import path

from clothier.desks.floor.views import arrivals, bells, cards, fittings, gifts, notes, queue, steps, tasks, visits

app_name = "floor"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("store/", queue.store, name="store"),
    path("arrivals/", arrivals.arrival, name="arrival"),
    path("visits/<int:visit>/", visits.visit, name="visit"),
    path("visits/<int:visit>/card/", cards.card, name="card"),
    path("visits/<int:visit>/greeting/", steps.greeting, name="greeting"),
    path("visits/<int:visit>/stop/", steps.stopping, name="stopping"),
    path("visits/<int:visit>/approach/", steps.approach, name="approach"),
    path("visits/<int:visit>/need/", steps.need, name="need"),
    path("visits/<int:visit>/proposal/", steps.proposal, name="proposal"),
    path("visits/<int:visit>/aid/", steps.aid, name="aid"),
    path("visits/<int:visit>/identity/", arrivals.identity, name="identity"),
    path("visits/<int:visit>/departure/", steps.departure, name="departure"),
    path("visits/<int:visit>/birthday/", gifts.birthday, name="birthday"),
    path("visits/<int:visit>/draw/", gifts.draw, name="draw"),
    path("visits/<int:visit>/steps/<int:step>/undo/", steps.undo, name="undo"),
    path("visits/<int:visit>/fittings/", fittings.opening, name="opening"),
    path("visits/<int:visit>/note/", notes.note, name="note"),
    path("fittings/<int:fitting>/", fittings.fitting, name="fitting"),
    path("fittings/<int:fitting>/items/", fittings.item, name="item"),
    path("fittings/<int:fitting>/items/<int:sku>/outcome/", fittings.outcome, name="outcome"),
    path("fittings/<int:fitting>/items/<int:sku>/swap/", fittings.swap, name="swap"),
    path("fittings/<int:fitting>/closure/", fittings.closure, name="closure"),
    path("bells/<int:bell>/answer/", bells.answer, name="answer"),
    path("tasks/", tasks.task, name="task"),
    path("tasks/<int:task>/completion/", tasks.completion, name="completion"),
    path("tasks/<int:task>/reopening/", tasks.reopening, name="reopening"),
]
