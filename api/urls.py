"""The addresses of the API."""

from typing import Any

from django.urls import include, path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from api.me import Me
from api.meetings.meetings import Locations, Meetings
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


app_name = "api"
urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("me/", Me.as_view(), name="me"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
    path("", include(router.urls)),
]
