"""Every error as problem details (RFC 9457), translated from the words of the domain."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions, status
from rest_framework.response import Response

from process.base.errors import DomainError, Fault, Invalid, NotAllowed, Stale, WrongState

QUERY = "query"


class Refused(exceptions.APIException):
    """A domain error on its way out."""

    def __init__(self, error: DomainError, status_code: int) -> None:
        self.status_code = status_code
        super().__init__(error.detail or None, error.code)


class PreconditionRequired(exceptions.APIException):
    """A write that does not say which revision it is based on."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"


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
        if isinstance(exc, Http404):
            return exceptions.NotFound()
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
        named = isinstance(self.exc.detail, exceptions.ErrorDetail)
        kind = self.exc.detail.code if named else "invalid"
        problem = {
            "type": f"urn:teilhabe:problem:{kind}",
            "title": title,
            "status": code,
            "detail": str(self.exc.detail) if named else " ".join(f.detail for f in faults),
            "errors": [
                {"pointer": fault.pointer, "code": fault.code, "detail": str(fault.detail)}
                for fault in faults
            ],
        }
        if isinstance(self.original_exc, Stale):
            problem["current"] = self.context["view"].shown(self.original_exc.current)
        return problem

    def _faults(self) -> list[Fault]:
        if isinstance(self.original_exc, Invalid):
            return list(self.original_exc.faults)
        if not isinstance(self.exc, exceptions.ValidationError):
            return []
        return [Fault(_pointer(e.attr), e.code, e.detail) for e in self.get_errors()]


def _pointer(attr: str | None) -> str:
    """Turn "a.0.b" into /a/0/b; complaints about the whole point at the whole."""
    if not attr or attr == "non_field_errors":
        return ""
    steps = [step for step in attr.split(".") if step != "non_field_errors"]
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
