"""Offices' contact forms, filled in as a person would."""

from letters.channels.webform.channel import WebformChannel

__all__ = ["WebformChannel"]
