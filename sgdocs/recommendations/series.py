"""Titles of the series. Source: domain 2.1 (A.12 cl. 2.2) and 2.2."""

from sgdocs.i18n import N_

T_SERIES: dict[str, str] = {
    "A": N_("Organization of the work of ITU-T"),
    "B": N_("Means of expression: definitions, symbols, classification"),
    "C": N_("General telecommunication statistics"),
    "D": N_("Tariff and accounting principles and international telecommunication/ICT economic and policy issues"),
    "E": N_("Overall network operation, telephone service, service operation and human factors"),
    "F": N_("Non-telephone telecommunication services"),
    "G": N_("Transmission systems and media, digital systems and networks"),
    "H": N_("Audiovisual and multimedia systems"),
    "I": N_("Integrated services digital network"),
    "J": N_("Cable networks and transmission of television, sound programme and other multimedia signals"),
    "K": N_("Protection against interference"),
    "L": N_("Environment and ICTs, climate change, e-waste, energy efficiency; outside plant"),
    "M": N_("Telecommunication management, including TMN and network maintenance"),
    "N": N_("Maintenance: international sound programme and television transmission circuits"),
    "O": N_("Specifications of measuring equipment"),
    "P": N_("Telephone transmission quality, telephone installations, local line networks"),
    "Q": N_("Switching and signalling, and associated measurements and tests"),
    "R": N_("Telegraph transmission"),
    "S": N_("Telegraph services terminal equipment"),
    "T": N_("Terminals for telematic services"),
    "U": N_("Telegraph switching"),
    "V": N_("Data communication over the telephone network"),
    "X": N_("Data networks, open system communications and security"),
    "Y": N_(
        "Global information infrastructure, Internet protocol aspects, next-generation networks, "
        "Internet of Things and smart cities"
    ),
    "Z": N_("Languages and general software aspects for telecommunication systems"),
}
R_SERIES: dict[str, str] = {
    "BO": N_("Satellite delivery"),
    "BR": N_("Recording for production, archival and play-out; film for television"),
    "BS": N_("Broadcasting service (sound)"),
    "BT": N_("Broadcasting service (television)"),
    "F": N_("Fixed service"),
    "IS": N_("Inter-service sharing and compatibility"),
    "M": N_("Mobile, radiodetermination, amateur and related satellite services"),
    "P": N_("Radiowave propagation"),
    "RA": N_("Radio astronomy"),
    "RS": N_("Remote sensing systems"),
    "S": N_("Fixed-satellite service"),
    "SA": N_("Space applications and meteorology"),
    "SF": N_("Frequency sharing and coordination between fixed-satellite and fixed service systems"),
    "SM": N_("Spectrum management"),
    "SNG": N_("Satellite news gathering"),
    "TF": N_("Time signals and frequency standards emissions"),
    "V": N_("Vocabulary and related subjects"),
}


def title_of(sector: str, series: str) -> str:
    """The title of a series, "" when it has none here."""
    return (T_SERIES if sector == "T" else R_SERIES).get(series, "")
