"""Communicating With Congress: the gateways of the House and the Senate."""

from letters.channels.cwc.channel import PREFIXES, CwcChannel

__all__ = ["PREFIXES", "CwcChannel"]
