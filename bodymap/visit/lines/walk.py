"""Pointing without a picture: from an area to a region to a side, by numbers, or straight to a place by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bodymap.common.text import clean
from bodymap.visit.lines.areas import areas
from bodymap.visit.lines.finder import Finder
from bodymap.visit.lines.plain import number_in

if TYPE_CHECKING:
    from bodymap.common.language import Translator
    from bodymap.knowledge.anatomy import Anatomy, Place


class Option(NamedTuple):
    """One line of a list: its words and the places that it narrows the choice to."""

    label: str
    places: tuple[Place, ...]


class Menu(NamedTuple):
    """A list to choose from by number, and what stands above it."""

    heading: str
    options: tuple[Option, ...]


class Walk:
    """One way to a place. Begins at the list of areas; every list is narrower than the one before."""

    def __init__(self, anatomy: Anatomy, words: Translator) -> None:
        self._anatomy, self._words = anatomy, words
        self._finder = Finder(anatomy)
        _ = words.gettext
        options = tuple(Option(label, places) for label, places in areas(anatomy, words))
        self._menus = [Menu(_("Choose a part of the body, or type its name:"), options)]

    @property
    def menu(self) -> Menu:
        """The list in hand."""
        return self._menus[-1]

    @property
    def begun(self) -> bool:
        """Whether there is a wider list to go back to."""
        return len(self._menus) > 1

    def back(self) -> None:
        """Go back to the wider list."""
        if self.begun:
            self._menus.pop()

    def take(self, typed: str) -> Place | str:
        """Take a number of the list or the name of a place; return the place once it is clear, else what to say of it,
        "" where a narrower list has come.
        """
        _ = self._words.gettext
        number = number_in(typed)
        if number is not None:
            if not 1 <= number <= len(self.menu.options):
                return _("Please give a number from 1 to {most}.").format(most=len(self.menu.options))
            return self._narrow(self.menu.options[number - 1].places, self.menu.options[number - 1].label)
        found = self._finder.find(typed)
        named = clean(typed, limit=40)
        if not found.places:
            example = next(iter(self._anatomy.regions.values())).name
            return _("No place here is called “{typed}”. A name is, for example: {example}.").format(
                typed=named, example=example
            )
        if found.sure:
            return self._narrow(found.places, named)
        # Whoever typed something else must say that this is meant, even where it is only one place.
        self._choose_from(
            _("No place here is called “{typed}”. Did you mean:").format(typed=named), found.places
        )
        return ""

    def _narrow(self, places: tuple[Place, ...], heading: str) -> Place | str:
        if len(places) == 1:
            return places[0]
        self._choose_from(f"{heading}:", places)
        return ""

    def _choose_from(self, heading: str, places: tuple[Place, ...]) -> None:
        regions: dict[str, list[Place]] = {}
        for place in places:
            regions.setdefault(place.region, []).append(place)
        if len(regions) == 1:
            options = [Option(self._anatomy.named(place), (place,)) for place in places]
        else:
            options = [Option(self._name(found), tuple(found)) for found in regions.values()]
        self._menus.append(Menu(heading, tuple(options)))

    def _name(self, places: list[Place]) -> str:
        """Return what a region is called, with its side where only one is left to choose."""
        region = self._anatomy.regions[places[0].region]
        return self._anatomy.named(places[0]) if len(places) < len(region.sides) else region.name
