"""The supporter's pages. Mounted last: a campaign's slug may be any first word that is left."""

from django.urls import include, path

from letters.views import (
    agree,
    call,
    campaign_page,
    change,
    confirm,
    find,
    hand_off,
    invited,
    letter,
    offices,
    open_seat,
    preview,
    receipt,
    state,
    unlock,
    you,
)

a_campaign = [
    path("", campaign_page.page, name="campaign"),
    path("privacy/", campaign_page.privacy, name="privacy"),
    path("contact/", campaign_page.contact, name="contact"),
    path("abroad/", campaign_page.abroad, name="abroad"),
    path("day.ics", campaign_page.calendar, name="calendar"),
    path("find/", find.page, name="find"),
    path("find/invited-by/<slug:organization>/", invited.page, name="invited"),
    path("find/offices/", offices.page, name="offices"),
    path("find/state/", state.page, name="state"),
    path("letter/", letter.page, name="letter"),
    path("letter/preview/", preview.page, name="preview"),
    path("you/", you.page, name="you"),
    path("confirm/", confirm.page, name="confirm"),
    path("confirm/resend/", confirm.resend, name="resend"),
    path("confirm/email/", confirm.email, name="change_email"),
]
a_receipt = [
    path("", receipt.page, name="receipt"),
    path("states/", receipt.states, name="receipt_states"),
    path("text/", receipt.text, name="receipt_text"),
    path("text/copy.pdf", receipt.printed, name="receipt_pdf"),
    path("copy/", receipt.copy, name="receipt_copy"),
    path("code/", unlock.page, name="receipt_code"),
    path("code/new/", unlock.ask, name="receipt_ask"),
    path("close/", unlock.close, name="receipt_close"),
    path("call/", call.page, name="receipt_call"),
    path("shown/", change.shown, name="receipt_shown"),
    path("withdraw/", change.withdraw, name="receipt_withdraw"),
    path("erase/", change.erase, name="receipt_erase"),
    path("not-mine/", change.disown, name="receipt_disown"),
    path("erased/", change.erased, name="receipt_erased"),
    path("representative/", open_seat.page, name="open_seat"),
    path("offices/", hand_off.first, name="hand_offs"),
    path("offices/<uuid:id>/", hand_off.page, name="hand_off"),
    path("offices/<uuid:id>/letter.pdf", hand_off.printed, name="hand_off_pdf"),
    path("offices/<uuid:id>/seat/", agree.page, name="seat"),
    path("offices/<uuid:id>/<str:report>/", hand_off.report, name="hand_off_report"),
]
urlpatterns = [
    path("", campaign_page.home, name="home"),
    path("confirm/<str:token>/", confirm.link, name="confirm_link"),
    path("confirm/<str:token>/not-mine/", confirm.disown, name="confirm_disown"),
    path("receipt/<str:token>/", include(a_receipt)),
    path("<slug:slug>/", include(a_campaign)),
]
