"""What somebody wrote, without what is no question: greeting, signature, quoted mail, addresses; cut into pieces."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mpdi.clause_library.core.search.language import STOP_WORDS, clean, fold, words

MAX_READ = 20_000
"""Letters of a text that are looked at; the rest of a pasted file is left."""
MAX_TEXT, MAX_WHOLE, MAX_SENTENCE, MAX_SENTENCES = 3_000, 500, 300, 6
_SHORTEST = 12
_WORD = re.compile(r"[^\W_]+|%|€")
_END = re.compile(r"(?<=[.?!;…])\s+|\n+")
_QUOTE_START = re.compile(
    r"^\s*(?:[-_]{3,}\s*(?:original|message d|oorspronkelijk|forwarded|doorgestuurd)|"
    r"(?:le|op|on)\b.{4,120}(?:a écrit|schreef|wrote)\b.{0,80}:\s*$|"
    r"(?:de|van|from)\s*:\s*\S.{0,120}@)", re.IGNORECASE)
_CLOSING = re.compile(
    r"^\W*(?:bien (?:cordialement|à vous)|cordialement|bien à toi|salutations|sincères|meilleures salutations|"
    r"(?:un grand |mille )?merci(?: d'avance| beaucoup| bien| pour tout| pour votre aide)?|d'avance merci|mci|à bientôt|"
    r"met vriendelijke groet\w*|(?:vriendelijke|hartelijke|beste|veel) groet\w*|groet\w*|mvg|hoogachtend|"
    r"(?:alvast )?(?:bedankt|dank u|dank je)(?: voor alles| bij voorbaat)?|alvast dank|dank bij voorbaat)\b[\w ']{0,30}[,.! ]*$",
    re.IGNORECASE)
_GREETING = re.compile(
    r"^\W*(?:bonjour|bonsoir|bjr|salut|hello|coucou|madame|monsieur|mesdames|messieurs|ch[eè]re?s?|"
    r"hallo|hoi|dag|goe(?:de|ie)n?(?:dag|morgen|middag|avond)|geachte|beste)\b"
    r"(?:[ ,]+(?:madame|monsieur|mesdames|messieurs|mevrouw|meneer|heer|dames|heren|collègues?|collega'?s?|mensen|allen|"
    r"tous|toutes|team|équipe|helpdesk|van|de|du|la|le|of|et|en|l'))*[ ,!.:]*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|\+?\d[\d ./]{8,}\d")
_FRENCH = "le la les des du un une est et que qui pour nous je on pas avec dans ce ca sur il ont"
_DUTCH = "de het een van en dat die is voor wij we ik niet met zijn er op te aan hoe wat als ook"
_MARKS = {"fr": frozenset(_FRENCH.split()), "nl": frozenset(_DUTCH.split())}


@dataclass(frozen=True)
class QuestionText:
    """A question read: its language, the whole of it, its sentences, its words folded with short forms written out."""

    language: str
    whole: str
    sentences: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not self.words

    @property
    def pieces(self) -> tuple[str, ...]:
        """The whole, then the sentences, each once."""
        return tuple(dict.fromkeys((self.whole, *self.sentences))) if self.whole else ()

    @property
    def weights(self) -> tuple[float, ...]:
        """How much each piece but the whole says: the share of the words that carry meaning that stand in it."""
        counts = [0.01 + sum(word not in STOP_WORDS for word in words(piece)) for piece in self.pieces[1:]]
        return tuple(count / sum(counts) for count in counts)

    @property
    def content(self) -> str:
        """The words that carry meaning, each once."""
        return " ".join(dict.fromkeys(word for word in self.words if word not in STOP_WORDS))


def read_question(text: str, language: str, short_forms: Mapping[str, str]) -> QuestionText:
    """Read a text; never raises. `language` is kept unless the words clearly are of the other one."""
    body = _body(text[:MAX_READ])[:MAX_TEXT]
    written = _written_out(body, short_forms)
    found = tuple(fold(match.group()) for match in _WORD.finditer(written))
    cut = (" ".join(sentence.split())[:MAX_SENTENCE] for sentence in _END.split(written))
    sentences = tuple(sentence for sentence in cut if len(sentence) >= _SHORTEST)
    whole = " ".join(written.split())[:MAX_WHOLE]
    return QuestionText(_language(found, language), whole, sentences[:MAX_SENTENCES], found)


def _body(text: str) -> str:
    lines = [clean(line).strip() for line in text.splitlines()]
    asked = _without_closing(_without_quotes(lines))
    body = _ADDRESS.sub(" ", "\n".join(asked)).strip()
    return _GREETING.sub("", body, count=1) or body


def _without_quotes(lines: list[str]) -> list[str]:
    own: list[str] = []
    for line in lines:
        if _QUOTE_START.match(line) and any(own):
            break
        if not line.startswith(">"):
            own.append(line)
    return own if any(own) else [line.lstrip("> ") for line in lines]


def _without_closing(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        is_end = line in ("--", "—") or (_CLOSING.match(line) and len(lines) - number <= 12)
        if is_end and any(lines[:number]):
            return lines[:number]
    return lines


def _written_out(text: str, short_forms: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: short_forms.get(fold(match.group()), match.group()), text)


def _language(found: tuple[str, ...], given: str) -> str:
    asked = "nl" if given == "nl" else "fr"
    other = "fr" if asked == "nl" else "nl"
    counts = {each: sum(word in _MARKS[each] for word in found) for each in (asked, other)}
    return other if counts[other] >= 3 and counts[other] > 2 * counts[asked] else asked
