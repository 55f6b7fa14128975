"""The proxy in front of a server, as far as the server sees it: it says Host and https."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSED_ON = ("Content-Type", "Content-Length", "Cookie", "Referer", "X-APIKEY")


def start_proxy(port: int, *, to: int, host: str) -> ThreadingHTTPServer:
    """Listens on loopback until its `shutdown()`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # noqa: N802
            length = int(self.headers.get("Content-Length", 0))
            headers = {n: self.headers[n] for n in PASSED_ON if n in self.headers}
            headers |= {"Host": host, "X-Forwarded-Proto": "https"}
            server = http.client.HTTPConnection("127.0.0.1", to, timeout=60)
            server.request(self.command, self.path, self.rfile.read(length), headers)
            answer = server.getresponse()
            body = answer.read()
            server.close()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"content-length", "connection", "date", "server"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *arguments) -> None:
            pass

    proxy = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    return proxy
