"""The words that somebody wrote into a letter of a step, apart from those that were proposed: they open the paper too."""

from collections.abc import Mapping

from sgdocs.approval.actions.planning import PUBLISHED, Preview, drafts_of
from sgdocs.approval.schemas import StepForm
from sgdocs.base.act import Act


def edited(act: Act, plan: Preview, form: StepForm) -> Mapping[str, str]:
    """Kind -> text of the letters that are published and that say something else than the panel proposed.

    The panel sends its proposal back as it stands; it was shown with the reason or before there was one.
    """
    given = {kind: words.text for kind, words in form.letters.items() if kind in PUBLISHED and words.text.strip()}
    if not given:
        return {}
    bare = form.model_copy(update={"letters": {}})
    proposed = {
        (draft.kind, _plain(draft.text))
        for asked in (bare, bare.model_copy(update={"reason": ""}))
        for draft in drafts_of(act, plan, asked)
    }
    return {kind: text for kind, text in given.items() if (kind, _plain(text)) not in proposed}


def _plain(text: str) -> str:
    """Browsers send other ends of lines."""
    return " ".join(text.split())
