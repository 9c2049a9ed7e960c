"""E-mail: replies by SMTP, in the thread they belong to."""

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import Any

from clothier.conversations.contracts import Identity, NewFile, NotSent, Outgoing
from clothier.conversations.rules.files import ANY, media_type
from clothier.kernel import clock

SECONDS = 20.0


class Email:
    """`sender` is our address, `host` and `port` the SMTP server; TLS unless `tls` says none."""

    key = "email"
    pushes = True
    carries: Mapping[str, int] = ANY

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.sender, self.name = str(told["sender"]), str(told.get("name", ""))
        self.host, self.port, self.tls = str(told["host"]), int(told.get("port", 465)), str(told.get("tls", "tls"))
        self.user, self.password = str(told.get("user", "")), str(told.get("password", ""))

    @property
    def domain(self) -> str:
        return self.sender.partition("@")[2]

    def identity(self, address: str) -> Identity | None:
        """Anybody can write any sender into a letter: it says who it may be and proves nothing."""
        return Identity("email", address, False)

    def send(self, out: Outgoing) -> str:
        letter = self.letter(out)
        try:
            with self._server() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise NotSent(f"SMTP {code}", final=500 <= code < 600) from None
        except smtplib.SMTPResponseException as error:
            raise NotSent(f"SMTP {error.smtp_code}", final=500 <= error.smtp_code < 600) from None
        except OSError as error:
            raise NotSent(type(error).__name__) from None
        return str(letter["Message-ID"])

    def letter(self, out: Outgoing) -> EmailMessage:
        """The reply as a letter. Its number is ours and always the same: sent twice it is one letter to the reader.

        It says that a machine wrote it, so that no other machine answers.
        """
        letter = EmailMessage()
        letter["Message-ID"] = f"<chat-{out.thread}-{out.message}@{self.domain}>"
        letter["Date"] = formatdate(clock.now().timestamp())
        letter["From"] = f'"{self.name}" <{self.sender}>' if self.name else self.sender
        letter["To"] = parseaddr(out.address)[1]
        letter["Subject"] = _subject(out.heading)
        letter["Auto-Submitted"] = "auto-replied"
        if out.answers.startswith("<"):
            letter["In-Reply-To"] = letter["References"] = out.answers
        letter.set_content(out.text)
        for file in out.files:
            _attach(letter, file)
        return letter

    def _server(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.tls == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        if self.tls == "starttls":
            server.starttls(context=context)
        return server


def _subject(heading: str) -> str:
    line = " ".join(heading.split())[:120]
    return line if line.lower().startswith("re:") else f"Re: {line}".strip()


def _attach(letter: EmailMessage, file: NewFile) -> None:
    kind, _slash, sub = (media_type(file.content) or "application/octet-stream").partition("/")
    letter.add_attachment(file.content, maintype=kind, subtype=sub, filename=file.name)
