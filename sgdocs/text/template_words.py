"""Words that a template leaves for the author to replace; a field that holds only them is missing. Source: domain 4.5."""

import re

_BRACKETED = re.compile(r"^(?:\s*+(?:\[[^\[\]]*+\]|<[^<>]*+>|\{[^{}]*+\})\s*+)++$", re.DOTALL)
_PROMPT = re.compile(
    r"^(?:click (?:or tap )?(?:here|to)|choose an item|insert (?:an?|the|your|text)|enter (?:text|a date)|cliquez|choisissez"
    r"|haga clic|elija un elemento|место для ввода|выберите|щелкните|单击|点击|选择一项|انقر|اختر)",
    re.IGNORECASE,
)
_OPEN_NUMBER = re.compile(r"^(?:Document\s+)?(?:[\w./]*[-/ ])?(?:C|TD|R|LS|DOC|D)?[ -]?[nNxX#]{1,5}(?:[-/(].*)?$")
_OPEN_QUESTION = re.compile(r"^Q?[xXnN]{1,2}(?:/(?:\d{1,2}|[xXyY]{1,2}|TSAG))?$")
_OPEN_DAYS = re.compile(r"\bdd\b|\bmmm\b|\byyyy\b|jj-jj|дд", re.IGNORECASE)
_LEFT_INSIDE = re.compile(
    r"\bQ[ .]?[Xx]/\d|\[(?:title|place|insert|name|organi[sz]ation|country|abstract|text|number|dates?|keywords?)\b"
    r"|<(?:title|name|organi[sz]ation|country|recommendation title|no\.|mandatory|optional)\b",
    re.IGNORECASE,
)
_BY_FIELD = {"number": _OPEN_NUMBER, "questions": _OPEN_QUESTION, "place_date": _OPEN_DAYS}

_CONTACT = (
    "name|organization|organisation|country|nom|pays|entité|nombre|organización|país|имя|фамилия|организация|страна"
    "|姓名|单位|机构|组织|国家|الاسم|المنظمة|البلد|<name>|<organization>|<country>|[name]|[organization]|[country]"
    "|+xx|+xx xx|a@b.com|xx@xx.xx"
)
CONTACT_WORDS = frozenset(_CONTACT.split("|"))


def is_template(text: str, name: str = "") -> bool:
    """Whether a value is only what the template says. name: the field it stands in."""
    plain = text.strip()
    if not plain:
        return False
    own = _BY_FIELD.get(name)
    return bool(_BRACKETED.match(plain) or _PROMPT.match(plain) or (own and own.search(plain)))


def is_open_number(text: str) -> bool:
    """Whether it is a number that is still to be given: `SG12-Cn`, `TDnnn`, `5D/xxx-E`."""
    return bool(_OPEN_NUMBER.match(text.strip()) and re.search(r"[-/]|^(?:C|TD|DOC)", text))


def holds_template(text: str) -> bool:
    """Whether words of a template are left inside a value: `Rapporteur QX/12`, `Report on [title of question]`."""
    return bool(_LEFT_INSIDE.search(text))
