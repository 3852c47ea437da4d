from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agencies.http import Request, require
from foreigners.forms.settling import SettleForm
from foreigners.services.settling import StatementsChanged
from foreigners.services.settling import settle as settle_statements
from foreigners.views.identifying import show_person, visible_person
from timpora.errors import DomainError
from timpora.htmx import go_to


@never_cache
@require_POST
def settle(request: Request, pk: int, subject: str) -> HttpResponse:
    """Which of the agencies' statements holds on one subject, and why."""
    known = visible_person(request, pk)
    require(request.user, "foreigners.settle_statements", known)
    form = SettleForm(request.POST, choices=known.statements.filter(subject=subject))
    stale = False
    if form.is_valid():
        try:
            settle_statements(known, **form.cleaned_data, by=request.user)
        except StatementsChanged as error:
            form.add_error(None, str(error))
            stale = True
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Pertentangan diselesaikan."))
            return go_to(request, known.get_absolute_url())
    return show_person(
        request,
        known,
        settling=subject,
        settle_form=form,
        stale=stale,
        status=409 if stale else 422,
    )
