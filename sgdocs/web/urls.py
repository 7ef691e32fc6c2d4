"""One function for each thing that has an address. Addresses are permanent (design 2)."""

import re
from typing import Protocol
from urllib.parse import quote, urlencode

_NOT_IN_HANDLE = re.compile(r"[^\w.+~-]+")
_KEPT = "/:@!$&'()*+,;="


class Item(Protocol):
    """What is asked of a work item for its address."""

    @property
    def number(self) -> int: ...
    @property
    def acronym(self) -> str: ...


def path(*parts: object) -> str:
    """`path("rec", "T", "G.9804.1")` is `/rec/T/G.9804.1`; what an address cannot bear is quoted."""
    return "/" + "/".join(quote(str(part), safe=_KEPT.replace("/", "")) for part in parts)


def with_query(address: str, **values: object) -> str:
    """The address with a query; None and empty values are left out, lists repeat their name."""
    told = {name: value for name, value in values.items() if value not in (None, "", [], ())}
    return f"{address}?{urlencode(told, doseq=True)}" if told else address


def sign_in(back: str = "") -> str:
    return with_query("/login", next=back)


def rule(id: str) -> str:
    return path("help", "rules", id)


def search(words: str) -> str:
    return with_query("/search", q=words)


def language(code: str, back: str = "") -> str:
    return with_query(path("language", code), next=back)


def person(slug: str) -> str:
    return path("person", slug)


def organisation(slug: str) -> str:
    return path("organisation", slug)


def group(canonical_path: str) -> str:
    """A group by its canonical path: `T/SG15` is `/group/SG15`, `R/WP5D` is `/group/R/WP5D`."""
    return path("group", *canonical_path.removeprefix("T/").split("/"))


def task(canonical_path: str, number: int) -> str:
    """`/group/SG15/T25/Q2/tasks/3`."""
    return f"{group(canonical_path)}/tasks/{number}"


def service_notice(id: int | None) -> str:
    return path("announcement", id)


def event(slug: str, *more: object) -> str:
    """`/event/workshop-on-ai`, and what stands under it: `event(slug, "programme")`."""
    return path("event", slug, *more)


def series(sector: str, code: str = "") -> str:
    """The list of a Sector's Recommendations, or of one series: `/rec/T`, `/rec/T/G`."""
    return path("rec", sector, code) if code else path("rec", sector)


def meeting(code: str) -> str:
    return path("meeting", code)


def document(name: str, *more: object) -> str:
    """`/doc/T25-SG15-C123`, and what stands under it: `document(name, "r2")`, `document(name, "file", "x.docx")`."""
    return path("doc", name, *more)


def work_item(item: Item, *more: object) -> str:
    """`/wi/4711-Y.slice`, and what stands under it. The number alone counts: an item changes its name."""
    name = _NOT_IN_HANDLE.sub("-", item.acronym).strip("-")
    return path("wi", f"{item.number}-{name}".rstrip("-"), *more)


def statement(name: str, *more: object) -> str:
    """`/liaison/T25-SG13-LS123`, and what stands under it: `statement(name, "thread")`."""
    return path("liaison", name, *more)


def mailing_list(local: str, *more: object) -> str:
    """`/mailing-list/t25sg15q2`, and what stands under it: `mailing_list(local, 12)` is a thread."""
    return path("mailing-list", local, *more)


def discussion(thread_id: int | None, *more: object) -> str:
    """`/discussion/12`, and what stands under it: `discussion(12, "stream")`."""
    return path("discussion", thread_id or 0, *more)


def message(thread_id: int | None, number: int) -> str:
    """`/discussion/12?at=345#m345`: the page of the thread that has the message, at its place. Permanent."""
    return f"{discussion(thread_id)}?at={number}#m{number}"


def body(slug: str, *more: object) -> str:
    """`/body/ietf`: an organisation outside ITU that groups exchange statements with."""
    return path("body", slug, *more)


def approval(number: str, *more: object) -> str:
    """`/approval/aap/2026-031`, and what stands under it: `approval(number, "comments", 3)`."""
    return path("approval", *number.split("/"), *more)


def announcement(sector: str, kind: str, number: int) -> str:
    """`/approval/announcement/44` of an AAP announcement, `…/deletion-3` of others in ITU-T, `…/R-psaa-2` in ITU-R."""
    name = str(number) if kind == "aap" else f"{kind}-{number}"
    return path("approval", "announcement", name if sector == "T" else f"{sector}-{name}")
