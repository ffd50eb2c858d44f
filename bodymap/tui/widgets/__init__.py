"""The parts of a screen; each carries its own styles."""
