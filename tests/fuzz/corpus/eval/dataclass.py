from dataclasses import dataclass, field
@dataclass
class P:
    x: int
    y: list = field(default_factory=list)
P(1) == P(1), P(2, [3])
