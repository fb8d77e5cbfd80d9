"""What is wrong with a meeting in preparation: every finding at once, each with the field it is about."""

import dataclasses
from collections.abc import Iterable, Mapping

from wanjia.domain.errors import Refusal, Value


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One rule that is broken: where (``opens_at``, ``motions.2.title``), the error code, its values."""

    field: str
    code: str
    values: Mapping[str, Value] = dataclasses.field(default_factory=dict)


def refuse_first(findings: Iterable[Finding]) -> None:
    """Refuse what has a finding. Raises ``Refusal`` with the first one."""
    for finding in findings:
        raise Refusal(finding.code, **finding.values)
