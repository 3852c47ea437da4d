from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Model

from agencies.models import User


class AccountBackend(AuthenticationBackend):
    """Login by e-mail; brings the agency along, which every page shows."""

    def get_user(self, user_id: int) -> User | None:
        try:
            user = User.objects.select_related("agency").get(pk=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None

    def has_perm(self, user_obj: User, perm: str, obj: Model | None = None) -> bool:
        """Rules decide; tables of permissions are asked for the technical panel alone."""
        return user_obj.is_staff and super().has_perm(user_obj, perm, obj)
