from django.urls import path

from clothier.desks.studio.views import connections, home, keys, postings, privacy, webhooks

app_name = "studio"
urlpatterns = [
    path("", home.home, name="home"),
    path("deliveries/", home.deliveries, name="deliveries"),
    path("deliveries/<int:delivery>/retry/", home.retry, name="retry"),
    path("log/", home.log, name="log"),
    path("privacy/", privacy.page, name="privacy"),
    path("connections/", connections.overview, name="connections"),
    path("keys/new/", keys.new, name="key-new"),
    path("keys/<int:api_key>/", keys.page, name="key"),
    path("keys/<int:api_key>/revocation/", keys.revocation, name="key-revocation"),
    path("webhooks/new/", webhooks.new, name="webhook-new"),
    path("webhooks/<int:webhook>/", webhooks.page, name="webhook"),
    path("webhooks/<int:webhook>/edit/", webhooks.edit, name="webhook-edit"),
    path("webhooks/<int:webhook>/pausing/", webhooks.pausing, name="webhook-pausing"),
    path("webhooks/<int:webhook>/resumption/", webhooks.resumption, name="webhook-resumption"),
    path("webhooks/<int:webhook>/test/", webhooks.test, name="webhook-test"),
    path("webhooks/<int:webhook>/secret/", webhooks.secret, name="webhook-secret"),
    path("webhooks/<int:webhook>/removal/", webhooks.removal, name="webhook-removal"),
    path("webhooks/<int:webhook>/retry/", postings.retry_of, name="webhook-retry"),
    path("webhooks/<int:webhook>/dismissal/", postings.dismissal_of, name="webhook-dismissal"),
    path("postings/", postings.listing, name="postings"),
    path("postings/<int:posting>/retry/", postings.again, name="posting-retry"),
    path("postings/<int:posting>/dismissal/", postings.dismissal, name="posting-dismissal"),
]
