from django.urls import path

from documents.views import numbers, papers, verifying

app_name = "documents"
urlpatterns = [
    path("berkas/", papers.papers, name="list"),
    path("berkas/<int:pk>/", papers.detail, name="detail"),
    path("berkas/versi/<int:pk>/unduh/", papers.download, name="download"),
    path("berkas/versi/<int:pk>/ulang/", papers.retry, name="retry"),
    path("berkas/nomor/", numbers.numbers, name="numbers"),
    path("berkas/nomor/<int:pk>/batal/", numbers.void, name="void"),
    path("kelola/penomoran/", numbers.patterns, name="patterns"),
    path("verifikasi/", verifying.verify, name="verify"),
    path("v/<str:code>/", verifying.verify_code, name="verify_code"),
]
