"""Colours: one for what is yours, one for the cause in hand, red for alarms alone, quiet greys for the body.

Amber and blue stay apart under the common kinds of colour blindness, and every role also has a sign of its own, so the
palette may shrink to 256, 16 or no colours without losing a meaning.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="dark",
    primary="#87afff",
    secondary="#87afff",
    accent="#ffaf00",
    warning="#ffaf00",
    error="#ff5f5f",
    success="#87d787",
    foreground="#e4e4e4",
    background="#121212",
    surface="#121212",
    panel="#262626",
    dark=True,
    variables={
        "mine": "#ffaf00",
        "cause": "#87afff",
        "alarm": "#ff5f5f",
        "alarm-ground": "#870000",
        "alarm-text": "#ffffff",
        "quiet": "#a8a8a8",
        "faint": "#8a8a8a",
        "outline": "#d0d0d0",
        "cursor": "#ffffff",
        "bar": "#303030",
        "block-cursor-background": "#3a3a3a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#262626",
        "block-cursor-blurred-foreground": "#e4e4e4",
    },
)

LIGHT = Theme(
    name="light",
    primary="#005faf",
    secondary="#005faf",
    accent="#af5f00",
    warning="#af5f00",
    error="#af0000",
    success="#005f00",
    foreground="#1c1c1c",
    background="#ffffff",
    surface="#ffffff",
    panel="#e4e4e4",
    dark=False,
    variables={
        "mine": "#875f00",
        "cause": "#005faf",
        "alarm": "#af0000",
        "alarm-ground": "#af0000",
        "alarm-text": "#ffffff",
        "quiet": "#585858",
        "faint": "#626262",
        "outline": "#444444",
        "cursor": "#000000",
        "bar": "#e4e4e4",
        "block-cursor-background": "#eeeeee",
        "block-cursor-text-style": "bold underline",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#e4e4e4",
        "block-cursor-blurred-foreground": "#1c1c1c",
    },
)

CONTRAST = Theme(
    name="high-contrast",
    primary="#00ffff",
    secondary="#00ffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff0000",
    success="#00ff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        "mine": "#ffff00",
        "cause": "#00ffff",
        "alarm": "#ffffff",
        "alarm-ground": "#d70000",
        "alarm-text": "#ffffff",
        "quiet": "#ffffff",
        "faint": "#d0d0d0",
        "outline": "#ffffff",
        "cursor": "#ffffff",
        "bar": "#444444",
        "block-cursor-background": "#00005f",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#303030",
        "block-cursor-blurred-foreground": "#ffffff",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)
