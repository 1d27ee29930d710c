"""Two enumerations compared: members lost or added, all against any of them, open against closed."""

from collections.abc import Iterator

from domain.parameters.coordination import collective
from domain.parameters.name_subjects import is_within
from domain.parameters.options import Options, is_tail
from domain.parameters.outcomes import Effect, Outcome
from domain.parameters.reading import Phrase
from domain.parameters.shared_ends import aligned, without_end_of


def compare_lists(approved: Options, tender: Options, names: str) -> Outcome:
    """Compare two enumerations without what the parameters' names say of every member anyway."""
    approved, tender = aligned(approved, tender)
    return compare_options(approved.within(names), tender.within(names))


def compare_with_single(options: Options, phrase: Phrase, names: str, *, missing_side: str) -> Outcome:
    """Compare an enumeration with a phrase that asks for one thing; `missing_side` is the one that lists none."""
    word = phrase.whole or phrase.words
    if not word:
        effect = Effect.LOST if missing_side == "tender" else Effect.EXTRA
        return Outcome(effect, f"{'缺少' if effect is Effect.LOST else '增加'}列举“{options.text}”")
    for listed, single in _readings(options, word, names):
        meant = frozenset(member for member in listed.members if any(is_tail(one, member) for one in single))
        if len(meant) == len(single):
            alone = Options(meant, any_of=options.any_of and len(meant) == 1, is_open=options.is_open, text=phrase.text)
            return compare_options(*((listed, alone) if missing_side == "tender" else (alone, listed)))
    return Outcome(Effect.UNCLEAR, f"“{options.text}”与“{phrase.text}”不能直接比较")


def _readings(options: Options, word: str, names: str) -> Iterator[tuple[Options, tuple[str, ...]]]:
    """The list and the words to be found in it: as written, without what names say, without a tail of the whole."""
    yield options, (word,)
    yield options.within(names), (word,)
    if together := collective(word):
        yield options, together
    for listed, single in without_end_of(options, word):
        yield listed, (single,)


def compare_options(approved: Options, tender: Options) -> Outcome:
    """Compare two enumerations: for all-of more is stricter, for any-of fewer is stricter."""
    kept = f"“{approved.text}”与“{tender.text}”"
    if _other_kinds(approved.tail, tender.tail):
        return Outcome(Effect.UNCLEAR, f"列举所属范围不同：{kept}")
    approved, tender = aligned(approved, tender)
    missing, added = approved.members - tender.members, tender.members - approved.members
    if missing and added:
        return Outcome(Effect.UNCLEAR, f"列举内容不同：批复“{approved.told(missing)}”，招标“{tender.told(added)}”")
    if approved.any_of != tender.any_of:
        return _changed_mode(approved, missing, added, kept)
    if missing or added:
        stricter = bool(missing) == approved.any_of
        what = f"减少“{approved.told(missing)}”" if missing else f"增加“{tender.told(added)}”"
        kind = "任选列举" if approved.any_of else "并列列举"
        return Outcome(Effect.RAISED if stricter else Effect.LOWERED, f"{kind}{what}")
    return _opened_or_closed(approved, tender)


def _opened_or_closed(approved: Options, tender: Options) -> Outcome:
    if approved.is_open == tender.is_open:
        return Outcome(Effect.SAME, "列举内容相同")
    if not approved.any_of:
        return Outcome(Effect.UNCLEAR, "列举由开放（等）改为封闭或相反，需人工确认范围")
    if approved.is_open:
        return Outcome(Effect.RAISED, "任选列举由开放（等）改为封闭，范围收窄")
    return Outcome(Effect.LOWERED, "任选列举改为开放（等），范围放宽")


def _other_kinds(one: str, other: str) -> bool:
    """Whether two lists go on in different kinds of things (等国产数据库, 等进口数据库)."""
    short, long = sorted((one, other), key=len)
    return bool(short) and not is_within(short, long)


def _changed_mode(approved: Options, missing: frozenset[str], added: frozenset[str], kept: str) -> Outcome:
    if approved.any_of and not missing:
        return Outcome(Effect.RAISED, "由“或”（任选其一）改为“且”（同时满足），要求提高")
    if not approved.any_of and not added:
        return Outcome(Effect.LOWERED, "由“且”（同时满足）改为“或”（任选其一），要求降低")
    return Outcome(Effect.UNCLEAR, f"列举方式和内容都有变化：{kept}")
