"""Outside bodies that study groups exchange statements with, as facts typed in; their contacts are invented for the demonstration.

Names, parts and sites are those the bodies use themselves. Loading again changes nothing.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.liaison import bodies
from sgdocs.liaison.actions import bodies as actions
from sgdocs.liaison.actions import contacts
from sgdocs.liaison.bodies_models import Body, BodyContact
from sgdocs.liaison.body_schemas import BodyForm, CollaborationForm, ContactForm, OfficerForm, QualificationForm
from sgdocs.liaison.rules import BodyKind as K
from sgdocs.seed.cast import DOMAIN

INVENTED = "invented for the demonstration"


@dataclass(frozen=True)
class Known:
    """slug: address; parent: slug of what it is a part of; names: other spellings, those of real registers among them."""

    slug: str
    name: str
    kind: K
    acronym: str = ""
    parent: str = ""
    url: str = ""
    names: tuple[str, ...] = ()


BODIES = (
    Known("ietf", "Internet Engineering Task Force", K.SDO, "IETF", url="https://www.ietf.org/"),
    Known("ietf-codec", "IETF codec", K.SDO, parent="ietf", names=("IETF CODEC WG",)),
    Known("ietf-clue", "IETF CLUE", K.SDO, parent="ietf", names=("IETF CLUE WG",)),
    Known("ietf-ccamp", "IETF CCAMP", K.SDO, parent="ietf", names=("IETF CCAMP WG",)),
    Known("iab", "Internet Architecture Board", K.SDO, "IAB", parent="ietf", url="https://www.iab.org/"),
    Known("3gpp", "3GPP", K.JOINT, url="https://www.3gpp.org/", names=("3rd Generation Partnership Project",)),
    Known("3gpp-pcg", "3GPP PCG", K.JOINT, parent="3gpp", names=("3GPP Project Coordination Group",)),
    Known("3gpp-ran", "3GPP TSG RAN", K.JOINT, parent="3gpp", names=("3GPP RAN",)),
    Known("3gpp-sa", "3GPP TSG SA", K.JOINT, parent="3gpp", names=("3GPP SA",)),
    Known("3gpp-sa1", "3GPP SA WG1", K.JOINT, parent="3gpp-sa", names=("3GPP SA1", "SA1")),
    Known("3gpp-sa2", "3GPP SA WG2", K.JOINT, parent="3gpp-sa", names=("3GPP SA2", "SA2")),
    Known("3gpp-sa4", "3GPP SA WG4", K.JOINT, parent="3gpp-sa", names=("3GPP SA4", "SA4", "3GPP TSG SA WG4")),
    Known("3gpp-sa5", "3GPP SA WG5", K.JOINT, parent="3gpp-sa", names=("3GPP SA5", "SA5")),
    Known("3gpp-ct", "3GPP TSG CT", K.JOINT, parent="3gpp", names=("3GPP CT",)),
    Known("3gpp-ct3", "3GPP CT WG3", K.JOINT, parent="3gpp-ct", names=("3GPP CT3", "CT3")),
    Known("3gpp-ct4", "3GPP CT WG4", K.JOINT, parent="3gpp-ct", names=("3GPP CT4", "CT4")),
    Known("etsi", "European Telecommunications Standards Institute", K.REGIONAL, "ETSI", url="https://www.etsi.org/"),
    Known("etsi-isg-f5g", "ETSI ISG F5G", K.REGIONAL, parent="etsi"),
    Known("etsi-isg-mec", "ETSI ISG MEC", K.REGIONAL, parent="etsi", names=("ETSI MEC", "MEC")),
    Known("jtc1", "ISO/IEC JTC 1", K.JOINT, "JTC 1", url="https://jtc1info.org/", names=("ISO/IEC JTC1",)),
    Known("jtc1-sc27", "ISO/IEC JTC 1/SC 27", K.JOINT, parent="jtc1", names=("ISO/IEC JTC1/SC27",)),
    Known("jtc1-sc29", "ISO/IEC JTC 1/SC 29", K.JOINT, parent="jtc1", names=("ISO/IEC JTC1/SC29",)),
    Known("mpeg", "ISO/IEC JTC 1/SC 29/WG 11", K.JOINT, "MPEG", parent="jtc1-sc29"),
    *(
        Known(
            f"jtc1-sc29-wg{n}",
            f"ISO/IEC JTC 1/SC 29/WG {n}",
            K.JOINT,
            parent="jtc1-sc29",
            names=(f"MPEG ISO/IEC JTC 1/SC 29/WG {n}",),
        )
        for n in (3, 4, 7)
    ),
    Known("iec", "International Electrotechnical Commission", K.SDO, "IEC", url="https://www.iec.ch/"),
    Known("iec-tc86", "IEC TC 86", K.SDO, parent="iec"),
    Known("iso", "International Organization for Standardization", K.SDO, "ISO", url="https://www.iso.org/"),
    Known("ieee-802", "IEEE 802", K.SDO, url="https://www.ieee802.org/", names=("IEEE 802 LMSC",)),
    Known("ieee-802-1", "IEEE 802.1", K.SDO, parent="ieee-802", names=("IEEE 802.1 WG",)),
    Known("ieee-802-3", "IEEE 802.3", K.SDO, parent="ieee-802", names=("IEEE 802.3 WG",)),
    Known("ieee-802-11", "IEEE 802.11", K.SDO, parent="ieee-802", names=("IEEE 802.11 WG",)),
    Known("bbf", "Broadband Forum", K.CONSORTIUM, "BBF", url="https://www.broadband-forum.org/"),
    Known("gsma", "GSMA", K.CONSORTIUM, url="https://www.gsma.com/", names=("GSM Association", "GSMA PQTN TF")),
    Known("oif", "OIF", K.CONSORTIUM, url="https://www.oiforum.com/", names=("Optical Internetworking Forum",)),
    Known("5g-mag", "5G-MAG", K.CONSORTIUM, url="https://www.5g-mag.com/", names=("5G Media Action Group",)),
    Known("mef", "MEF", K.CONSORTIUM, url="https://www.mef.net/", names=("Metro Ethernet Forum",)),
    Known("tip", "Telecom Infra Project", K.CONSORTIUM, "TIP", url="https://telecominfraproject.com/"),
    Known("o-ran", "O-RAN ALLIANCE", K.CONSORTIUM, url="https://www.o-ran.org/"),
    Known("imo", "International Maritime Organization", K.INTERGOVERNMENTAL, "IMO", url="https://www.imo.org/"),
    Known(
        "icao", "International Civil Aviation Organization", K.INTERGOVERNMENTAL, "ICAO", url="https://www.icao.int/"
    ),
)
WRITTEN_TO = (
    "ietf",
    "3gpp",
    "etsi",
    "jtc1",
    "iec",
    "ieee-802",
    "bbf",
    "gsma",
    "oif",
    "5g-mag",
    "icao",
    "imo",
    "mef",
    "o-ran",
)
"""Bodies that can be written to in the demonstration; their parts are written to there."""


def load(act: Act) -> int:
    """Enter the bodies when there are none; returns how many."""
    if act.session.exec(select(Body.id)).first() is not None:
        return 0
    by_slug = {each.slug: each for each in BODIES}
    for each in BODIES:
        parent = by_slug[each.parent].name if each.parent else ""
        facts = {"name": each.name, "kind": each.kind, "acronym": each.acronym, "parent": parent, "url": each.url}
        actions.add_body(act, BodyForm.model_validate(facts | {"names": each.names}), slug=each.slug)
    return len(BODIES)


def people(act: Act) -> None:
    """Contacts, qualifications and officers of the demonstration, all invented; nothing when there are contacts."""
    if act.session.exec(select(BodyContact.id)).first() is not None:
        return
    for slug in WRITTEN_TO:
        body = bodies.by_slug(act.session, slug)
        told = {
            "email": f"liaison.{slug}@{DOMAIN}",
            "role": "liaison desk",
            "name": f"Liaison desk of {body.acronym or body.name}",
        }
        contacts.add_contact(act, body, ContactForm.model_validate(told | {"is_default": True}))
    special = {
        "email": f"access.bbf@{DOMAIN}",
        "role": "chair",
        "name": "Basil Gateway",
        "group": "T/SG15",
        "is_default": True,
    }
    contacts.add_contact(act, bodies.by_slug(act.session, "bbf"), ContactForm.model_validate(special))
    for slug, kind, since, until in (
        ("ietf", "a5", date(2010, 1, 1), None),
        ("bbf", "a5", date(2012, 1, 1), None),
        ("oif", "a4", date(2003, 1, 1), date(2019, 12, 31)),
        ("etsi", "a5", date(2010, 1, 1), None),
        ("etsi", "a25", date(2016, 1, 1), None),
    ):
        form = QualificationForm.model_validate({"kind": kind, "since": since, "until": until, "source": INVENTED})
        actions.qualify(act, bodies.by_slug(act.session, slug), form)
    _together(act)


def _together(act: Act) -> None:
    together = {"mode": "collaborative-work", "product": "common-text", "group": "T/SG17", "since": date(2025, 1, 1)}
    form = CollaborationForm.model_validate(together | {"source": INVENTED})
    contacts.collaborate(act, bodies.by_slug(act.session, "jtc1-sc27"), form)
    officer = {"group": "T/SG15/T25/Q2", "starts_on": date(2025, 3, 1), "source": INVENTED}
    for more in (
        {"direction": "ours", "body": "bbf", "person": "rafael-quill"},
        {"direction": "theirs", "body": "bbf", "name": "Basil Gateway", "email": f"access.bbf@{DOMAIN}"},
        {"direction": "ours", "body": "ieee-802-3", "person": "edwin-blotter", "ends_on": date(2028, 12, 31)},
        {"direction": "ours", "group": "T/SG13", "other_group": "R/WP5D", "person": "chidi-lectern"},
    ):
        contacts.appoint_officer(act, OfficerForm.model_validate(officer | more))
