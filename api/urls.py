"""The addresses of the API."""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import include, path, re_path, resolve
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from api.me import Me
from api.meetings.locations import Locations
from api.meetings.meetings import Meetings
from api.meetings.series import SeriesDoor
from api.process.groups import Groups, People, Seats
from api.process.plan import FieldsOfAction, Phases, Processes
from api.process.rounds import Contributions, DialogueRounds, Topics

NOUNS: dict[str, Any] = {
    "processes": Processes,
    "phases": Phases,
    "fields-of-action": FieldsOfAction,
    "groups": Groups,
    "seats": Seats,
    "people": People,
    "dialogue-rounds": DialogueRounds,
    "topics": Topics,
    "contributions": Contributions,
    "series": SeriesDoor,
    "meetings": Meetings,
    "locations": Locations,
}

router = SimpleRouter()
for noun, door in NOUNS.items():
    router.register(noun, door, basename=noun)


class Root(APIView):
    """What there is."""

    @extend_schema(responses={200: {"type": "object", "additionalProperties": {"type": "string"}}})
    def get(self, request: Request) -> Response:
        """List the resources with their addresses."""
        names = {noun: f"api:{noun}-list" for noun in NOUNS}
        names |= {"me": "api:me", "schema": "api:schema", "docs": "api:docs"}
        return Response({noun: reverse(name, request=request) for noun, name in names.items()})


class Missing(APIView):
    """What there is not, told as problem details too."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse any method."""
        super().initial(request, *args, **kwargs)
        raise Http404


@csrf_exempt
def missing(request: HttpRequest) -> HttpResponseBase:
    """Lead to the address with its slash, method and body kept, or say that there is none."""
    path = request.path_info
    if not path.endswith("/") and resolve(f"{path}/").func is not missing:
        return HttpResponsePermanentRedirect(
            request.get_full_path(force_append_slash=True), preserve_request=True
        )
    return Missing.as_view()(request)


schema: Any = SpectacularAPIView.as_view()
docs: Any = SpectacularSwaggerSplitView.as_view(url_name="api:schema")
# Its one block of styles stands in the page; scripts stay our own files.
docs = csp_update({"style-src": [SELF, UNSAFE_INLINE]})(docs)

app_name = "api"
urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("me/", Me.as_view(), name="me"),
    path("schema/", schema, name="schema"),
    path("docs/", docs, name="docs"),
    path("", include(router.urls)),
    re_path(r"", missing, name="missing"),
]
