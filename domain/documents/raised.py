"""Raised figures as the characters they are: a power set as a superscript would otherwise run into its base."""

import re

_RAISED = str.maketrans("0123456789+-−–—", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻")
_FIGURES = re.compile(r"\s*[+\-−–—]?\s*\d*\s*")


def raised(text: str) -> str:
    """Give the text of a superscript run: figures with their sign as raised ones, anything else as it is.

    10 with a raised 6 is 10⁶ and not 106; a raised mark of a note (注1), TM or a bracket says nothing about a figure.
    """
    return text.translate(_RAISED).replace(" ", "") if _FIGURES.fullmatch(text) and text.strip() else text
