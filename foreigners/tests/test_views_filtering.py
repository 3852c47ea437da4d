"""Saved filters: one way for every list, its owner's alone, and no access with it."""

import pytest
from django.urls import reverse

from agencies.models import User
from agencies.tests.factories import UserFactory
from foreigners.models import SavedFilter
from foreigners.views.filtering import LISTS

pytestmark = pytest.mark.django_db

# What each list may be asked for, and where it lies.
ASKED = {
    "kasus": ("foreigners:cases", "state=examination"),
    "temuan": ("foreigners:findings", "state=submitted&since=2026-01-01"),
    "orang-asing": ("foreigners:persons", "izin=habis&hari=30"),
    "tenggat": ("foreigners:clocks", "petugas=7"),
}


@pytest.fixture
def officer(client):
    user = UserFactory(role=User.Role.OFFICER)
    client.force_login(user)
    return user


def keep(client, slug, **data):
    url = reverse("foreigners:save_filter", args=[slug])
    return client.post(url, data, follow=True)


def kept(user, slug="kasus", **fields):
    view, query = ASKED[slug]
    return SavedFilter.objects.create(
        **{"user": user, "name": "Ada", "view": view, "query": query, **fields}
    )


def page(client, slug, query=""):
    return client.get(f"{reverse(ASKED[slug][0])}?{query}").content.decode()


def test_every_list_is_asked_here():
    assert LISTS.keys() == ASKED.keys()


@pytest.mark.parametrize("slug", ASKED)
def test_filter_is_kept_under_a_name_and_leads_back_to_its_list(client, officer, slug):
    view, query = ASKED[slug]
    offered = f'action="{reverse("foreigners:save_filter", args=[slug])}"'

    bare, filtered = page(client, slug), page(client, slug, query)
    response = keep(
        client, slug, name="Punya saya", query=f"{query}&halaman=3&jahat=1&x="
    )

    found = SavedFilter.objects.get()
    assert (offered in bare, offered in filtered) == (False, True)
    assert (found.user, found.view, found.query) == (officer, view, query)
    assert response.redirect_chain == [(f"{reverse(view)}?{query}", 302)]
    link = f'href="{reverse(view)}?{query.replace("&", "&amp;")}">Punya saya</a>'
    assert link in page(client, slug)


@pytest.mark.parametrize("slug", ASKED)
def test_filter_belongs_to_its_list_and_its_owner(client, officer, slug):
    other = next(one for one in ASKED if one != slug)
    kept(officer, other, name="Daftar lain")
    kept(UserFactory(agency=officer.agency), slug, name="Milik rekan")

    shown = page(client, slug)

    assert "Daftar lain" not in shown
    assert "Milik rekan" not in shown


def test_name_that_was_searched_for_is_not_kept(client, officer):
    keep(client, "temuan", name="Cari", query="q=Tuan+Fulan&state=submitted")
    refused = keep(client, "temuan", name="Cari saja", query="q=Tuan+Fulan")

    assert SavedFilter.objects.get().query == "state=submitted"
    assert "alert-danger" in refused.content.decode()


def test_crossed_filter_of_persons_offers_nothing_to_keep(client, officer):
    shown = page(client, "orang-asing", "warga=KOR&kelurahan=36.72.01.1001")

    assert "Simpan saringan" not in shown


@pytest.mark.parametrize(
    "data",
    [
        {"name": "", "query": "state=closed"},
        {"name": "x" * 61, "query": "state=closed"},
        {"name": "Kosong", "query": ""},
        {"name": "Asing", "query": "jahat=1"},
        {"name": "Ada", "query": "state=closed"},
    ],
)
def test_filter_that_cannot_be_kept_is_refused_in_words(client, officer, data):
    kept(officer)

    response = keep(client, "kasus", **data)

    assert "alert-danger" in response.content.decode()
    assert SavedFilter.objects.get().query == "state=examination"


def test_same_name_may_stand_on_two_lists(client, officer):
    kept(officer)

    keep(client, "tenggat", name="Ada", query="petugas=7")

    assert SavedFilter.objects.count() == 2


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("temuan", 302),
        ("kasus", 403),
        ("orang-asing", 403),
        ("tenggat", 403),
        ("rapat", 404),
    ],
)
def test_nobody_keeps_a_filter_of_a_list_that_is_not_theirs(client, slug, status):
    client.force_login(UserFactory(liaison=True))
    url = reverse("foreigners:save_filter", args=[slug])

    response = client.post(url, {"name": "Saya", "query": "state=submitted"})

    assert response.status_code == status
    assert SavedFilter.objects.exists() is (status == 302)


@pytest.mark.parametrize("slug", ASKED)
def test_owner_deletes_their_filter_and_stays_with_the_list(client, officer, slug):
    found = kept(officer, slug)

    response = client.post(reverse("foreigners:delete_filter", args=[found.pk]))

    assert response.url == reverse(ASKED[slug][0])
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("slug", "queries"), [("temuan", 10), ("orang-asing", 10), ("tenggat", 9)]
)
def test_saved_filters_cost_no_query_each(
    client, officer, slug, queries, rows, django_assert_num_queries
):
    for number in range(rows):
        kept(officer, slug, name=f"Saringan {number}")

    with django_assert_num_queries(queries):
        page(client, slug)
