"""One list of addresses a process; whoever adds one adds its row to the access table."""

from django.urls import URLPattern, path

from foreigners.views import clocks as clock_views
from foreigners.views import law as law_views

app_name = "foreigners"

findings: list[URLPattern] = []
persons: list[URLPattern] = []
cases: list[URLPattern] = []
work: list[URLPattern] = []
measures: list[URLPattern] = [
    path("tenggat/", clock_views.clocks, name="clocks"),
    path("tenggat/<int:pk>/", clock_views.clock, name="clock"),
    path("tenggat/<int:pk>/jeda/", clock_views.clock_pause, name="clock_pause"),
    path("tenggat/<int:pk>/lanjut/", clock_views.clock_resume, name="clock_resume"),
    path("tenggat/<int:pk>/perpanjang/", clock_views.clock_extend, name="clock_extend"),
]
custody: list[URLPattern] = []
law: list[URLPattern] = [
    path("hukum/", law_views.law, name="law"),
    path("hukum/<str:kind>/", law_views.law_list, name="law_list"),
    path("hukum/<str:kind>/baru/", law_views.law_edit, name="law_new"),
    path("hukum/<str:kind>/<str:pk>/", law_views.law_edit, name="law_edit"),
]

urlpatterns = [*findings, *persons, *cases, *work, *measures, *custody, *law]
