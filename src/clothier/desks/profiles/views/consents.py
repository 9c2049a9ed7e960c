"""What a customer agreed to: the grid of now, and every word ever said."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clothier.customers import services
from clothier.customers.selectors import consent_history, profile
from clothier.desks.profiles.desk import FLOOR, back, person_or_404
from clothier.desks.profiles.forms import ConsentForm
from clothier.desks.profiles.words import sayers
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.forms import refuse
from clothier.desks.shell.toasts import toast
from clothier.kernel.errors import Refused
from clothier.staff.middleware import ViewerRequest


@signed_in(*FLOOR)
def show(request: ViewerRequest, pk: int) -> HttpResponse:
    """The page; posting gives a consent."""
    person = person_or_404(pk)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_consent(customer_id=person, **form.cleaned_data, actor=request.viewer.employee)
            toast(request, _("已登记同意。"))
            return back(person, to="profiles:consents")
        except Refused as refused:
            refuse(form, refused)
    whole = profile(request.viewer, person, purpose="consent")
    if whole is None:
        return render(request, "profiles/erased.html", {"pk": person}, status=410)
    said = consent_history(request.viewer, person)
    context = {"form": form, "pk": person, "customer": whole.customer, "states": whole.consents, "said": sayers(said)}
    return render(request, "profiles/consents.html", context)


@require_POST
@signed_in(*FLOOR)
def withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    """One press, no form, no reason asked."""
    person = person_or_404(pk)
    services.withdraw_consent(
        customer_id=person,
        purpose=request.POST.get("purpose", ""),
        channel=request.POST.get("channel", ""),
        data_class=request.POST.get("data_class", ""),
        actor=request.viewer.employee,
    )
    toast(request, _("已撤回，立即生效。"))
    return back(person, to="profiles:consents")
