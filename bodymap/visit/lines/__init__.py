"""The visit as lines of text, for a screen reader, a plain terminal or a pipe; knows no input and no output."""

from bodymap.visit.lines.conversation import Conversation

__all__ = ["Conversation"]
