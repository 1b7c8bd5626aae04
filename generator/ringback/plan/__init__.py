"""Every Python decision: which types exist, what everything is called, how each value travels."""

from .draw import Drawn, draw
from .model import Plan

__all__ = ["Drawn", "Plan", "draw"]
