"""Verify the dossier of an approval: python3 verify_dossier.py DOSSIER.zip [HEADS.jsonl]. Needs Python alone.

Names each file and each journal entry that does not hold. HEADS.jsonl: the heads of the chain as you kept them.
"""

import json
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

SAID = ["salt", "at", "actor_kind", "actor_id", "organisation_id", "verb", "subject_kind", "subject_id", "group_id"]
SAID += ["audience", "facts", "personal_digest"]


def digest(value: Any) -> str:
    told = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(told.encode()).hexdigest()


def verify(path: str, heads: str = "") -> list[str]:
    """What does not hold, one sentence each; [] when everything does."""
    faults, held = list[str](), dict[str, bytes]()
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                try:
                    held[name] = archive.read(name)
                except Exception as error:
                    faults.append(f"{name}: cannot be read, it was changed ({error})")
        if sha256(held["manifest.json"]).hexdigest().encode() != held["manifest.sha256"].strip():
            faults.append("manifest.json: was changed")
        manifest = json.loads(held["manifest.json"])
        faults += files(manifest, held)
        lines = {name: data.decode().splitlines() for name, data in held.items() if "/" not in name}
        entries = {each["position"]: each for each in map(json.loads, lines["journal.jsonl"])}
        faults += chain(manifest["chain"], entries, lines, heads.splitlines())
        return faults + bound(manifest, [json.loads(line) for line in lines["evidence.jsonl"]], entries)
    except Exception as error:
        return [*faults, f"{path}: is not a dossier as it was written ({error!r})"]


def files(manifest: Any, held: dict[str, bytes]) -> list[str]:
    told = {each["name"]: each["sha256"] for each in manifest["files"]}
    wrong = [f"{n}: was changed" for n in told if n in held and sha256(held[n]).hexdigest() != told[n]]
    wrong += [f"{n}: is missing" for n in told if n not in held]
    return wrong + [f"{n}: does not belong here" for n in held if n not in told and not n.startswith("manifest.")]


def chain(ends: Any, entries: dict[int, Any], lines: dict[str, list[str]], more: list[str]) -> list[str]:
    links = dict(line.split() for line in lines["chain.txt"])
    faults, before, at = [], ends["before"], {}
    for n in range(ends["first"], ends["last"] + 1):
        entry = entries.get(n, {"previous_hash": before, "hash": ""})
        said = digest([entry.get(name) for name in SAID]) if n in entries else links.get(str(n), "")
        at[n] = digest([n, entry["previous_hash"], said])
        if n in entries and (entry["previous_hash"] != before or entry["hash"] != at[n]):
            faults.append(f"journal entry {n} ({entry['verb']}, {entry['at']}): was changed, or what stands before it")
        before = at[n] = entry["hash"] or at[n]
    faults += [f"journal entry {n}: stands outside the chain" for n in entries if n not in at]
    heads = [{"on": "this dossier", **ends["head"]}, *map(json.loads, [*lines["heads.jsonl"], *more])]
    wrong = [head for head in heads if at.get(head["position"], head["hash"]) != head["hash"]]
    return faults + [f"chain.txt: does not lead to the head of {h['on']}, position {h['position']}" for h in wrong]


def bound(manifest: Any, evidence: list[Any], entries: dict[int, Any]) -> list[str]:
    kept = {each["facts"].get("sha256") for each in entries.values()}
    lost = [each["what"] for each in evidence if digest(each["said"]) not in kept]
    lost += [each["name"] for each in manifest["files"] if each.get("is_bound") and each["sha256"] not in kept]
    return [f"{what}: is not what the journal recorded" for what in lost]


if __name__ == "__main__":
    found = verify(sys.argv[1], "".join(Path(name).read_text("utf-8") for name in sys.argv[2:3]))
    print("\n".join(found) or "Everything holds.")
    sys.exit(bool(found))
