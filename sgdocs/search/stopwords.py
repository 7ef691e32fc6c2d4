"""Words that carry little alone, in six languages, folded: they are indexed, but need not occur.

Among them those that stand before every number: ITU-T, Recommendation.
"""

from typing import Final

_EN = """a about above after all also an and any are as at be been being between both but by can could do does
each for from had has have how if in into is it its may more most must no nor not of on only or other over
shall should so some such than that the their them then there these they this those to under up upon use used
using was were what when where which while who why will with within without would"""
_FR = """au aux avec ce ces cet cette comme dans de des du elle en entre est et eux il ils je l la le les leur
leurs lors mais meme ne nos notre nous on ont ou par pas pour plus qu que qui sa sans se ses si son sont sous
sur tous tout toute toutes un une vos votre vous d"""
_ES = """al como con contra cual cuando de del desde donde durante e el ella ellos en entre era es esta estas
este estos fue ha han hasta la las lo los mas mediante muy ni no nos o para pero por porque que se segun ser si
sin sobre son su sus tambien un una unas uno unos y"""
_RU = """без бы был была были было в во где для до его ее если есть еще же за и из или их к как ко который
которые ли между на над не него но о об от по под после при с со так также то того только у уже что чтобы эта
эти этих это этого этой"""
_AR = """في من علي الي عن مع هذا هذه ذلك التي الذي ان او و ما لا كما بين كل قد تم عند بعد قبل منه بها فيها
لها حتي ثم هو هي"""
_ZH = "的 和 与 及 在 中 对 为 了 是 或 之 以"
_EVERY_RECORD = """itu itu-t itu-r uit uit-t uit-r мсэ мсэ-т мсэ-t мсэ-r мсэ-р rec recs recommendation
recommendations recommandation recommandations recomendacion recomendaciones рекомендация рекомендации 建议书
التوصيه توصيه"""

STOP_WORDS: Final = frozenset(" ".join((_EN, _FR, _ES, _RU, _AR, _ZH, _EVERY_RECORD)).split())
BY_LANGUAGE: Final = {
    language: frozenset(words.split())
    for language, words in (("en", _EN), ("fr", _FR), ("es", _ES), ("ru", _RU), ("ar", _AR), ("zh", _ZH))
}
