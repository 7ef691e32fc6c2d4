"""Contacts of a cover, from the cells of its contact rows: name, organisation, country, then numbers. Source: domain 4.5."""

import re
from collections.abc import Sequence

from sgdocs.text.model import Contact
from sgdocs.text.template_words import CONTACT_WORDS, is_template

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_EMAIL_LABEL = re.compile(
    r"^(?:e-?mail|courriel|correo(?: electrónico)?|m[ée]l|эл\.? ?почта|электронная почта|电子邮件|电子邮箱|邮箱"
    r"|البريد الإلكتروني|بريد إلكتروني)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"^(?:telephone|téléphone|teléfono|tel|tél|mobile|phone|тел|телефон|电话|الهاتف|هاتف)\.?\s*[:\uff1a]?\s*",
    re.IGNORECASE,
)
_FAX = re.compile(r"^(?:telefax|fax|télécopie|факс|传真|الفاكس|فاكس)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\(?\d[\d ()./-]{4,}\d")


def read_contact(cells: Sequence[str]) -> Contact | None:
    """One row of contacts; None when nothing but the template's words stands in it."""
    lines = [line.strip(" \t;,") for cell in cells for line in re.split(r"[\n\v]", cell) if line.strip(" \t;,")]
    names, telephone, email = [], "", ""
    for whole in lines:
        line, address = _without_address(whole)
        email = email or (address if address.casefold() not in CONTACT_WORDS else "")
        if _FAX.match(line) or not line:
            continue
        if _PHONE.match(line):
            number = _NUMBER.search(line)
            telephone = telephone or (number[0].strip() if number else "")
        elif line.casefold() not in CONTACT_WORDS and not is_template(line):
            names.append(line)
    if not names and not email and not telephone:
        return None
    name, organisation, country = (*names, "", "", "")[:3]
    return Contact(name, organisation, country, telephone, email)


def _without_address(line: str) -> tuple[str, str]:
    """A line without its e-mail address and the label before it, and the address."""
    address = _EMAIL.search(line)
    if _EMAIL_LABEL.match(line):
        return "", address[0] if address else ""
    if address is None:
        return line, ""
    before = re.sub(r"(?:e-?mail|courriel)\s*[:\uff1a]?\s*$", "", line[: address.start()], flags=re.IGNORECASE)
    return before.strip(" \t;,"), address[0]
