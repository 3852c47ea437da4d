from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from agencies.models import User


def display_name(user: User) -> str:
    return user.name


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator's invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
