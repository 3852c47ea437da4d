"""Words that pages use instead of what the tables hold."""

import pytest
from django.urls import reverse

from agencies.services.audit import record
from agencies.templatetags.timpora import bertitik, perangkat, terbaca
from agencies.tests.factories import UserFactory
from agencies.verbs import kind_in_words, verb_in_words


def test_verbs_and_objects_stand_in_the_words_of_the_office():
    assert verb_in_words("meetings.open_session") == "Membuka rapat"
    assert kind_in_words("meetings.meeting") == "rapat"


def test_what_has_no_words_yet_stands_as_it_is():
    assert verb_in_words("rumah.pindah") == "rumah.pindah"
    assert (kind_in_words("rumah.kunci"), kind_in_words("")) == ("rumah.kunci", "")


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Edg/120.0", "Edge, Windows"),
        ("curl/8.0", "curl/8.0"),
    ],
)
def test_device_is_named_as_its_owner_knows_it(user_agent, device):
    assert perangkat(user_agent) == device


@pytest.mark.django_db
def test_audit_is_searched_by_the_words_it_shows(client):
    auditor = UserFactory(role="auditor")
    for verb in ("meetings.open_session", "meetings.cancel"):
        record(auditor, verb, auditor, office_id=auditor.office_id)
    client.force_login(auditor)

    page = client.get(reverse("agencies:audit"), {"verb": "buka rapat"})

    assert [entry.verb for entry in page.context["page"]] == ["meetings.open_session"]
    assert "Membuka rapat" in page.content.decode()


@pytest.mark.parametrize("said", ["Ditunjukkan sendiri", "Ditunjukkan sendiri."])
def test_a_sentence_ends_with_one_full_stop(said):
    assert bertitik(said) == "Ditunjukkan sendiri."


def test_a_name_that_the_papers_cannot_draw_is_told_of_once():
    drawn = terbaca(["Wang Wèi", "王偉", "왕웨이", "Ван Вэй"])

    assert drawn == [
        "Wang Wèi",
        "Ван Вэй",
        "nama dalam aksara asli, tercatat dalam berkas",
    ]
