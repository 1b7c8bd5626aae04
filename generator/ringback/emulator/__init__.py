"""A Voice API on this machine, with state, time and callbacks, on the generated server stubs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .clock import Clock, ManualClock, RealClock, clock_of
from .settings import Settings

if TYPE_CHECKING:
    from .app import create_app
    from .making import Options, Unusable
    from .running import Emulator
    from .serve import emulate
    from .store import Store
    from .world import World
else:
    _HOME = {
        "Emulator": "running",
        "Options": "making",
        "Store": "store",
        "Unusable": "making",
        "World": "world",
        "create_app": "app",
        "emulate": "serve",
    }

    def __getattr__(name: str) -> Any:
        if name not in _HOME:
            raise AttributeError(name)
        from importlib import import_module

        return getattr(import_module("." + _HOME[name], __name__), name)


__all__ = [
    "Clock",
    "Emulator",
    "ManualClock",
    "Options",
    "RealClock",
    "Settings",
    "Store",
    "Unusable",
    "World",
    "clock_of",
    "create_app",
    "emulate",
]
