"""The organizations' own pages."""

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from campaign import views

OWN = "<slug:organization>/<slug:campaign>/"
LOGIN = LoginView.as_view(
    redirect_authenticated_user=True,
    # Django would say the host's.
    extra_context={"site_name": settings.SITE_NAME},
)

urlpatterns = [
    path("", views.organizations, name="organizations"),
    path("login/", LOGIN, name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path(OWN, views.organization_numbers, name="organization_numbers"),
    path(
        f"{OWN}poster/<str:sheet>/<str:language>.pdf",
        views.poster,
        name="organization_poster",
    ),
    path(f"{OWN}export/", views.export, name="organization_export"),
    path(f"{OWN}print/", views.printed_list, name="organization_print"),
]
