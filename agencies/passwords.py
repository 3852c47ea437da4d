"""Django's rules for passwords, told in the words of the house."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _


class NotLikeMyself(rules.UserAttributeSimilarityValidator):
    def get_help_text(self) -> str:
        return _("Jangan mirip nama atau surel Anda.")


class LongEnough(rules.MinimumLengthValidator):
    def get_help_text(self) -> str:
        return _("Sedikitnya %(length)d huruf, angka, atau tanda.") % {
            "length": self.min_length
        }


class NotCommon(rules.CommonPasswordValidator):
    def get_help_text(self) -> str:
        return _("Jangan memakai kata sandi yang banyak dipakai orang.")
