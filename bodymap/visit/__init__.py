"""The guided visit of the waiting room, step by step, without a screen: the kiosk and `bodymap ask` both show it."""

from bodymap.visit.course import Options
from bodymap.visit.state import State
from bodymap.visit.step import Choice, Step
from bodymap.visit.visit import GuidedVisit

__all__ = ["Choice", "GuidedVisit", "Options", "State", "Step"]
