"""The older forms of TED (R2.0.9, until October 2023) of a procedure: contract notice F02 and award notice F03."""

import datetime
from typing import Any

from lxml import etree

Data = dict[str, Any]
Element = etree._Element
_TED = "http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
_NUTS = "http://publications.europa.eu/resource/schema/ted/2021/nuts"
_FORMS = {"competition": ("F02", "3"), "result": ("F03", "7")}
_SIZES = {"micro": "SME", "small": "SME", "medium": "SME", "large": "NO_SME"}


def add(parent: Element, path: str, text: object = None, **attributes: str) -> Element:
    """Add elements below one another, the last with a text and attributes; return the last."""
    names = path.split("/")
    for name in names:
        parent = etree.SubElement(parent, f"{{{_TED}}}{name}", attributes if name == names[-1] else {})
    parent.text = None if text is None else str(text)
    return parent


class TedNotice:
    """One notice of a procedure with `ted: true`."""

    def __init__(self, source: Data, procedure: Data, number: int, kind: str) -> None:
        self.source, self.procedure, self.number, self.kind = source, procedure, number, kind
        self.authority = source["authorities"][procedure["buyer"]]
        self.form, self.document_type = _FORMS[kind]
        self.language = procedure["language"].upper()

    @property
    def dispatched(self) -> datetime.date:
        """The day it is sent."""
        return self.procedure[{"competition": "asked"}.get(self.kind, "answered")]

    @property
    def name(self) -> str:
        """Name of its file."""
        return f"{self.dispatched}-{self.procedure['buyer']}-{self.number}-{self.kind}-ted.xml"

    def published(self, kind: str) -> str:
        """A plainly fictitious number in the Official Journal."""
        day = self.procedure["asked" if kind == "competition" else "answered"]
        return f"{day.year}/S {day.timetuple().tm_yday:03}-{900_000 + 2 * self.number + (kind == 'result')}"

    def xml(self) -> bytes:
        """The whole notice."""
        version, document = "R2.0.9.S05.E01", self.published(self.kind).rpartition("-")[2]
        identifier = f"{document}-{self.dispatched.year}"
        root = etree.Element(f"{{{_TED}}}TED_EXPORT", VERSION=version, DOC_ID=identifier, nsmap={None: _TED, "nuts": _NUTS})
        self._coded(add(root, "CODED_DATA_SECTION"))
        form = add(root, f"FORM_SECTION/{self.form}_2014", CATEGORY="ORIGINAL", FORM=self.form, LG=self.language)
        add(form, "LEGAL_BASIS", VALUE="32014L0024")
        self._buyer(add(form, "CONTRACTING_BODY"))
        self._object(add(form, "OBJECT_CONTRACT"))
        self._procedure(add(form, "PROCEDURE"))
        for number, lot in enumerate(self.procedure["lots"] if self.kind == "result" else (), 1):
            self._award(add(form, "AWARD_CONTRACT", ITEM=str(number)), number, lot)
        add(form, "COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE", self.dispatched.isoformat())
        etree.indent(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"

    def _coded(self, section: Element) -> None:
        add(section, "REF_OJS/DATE_PUB", f"{self.dispatched + datetime.timedelta(days=4):%Y%m%d}")
        data = add(section, "NOTICE_DATA")
        add(data, "NO_DOC_OJS", self.published(self.kind))
        add(data, "LG_ORIG", self.language)
        add(data, "ISO_COUNTRY", VALUE="BE")
        codes = add(section, "CODIF_DATA")
        add(codes, "DS_DATE_DISPATCH", f"{self.dispatched:%Y%m%d}")
        add(codes, "TD_DOCUMENT_TYPE", CODE=self.document_type)

    def _buyer(self, body: Element) -> None:
        names = self.authority["name"]
        self._address(add(body, "ADDRESS_CONTRACTING_BODY"), names[self.procedure["language"]], self.authority["number"])
        add(body, "CA_TYPE", VALUE="BODY_PUBLIC")

    @staticmethod
    def _address(address: Element, name: str, number: str) -> None:
        add(address, "OFFICIALNAME", name)
        add(address, "NATIONALID", number)
        add(address, "TOWN", "Valexemple")
        add(address, "POSTAL_CODE", "0000")
        add(address, "COUNTRY", VALUE="BE")
        etree.SubElement(address, f"{{{_NUTS}}}NUTS", CODE="BE100")

    def _object(self, node: Element) -> None:
        given = self.procedure
        add(node, "TITLE/P", given["title"])
        add(node, "CPV_MAIN/CPV_CODE", CODE=given["cpv"])
        add(node, "TYPE_CONTRACT", CTYPE=given["nature"].upper())
        add(node, "SHORT_DESCR/P", given["text"])
        if self.kind == "competition":
            add(node, "VAL_ESTIMATED_TOTAL", sum(lot["value"] for lot in given["lots"]), CURRENCY="EUR")
        else:
            won = [lot["got"]["value"] for lot in given["lots"] if "value" in lot["got"]]
            add(node, "VAL_TOTAL", sum(won), CURRENCY="EUR")
        add(node, "LOT_DIVISION" if len(given["lots"]) > 1 else "NO_LOT_DIVISION")
        for number, lot in enumerate(given["lots"], 1):
            self._lot(add(node, "OBJECT_DESCR", ITEM=str(number)), number, lot)

    def _lot(self, node: Element, number: int, lot: Data) -> None:
        add(node, "TITLE/P", lot["title"])
        if len(self.procedure["lots"]) > 1:
            add(node, "LOT_NO", number)
        etree.SubElement(node, f"{{{_NUTS}}}NUTS", CODE="BE100")
        add(node, "SHORT_DESCR/P", lot["text"])
        criteria = add(node, "AC")
        for kind, weight, name in sorted(lot["award"], key=lambda each: each[0] == "price"):
            one = add(criteria, f"AC_{kind.upper()}")
            if kind != "price":
                add(one, "AC_CRITERION", name)
            if len(lot["award"]) > 1:
                add(one, "AC_WEIGHTING", weight)
        if self.kind == "competition":
            add(node, "VAL_OBJECT", lot["value"], CURRENCY="EUR")
            add(node, "DURATION", lot["months"], TYPE="MONTH")

    def _procedure(self, node: Element) -> None:
        add(node, "PT_OPEN")
        if self.kind == "competition":
            add(node, "DATE_RECEIPT_TENDERS", self.procedure["deadline"].isoformat())
            add(node, "TIME_RECEIPT_TENDERS", "11:00")
            add(node, "LANGUAGES/LANGUAGE", VALUE=self.language)
        else:
            add(node, "NOTICE_NUMBER_OJ", self.published("competition"))

    def _award(self, node: Element, number: int, lot: Data) -> None:
        if len(self.procedure["lots"]) > 1:
            add(node, "LOT_NO", number)
        add(node, "TITLE/P", lot["title"])
        got = lot["got"]
        contract = add(node, "AWARDED_CONTRACT")
        concluded = self.dispatched - datetime.timedelta(days=14)
        add(contract, "DATE_CONCLUSION_CONTRACT", concluded.isoformat())
        received = add(contract, "TENDERS")
        add(received, "NB_TENDERS_RECEIVED", got["tenders"])
        add(received, "NB_TENDERS_RECEIVED_SME", got["smes"])
        firm = self.source["firms"][got["winner"]]
        contractor = add(contract, "CONTRACTORS/CONTRACTOR")
        self._address(add(contractor, "ADDRESS_CONTRACTOR"), firm["name"], f"0000.001.{number:03}")
        add(contractor, _SIZES[firm["size"]])
        add(contract, "VALUES/VAL_TOTAL", got["value"], CURRENCY="EUR")
