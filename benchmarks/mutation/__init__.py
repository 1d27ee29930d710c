"""A generator of approved lists and tenders whose differences are known, because it made them itself.

It shares no code with `domain.parameters`: what a change means (stricter, looser, another thing) is written down here.
"""
