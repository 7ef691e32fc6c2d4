"""What is noticed in a Word file besides its cover, and what is none of it."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sgdocs.text.cover import read_cover
from sgdocs.text.model import Noticed
from tests.files import checked as files
from tests.files.covers import Paper, all_of, tracked

ATTACHED_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


def noticed(*changes: Any) -> Noticed:
    return read_cover(files.contribution(all_of(*changes)), "x.docx")[1]


def related(kind: str, target: str) -> Any:
    return lambda paper: paper.doc.part.rels.get_or_add_ext_rel(kind, target)


def test_file_in_order_shows_nothing_but_its_abstract():
    assert noticed() == Noticed(abstract_words=7, pages=1)


def test_insertions_and_deletions_are_told_apart():
    found = noticed(tracked("abstract", "new words", "old words"))

    assert (found.insertions, found.deletions, found.authors) == (("new words",), ("old words",), ("Ada Example",))


def test_comments_name_who_made_them():
    assert noticed(files.commented).comments == ("Ben Sample: Is this right?",)


def test_link_to_click_on_is_not_fetched_and_no_finding():
    found = noticed(
        related(RELATIONSHIP_TYPE.HYPERLINK, "https://www.example.org/"),
        related(ATTACHED_TEMPLATE, "file:///C:/Templates/Own.dotm"),
    )

    assert found.linked == ()


def test_what_would_be_fetched_is_a_finding():
    found = noticed(
        related(RELATIONSHIP_TYPE.IMAGE, "https://elsewhere.example/logo.png"),
        related(RELATIONSHIP_TYPE.OLE_OBJECT, "file:///S:/figures.xlsx"),
        related(ATTACHED_TEMPLATE, "https://elsewhere.example/t.dotm"),
    )

    assert set(found.linked) == {
        "image: https://elsewhere.example/logo.png",
        "oleobject: file:///S:/figures.xlsx",
        "attachedtemplate: https://elsewhere.example/t.dotm",
    }


def test_chart_with_figures_from_elsewhere_is_a_finding():
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject" '
        b'Target="file:///S:/figures.xlsx" TargetMode="External"/></Relationships>'
    )
    data = files.with_part(files.in_order(), "word/charts/_rels/chart1.xml.rels", rels)

    assert read_cover(data, "x.docx")[1].linked == ("oleobject: file:///S:/figures.xlsx",)


def test_hidden_words_switched_off_are_not_hidden():
    def shown_again(paper: Paper) -> None:
        files.hidden(paper)
        paper.doc.paragraphs[-1].runs[0].font.hidden = False

    assert noticed(files.hidden).hidden == ("not to be seen",)
    assert noticed(shown_again).hidden == ()


def test_yellow_shading_counts_as_a_mark():
    def shaded(paper: Paper) -> None:
        run = files.body_run(paper, "to be checked")
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "FFFF00")
        run._r.get_or_add_rPr().append(shade)

    assert noticed(shaded).highlighted == ("to be checked",)


def test_brackets_of_the_text_are_no_words_of_a_template():
    def bracketed(paper: Paper) -> None:
        files.body_run(paper, "See [ITU-T G.709] and [b-IEEE 802.3]; the value is [TBD by Q6/15], if a < b > c.")

    assert noticed(bracketed).placeholders == ("[TBD by Q6/15]",)
    assert noticed(files.template_words).placeholders == ("[Insert the name of the meeting]",)


def test_many_places_are_told_as_twenty():
    def many(paper: Paper) -> None:
        for number in range(50):
            files.body_run(paper, f"hidden {number}").font.hidden = True

    assert noticed(many).hidden == tuple(f"hidden {number}" for number in range(20))


def test_error_words_in_other_languages_are_found():
    def broken(paper: Paper) -> None:
        files.body_run(paper, "Voir Erreur ! Source du renvoi introuvable. ici")
        files.body_run(paper, "См. Ошибка! Источник ссылки не найден.")

    assert len(noticed(broken).broken_fields) == 2


def test_error_word_of_prose_is_no_broken_field():
    def prose(paper: Paper) -> None:
        files.body_run(paper, "Error! is what the terminal shows.")

    assert noticed(prose).broken_fields == ()
