"""Forms in pages: what was typed stays, so that the page can show it again with what is wrong."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, BeforeValidator, ValidationError
from starlette.datastructures import FormData

from sgdocs.base.errors import Refused
from sgdocs.web.fields import right_of
from sgdocs.web.render import language_of

Form = TypeVar("Form", bound=BaseModel)

Blank = BeforeValidator(lambda value: None if value == "" else value)
"""For optional fields of a query: `year: Annotated[int | None, Blank] = None` takes `?year=`.

Bounds belong to the inner type, `Annotated[Annotated[int, Field(ge=1800)] | None, Blank]`: beside Blank they meet None.
"""


@dataclass
class Filled(Generic[Form]):
    """A form as it came: `raw` words by field, `value` when all is right, `errors` by field, in the reader's language.

    As the annotation of a handler's parameter, `filled: Filled[ContributionForm]` reads the body.
    """

    raw: Mapping[str, list[str]] = field(default_factory=dict)
    given: Form | None = None
    errors: dict[str, str] = field(default_factory=dict)
    request: Request | None = None

    if not TYPE_CHECKING:

        def __class_getitem__(cls, form: object) -> object:
            is_form = isinstance(form, type) and issubclass(form, BaseModel)
            return Annotated[cls, Depends(_filling(form))] if is_form else cls

    @property
    def ok(self) -> bool:
        return self.given is not None and not self.errors

    @property
    def value(self) -> Form:
        """The form's value; ask `ok` first."""
        if self.given is None:
            raise ValueError(f"the form is not in order: {self.errors}")
        return self.given

    def first(self, name: str, default: str = "") -> str:
        return next(iter(self.raw.get(name, ())), default)

    def every(self, name: str) -> list[str]:
        return list(self.raw.get(name, ()))

    def refused(self, refused: Refused) -> "Filled[Form]":
        """The same form with an action's refusal at its field, or under "" when it names none.

        Actions refuse before they write, so the transaction has nothing in it that could be committed.
        """
        says = language_of(self.request).refusal(refused) if self.request else refused.message
        self.errors[refused.field or ""] = says
        return self


def blank(values: BaseModel | Mapping[str, object] | None = None) -> Filled[Any]:
    """A form before anybody typed, with the values it starts from."""
    start = values.model_dump(mode="json") if isinstance(values, BaseModel) else dict(values or {})
    return Filled(raw={name: _words(value) for name, value in start.items()})


def _words(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true"] if value else []
    return [str(each) for each in value] if isinstance(value, list | tuple | set | frozenset) else [str(value)]


async def _form_of(request: Request) -> AsyncIterator[FormData]:
    """The body as it was parsed; its files are closed when the answer is made, whatever the handler did with them."""
    form = await request.form()
    try:
        yield form
    finally:
        await form.close()


def _filling(form: type[BaseModel]) -> Callable[..., Filled[Any]]:
    def fill(request: Request, typed: Annotated[FormData, Depends(_form_of)]) -> Filled[Any]:
        raw = {name: [each for each in typed.getlist(name) if isinstance(each, str)] for name in typed}
        try:
            return Filled(raw, form.model_validate(_told(form, raw)), request=request)
        except ValidationError as error:
            spoken = language_of(request)
            wrong = {
                ".".join(map(str, each["loc"])) if each["loc"] else "": right_of(each, spoken)
                for each in error.errors()
            }
            return Filled(raw, errors=wrong, request=request)

    return fill


def _told(form: type[BaseModel], raw: Mapping[str, list[str]]) -> dict[str, object]:
    """Lists where the form has lists, else the last word; what was left empty is not told at all."""
    told: dict[str, object] = {}
    for name, words in raw.items():
        given = [word.replace("\r\n", "\n") for word in words if word.strip()]
        known = form.model_fields.get(name)
        if given and known is not None:
            told[name] = given if _is_many(known.annotation) else given[-1]
    return told


def _is_many(annotation: object) -> bool:
    return getattr(annotation, "__origin__", annotation) in (list, tuple, set, frozenset)
