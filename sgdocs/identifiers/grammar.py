"""The grammar of published texts, one pattern for each class. Source: domain 2.6, tested on the whole catalogue."""

import re

T_SERIES = "ABCDEFGHIJKLMNOPQRSTUVXYZ"  # W was never allocated
R_SERIES = (
    "BO",
    "BR",
    "BS",
    "BT",
    "F",
    "M",
    "P",
    "RA",
    "RS",
    "SA",
    "SF",
    "SM",
    "SNG",
    "S",
    "TF",
    "V",
    "IS",
    "PI",
    "PN",
)
IN_BOTH_SECTORS = frozenset("FMPSV")

_SER = f"[{T_SERIES}]"
NUM = rf"{_SER}\.\d{{1,6}}(?:\.\d{{1,6}}){{0,5}}[a-c]?(?: (?:bis|ter|quater|quarter))?(?: R(?![\w.]))?"
_DATE = r"(?: \((?:(?:(?P<dd>0[1-9]|[12]\d|3[01])/)?(?P<mm>0?[1-9]|1[0-2])/)?(?P<yy>(?:18|19|20)\d{2})\))?"
_CHANGES = (
    r"(?: (?P<k1>Amd|Cor|Technical Cor|Err|Add)\. (?P<n1>[1-9]\d{0,3}))?"
    r"(?:[ /](?P<k2>Technical Cor|Cor|Err|Amd)\. (?P<n2>[1-9]\d{0,3}))?"
)

T_TEXT = re.compile(
    r"(?P<sector>ITU-T )?"
    rf"(?:(?P<main>{NUM})(?P<dual>(?:/{NUM}){{0,5}})(?P<range>-(?:{_SER}\.)?\d{{1,6}})?(?P<xser>(?:\.x|x{{1,3}})?[- ]series)?"
    rf"|(?P<serfam>{_SER})[-.]?(?P<band>\d{{1,6}}(?:-\d{{1,6}})?)?(?:[- ]series)?(?= Suppl\.)"
    rf"|(?P<imp>{_SER}\.Imp(?:\d{{1,6}}(?:\.\d{{1,6}}){{0,5}}|OSI)))"
    r"(?: \(V(?P<ver>\d{1,4})\)| v\.(?P<verold>\d{1,4}))?(?: (?P<variant>[A-F])(?= \(|$))?"
    r"(?: \((?P<base>(?:18|19|20)\d{2})\)(?= ))?(?: Suppl\. (?P<suppl>\d{1,4}(?:\.\d{1,4}){0,3}))?"
    r"(?: Annex (?P<annex>[A-Z]\d?\+?))?(?: App\. ?(?P<app>[IVXLC]{1,8}))?"
    r"(?: (?P<att>attachment|test vectors|[Ss]oftware))?(?: \((?P<base2>(?:18|19|20)\d{2})\)(?= ))?(?: Annex (?P<annex2>[A-Z]\d?\+?))?"
    + _CHANGES
    + _DATE,
    re.ASCII,
)
T_HANDBOOK = re.compile(
    r"ITU-T (?P<main>(?:EMC|MES|QOS|IMPL)-\d{1,3}|SEC-QKD)(?: \((?P<base>(?:18|19|20)\d{2})\)(?= ))?"
    + _CHANGES
    + _DATE,
    re.ASCII,
)
T_QUESTION = re.compile(r"(?:ITU-T )?(?:Question (?:ITU-T )?|Q\.?)(?P<q>[1-9]\d?)/(?P<sg>[1-9]\d?|TSAG)", re.ASCII)
T_PAPER = re.compile(
    r"(?:ITU-T )?(?P<code>(?P<prefix>[A-Z]ST[PR]|TR|TP)[-.](?P<acronym>[A-Za-z0-9][\w.+-]{0,60}))" + _DATE, re.ASCII
)
WORK_ITEM = re.compile(
    rf"(?:ITU-T )?(?P<code>{_SER}\.(?:[A-Za-z][\w.+&-]{{1,60}}(?: [A-Z0-9][\w+&-]{{0,30}}){{0,3}}|\d{{1,6}}(?:\.\d{{1,6}}){{0,5}}rev))",
    re.ASCII,
)
WORKING_PARTY = re.compile(
    r"(?:ITU-[TR] )?WP ?(?:(?P<wp>[1-9])/(?P<sg>[1-9]\d?|TSAG)|(?P<rsg>[1-7])(?P<letter>[A-D]))", re.ASCII
)

_RSER = "|".join(R_SERIES)
R_TEXT = re.compile(
    rf"(?P<rep>Report )?(?P<sector>ITU-R )?(?P<rep2>Report )?(?P<main>(?:{_RSER})\.\d{{1,5}})(?:-(?P<rev>\d{{1,2}}))?"
    + _DATE,
    re.ASCII,
)
R_VOLUME = re.compile(
    rf"Report ITU-R (?:(?P<ser>{_RSER})(?P<num>\d{{1,2}})|(?P<code>[IVX]{{1,4}}(?:\.[IVX]{{1,4}})?))" + _DATE, re.ASCII
)
R_DRAFT = re.compile(
    r"(?:(?P<stage>WD|WDPDN|WDPDR|PDNR|PDRR|DNR|DRR) )?(?P<rep>Report )?ITU-R "
    rf"(?P<code>(?:{_RSER})\.\[[A-Z0-9][\w .,/+&-]{{0,60}}\])",
    re.ASCII,
)
R_DRAFT_DOCUMENT = re.compile(
    rf"ITU-R (?P<ser>{_RSER})\.(?P<open>\[)?(?P<sg>[1-9]\d?)"
    r"(?:[/-](?P<bl>BL)[/-](?P<num>\d{1,4})|/(?P<doc>\d{1,4})|(?P<letter>[A-D])/?(?P<wpdoc>\d{1,4}))(?(open)\])",
    re.ASCII,
)
R_QUESTION = re.compile(
    r"(?:Question )?ITU-R (?P<num>[1-9]\d{0,3})(?:-(?P<rev>\d{1,2}))?/(?P<sg>[1-9]|1\d):?", re.ASCII
)
R_QUESTION_OLD = re.compile(r"ITU-R SG0?(?P<sg>[1-9]|1\d)\.(?P<num>[1-9]\d{0,3})(?:-(?P<rev>\d{1,2}))?", re.ASCII)
R_DECISION = re.compile(
    r"(?P<kind>Resolution|Res\.|Opinion|Decision) ITU-R (?P<num>\d{1,4})(?:-(?P<rev>\d{1,2}))?(?: \((?P<yy>(?:18|19|20)\d{2})\))?",
    re.ASCII,
)
R_RESOLUTION = re.compile(
    r"ITU-R R\.(?P<num>\d{1,4})(?:-(?P<rev>\d{1,2}))?(?: \((?P<yy>(?:18|19|20)\d{2})\))?", re.ASCII
)
R_HANDBOOK = re.compile(r"ITU-R (?P<main>\d{1,3}\.HDB)(?: \((?P<yy>(?:18|19|20)\d{2})\))?", re.ASCII)
T_RESOLUTION = re.compile(
    r"(?:ITU-T )?WTSA(?:-\d\d)? (?P<kind>Resolution|Opinion) (?P<num>[1-9]\d{0,2})"
    r"(?: \((?:Rev\. ?)?(?P<place>[^\W\d_][^\W\d_ -]{1,30}(?:[ -][^\W\d_]{1,30}){0,3}), (?P<yy>(?:19|20)\d\d)\))?"
)

HANDLE = re.compile(r"(?:https?://handle\.itu\.int/)?11\.1002/1000/(?P<id>\d{1,6})(?:-(?P<lang>[a-z]{2}))?", re.ASCII)
STANDARD = re.compile(r"ISO/IEC (?:(?:TR|TS) )?\d{2,6}(?:-\d{1,3})?(?::(?:19|20)\d\d)?", re.ASCII)
STANDARD_TWIN = re.compile(
    r"(?:ISO(?:/IEC)?|IEC)(?:[/ ](?:TR|TS|FDIS|DIS|CD))? \d{2,6}(?:-\d{1,3})?(?::(?:19|20)\d\d)?(?:/(?:Amd|Cor)\.? ?\d{1,2}(?::\d{4})?)?",
    re.ASCII,
)
# A provisional name need not be a number or acronym of today: `H.26L`.
FORMER = re.compile(r"(?:ITU-[TR] )?[A-Z]{1,4}[.-][A-Za-z0-9][\w.+&/-]{0,60}(?: [\w.+&-]{1,30}){0,4}\)", re.ASCII)
