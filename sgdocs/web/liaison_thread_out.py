"""A thread of statements as the API gives it: the lines of the tree, each with what it is to the line it hangs under."""

from typing import Any

from sgdocs.liaison.outgoing import StatementOut
from sgdocs.liaison.threads import Node, Thread


def thread_out(thread: Thread, root: str) -> dict[str, Any]:
    """`{"statement", "is_cut", "items": [{"depth", "kind", "under", "statement", "others", "elsewhere"}]}`; root: address
    of the service."""
    names = {node.row.id: node.row.name for node in thread}
    return {
        "statement": names[thread.statement_id],
        "is_cut": thread.is_cut,
        "total": len(names),
        "items": [_line(node, names, root) for node in thread],
    }


def _line(node: Node, names: dict[int, str], root: str) -> dict[str, Any]:
    return {
        "depth": node.depth,
        "kind": node.kind,
        "under": names.get(node.parent_id or 0, ""),
        "statement": StatementOut.of(node.row, root).model_dump(mode="json"),
        "others": [{"kind": edge.kind, "name": names[edge.other_id]} for edge in node.others],
        "elsewhere": [{"kind": each.kind, "words": each.words, "is_outside": each.is_outside} for each in node.loose],
    }
