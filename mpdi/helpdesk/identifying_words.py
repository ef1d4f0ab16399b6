"""Words that identify somebody: names after a title or a greeting, signatures, postal addresses, firms. Pure."""

import re
from collections.abc import Iterator

Span = tuple[str, int, int, bool]
"""Kind, start, end, is it sure."""

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*\w"
_PARTICLE = r"(?:(?:de|van|der|den|du|des|von|ter|ten|el|vander|vanden|d['’])\s*)"
_NAME = rf"(?:{_PARTICLE}{{0,2}}{_CAPITAL}(?:[ \t]+{_PARTICLE}{{0,2}}{_CAPITAL}){{0,2}})"
_TITLED = re.compile(
    rf"(?<!\w)(?:M\.|MM\.|Mr\.?|Mme\.?|Mmes|Mlle\.?|Monsieur|Madame|Mademoiselle|Ma[îi]tre|Mevr\.?|Mevrouw|Mw\.?|"
    rf"[Dd]hr\.?|[Dd]e heer|[Dd]e [Hh]eren|Meneer|Dr\.?|Ir\.)[ \t]+(?P<name>{_NAME})"
)
_GREETED = re.compile(
    r"(?m)^[ \t]*(?:Bonjour|Bonsoir|Salut|Hello|Cher|Chère|Chers|Beste|Dag|Hallo|Goedemorgen|Goedemiddag|Goeiedag|Geachte)"
    rf"[ \t]+(?!(?i:tou[st]|coll[eè]g|madame|monsieur|mevrouw|heer|meneer|allemaal|m\.|mme))(?P<name>{_CAPITAL}(?:[ \t]+{_CAPITAL})?)[ \t]*[,!.:\n]"
)
_CLOSING = re.compile(
    r"(?mi)^[ \t]*(?:bien (?:cordialement|[àa] vous)|cordialement|(?:avec )?mes salutations|salutations?|sinc[èe]rement|"
    r"(?:un grand )?merci(?: d['’]avance| beaucoup| et bonne .{0,30})?|b[àa]v|amicalement|belle journ[ée]e|bonne journ[ée]e|"
    r"(?:met )?(?:vriendelijke |beste |hartelijke )?groet(?:en|jes)?|mvg|hoogachtend|alvast (?:bedankt|dank)|"
    r"(?:veel )?dank(?: u)?(?: bij voorbaat)?|bedankt|prettige dag)[ \t]*[,.!]*[ \t]*$"
)
_DELIMITER = re.compile(r"(?m)^-- ?$")
_POSTSCRIPT = re.compile(r"(?i)p\.?s\.?\b")
_LONGEST_SIGNATURE_LINE, _MOST_SIGNATURE_LINES = 80, 8
_FRENCH_STREET = re.compile(
    r"(?<!\w)(?i:rue|avenue|av\.|boulevard|bd\.?|bld|chauss[ée]e|ch[ée]e|place|square|quai|clos|dr[èe]ve|all[ée]e|impasse|"
    r"sentier|chemin|parvis|galerie|rond-point)[ \t]+(?P<street>(?:[\w’'.-]+[ \t]+){0,5}?[\w’'.-]+?)[ \t]*,?[ \t]*"
    r"(?:n[°o] ?)?\d{1,4}[a-zA-Z]?(?![\w%€])(?:[ \t]*(?:/|b(?:o[îi])?te\.?|bus)[ \t]*\w{1,4})?"
    rf"(?:[ \t]*[,–-]?[ \t]*(?:à[ \t]+)?(?:B-?)?[1-9]\d{{3}}[ \t]+{_CAPITAL}(?:[ -]{_CAPITAL})*)?"
)
_FRENCH_STREET_ALONE = re.compile(
    rf"(?<!\w)(?i:rue|avenue|boulevard|chauss[ée]e|dr[èe]ve)[ \t]+(?:(?:de la|de l['’]|du|des|de|d['’])[ \t]*)?{_CAPITAL}(?:[ -]{_CAPITAL})*"
)
_ALWAYS_A_STREET = re.compile(r"(?i)rue|avenue|boulevard|chauss[ée]e|dr[èe]ve")
_DUTCH_STREET = re.compile(
    rf"(?<!\w)(?:{_CAPITAL}[ \t]+)?[A-ZÀ-Þ][\w-]*(?:straat|laan|weg|plein|steenweg|dreef|kaai|lei|dijk|markt|hof)\b"
    r"(?P<number>[ \t]*,?[ \t]*(?:nr\.? ?)?\d{1,4}[a-zA-Z]?(?![\w%€])(?:[ \t]*(?:bus|/)[ \t]*\w{1,4})?)?"
    rf"(?:[ \t]*[,–-]?[ \t]*(?:(?:te|in)[ \t]+)?(?:B-?)?[1-9]\d{{3}}[ \t]+{_CAPITAL}(?:[ -]{_CAPITAL})*)?"
)
_POSTCODE = re.compile(
    r"(?<![\w.,/-])(?:B-?)?1[012]\d0[ \t]+(?:Bruxelles|Brussels?|Laeken|Laken|Schaerbeek|Schaarbeek|Etterbeek|Ixelles|Elsene|"
    r"Saint-Gilles|Sint-Gillis|Anderlecht|Molenbeek|Koekelberg|Berchem|Ganshoren|Jette|Evere|Woluwe|Auderghem|Oudergem|"
    r"Watermael|Watermaal|Uccle|Ukkel|Forest|Vorst|Haren|Neder)[\w-]*"
)
_FORM = r"(?:SRL|SPRL|ASBL|SCRL|SNC|S\.?A\.?|BVBA|BV|NV|VZW|CVBA|GmbH|S\.?à\.?r\.?l\.?|AISBL)"
_FIRM = re.compile(
    rf"(?<!\w)(?:{_FORM}[ \t]+{_CAPITAL}(?:[ \t&]+{_CAPITAL}){{0,3}}|{_CAPITAL}(?:[ \t&]+{_CAPITAL}){{0,3}}[ \t]+{_FORM})(?!\w)"
)
_PAIR = re.compile(rf"(?<=[\w,;:’'(«“] ){_CAPITAL}[ \t]+{_PARTICLE}{{0,2}}{_CAPITAL}(?:[ \t]+{_CAPITAL})?")
_SAID_NAME = re.compile(
    rf"(?<!\w)(?i:je m['’]appelle|je suis|mon nom est|ik heet|mijn naam is|ik ben|mon coll[èe]gue|ma coll[èe]gue|mijn collega)[ \t]+"
    rf"(?P<name>{_CAPITAL}(?:[ \t]+{_PARTICLE}{{0,2}}{_CAPITAL}){{0,2}})"
)
PUBLIC_WORDS = frozenset({
    "achats", "actiris", "ange", "angel", "annexe", "arrêté", "article", "artikel", "belge", "belgique", "belgië",
    "besluit", "bien", "bijlage", "blauer", "bleu", "blue", "brussel", "brussels", "bruxelles", "cahier",
    "capitale", "charges", "check", "code", "commissie", "commission", "conseil", "cosmos", "cour", "cpv", "csc",
    "cygne", "daily", "data", "deal", "document", "dume", "durables", "ecolabel", "electronic", "energy", "engel",
    "environment", "environnement", "espd", "eu", "europese", "européenne", "excel", "fair", "fairtrade",
    "februari", "finance", "flower", "food", "forms", "gewest", "good", "green", "guide", "havelaar",
    "hoofdstedelijk", "hub", "innoviris", "invest", "janvier", "kmo", "koninklijk", "label", "leefmilieu", "limosa",
    "loi", "lot", "lots", "max", "mercurius", "moniteur", "natrue", "nordic", "nordique", "notice", "observatoire",
    "open", "option", "parlement", "peppol", "perceel", "percelen", "pme", "prijzen", "prix", "procurement",
    "public", "raad", "rgb", "royal", "référence", "région", "social", "special", "staatsblad", "star", "state",
    "swan", "telemarc", "tenders", "trade", "uea", "unie", "union", "unique", "wet", "word", "work", "état",
})
"""Words that make a pair of capitals no name: bodies, labels, laws and registers that everybody may name."""


def spans(text: str) -> Iterator[Span]:
    """Yield names, signatures, addresses and firms that can be seen without knowing who wrote."""
    yield from _signatures(text)
    for pattern, is_sure in ((_TITLED, True), (_GREETED, True), (_SAID_NAME, False)):
        for match in pattern.finditer(text):
            if not _is_public(match.group("name")):
                yield "name", *match.span("name"), is_sure
    yield from _addresses(text)
    for match in _FIRM.finditer(text):
        yield "organisation", *match.span(), False
    for match in _PAIR.finditer(text):
        if not _is_public(match.group()):
            yield "name", *match.span(), False


def _is_public(words: str) -> bool:
    return any(word.casefold() in PUBLIC_WORDS for word in re.findall(r"\w+", words)) or words.isupper()


def _addresses(text: str) -> Iterator[Span]:
    for match in _FRENCH_STREET.finditer(text):
        is_sure = any(letter.isupper() for letter in match.group("street"))
        if is_sure or _ALWAYS_A_STREET.match(match.group()):
            yield "address", *match.span(), is_sure
    for match in _FRENCH_STREET_ALONE.finditer(text):
        yield "address", *match.span(), False
    for match in _DUTCH_STREET.finditer(text):
        yield "address", *match.span(), match.group("number") is not None
    for match in _POSTCODE.finditer(text):
        yield "address", *match.span(), True


def _signatures(text: str) -> Iterator[Span]:
    """Yield the closing with the short lines under it, where nothing but a postscript follows, and all under two dashes."""
    for match in _CLOSING.finditer(text):
        end = _end_of_signature(text, match.end())
        if text[:match.start()].strip() and (not (rest := text[end:].strip()) or _POSTSCRIPT.match(rest)):
            yield "signature", match.start(), end, True
    delimiter = _DELIMITER.search(text)
    if delimiter:
        yield "signature", delimiter.start(), len(text), True


def _end_of_signature(text: str, place: int) -> int:
    end, lines = place, 0
    for match in re.finditer(r"\n[^\n]*", text[place:]):
        line = match.group().strip()
        if len(line) > _LONGEST_SIGNATURE_LINE or line.endswith("?") or _POSTSCRIPT.match(line):
            break
        lines += bool(line)
        if lines > _MOST_SIGNATURE_LINES:
            break
        end = place + match.end()
    return end
