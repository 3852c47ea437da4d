"""One list of addresses a process; whoever adds one adds its row to the access table."""

from django.urls import URLPattern, path

from foreigners.views import clocks as clock_views
from foreigners.views import executing, measuring, objecting, protecting, serving
from foreigners.views import law as law_views
from foreigners.views import overstay as overstay_views

app_name = "foreigners"

findings: list[URLPattern] = []
persons: list[URLPattern] = []
cases: list[URLPattern] = []
work: list[URLPattern] = []
measures: list[URLPattern] = [
    path("kasus/<int:pk>/tindakan/", measuring.measure_new, name="measure_new"),
    path("tindakan/<int:pk>/", measuring.measure, name="measure"),
    path("tindakan/<int:pk>/ubah/", measuring.measure_edit, name="measure_edit"),
    path("tindakan/<int:pk>/hapus/", measuring.measure_drop, name="measure_drop"),
    path("tindakan/<int:pk>/putuskan/", measuring.measure_decide, name="measure_decide"),
    path("tindakan/<int:pk>/sampaikan/", serving.measure_serve, name="measure_serve"),
    path("tindakan/<int:pk>/lebih-awal/", executing.measure_early, name="measure_early"),
    path("tindakan/<int:pk>/laksanakan/", executing.measure_execute, name="measure_execute"),
    path("tindakan/<int:pk>/tinjau/", executing.measure_review, name="measure_review"),
    path("tindakan/<int:pk>/akhiri/", executing.measure_release, name="measure_release"),
    path("tindakan/<int:pk>/berkas/<int:upload_pk>/", measuring.measure_file, name="measure_file"),
    path("tindakan/<int:pk>/keberatan/", objecting.objection_new, name="objection_new"),
    path("keberatan/<int:pk>/", objecting.objection, name="objection"),
    path("keberatan/<int:pk>/teruskan/", objecting.objection_forward, name="objection_forward"),
    path("keberatan/<int:pk>/putusan/", objecting.objection_decide, name="objection_decide"),
    path("keberatan/<int:pk>/berkas/<int:upload_pk>/", objecting.objection_file, name="objection_file"),
    path("kasus/<int:pk>/lembar-hitung/", overstay_views.overstay_new, name="overstay_new"),
    path("lembar-hitung/<int:pk>/", overstay_views.overstay, name="overstay"),
    path("kasus/<int:pk>/pelindungan/<int:person_pk>/", protecting.protection, name="protection"),
    path("kasus/<int:pk>/pelindungan/berkas/<int:upload_pk>/", protecting.protection_file, name="protection_file"),
    path("tenggat/", clock_views.clocks, name="clocks"),
    path("tenggat/<int:pk>/", clock_views.clock, name="clock"),
    path("tenggat/<int:pk>/jeda/", clock_views.clock_pause, name="clock_pause"),
    path("tenggat/<int:pk>/lanjut/", clock_views.clock_resume, name="clock_resume"),
    path("tenggat/<int:pk>/perpanjang/", clock_views.clock_extend, name="clock_extend"),
]  # fmt: skip
custody: list[URLPattern] = []
law: list[URLPattern] = [
    path("hukum/", law_views.law, name="law"),
    path("hukum/<str:kind>/", law_views.law_list, name="law_list"),
    path("hukum/<str:kind>/baru/", law_views.law_edit, name="law_new"),
    path("hukum/<str:kind>/<str:pk>/", law_views.law_edit, name="law_edit"),
]

urlpatterns = [*findings, *persons, *cases, *work, *measures, *custody, *law]
