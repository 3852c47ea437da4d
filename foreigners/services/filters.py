"""Filters of a list, kept under a name: the address is what can be shared."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import User
from foreigners.models import SavedFilter
from timpora.errors import DomainError

MOST_FILTERS = 30


class FilterRefused(DomainError):
    pass


@transaction.atomic
def keep_filter(*, user: User, name: str, view: str, query: str) -> SavedFilter:
    """Under a name of its own; a filter gives nobody access to what it finds."""
    if not query:
        raise FilterRefused(_("Pilih saringan dahulu, baru simpan dengan nama."))
    if user.saved_filters.filter(view=view).count() >= MOST_FILTERS:
        raise FilterRefused(
            _("Saringan tersimpan sudah penuh. Hapus yang tak terpakai.")
        )
    try:
        with transaction.atomic():
            return SavedFilter.objects.create(
                user=user, name=name, view=view, query=query
            )
    except IntegrityError as error:
        raise FilterRefused(
            _("Saringan bernama “%s” sudah ada. Pilih nama lain.") % name
        ) from error
