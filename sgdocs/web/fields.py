"""What would be right, for each way in which pydantic finds a value wrong; in the reader's language."""

from collections.abc import Mapping
from typing import Any

from sgdocs.i18n import N_, Language

_RIGHT: Mapping[str, str] = {
    "missing": N_("Fill this in."),
    "int_parsing": N_("Give a whole number."),
    "int_type": N_("Give a whole number."),
    "int_from_float": N_("Give a whole number."),
    "float_parsing": N_("Give a number."),
    "bool_parsing": N_("Give true or false."),
    "date_from_datetime_parsing": N_("Give a date such as 2026-05-31."),
    "date_parsing": N_("Give a date such as 2026-05-31."),
    "date_type": N_("Give a date such as 2026-05-31."),
    "date_from_datetime_inexact": N_("Give a date such as 2026-05-31."),
    "datetime_parsing": N_("Give an instant such as 2026-05-31T09:00:00Z."),
    "datetime_from_date_parsing": N_("Give an instant such as 2026-05-31T09:00:00Z."),
    "timezone_aware": N_("Give an instant such as 2026-05-31T09:00:00Z."),
    "string_too_short": N_("Give at least {min_length} characters."),
    "string_too_long": N_("Give at most {max_length} characters."),
    "string_pattern_mismatch": N_("Write it in the form {pattern}."),
    "string_type": N_("Give text."),
    "greater_than_equal": N_("Give {ge} or more."),
    "greater_than": N_("Give more than {gt}."),
    "less_than_equal": N_("Give {le} or less."),
    "less_than": N_("Give less than {lt}."),
    "enum": N_("Choose one of {expected}."),
    "literal_error": N_("Choose one of {expected}."),
    "too_long": N_("Give at most {max_length}."),
    "too_short": N_("Give at least {min_length}."),
    "extra_forbidden": N_("This name is not known here; leave it out."),
    "json_invalid": N_("Send JSON that can be read: {error}."),
    "list_type": N_("Give a list."),
    "dict_type": N_("Give an object."),
    "model_attributes_type": N_("Give an object."),
}


def right_of(error: Mapping[str, Any], spoken: Language) -> str:
    """One sentence for one entry of pydantic's `errors()`; its own words when the kind is not in the table."""
    says = _RIGHT.get(str(error["type"]))
    if says is None:
        return spoken.say(str(error["msg"]).removeprefix("Value error, "))
    return spoken.sentence(says, dict(error.get("ctx") or {}))
