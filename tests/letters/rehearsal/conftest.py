"""Calls at the rehearsal gateways."""

import pytest


@pytest.fixture
def post(db, client, settings):
    settings.ROOT_URLCONF = "letters.rehearsal.urls"

    def post(path: str, body: str | bytes, *, key="rehearsal", content_type="application/xml"):
        return client.post(f"{path}?apikey={key}", body, content_type=content_type)

    return post


@pytest.fixture
def get(db, client, settings):
    settings.ROOT_URLCONF = "letters.rehearsal.urls"

    def get(path: str, **headers):
        return client.get(path, headers=headers)

    return get
