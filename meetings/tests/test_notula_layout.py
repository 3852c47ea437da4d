"""What the layout says in the cases that the rendered paper does not show."""

import pytest
from django.template.loader import render_to_string

from agencies.tests.factories import UserFactory
from documents.services.snapshots import letterhead_of, signer_of
from meetings.models import Entry
from meetings.services.minutes_snapshot import Audience, minutes_snapshot
from meetings.tests.held import Held

pytestmark = pytest.mark.django_db


def paper(held, audience=Audience.CIRCULATION, template="notula"):
    return render_to_string(
        f"meetings/pdf/{template}.html",
        {
            **minutes_snapshot(held.minutes, audience=audience),
            "office": letterhead_of(held.office),
            "signer": signer_of(held.office.signers.get()),
            "approval": {"day": "28 Juli 2025", "time": "10.12 WIB"},
            "document": {"number": "WIM.12-7", "classification": "rahasia"},
        },
    )


def test_leader_who_is_not_the_chief_signs_beside_the_notulis():
    held = Held()
    held.meeting.chair = UserFactory(office=held.office, name="Surya Contoh, S.H.")
    held.meeting.save()

    html = paper(held)

    assert html.count("Disetujui dalam aplikasi TIMPORA") == 1
    assert html.index("Surya Contoh") < html.index("Mengesahkan,")
    assert "yang mengesahkan" not in html


def test_nothing_decided_is_said_in_words():
    held = Held()
    Entry.objects.filter(kind__in=["keputusan", "tindak_lanjut"]).delete()

    html = " ".join(paper(held).split())

    assert "Tidak ada keputusan dan tindak lanjut baru" in html
    assert "Tidak ada tindak lanjut terbuka dari rapat sebelumnya." in html
    assert "Rekapitulasi tindak lanjut" not in html


def test_emptied_annex_says_nihil():
    held = Held()
    Entry.objects.filter(pk__in=[held.restricted.pk, held.secret.pk]).delete()
    Entry.objects.update(restricted_text="")

    assert "NIHIL" in paper(held, Audience.ANNEX, "notula_terbatas")


def test_what_was_typed_is_text_and_no_markup():
    held = Held()
    Entry.objects.filter(pk=held.said.pk).update(text="<img src=x> {{ office }}")

    html = paper(held)

    assert "&lt;img src=x&gt; {{ office }}" in html
    assert "<img src=x>" not in html
