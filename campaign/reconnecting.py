"""How a worker finds a broker again that was away."""

from functools import partial

from celery.worker.consumer import Consumer


class SteadyConsumer(Consumer):
    """Looks for it every two seconds; Celery's own would wait longer each time, up to 32."""

    def ensure_connected(self, conn):
        conn.ensure_connection = partial(conn.ensure_connection, interval_step=0)
        return super().ensure_connected(conn)
