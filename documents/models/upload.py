from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """A file that somebody brought, checked and stored under its SHA-256.

    The rows that point here decide who may read it; ``name`` is text, never a path.
    """

    class Kind(models.TextChoices):
        PICTURE = "gambar", _("Gambar")
        PDF = "pdf", "PDF"
        SLIDES = "paparan", _("Paparan")
        # Kept to the last bit as it came in, for what is evidence is not improved.
        ORIGINAL = "asli", _("Berkas asli")

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("nama berkas"), max_length=150)
    mime = models.CharField(max_length=100)
    file = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
