"""`make test` and `.ci/run`: what may be left out, and what may not."""

import subprocess
from dataclasses import replace

import pytest

from tests import everything
from tests.environment import ROOT
from tests.everything import refuses
from tests.machine import BROWSER, RABBITMQ


def without_command(need):
    return replace(need, command=lambda: None)


def with_command(need):
    return replace(need, command=lambda: ["true"])


@pytest.fixture
def browser_without_command(monkeypatch):
    """Nobody here can install it: not root, or no apt-get."""
    need = without_command(BROWSER)
    monkeypatch.setattr(everything, "BROWSER", need)
    return need


def test_ci_is_never_green_without_the_browser(monkeypatch, browser_without_command):
    monkeypatch.setenv("CI", "true")

    assert refuses([browser_without_command])


def test_ci_may_leave_out_what_this_machine_has_no_command_for(monkeypatch):
    monkeypatch.setenv("CI", "true")

    assert not refuses([without_command(RABBITMQ)])
    assert refuses([with_command(RABBITMQ)])


def test_a_laptop_may_leave_out_the_browser(monkeypatch, browser_without_command):
    monkeypatch.delenv("CI", raising=False)

    assert not refuses([browser_without_command])


def test_the_ci_script_says_that_it_is_ci(tmp_path):
    make = tmp_path / "make"
    make.write_text('#!/bin/sh\necho "$1 CI=$CI"\n')
    make.chmod(0o755)

    said = subprocess.run(
        [ROOT / ".ci" / "run"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.splitlines() == ["lint CI=true", "test CI=true"]
