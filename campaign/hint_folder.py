"""Hints as files in a folder, for a machine without a broker: each file appears whole.

kombu writes under the final name, and a worker that looks in between dies of half a message
(https://github.com/celery/kombu/issues/1551).
"""

from pathlib import Path
from time import monotonic_ns
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """kombu's folder, written by renaming."""

    def _put(self, queue: str, payload: dict, **kwargs) -> None:
        name = f"{monotonic_ns()}_{uuid4()}.{queue}.msg"
        _write_whole(Path(self.data_folder_out, name), dumps(payload))

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        table = self.get_table(exchange)
        if bound not in table:
            _write_whole(self._exchange_file(exchange), dumps([bound, *table]))


class Transport(filesystem.Transport):
    """What settings name where BROKER_URL is a folder."""

    Channel = Channel


def _write_whole(path: Path, text: str) -> None:
    part = path.with_name(f".{uuid4()}.part")
    try:
        part.write_text(text)
        part.rename(path)
    except OSError as error:
        raise ChannelError(f"The hint cannot be written: {error.strerror}.") from error
