"""Every address of the site; the other apps are named by string."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler400 = "campaign.outage.bad_request"
handler500 = "campaign.outage.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("organizations/", include("campaign.organization_urls")),
]
if not settings.LIVE:
    urlpatterns += [path("rehearsal/", include("letters.rehearsal.urls"))]
urlpatterns += [path("", include("letters.urls"))]
