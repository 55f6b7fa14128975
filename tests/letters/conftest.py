"""What tests of the engine share."""

from tests.fake_channel import channel

__all__ = ["channel"]
