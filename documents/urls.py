from django.urls import path

from documents.views import numbers, papers, signing, verifying

app_name = "documents"
urlpatterns = [
    path("berkas/", papers.papers, name="list"),
    path("berkas/<int:pk>/", papers.detail, name="detail"),
    path("berkas/versi/<int:pk>/unduh/", papers.download, name="download"),
    path("berkas/versi/<int:pk>/ulang/", papers.retry, name="retry"),
    path("berkas/versi/<int:pk>/henti/", papers.stop, name="stop"),
    path("berkas/versi/<int:pk>/ditandatangani/", signing.signed, name="signed"),
    path("berkas/tanda-tangan/<int:pk>/", signing.sign, name="sign"),
    path("berkas/nomor/", numbers.numbers, name="numbers"),
    path("berkas/nomor/<int:pk>/batal/", numbers.void, name="void"),
    path("kelola/penomoran/", numbers.patterns, name="patterns"),
    path("kelola/sertifikat/", signing.certificates, name="certificates"),
    path(
        "kelola/sertifikat/<int:pk>/hapus/",
        signing.certificate_remove,
        name="certificate_remove",
    ),
    path("verifikasi/", verifying.verify, name="verify"),
    path("v/<str:code>/", verifying.verify_code, name="verify_code"),
]
