"""The guides as they are written: whole, the same in each language, and naming nothing that is not there."""

import pytest

import sgdocs.web.app  # noqa: F401  every rule is in the book then
from sgdocs.approval.procedures import ALL
from sgdocs.base.rulebook import all_rules
from sgdocs.guides.pages import FOLDER, GUIDES, MOST_SECTIONS, SOURCE, Guide, section_of, texts
from sgdocs.guides.reading import Block, Made, Section, Text, read

WRITTEN = [
    pytest.param(guide, code, id=f"{guide.name} in {code}")
    for guide in GUIDES
    for code in sorted(file.parent.name for file in FOLDER.glob(f"*/{guide.name}.md"))
]
COMPLETE = (SOURCE, "fr")


def test_every_guide_is_written_in_the_languages_promised() -> None:
    assert [(guide.name, set(COMPLETE) - set(texts(guide))) for guide in GUIDES] == [(g.name, set()) for g in GUIDES]
    assert {file.stem for file in FOLDER.glob("*/*.md")} == {guide.name for guide in GUIDES}
    assert len({guide.number for guide in GUIDES}) == len(GUIDES)


@pytest.mark.parametrize(("guide", "code"), WRITTEN)
def test_guide_has_the_same_parts_in_each_language(guide: Guide, code: str) -> None:
    source, other = texts(guide)[SOURCE], texts(guide)[code]

    assert [_shape(section) for section in other.sections] == [_shape(section) for section in source.sections]
    assert other.lead
    assert len(other.sections) < MOST_SECTIONS


@pytest.mark.parametrize(("guide", "code"), WRITTEN)
def test_guide_names_tables_that_there_are(guide: Guide, code: str) -> None:
    parts = {rule.id.partition(".")[0] for rule in all_rules()}

    for block in _blocks(texts(guide)[code]):
        assert block.made is not Made.PROCEDURE or block.name in ALL, block
        assert block.made is not Made.RULES or block.name in parts, block
        assert block.words


def test_blocks_stand_in_their_order() -> None:
    text = read(
        "# One\n\nFor you.\n\n## Two {#two}\n\nBefore.\n\n![A picture](picture:one)\n\n![P](procedure:aap)\n\nAfter.\n"
    )

    assert (text.title, text.lead) == ("One", "For you.")
    assert text.sections[0].blocks == (
        Block(Made.WORDS, "Before."),
        Block(Made.PICTURE, "A picture", "one"),
        Block(Made.PROCEDURE, "P", "aap"),
        Block(Made.WORDS, "After."),
    )


@pytest.mark.parametrize(
    "markdown",
    [
        "Words alone",
        "# One\n\n## Two\n\nNo anchor.",
        "# One\n\n## Two {#two}\n\n# Three\n\nA heading within.",
        "# One\n\n## Two {#two}\n\nx\n\n## Three {#two}\n\ny",
    ],
)
def test_guide_that_is_not_well_formed_is_refused(markdown: str) -> None:
    with pytest.raises(ValueError, match=r"without a title|without an anchor|stands twice"):
        read(markdown)


def test_number_of_a_section_that_is_gone_leads_nowhere() -> None:
    delegate = GUIDES[1]
    last = len(texts(delegate)[SOURCE].sections)

    assert section_of(200 + last) == (delegate, last)
    assert section_of(200 + last + 1) is None
    assert section_of(9999) is None


def _shape(section: Section) -> tuple[str, list[tuple[Made, str]]]:
    return section.anchor, [(block.made, block.name) for block in section.blocks]


def _blocks(text: Text) -> list[Block]:
    return [block for section in text.sections for block in section.blocks]
