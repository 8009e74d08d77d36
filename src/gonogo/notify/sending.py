"""Telling receivers, all at once: a few attempts each, one time limit, and a sentence for each that was not told.

A receiver that answers a letter at a time would hold up the verdict for ever: the limit is over all of it.
"""

from __future__ import annotations

import smtplib
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.notify.news import News
from gonogo.notify.payloads import mail, slack, teams, webhook
from gonogo.notify.receivers import MailSecurity, Receiver, ReceiverKind

SECONDS: Final = 10.0
ATTEMPTS: Final = 3
LIMIT: Final = 60.0
"""Seconds that all receivers together have."""
_FORMS: Final = {ReceiverKind.WEBHOOK: webhook, ReceiverKind.SLACK: slack, ReceiverKind.TEAMS: teams}
_LATER: Final = frozenset({429, 500, 502, 503, 504})
"""Answers after which another attempt makes sense."""


class Messenger:
    """What is needed to tell receivers, made before a run takes place: afterwards nothing is loaded for it.

    Args:
        receivers: Whom to tell.
        seconds: Time limit of one step of an attempt.
        limit: Time limit of everything.

    Raises:
        UsageError: The extra ``notify`` is not installed.
    """

    def __init__(self, receivers: Sequence[Receiver], *, seconds: float = SECONDS, limit: float = LIMIT) -> None:
        self._receivers, self._seconds, self._limit = tuple(receivers), seconds, limit
        self._context = ssl.create_default_context()
        self._client: Any = None
        if any(receiver.document.kind is not ReceiverKind.MAIL for receiver in receivers):
            httpx, stamina = _libraries()
            stamina.instrumentation.set_on_retry_hooks(())  # it would look for libraries of its own at the first retry
            self._client = httpx.Client(timeout=seconds, follow_redirects=False, verify=self._context)

    def tell(self, news: News) -> Iterator[str]:
        """Tell every receiver, and yield a sentence for each that could not be told. Addresses are in none of them."""
        end = time.monotonic() + self._limit
        why: list[str | None] = [f"it did not take the message within {self._limit:.0f} seconds"] * len(self._receivers)

        def one(place: int) -> None:
            why[place] = self._untold(news, self._receivers[place])

        threads = [threading.Thread(target=one, args=(place,), daemon=True) for place in range(len(why))]
        for thread in threads:
            thread.start()
        for thread, receiver, place in zip(threads, self._receivers, range(len(why)), strict=True):
            thread.join(max(0.0, end - time.monotonic()))
            if why[place] is not None:
                yield f"{receiver.document.id} was not told: {why[place]}. The run is recorded."

    def _untold(self, news: News, receiver: Receiver) -> str | None:
        """Tell one receiver; return why it could not be told, whatever it was: it must not stop the verdict."""
        try:
            if receiver.document.kind is ReceiverKind.MAIL:
                _mailed(news, receiver, self._seconds, self._context)
            else:
                _posted(news, receiver, self._client, self._limit)
        except _Untold as error:
            return f"{error}"
        except Exception as error:  # noqa: BLE001  # no receiver may stop the verdict of a recorded run
            return f"the message could not be sent ({type(error).__name__})"
        return None


class _Untold(Exception):
    """A receiver could not be told; the text holds no address."""


def _posted(news: News, receiver: Receiver, client: Any, limit: float) -> None:
    httpx, stamina = _libraries()

    def again(error: Exception) -> bool | float:
        response = getattr(error, "response", None)
        if response is None:
            return isinstance(error, httpx.TransportError)
        wait = response.headers.get("retry-after", "")
        return (
            (float(wait) if wait.isdigit() and int(wait) <= 30 else True) if response.status_code in _LATER else False
        )

    body = _FORMS[receiver.document.kind](news)
    try:
        for attempt in stamina.retry_context(
            on=again, attempts=ATTEMPTS, timeout=limit, wait_initial=0.2, wait_jitter=0.1
        ):
            with attempt:
                asked = client.stream("POST", receiver.url, content=body, headers={"content-type": "application/json"})
                with asked as answer:  # its body is not read: it may have no end
                    if not 200 <= answer.status_code < 300:
                        raise httpx.HTTPStatusError("refused", request=answer.request, response=answer)
    except httpx.HTTPStatusError as error:
        raise _Untold(f"the server answered {error.response.status_code}") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise _Untold(f"no connection ({type(error).__name__})") from None


def _mailed(news: News, receiver: Receiver, seconds: float, context: ssl.SSLContext) -> None:
    document = receiver.document
    place, sender = document.server or "", document.sender or ""
    host, _, port = place.rpartition(":")
    host, port = (host.strip("[]"), port) if host else (place, "")
    try:
        message = mail(news, sender, tuple(document.to))
        number = int(port) if port else 465 if document.security is MailSecurity.TLS else 587
        with _server(document.security, host, number, seconds, context) as server:
            if document.security is MailSecurity.STARTTLS:
                server.starttls(context=context)
            if receiver.user:
                server.login(receiver.user, receiver.password)
            refused = server.send_message(message)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _Untold(f"{_mail_fault(error)} ({type(error).__name__})") from None
    if refused:
        raise _Untold(f"{len(refused)} of {len(document.to)} addresses were refused")


def _mail_fault(error: Exception) -> str:
    """Say who stopped it: the server, this side, or nobody whom it reached."""
    if isinstance(error, smtplib.SMTPException):
        return "the mail server refused it"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "the mail server did not prove who it is"
    return "no connection to the mail server" if isinstance(error, OSError) else "the mail cannot be written"


def _server(security: MailSecurity, host: str, port: int, seconds: float, context: ssl.SSLContext) -> smtplib.SMTP:
    if security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(host, port, timeout=seconds, context=context)
    return smtplib.SMTP(host, port, timeout=seconds)


def _libraries() -> tuple[Any, Any]:
    try:
        import httpx2
        import stamina
    except ImportError as error:
        raise UsageError(
            "Webhooks are told with httpx2 and stamina, which are not installed.", hint="pip install 'gonogo[notify]'"
        ) from error
    return httpx2, stamina
