from django.urls import path

from clothier.desks.inbox.views import advice, board, files, moving, replying, saved, threads, wording

app_name = "inbox"
urlpatterns = [
    path("", threads.home, name="home"),
    path("board/", board.board, name="board"),
    path("saved/", saved.saved, name="saved"),
    path("saved/<int:saved>/", saved.wording, name="saved-one"),
    path("saved/<int:saved>/retirement/", saved.retirement, name="retirement"),
    path("wording/", wording.wording, name="wording"),
    path("guard/", advice.guard, name="guard"),
    path("<int:thread>/", threads.thread, name="thread"),
    path("<int:thread>/replies/", replying.reply, name="reply"),
    path("<int:thread>/replies/<int:message>/sending/", replying.sending, name="sending"),
    path("<int:thread>/replies/<int:message>/mark/", replying.mark, name="mark"),
    path("<int:thread>/saved/", advice.offered, name="offered"),
    path("<int:thread>/proposals/", advice.proposals, name="proposals"),
    path("<int:thread>/draft/", advice.draft, name="draft"),
    path("<int:thread>/presence/", advice.presence, name="presence"),
    path("<int:thread>/files/<int:file>/", files.file, name="file"),
    path("<int:thread>/assignment/", moving.assignment, name="assignment"),
    path("<int:thread>/release/", moving.release, name="release"),
    path("<int:thread>/transfer/", moving.transfer, name="transfer"),
    path("<int:thread>/snooze/", moving.snooze, name="snooze"),
    path("<int:thread>/waking/", moving.waking, name="waking"),
    path("<int:thread>/closure/", moving.closure, name="closure"),
    path("<int:thread>/reopening/", moving.reopening, name="reopening"),
    path("<int:thread>/tags/", moving.tags, name="tags"),
    path("<int:thread>/person/", moving.person, name="person"),
]
