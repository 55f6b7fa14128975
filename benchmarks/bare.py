"""The baselines: a bare Django view that inserts a letter row and an outbox row, and a bare page.

The page has our base template around a heading and a sentence, and asks the database nothing.
"""

from functools import cache
from uuid import uuid4

from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django.utils import timezone

PAGE = (
    '{% extends "base.html" %}{% block content %}<h1>A page</h1><p>It says one thing.</p>'
    "{% endblock content %}"
)


class BareLetter(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=100)
    email = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return str(self.id)


class BareOutbox(models.Model):
    letter = models.ForeignKey(BareLetter, models.CASCADE)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        app_label = "benchmarks"

    def __str__(self) -> str:
        return str(self.letter_id)


def view(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        letter = BareLetter.objects.create(
            name=f"{request.POST['first_name']} {request.POST['last_name']}",
            email=request.POST["email"],
            text=request.POST["text"],
        )
        BareOutbox.objects.create(letter=letter)
    return redirect("/bare/")


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_template().render({}, request))


@cache
def _template():
    """Read once, as Django's loader reads a file's."""
    return engines["django"].from_string(PAGE)


def make_tables() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(BareLetter)
        editor.create_model(BareOutbox)


urlpatterns = [path("bare/", view), path("bare/page/", page), path("", include("campaign.urls"))]
