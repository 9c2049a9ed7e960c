from django.urls import path

from clothier.desks.rulebook.views import editing, manual, promises, stores, versions, wording

app_name = "rulebook"
urlpatterns = [
    path("", manual.index, name="index"),
    path("manual/", manual.whole, name="manual"),
    path("promises/", promises.listing, name="promises"),
    path("promises/<int:pk>/", promises.page, name="promise"),
    path("promises/<int:pk>/acknowledgement", promises.acknowledgement, name="promise-acknowledgement"),
    path("promises/<int:pk>/waiver", promises.waiver, name="promise-waiver"),
    path("promises/<int:pk>/completion", promises.completion, name="promise-completion"),
    path("promises/<int:pk>/waiver/decision", promises.decision, name="waiver-decision"),
    path("stores/", stores.page, name="stores"),
    path("wording/new/", wording.new, name="wording-new"),
    path("wording/<slug:key>/", wording.edit, name="wording"),
    path("wording/<slug:key>/removal", wording.removal, name="wording-removal"),
    path("drafts/<int:pk>/", editing.draft, name="draft"),
    path("drafts/<int:pk>/text/", editing.text, name="draft-text"),
    path("drafts/<int:pk>/publication", editing.publication, name="draft-publication"),
    path("drafts/<int:pk>/removal", editing.removal, name="draft-removal"),
    path("versions/<int:pk>/", versions.page, name="version"),
    path("versions/<int:pk>/restoration", versions.restoration, name="version-restoration"),
    path("versions/<int:pk>/acknowledgement", versions.acknowledgement, name="version-acknowledgement"),
    path("documents/<slug:key>/", manual.section, name="section"),
    path("documents/<slug:key>/edit/", editing.edit, name="edit"),
    path("documents/<slug:key>/versions/", versions.listing, name="versions"),
    path("documents/<slug:key>/shipped/", versions.shipped, name="shipped"),
    path("documents/<slug:key>/shipped/restoration", versions.shipped_restoration, name="shipped-restoration"),
]
