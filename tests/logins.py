"""People who log in."""

from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

numbers = count(1)


def make_login(username: str = "", *, organizer: bool = False):
    """An organizer with every right, or somebody with none."""
    return get_user_model().objects.create_user(
        username or f"login-{next(numbers)}",
        password="password",
        is_staff=organizer,
        is_superuser=organizer,
    )


def make_staff(*permissions: str):
    """Somebody whom the admin lets in, with the rights named as in `view_delivery`."""
    login = make_login()
    login.is_staff = True
    login.save()
    login.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return login
