"""French or Dutch: by the small words that only one of them has."""

import re

_FRENCH_WORDS = (
    "le la les un une des du au aux et est sont pour par sur dans avec nous vous votre notre ce cette ces qui que quel "
    "quelle comment pourquoi je il elle pas plus mais ou où merci bonjour madame monsieur cordialement marché marchés "
    "cahier charges critère critères clause peut doit nos vos être avons avez faire"
)
_DUTCH_WORDS = (
    "het een van voor op met wij u uw ons onze deze dit die dat welke hoe waarom ik hij zij niet meer maar of waar "
    "dank bedankt beste geachte mevrouw mijnheer groeten vriendelijke opdracht opdrachten bestek criterium criteria "
    "clausule kan moet zijn hebben wordt worden aan bij naar om ook als er en"
)
_FRENCH, _DUTCH = frozenset(_FRENCH_WORDS.split()), frozenset(_DUTCH_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 20_000


def guess_language(text: str, fallback: str = "fr") -> str:
    """Return `fr` or `nl`, whichever has more of its small words in the text; the fallback where neither has."""
    words = [match.lower() for match in _WORD.findall(text[:_ENOUGH])]
    french = sum(word in _FRENCH for word in words)
    dutch = sum(word in _DUTCH for word in words)
    if french == dutch:
        return fallback
    return "fr" if french > dutch else "nl"
