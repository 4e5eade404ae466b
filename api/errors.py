"""Every error as problem details (RFC 9457), translated from the words of the domain."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions, status
from rest_framework.response import Response

from api.formats import TooLarge
from process.base.errors import DomainError, Fault, Invalid, NotAllowed, Stale, WrongState

QUERY = "query"
LONGEST_DETAIL = 500
LONGEST_STEP = 100


class Refused(exceptions.APIException):
    """A domain error on its way out."""

    def __init__(self, error: DomainError, status_code: int) -> None:
        self.status_code = status_code
        super().__init__(error.detail or None, error.code)


class PreconditionRequired(exceptions.APIException):
    """A write that does not say which revision it is based on."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"


class Collision(exceptions.APIException):
    """Somebody else was faster with something that there can be but once."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class KeyReused(exceptions.APIException):
    """An Idempotency-Key that came before with another request."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"


STATUS = {
    Invalid: status.HTTP_400_BAD_REQUEST,
    NotAllowed: status.HTTP_403_FORBIDDEN,
    WrongState: status.HTTP_409_CONFLICT,
    Stale: status.HTTP_412_PRECONDITION_FAILED,
}


def bad_query(name: str, detail: str, code: str = "invalid") -> Invalid:
    """Complain about one query parameter; its pointer is /query/{name}."""
    return Invalid.at(f"/{QUERY}/{name}", detail, code)


def titles() -> dict[int, str]:
    """Return what each status means, in the active language."""
    return {
        400: _("Die Eingabe ist fehlerhaft."),
        401: _("Bitte melden Sie sich an."),
        403: _("Dafür fehlt Ihnen die Berechtigung."),
        404: _("Das gibt es hier nicht."),
        405: _("Diese Methode ist hier nicht vorgesehen."),
        406: _("Dieses Format gibt es hier nicht."),
        409: _("Das ist im jetzigen Zustand nicht möglich."),
        412: _("Das Objekt wurde inzwischen geändert."),
        413: _("Die Anfrage ist zu groß."),
        415: _("Dieses Format wird nicht gelesen."),
        422: _("Dieser Schlüssel wurde schon für eine andere Anfrage benutzt."),
        428: _("Nennen Sie mit If-Match den Stand, auf dem die Änderung beruht."),
        429: _("Zu viele Anfragen."),
    }


class Handler(ExceptionHandler):
    """Turn domain errors into replies, once for all doors."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """Give domain errors their status; a stranger's object does not exist for him."""
        if isinstance(exc, DomainError):
            return Refused(exc, STATUS.get(type(exc), 409))
        if isinstance(exc, Http404 | ObjectDoesNotExist):
            return exceptions.NotFound()
        if isinstance(exc, IntegrityError):
            return Collision(_("Jemand anderes war schneller."))
        if isinstance(exc, RequestDataTooBig):
            return TooLarge(_("Die Anfrage ist zu groß."))
        if isinstance(exc, SuspiciousOperation):
            return exceptions.ParseError(_("Diese Anfrage ist nicht lesbar."))
        return super().convert_known_exceptions(exc)

    def get_response(self, exc: exceptions.APIException, data: dict[str, Any]) -> Response:
        """Mark the reply as problem details."""
        reply = super().get_response(exc, data)
        reply.content_type = "application/problem+json"
        return reply


class Formatter(ExceptionFormatter):
    """Shape an error: type, title, status, detail, errors with pointers, and what is current."""

    def run(self) -> dict[str, Any]:
        """Return the problem."""
        code = self.exc.status_code
        faults = self._faults()
        title = titles().get(code, _("Das hat nicht geklappt."))
        detail = self.exc.detail
        named = isinstance(detail, exceptions.ErrorDetail)
        kind = detail.code if isinstance(detail, exceptions.ErrorDetail) else "invalid"
        problem: dict[str, Any] = {
            "type": f"urn:teilhabe:problem:{kind}",
            "title": title,
            "status": code,
            "detail": _short(str(detail) if named else " ".join(f.detail for f in faults)),
            "errors": [
                {"pointer": fault.pointer, "code": fault.code, "detail": _short(fault.detail)}
                for fault in faults
            ],
        }
        if isinstance(self.original_exc, Stale):
            view: Any = self.context["view"]
            problem["current"] = view.shown(self.original_exc.current)
        return problem

    def _faults(self) -> list[Fault]:
        if isinstance(self.original_exc, Invalid):
            return list(self.original_exc.faults)
        if not isinstance(self.exc, exceptions.ValidationError):
            return []
        return list(_flat(self.exc.detail, ""))


def _flat(detail: Any, pointer: str) -> Iterator[Fault]:
    """Unfold the tree of a validation error; complaints about a whole point at the whole."""
    if isinstance(detail, dict):
        for name, part in detail.items():
            own = pointer if name == "non_field_errors" else f"{pointer}/{_step(str(name))}"
            yield from _flat(part, own)
    elif isinstance(detail, list):
        leaves = all(isinstance(part, exceptions.ErrorDetail) for part in detail)
        for index, part in enumerate(detail):
            yield from _flat(part, pointer if leaves else f"{pointer}/{index}")
    else:
        yield Fault(pointer, detail.code, str(detail))


def _step(name: str) -> str:
    return name[:LONGEST_STEP].replace("~", "~0").replace("/", "~1")


def _short(detail: Any) -> str:
    """Some complaints repeat what was sent: a megabyte does not come back."""
    text = str(detail)
    return text if len(text) <= LONGEST_DETAIL else text[:LONGEST_DETAIL] + "…"
