"""Offices' contact forms, filled in as a person would."""
