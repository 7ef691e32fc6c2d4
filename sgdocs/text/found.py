"""What a cover has given so far: the first real value of a field wins, the words of a template never do."""

from dataclasses import dataclass, field

from sgdocs.text.template_words import holds_template, is_template


@dataclass
class Found:
    """values, origins: by field; templates: fields whose place on the cover still holds the template's words."""

    values: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    templates: dict[str, None] = field(default_factory=dict)

    def offer(self, name: str, text: str, origin: str, *, is_ghost: bool = False) -> bool:
        """Take the value if the field has none yet; True when it was taken."""
        value = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
        if not value or name in self.values:
            return False
        on_cover = origin in ("style", "label")
        if is_ghost or is_template(value, name):
            if on_cover:
                self.templates[name] = None
            return False
        if on_cover and holds_template(value):
            self.templates[name] = None
        self.values[name], self.origins[name] = value, origin
        return True

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def placeholders(self) -> tuple[str, ...]:
        return tuple(self.templates)
