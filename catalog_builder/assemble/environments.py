"""The words by which people tell the environments of one system apart."""

_NAMES = {
    "production": "production prod prd live",
    "staging": "staging stage stg",
    "acceptance": "acceptance acc uat",
    "development": "development develop dev",
    "test": "test testing tst",
    "preproduction": "preproduction preprod",
    "integration": "integration int",
    "local": "local localhost",
    "sandbox": "sandbox",
    "qa": "qa",
    "demo": "demo",
}

ENVIRONMENTS = {word: name for name, words in _NAMES.items() for word in words.split()}
"""The environment's name by the words for it, in lower case."""
