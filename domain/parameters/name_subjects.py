"""What one name says more than another, and whether that is another subject: 链路可用性 is no 系统可用性."""

from domain.parameters.data import load


def replaces_whole(whole: str, part: str, added: str) -> bool:
    """Whether one name speaks of the whole (系统可用性) where the other has a subject of its own (链路可用性)."""
    words = load("levels")["contrasts"]
    word = next((one for one in words["wholes"] if whole.startswith(one) and one not in part), "")
    if not word:
        return False
    rest = whole.removeprefix(word)
    own = without(part, rest) if is_within(rest, part) else added
    for harmless in (*words["wholes"], *words["interchangeable"]):
        own = own.replace(harmless, "")
    return bool(own)


def is_within(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in the same order."""
    rest = iter(long)
    return all(char in rest for char in short)


def without(long: str, short: str) -> str:
    """The characters of `long` that are left when those of `short` are taken out in order."""
    left, position = [], 0
    for char in long:
        if position < len(short) and char == short[position]:
            position += 1
        else:
            left.append(char)
    return "".join(left)
