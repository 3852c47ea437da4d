"""One list of addresses a process; whoever adds one adds its row to the access table."""

from django.urls import URLPattern, path

from foreigners.views import law as law_views

app_name = "foreigners"

findings: list[URLPattern] = []
persons: list[URLPattern] = []
cases: list[URLPattern] = []
work: list[URLPattern] = []
measures: list[URLPattern] = []
custody: list[URLPattern] = []
law: list[URLPattern] = [
    path("hukum/", law_views.law, name="law"),
    path("hukum/<str:kind>/", law_views.law_list, name="law_list"),
    path("hukum/<str:kind>/baru/", law_views.law_edit, name="law_new"),
    path("hukum/<str:kind>/<str:pk>/", law_views.law_edit, name="law_edit"),
]

urlpatterns = [*findings, *persons, *cases, *work, *measures, *custody, *law]
