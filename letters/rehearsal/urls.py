"""Addresses as the real gateways have them; mounted under /rehearsal/ and never in live mode."""

from django.urls import path

from letters.rehearsal import views
from letters.rehearsal.forms.views import form_fields, form_page, form_thanks
from letters.rehearsal.gateway import HOUSE, HOUSE_VALIDATE, SENATE, SENATE_TEST

urlpatterns = [
    path("house/v2/message", views.letter, {"gateway": HOUSE}),
    path("house/v2/validate", views.letter, {"gateway": HOUSE_VALIDATE}),
    path("house/v2/offices", views.house_list, {"gateway": HOUSE}),
    path("senate/api/production-messages/", views.letter, {"gateway": SENATE}),
    path("senate/api/testing-messages/", views.letter, {"gateway": SENATE_TEST}),
    path("senate/api/active_offices", views.senate_list, {"gateway": SENATE}),
    path("forms/<bioguide>/", form_page, name="rehearsal-form"),
    path("forms/<bioguide>/fields/", form_fields, name="rehearsal-form-fields"),
    path("forms/<bioguide>/thanks/", form_thanks, name="rehearsal-form-thanks"),
]
