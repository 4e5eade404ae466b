"""Draw the state tables of all rooms as diagrams."""

from process.base.moves import StateTable
from process.base.rooms import modules
from process.management.drawing import DrawingCommand


class Command(DrawingCommand):
    """Draw docs/states.md."""

    help = "Draw docs/states.md from the state tables in the code."
    document = "states.md"

    def draw(self) -> str:
        """Return one Mermaid diagram a table."""
        lines = ["# States", "", "Drawn from the state tables in the code (`make docs`)."]
        for module in modules("states"):
            for table in vars(module).values():
                if isinstance(table, StateTable):
                    lines += ["", f"## {table.noun}", "", *_diagram(table)]
        return "\n".join(lines) + "\n"


def _diagram(table: StateTable) -> list[str]:
    arrows = [f"    {source} --> {target}: {verb}" for source, verb, target in table.arrows()]
    return ["```mermaid", "stateDiagram-v2", *arrows, "```"]
