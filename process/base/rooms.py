"""Find the rooms of the house, so that nobody has to list them."""

import pkgutil
from importlib import import_module
from types import ModuleType

from django.apps import apps

OURS = ("process", "meetings")


def modules(name: str) -> list[ModuleType]:
    """Import the module of this name from every room that has it, by name."""
    found = []
    for label in OURS:
        package = import_module(apps.get_app_config(label).name)
        rooms = [room.name for room in pkgutil.iter_modules(package.__path__) if room.ispkg]
        for room in rooms:
            inside = import_module(f"{package.__name__}.{room}")
            if any(module.name == name for module in pkgutil.iter_modules(inside.__path__)):
                found.append(import_module(f"{inside.__name__}.{name}"))
    return found
