"""Every address of the site; the other apps are named by string."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

handler400 = "campaign.outage.bad_request"
handler500 = "campaign.outage.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("organizations/", include("campaign.organization_urls")),
    # Without a token: then a page that asks nothing else needs no cookie.
    path("language/", csrf_exempt(set_language), name="language"),
]
if not settings.LIVE:
    urlpatterns += [path("rehearsal/", include("letters.rehearsal.urls"))]
urlpatterns += [path("", include("letters.urls"))]
