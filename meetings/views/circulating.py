from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from agencies.http import Request, require
from meetings.models import Meeting, Minutes
from meetings.services.circulating import circulate as send_copies
from timpora.errors import DomainError
from timpora.htmx import go_to


@require_POST
def circulate(request: Request, pk: int) -> HttpResponse:
    """One click: the circulation copy to every agency that came and has not got it."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    newest = Minutes.objects.visible_to(request.user).filter(meeting=meeting)
    minutes = get_object_or_404(
        newest.select_related("meeting__office", "circulation__document")[:1]
    )
    require(request.user, "meetings.circulate_minutes", meeting)
    try:
        sent = send_copies(minutes, by=request.user)
    except DomainError as error:
        messages.info(request, str(error))
    else:
        messages.success(
            request,
            ngettext(
                "Salinan dikirim kepada %(count)d instansi.",
                "Salinan dikirim kepada %(count)d instansi.",
                len(sent),
            )
            % {"count": len(sent)},
        )
    return go_to(request, reverse("meetings:approval", args=[pk]) + "#salinan")
