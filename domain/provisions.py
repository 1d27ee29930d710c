"""The provisions of law that findings, hints and opinions rest on, as people cite them."""

_MEASURES = "《沈阳市电子政务工程建设项目管理试行办法》"
_PROCUREMENT = "《政府采购法实施条例》"

REVIEW = f"{_MEASURES}第十八条"
"""The review of technical parameters, its consistency and its reasonableness."""
SHARING = f"{_MEASURES}第三条（集约精简、协同共享）"
DUPLICATION = f"{_MEASURES}第八条、第十八条"
NAMED_BRAND = f"{_PROCUREMENT}第二十条第（三）、（六）项"
MAKERS_PROOF = f"《政府采购货物和服务招标投标管理办法》第十七条；{_PROCUREMENT}第二十条第（八）项"
"""Authorisations, promises and seals that only a maker can give."""
SPLIT_PURCHASE = f"{_PROCUREMENT}第二十八条"
