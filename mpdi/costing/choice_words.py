"""The help of a choice with what its options are called: the sheet names them by their codes. Pure."""

import re

from mpdi.costing.examples import word
from mpdi.lcc.sheets.model import Input, Language


def help_of(each: Input, language: Language) -> str:
    """Return the help of an input; of a choice, each code in it is replaced by the words that the form shows for it."""
    text = each.help.said(language)
    if not each.options:
        return text
    codes = "|".join(re.escape(option) for option in each.options)
    text = re.sub(rf"\s\((?:{codes})\)", "", text)
    # In English a code is a word of its own, but where it is explained or written with a dash below.
    named = rf"(?:{codes})(?=:)|(?:{'|'.join(code for code in each.options if '_' in code) or '(?!)'})" if language == "en" else codes
    text = re.sub(rf"(?<![\w-])(?:{named})(?![\w'-])", lambda found: word("choices", found[0], language), text)
    text = re.sub(r"([^.:]+?)\s?:\s\1(?=[.,])", r"\1", text)  # “new: new.” says it once
    return re.sub(r"(^|\. )(\w)", lambda found: found[1] + found[2].upper(), text)
