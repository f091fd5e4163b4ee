"""XML from outside: read without entities, document types, network or boundless trees."""

from pathlib import Path
from typing import Any

from lxml import etree

from bot.domain.errors import PermanentSourceError

MOST_BYTES = 10 * 1024 * 1024


def parse_xml(content: bytes) -> etree._Element:
    """Return the root of an XML document without comments; raise PermanentSourceError."""
    if len(content) > MOST_BYTES:
        raise PermanentSourceError("This file is too large.", code="too_large")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise PermanentSourceError("This XML file cannot be read.", code="bad_xml") from problem
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise PermanentSourceError("This XML file cannot be read.", code="bad_xml")
    return root


def root_of_file(path: Path) -> etree._Element:
    """Return the root of an XML file; raise PermanentSourceError."""
    if path.stat().st_size > MOST_BYTES:
        raise PermanentSourceError("This file is too large.", code="too_large")
    return parse_xml(path.read_bytes())


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname


def texts(element: etree._Element, path: str) -> list[str]:
    """Return the texts at a path of local names ("A/B"), in one line each, empty ones left out."""
    found = element.findall("/".join(f"{{*}}{name}" for name in path.split("/")))
    lines = (" ".join((one.text or "").split()) for one in found)
    return [line for line in lines if line]


def first_text(element: etree._Element, path: str) -> str:
    """Return the first text at a path of local names, or nothing."""
    return next(iter(texts(element, path)), "")


def elements(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at a path of local names."""
    return element.findall("/".join(f"{{*}}{name}" for name in path.split("/")))


def line_of(element: Any) -> int:
    """Return the line that an element stands on, 0 when unknown."""
    return int(element.sourceline or 0)


def all_text(element: Any) -> str:
    """Return the texts of an element and of all inside it, in one line."""
    return " ".join("".join(element.itertext()).split())
