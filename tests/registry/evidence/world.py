"""A small Internet on this machine: real HTTP and HTTPS servers, names that lead where a test says."""

import contextlib
import datetime as dt
import ssl
import sys
import threading
from collections.abc import Callable, Sequence
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from registry.evidence.door.network import Network

HERE = "127.0.0.1"  # stands for the Internet; every other address of this machine does not
Answer = Callable[["Handler"], None]

_connected: list[tuple[str, int]] = []


@cache
def watch_connections() -> list[tuple[str, int]]:
    """Every connection this process opens, as Python itself reports them."""

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            _connected.append(arguments[1][:2])

    sys.addaudithook(note)
    return _connected


class Handler(BaseHTTPRequestHandler):
    """Answers by host and path; what is not told is 404."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.server.world.asked.append((host, self.path))
        self.server.world.headers.append(dict(self.headers))
        answer = self.server.world.pages.get((host, self.path), not_found)
        self.close_connection = True
        with contextlib.suppress(OSError):  # who asked hung up
            answer(self)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """One server of the world."""

    daemon_threads = True
    world: "World"

    def handle_error(self, *_args: object) -> None:
        """A client that breaks off is no error here."""


def answer(body: bytes | str = b"", *, status: int = 200, **headers: str) -> Answer:
    """An ordinary answer; header names with underscores for hyphens."""
    raw = body.encode() if isinstance(body, str) else body

    def send(handler: Handler) -> None:
        handler.send_response(status)
        said = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(raw))}
        for name, value in (said | {name.replace("_", "-"): text for name, text in headers.items()}).items():
            handler.send_header(name, value.encode().decode("latin-1"))  # UTF-8, as sites send it
        handler.end_headers()
        handler.wfile.write(raw)

    return send


def moved(to: str, status: int = 302) -> Answer:
    """A redirect."""
    return answer(b"", status=status, Location=to)


not_found = answer(b"?", status=404)


class World:
    """Names, pages, servers."""

    def __init__(self, folder: Path) -> None:
        self.pages: dict[tuple[str, str], Answer] = {}
        self.names: dict[str, Sequence[str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.resolved: list[str] = []
        self.folder = folder
        self.http = self._start()
        self.https = self._start(tls=True)

    def _start(self, *, tls: bool = False) -> Server:
        server = Server((HERE, 0), Handler)
        server.world = self
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate(self.folder))
            # The handshake is made by the thread of the connection, so that a silent client stops nobody.
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server

    def stop(self) -> None:
        for server in (self.http, self.https):
            server.shutdown()
            server.server_close()

    def resolve(self, host: str, _port: int) -> Sequence[str]:
        self.resolved.append(host)
        return self.names.get(host, [HERE])

    def port(self, number: int) -> int:
        return (self.http if number == 80 else self.https).server_address[1]

    @property
    def network(self) -> Network:
        """This world as the door sees it."""
        return Network(
            resolve=self.resolve,
            trust=lambda: ssl.create_default_context(cafile=str(self.folder / "ca.pem")),
            loopback={(HERE, port): self.port(port) for port in (80, 443)},
        )


def certificate(folder: Path) -> Path:
    """A certificate for the names tests use, by an authority nobody else believes; made once a folder."""
    chain = folder / "site.pem"
    if chain.exists():
        return chain
    keys = [ec.generate_private_key(ec.SECP256R1()) for _each in range(2)]
    now = dt.datetime.now(dt.UTC)
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Throw-away authority")])
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip
    identifier = x509.SubjectKeyIdentifier.from_public_key(keys[0].public_key())

    def base(subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(authority)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=30))
        )

    root = (
        base(authority, keys[0])
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(identifier, critical=False)
        .sign(keys[0], hashes.SHA256())
    )
    names = [x509.DNSName(each) for each in ("*.gov.vn", "*.tinhmot.gov.vn", "t.me", "www.facebook.com")]
    site = (
        base(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "site")]), keys[1])
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
        )
        .sign(keys[0], hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = keys[1].private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "ca.pem").write_bytes(root.public_bytes(pem))
    chain.write_bytes(private + site.public_bytes(pem) + root.public_bytes(pem))
    return chain
