"""One list of addresses a process; whoever adds one adds its row to the access table."""

from django.urls import URLPattern, path

from foreigners.views import (
    disclosing,
    identifying,
    judging,
    keeping,
    searching,
    settling,
)

app_name = "foreigners"

findings: list[URLPattern] = []
persons: list[URLPattern] = [
    path("orang-asing/", identifying.persons, name="persons"),
    path("orang-asing/cari/", searching.person_search, name="person_search"),
    path("orang-asing/baru/", identifying.person_new, name="person_new"),
    path("orang-asing/akses/", disclosing.access_log, name="access_log"),
    path("orang-asing/<int:pk>/", identifying.person, name="person"),
    path("orang-asing/<int:pk>/ubah/", identifying.person_edit, name="person_edit"),
    path(
        "orang-asing/<int:pk>/tambah/<slug:what>/",
        keeping.person_add,
        name="person_add",
    ),
    path(
        "orang-asing/<int:pk>/ke-kasus/",
        keeping.person_to_case,
        name="person_to_case",
    ),
    path(
        "orang-asing/<int:pk>/koreksi/<slug:what>/<int:row_pk>/",
        keeping.person_correct,
        name="person_correct",
    ),
    path(
        "orang-asing/<int:pk>/buka/<slug:what>/<int:row_pk>/",
        disclosing.unmask,
        name="unmask",
    ),
    path("orang-asing/<int:pk>/mirip/", judging.look_alikes, name="look_alikes"),
    path(
        "orang-asing/<int:pk>/banding/<int:other_pk>/", judging.compare, name="compare"
    ),
    path(
        "orang-asing/<int:pk>/gabung/<int:other_pk>/",
        judging.merge_persons,
        name="merge_persons",
    ),
    path("orang-asing/<int:pk>/pisah/<int:merge_pk>/", judging.unmerge, name="unmerge"),
    path(
        "orang-asing/<int:pk>/pertentangan/<slug:subject>/",
        settling.settle,
        name="settle_statements",
    ),
    path("orang-asing/<int:pk>/akses/", disclosing.person_access, name="person_access"),
]
cases: list[URLPattern] = []
work: list[URLPattern] = []
measures: list[URLPattern] = []
custody: list[URLPattern] = []
law: list[URLPattern] = []

urlpatterns = [*findings, *persons, *cases, *work, *measures, *custody, *law]
