"""技术参数审查 (Article 18): one module a step, named as its element in `bpmn/parameter_review/parameter_review.bpmn`.

Modules with an underscore in front are shared by several steps and are no step of their own.
"""
