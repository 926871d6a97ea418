"""The values of examples: what a field of some name would hold.

Deterministic: the same name always has the same value; there is no clock and no chance in it.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from catalog_builder.schema.formats import FORMAT_SAMPLES

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_MOMENT = FORMAT_SAMPLES["date-time"]
_LONGEST_NAME = 80

_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "email": "ada.lovelace@example.com",
        "mail": "ada.lovelace@example.com",
        "emailaddress": "ada.lovelace@example.com",
        "phone": "+44 20 7946 0018",
        "phonenumber": "+44 20 7946 0018",
        "mobile": "+44 7700 900123",
        "fax": "+44 20 7946 0019",
        "name": "Ada Lovelace",
        "fullname": "Ada Lovelace",
        "firstname": "Ada",
        "givenname": "Ada",
        "middlename": "King",
        "lastname": "Lovelace",
        "surname": "Lovelace",
        "familyname": "Lovelace",
        "displayname": "Ada Lovelace",
        "username": "ada.lovelace",
        "login": "ada.lovelace",
        "nickname": "ada",
        "productname": "Walnut desk lamp",
        "itemname": "Walnut desk lamp",
        "company": "Fernwood Ltd",
        "companyname": "Fernwood Ltd",
        "organization": "Fernwood Ltd",
        "organisation": "Fernwood Ltd",
        "brand": "Fernwood",
        "street": "12 Mill Lane",
        "streetname": "Mill Lane",
        "streetaddress": "12 Mill Lane",
        "address": "12 Mill Lane, Cambridge",
        "addressline1": "12 Mill Lane",
        "line1": "12 Mill Lane",
        "addressline2": "Flat 3",
        "line2": "Flat 3",
        "housenumber": "12",
        "city": "Cambridge",
        "town": "Cambridge",
        "state": "active",
        "province": "Ontario",
        "county": "Cambridgeshire",
        "region": "eu-west",
        "country": "GB",
        "countrycode": "GB",
        "postcode": "CB2 1RX",
        "postalcode": "CB2 1RX",
        "zip": "90210",
        "zipcode": "90210",
        "currency": "EUR",
        "currencycode": "EUR",
        "language": "en",
        "locale": "en-GB",
        "timezone": "Europe/London",
        "iban": "DE89370400440532013000",
        "bic": "DEUTDEFF",
        "vat": "GB123456789",
        "url": "https://example.com/orders/10042",
        "uri": "https://example.com/orders/10042",
        "link": "https://example.com/orders/10042",
        "href": "https://example.com/orders/10042",
        "website": "https://example.com",
        "host": "broker.example.com",
        "hostname": "broker.example.com",
        "domain": "example.com",
        "ip": "192.0.2.10",
        "ipaddress": "192.0.2.10",
        "path": "/orders/10042",
        "file": "report.pdf",
        "filename": "report.pdf",
        "mimetype": "application/json",
        "mediatype": "application/json",
        "contenttype": "application/json",
        "datacontenttype": "application/json",
        "specversion": "1.0",
        "version": "1.0.0",
        "status": "active",
        "title": "Walnut desk lamp",
        "description": "A short description",
        "comment": "Please leave it with the neighbours",
        "note": "Please leave it with the neighbours",
        "notes": "Please leave it with the neighbours",
        "message": "Something happened",
        "reason": "Requested by the customer",
        "colour": "green",
        "color": "green",
        "sku": "LAMP-0042",
        "ean": "4006381333931",
        "isbn": "9780141439518",
        "hash": "9f86d081884c7d65",
        "checksum": "9f86d081884c7d65",
        "token": "eyJ0b2tlbiI6MX0",
        "date": "2026-03-14",
        "day": "2026-03-14",
        "birthday": "1990-12-10",
        "birthdate": "1990-12-10",
        "dateofbirth": "1990-12-10",
        "dob": "1990-12-10",
        "at": _MOMENT,
        "on": "2026-03-14",
        "timestamp": _MOMENT,
        "datetime": _MOMENT,
        "time": _MOMENT,
        "price": "19.99",
        "amount": "19.99",
        "total": "59.97",
        "quantity": "3",
        "count": "3",
        "year": "2026",
        "duration": "PT1H30M",
        "unit": "kg",
        "topic": "orders.placed",
        "queue": "orders",
        "user": "ada.lovelace",
        "by": "ada.lovelace",
        "owner": "ada.lovelace",
        "author": "Ada Lovelace",
    }
)
_NUMBERS: Mapping[str, float] = MappingProxyType(
    {
        "price": 19.99,
        "amount": 19.99,
        "cost": 19.99,
        "fee": 1.5,
        "total": 59.97,
        "subtotal": 59.97,
        "balance": 250.0,
        "tax": 3.19,
        "discount": 5.0,
        "rate": 0.19,
        "percent": 12.5,
        "percentage": 12.5,
        "ratio": 0.5,
        "score": 0.87,
        "confidence": 0.87,
        "quantity": 3,
        "count": 3,
        "age": 36,
        "year": 2026,
        "month": 3,
        "day": 14,
        "hour": 9,
        "minute": 26,
        "second": 53,
        "latitude": 52.2053,
        "lat": 52.2053,
        "longitude": 0.1218,
        "lon": 0.1218,
        "lng": 0.1218,
        "weight": 1.25,
        "width": 40,
        "height": 60,
        "length": 80,
        "temperature": 21.5,
        "humidity": 48.0,
        "speed": 13.9,
        "distance": 4.2,
        "port": 8080,
        "status": 200,
        "statuscode": 200,
        "version": 1,
        "page": 1,
        "size": 20,
        "limit": 20,
        "offset": 0,
        "index": 0,
        "sequence": 42,
        "timestamp": 1_773_480_413_000,
        "at": 1_773_480_413_000,
        "time": 1_773_480_413_000,
        "id": 10_042,
        "number": 10_042,
        "lumens": 800,
    }
)
_UNIQUE = frozenset({"uuid", "guid"})
_TECHNICAL = frozenset(
    {"correlation", "trace", "span", "event", "message", "request", "session", "transaction"}
)
"""What `...Id` of which is a UUID rather than a number that people read out."""
_IDENTIFYING = frozenset({"id", "number", "no", "nr", "code", "key", "ref", "reference"})


def text_for(name: str, format_name: str = "") -> str:
    """A text that a field of a name and format would hold.

    >>> text_for("customerEmail"), text_for("orderId"), text_for("placed_at"), text_for("giftNote")
    ('ada.lovelace@example.com', 'ORD-10042', '2026-03-14T09:26:53Z', 'Please leave it with the \
neighbours')
    >>> text_for("x", "ipv4"), text_for("shelfMark"), text_for("")
    ('192.0.2.10', 'shelf mark', 'text')
    """
    name = name[-_LONGEST_NAME:]
    if format_name in ("uuid", "guid", "uuid4"):
        return _uuid(name)
    if format_name in FORMAT_SAMPLES:
        told = _told(name, _TEXTS)
        # A name may know better than the bare format, as long as it means the same sort of text.
        born = format_name == "date" and told is not None and told.endswith("-12-10")
        return told if born and told else FORMAT_SAMPLES[format_name]
    return _text(name)


def number_for(name: str) -> float:
    """A number that a field of a name would hold; 1 when the name tells nothing.

    >>> number_for("unitPrice"), number_for("foo")
    (19.99, 1)
    """
    found = _told(name[-_LONGEST_NAME:], _NUMBERS)
    return 1 if found is None else found


@lru_cache(maxsize=4096)
def _text(name: str) -> str:
    words = _words(name)
    told = _told(name, _TEXTS)
    if told is not None:
        return told
    if not words:
        return "text"
    last = words[-1]
    if last in _UNIQUE or (last == "id" and (len(words) == 1 or words[-2] in _TECHNICAL)):
        return _uuid(name)
    if last in _IDENTIFYING:
        return f"{words[-2 if len(words) > 1 else -1][:3].upper()}-10042"
    return " ".join(words)


_Told = TypeVar("_Told")


def _told(name: str, guide: Mapping[str, _Told]) -> _Told | None:
    """The guide's value for the longest run of words that ends a name."""
    words = _words(name)
    for start in range(max(len(words) - 3, 0), len(words)):
        found = guide.get("".join(words[start:]))
        if found is not None:
            return found
    return None


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(name))


@lru_cache(maxsize=4096)
def _uuid(name: str) -> str:
    """A UUID (version 4 by its look) that depends on the name alone."""
    digits = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"
