"""A small catalogue for tests: facts of a few real families, in the form that an import reads."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.recommendations.importing.run import Import, Options, Outcome, import_files
from tests.support.databases import Clock

Record = Mapping[str, Any]


def t(id: str, status: str = "in-force", **more: Any) -> dict[str, Any]:
    return {"id": id, "sector": "T", "title": f"Title of {id}", "status": status, "study_group": "SG15", **more}


G709: list[Record] = [
    t("ITU-T G.709/Y.1331 (02/2012)", "superseded", approved="2012-02-13", edition="4", superseded_by="ITU-T G.709/Y.1331 (06/2016)"),
    t("ITU-T G.709/Y.1331 (2012) Amd. 1 (10/2012)", "superseded", approved="2012-10-29", edition="4.1"),
    t("ITU-T G.709/Y.1331 (06/2016)", "superseded", approved="2016-06-22", edition="5", superseded_by="ITU-T G.709/Y.1331 (06/2020)"),
    t("ITU-T G.709/Y.1331 (06/2020)", approved="2020-06-06", edition="6", url="https://www.itu.int/rec/T-REC-G.709-202006-I"),
    t("ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024)", approved="2024-03-15", edition="6.4"),
    t("ITU-T G.709/Y.1331 (2020) Cor. 1 (01/2022)", approved="2022-01-13", edition="6.2"),
]  # fmt: skip
SOME: list[Record] = [
    *G709,
    t("ITU-T G.9 (11/1988)", "superseded-or-withdrawn", approved="1988-11-25"),
    t("ITU-T G.10 (03/1993)", "withdrawn", approved="1993-03-12"),
    t("ITU-T G.722.2 (07/2003)", approved="2003-07-29", edition="2"),
    t("ITU-T G.722.2 Annex C (01/2002)", "superseded", approved="2002-01-13", superseded_by="ITU-T G.722.2 Annex C (07/2003)"),
    t("ITU-T G.722.2 Annex C (07/2003)", approved="2003-07-29", modifies="ITU-T G.722.2 (07/2003)"),
    t("ITU-T G Suppl. 66 (07/2019)", approved="2019-07-12"),
    t("ITU-T Y.4461 (01/2020)", approved="2020-01-13", study_group="SG20", former_names=["Y.SC-OpenData"]),
    t("ITU-T X.1280 (03/2024)", approved="2024-03-01", study_group="SG17"),
    t("ITU-T X.1280 (06/2025)", approved="2025-06-01", study_group="SG17"),
    t("ITU-T G.664 (10/2012)", "superseded", approved="2012-10-29", superseded_by="ITU-T G.664 (12/2012)"),
    t("ITU-T G.664 (12/2012)", approved="2012-12-22"),
    t("ITU-T G.664 (2012) Amd. 1 (12/2014)", approved="2014-12-05"),
    t("ITU-T X.680 (07/1994)", "superseded", approved="1994-07-01", iso_iec=["ISO/IEC 8824-1"], study_group="SG17"),
    t("ITU-T X.680 (1994) Amd. 1 (04/1995)", "superseded", approved="1995-04-10", study_group="SG17"),
    t("ITU-T X.680 (1994) Amd. 1/Technical Cor. 1 (12/1997)", "superseded", approved="1997-12-12", study_group="SG17"),
    {"id": "ITU-R P.1546-5", "doctype": "recommendation", "title": "Prediction", "approved": "2013-09", "status": "superseded", "superseded_by": "ITU-R P.1546-6"},
    {"id": "ITU-R P.1546-6", "doctype": "recommendation", "title": "Prediction", "approved": "2019-08", "status": "in-force"},
    {"id": "ITU-R M.2134-0", "doctype": "recommendation", "title": "Receivers", "approved": None, "posted": "2019-03", "status": "in-force"},
    {"id": "Report ITU-R M.2134-0", "doctype": "report", "title": "IMT-Advanced", "approved": None, "posted": "2008-12", "status": None},
    {"id": "ITU-R 241-1/5", "doctype": "question", "title": "Spectrum", "study_group": "SG5", "status": None},
    {"id": "ITU-R BS.6/BL/3", "doctype": "draft-document", "title": "A draft", "became": "ITU-R BS.1661-0"},
]  # fmt: skip


def write(folder: Path, records: Iterable[Record], name: str = "catalogue.jsonl") -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return file


def bring(database: Database, file: Path, clock: Clock | None = None, **options: Any) -> Outcome:
    """Import one file as the operator."""
    job = Import(database, Actor.operator(), clock or Clock(), Options(**options))
    [outcome] = import_files(job, [file])
    return outcome
