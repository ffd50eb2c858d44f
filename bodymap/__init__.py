"""bodymap: point at where it hurts, say what changes it, see which causes fit and why."""

__version__ = "0.1.0"
