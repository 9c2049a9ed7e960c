"""What a tap is answered with: a word, and a way back."""

from django.http import HttpResponse
from django.urls import reverse

from clothier.desks.shell.answers import back
from clothier.desks.shell.toasts import toast
from clothier.staff.middleware import ViewerRequest


def stepped(request: ViewerRequest, visit: int, step: int, words: str) -> HttpResponse:
    """A step was taken: say so, offer to take it back, show the visit."""
    toast(request, words, undo=reverse("floor:undo", args=[visit, step]))
    return back(request, reverse("floor:visit", args=[visit]))
