"""One list of addresses a process; whoever adds one adds its row to the access table."""

from django.urls import URLPattern, path

from foreigners.views import conferring, examining, ordering

app_name = "foreigners"

findings: list[URLPattern] = []
persons: list[URLPattern] = []
cases: list[URLPattern] = []
work: list[URLPattern] = [
    path("kasus/<int:pk>/surat-perintah/baru/", ordering.order_new, name="order_new"),
    path("surat-perintah/<int:pk>/", ordering.order, name="order"),
    path("surat-perintah/<int:pk>/hasil/", ordering.order_result, name="order_result"),
    path("surat-perintah/<int:pk>/<str:act>/", ordering.order_act, name="order_act"),
    path(
        "kasus/<int:pk>/pemeriksaan/baru/",
        examining.examination_new,
        name="examination_new",
    ),
    path("pemeriksaan/<int:pk>/", examining.examination, name="examination"),
    path(
        "pemeriksaan/<int:pk>/pertanyaan/",
        examining.question_save,
        name="question_save",
    ),
    path(
        "pemeriksaan/<int:pk>/hak/",
        examining.examination_rights,
        name="examination_rights",
    ),
    path(
        "pemeriksaan/<int:pk>/tutup/",
        examining.examination_sign,
        name="examination_sign",
    ),
    path(
        "kasus/<int:pk>/gelar/baru/", conferring.conference_new, name="conference_new"
    ),
    path("gelar/<int:pk>/", conferring.conference, name="conference"),
    path(
        "gelar/<int:pk>/pendapat/",
        conferring.conference_position,
        name="conference_position",
    ),
    path("gelar/<int:pk>/tutup/", conferring.conference_close, name="conference_close"),
    path(
        "gelar/<int:pk>/bekukan/",
        conferring.conference_freeze,
        name="conference_freeze",
    ),
    path(
        "gelar/<int:pk>/batal/", conferring.conference_cancel, name="conference_cancel"
    ),
]
measures: list[URLPattern] = []
custody: list[URLPattern] = []
law: list[URLPattern] = []

urlpatterns = [*findings, *persons, *cases, *work, *measures, *custody, *law]
