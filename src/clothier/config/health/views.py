"""For machines that watch: is it alive, may it serve, how is it doing. No sign-in, and no customer's data."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from clothier.config.health import figures
from clothier.config.health.state import reasons_not_ready


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; it asks nobody else."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database is there and in shape, otherwise 503 with the reasons."""
    try:
        reasons = reasons_not_ready()
    except DatabaseError:
        reasons = ["the database does not answer"]
    return JsonResponse(
        {"status": "not ready" if reasons else "ok", "reasons": reasons}, status=503 if reasons else 200
    )


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus."""
    return HttpResponse(figures.page(), content_type=CONTENT_TYPE_LATEST)
