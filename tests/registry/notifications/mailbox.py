"""A small mail server on loopback, that speaks enough SMTP (RFC 5321) to be a real one to the sender."""

import socketserver
import threading
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser


class _Talk(socketserver.StreamRequestHandler):
    server: "Mailbox"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        if self.server.answers == "hangs up":
            return
        self.say("220 mailbox")
        while line := self.rfile.readline():
            word = line.decode().strip().upper()
            if word.startswith("RCPT"):
                self.say(self.server.answers)
            elif word == "DATA":
                self.say("354 go on")
                self.keep()
                self.say("250 kept")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 mailbox")

    def keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))  # dots at the start of a line are doubled on the way
        kept = BytesParser(EmailMessage, policy=policy.default).parsebytes(b"".join(lines))
        self.server.letters.append(kept)


class Mailbox(socketserver.ThreadingTCPServer):
    """The server. `answers` is what it says to a recipient; "hangs up" closes before a word."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.answers = "250 fine"
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens at."""
        return int(self.server_address[1])

    def stop(self) -> None:
        """Stop serving and wait until it has."""
        self.shutdown()
        self._thread.join()
        self.server_close()
