"""The organizers' desk: the stock admin's site with our own pages above the app list."""

from django.contrib.admin import AdminSite
from django.urls import path

from letters.desk.front import front_page
from letters.desk.pages import roster, seat_routes, send_counts
from letters.desk.who_represents import who_represents


class DeskSite(AdminSite):
    """Where organizers run the campaign and watch its letters."""

    site_header = "The organizers' desk"
    site_title = "The organizers' desk"
    index_title = "Today"
    index_template = "admin/desk/index.html"

    def get_urls(self) -> list:
        pages = [
            path("desk/counts/<slug:slug>/", self.admin_view(send_counts), name="send_counts"),
            path("desk/routes/", self.admin_view(seat_routes), name="seat_routes"),
            path("desk/roster/", self.admin_view(roster), name="roster"),
            path("desk/who-represents/", self.admin_view(who_represents), name="who_represents"),
        ]
        return pages + super().get_urls()

    def index(self, request, extra_context=None):
        context = {"front": front_page(user=request.user)} | (extra_context or {})
        return super().index(request, context)
