"""In which of the languages that are searched a sentence is: by its small words, those of neighbours beside them. Pure."""

from collections.abc import Collection

from mpdi.monitoring.found_clauses.wording import words_of

_SMALL_WORDS = {
    "fr": """au aucun aucune aux avec ce ces cette chaque dans de des dont du elle elles en est et etre il ils la le les
        leur leurs lors ne ou par pas pour qu que qui sa sans se selon ses si soit son sont sous sur tout toute un une""",
    "nl": """aan alle als bij dan dat de deze die dit door een elk elke en er geen haar heeft het hij hun in is kan met
        minstens moet naar niet of om onder op over per te ten ter tot uit van voor waar wordt worden ze zich zij zijn""",
    "en": """a an and any are as at be been by each for from has have in into is it its may must no not of on or shall
        such that the their this to under where which will with""",
    "de": """als am an auf aus bei das dass dem den der des die durch ein eine einem einen einer es fur gegen im in ist
        mit nach nicht oder sich sie sind sowie uber und von vom werden wird zu zum zur""",
    "es": """al como con de del el en es esta la las lo los no o para por que se segun ser sin sobre su sus un una y""",
    "pt": """a ao aos as com da das de do dos e em na nao nas no nos o os ou para pela pelo por que se um uma""",
    "it": """ai al alla alle che con da dal dalla dei del della delle di e gli i il in la le lo nel nella non o per si
        sono su un una""",
    "ro": """a al ale care ce cu de din este fi in la nu o pe pentru prin sa sau se si sunt un""",
    "pl": """a by co dla do gdy i jak jest ktora ktore ktory lub na nie o od oraz po pod przez przy sa sie ten tym u w z
        za ze""",
    "cs": """a ale by do i jako je jeho jsou k ke na nebo o od po podle pro pri s se si ve v z za ze""",
    "sl": """a ali bo da do in iz je jih k ki ko na ne o od po pri s sa se so v z za""",
    "da": """af at blir de den der det du eller en er et for fra har i ikke kan med og om pa samt skal som til ved vil
        vaere""",
    "sv": """att av de den det eller en ett for fran har i inte kan med och om pa samt ska som till vid""",
}
_SETS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
LIBRARY: tuple[str, ...] = ("fr", "nl")
"""The languages of the library."""
SEARCHED: tuple[str, ...] = (*LIBRARY, "en")
"""Those in which a clause is still known by what it means."""
_LEAST = 0.15
"""Of the words of a sentence; French and Dutch have some four in ten."""


def is_in(sentence: str, languages: Collection[str]) -> bool:
    """Whether a sentence is in one of these languages: no other has as many of its small words."""
    words = words_of(sentence)
    counts = {language: sum(word in small for word in words) for language, small in _SETS.items()}
    best = max(counts[language] for language in languages)
    return best >= max(1, _LEAST * len(words)) and best > max(
        count for name, count in counts.items() if name not in languages
    )
