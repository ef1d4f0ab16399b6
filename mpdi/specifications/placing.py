"""Where each chosen clause stands: the slot that names it, else the first slot for its kind."""

from collections.abc import Sequence

from mpdi.clause_library.core.model import ClauseVersion
from mpdi.specifications.skeleton import Block, SkeletonSection


class Placement:
    """Gives every slot of the skeleton its clauses; each clause stands once."""

    def __init__(self, parts: Sequence[SkeletonSection], chosen: Sequence[ClauseVersion]) -> None:
        slots = [
            block for part in parts for section in part.walk() for block in section.blocks if block.kind == "clauses"
        ]
        by_id = {identifier: slot for slot in reversed(slots) for identifier in slot.slot_ids}
        by_kind = {kind: slot for slot in reversed(slots) for kind in slot.slot_kinds}
        self._placed: dict[int, list[ClauseVersion]] = {id(slot): [] for slot in slots}
        for clause in chosen:
            slot = by_id.get(clause.id) or by_kind.get(str(clause.kind))
            if slot is not None:
                self._placed[id(slot)].append(clause)
        for slot in slots:
            order = {identifier: index for index, identifier in enumerate(slot.slot_ids)}
            self._placed[id(slot)].sort(key=lambda clause: (order.get(clause.id, len(order)), clause.id))

    def clauses(self, slot: Block) -> list[ClauseVersion]:
        """Return the clauses of one slot, in order."""
        return self._placed[id(slot)]
