"""Draw the description of the API."""

import warnings

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from process.management.drawing import DrawingCommand


class Command(DrawingCommand):
    """Draw docs/openapi.yaml."""

    help = "Draw docs/openapi.yaml from the doors in the code."
    document = "openapi.yaml"

    def draw(self) -> str:
        """Return the OpenAPI document as YAML."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            schema = SchemaGenerator().get_schema(request=None, public=True)
        return OpenApiYamlRenderer().render(schema, renderer_context={}).decode()
