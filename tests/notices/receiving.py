"""A receiver of webhooks on this machine: https with a certificate of its own, which may be slow, trickle or send elsewhere."""

import datetime as dt
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sgdocs.notices.calling import Caller

HOST = "hooks.example.test"


@dataclass
class Receiver:
    """status: what it answers; how: "", `slow` (never answers), `trickle` (a byte now and then), `elsewhere`."""

    port: int = 0
    status: int = 204
    how: str = ""
    got: list[tuple[str, Message, bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}/hook?from=sgdocs"


@contextmanager
def receiver(folder: Path) -> Iterator[tuple[Receiver, Caller]]:
    """The receiver, and a caller that finds it under its name and trusts its certificate."""
    certificate = made_certificate(folder)
    kept = Receiver()
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.got.append((self.path, self.headers, body))
            if kept.how == "slow":
                ended.wait(20)
            elif kept.how == "trickle":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while not ended.wait(0.1):
                    self.wfile.write(b"X-More: more\r\n"[:1])
                    self.wfile.flush()
            elif kept.how == "elsewhere":
                self.send_response(302)
                self.send_header("Location", kept.url)
                self.end_headers()
            else:
                self.send_response(kept.status)
                self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A caller that hangs up is what is tested."""

    server = Quiet(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    kept.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        trusting = ssl.create_default_context(cafile=str(certificate))
        yield kept, Caller(resolve=lambda *_: ["127.0.0.1"], allows=lambda _: True, context=trusting)
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        time.sleep(0)


def made_certificate(folder: Path) -> Path:
    """Key and certificate of the host's name, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "receiver.pem"
    file.write_bytes(plain + made.public_bytes(serialization.Encoding.PEM))
    return file
