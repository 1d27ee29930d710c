"""Characters of a PDF as people type them: radicals that fonts name instead of the character, and control codes."""

import unicodedata

# Fonts without a proper table give the code of a radical where the character of the same shape is meant. NFKC mends
# the radicals of the Kangxi block; of the supplement it knows only two, so the others that are whole characters stand
# here. Source: EquivalentUnifiedIdeograph.txt of the Unicode Character Database.
_RADICALS = dict(
    zip(
        "⺁⺇⺌⺎⺐⺒⺓⺛⺝⺟⺠⺢⺣⺥⺧⺩⺫⺬⺮⺯⺲⺳⺶⺷⺼⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂几小兀尢巳幺旡月母民氵灬爫牛王罒示竹糹网罓羊羊肉虎衤覀西见角角讠贝足车辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_HYPHEN = 2
_SPACES = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000, *range(0x2000, 0x200C), 0x202F, 0x205F, 0xFEFF})


def plain_character(code: int) -> str:
    """Give the character of a code, "" for control codes; every kind of space is one space."""
    if code in _SPACES:
        return " "
    if code == _HYPHEN:
        # The library's sign for a hyphen at the end of a line.
        return "-"
    if code < 0x20 or code > 0x10FFFF or code in range(0xD800, 0xE000):
        return "" if code else "\ufffd"
    text = chr(code)
    if 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", text)
    return _RADICALS.get(text, text)
