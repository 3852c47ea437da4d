"""One list of addresses a process; whoever adds one adds its row to the access table."""

from django.urls import URLPattern

app_name = "foreigners"

findings: list[URLPattern] = []
persons: list[URLPattern] = []
cases: list[URLPattern] = []
work: list[URLPattern] = []
measures: list[URLPattern] = []
custody: list[URLPattern] = []
law: list[URLPattern] = []

urlpatterns = [*findings, *persons, *cases, *work, *measures, *custody, *law]
