"""What the bureau usually asks for of each kind of deviation: a proposal for the draft of an opinion (Article 18)."""

from domain.parameters.verdicts import Finding, FindingKind, Verdict

_USUAL = {
    Verdict.RAISED: "按批复恢复，或论证必要性、三家以上可满足且不增加投资",
    Verdict.LOWERED: "按批复恢复，或说明替代方案且不影响建设目标",
    Verdict.MISSING: "补列批复内容，或说明不再采购的依据",
    Verdict.ADDED: "删除，或说明增加的依据和必要性",
    Verdict.MANUAL: "由单位书面说明，人工核对后定",
    Verdict.BRAND: "删除品牌型号，改为性能指标",
    Verdict.QUANTITY: "按批复数量恢复，或说明依据；扩大规模的转概算调整",
    Verdict.AMOUNT: "降至批复金额以内，或转概算调整",
}
_BY_KIND = {
    FindingKind.COMPLIANCE: "保留，补充依据",
    FindingKind.EXCLUSIVITY: "删除限制条件，或论证其必要性",
}


def usual_handling(finding: Finding, verdict: Verdict) -> str:
    """Return what is usually asked for of a finding with this verdict, "" where nothing deviates."""
    if verdict is Verdict.ADDED and finding.kind in _BY_KIND:
        return _BY_KIND[finding.kind]
    return _USUAL.get(verdict, "")
