"""Whom people write to, and how we know."""
