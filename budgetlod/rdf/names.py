"""Namespaces and the IRIs of the vocabulary that code needs by name."""

from __future__ import annotations

BLOD = "https://w3id.org/budgetlod/ontology#"
CODE = "https://w3id.org/budgetlod/code/"
SHAPE = "https://w3id.org/budgetlod/shape/"
SOFTWARE = "https://w3id.org/budgetlod/software/"
QUALITY = "https://w3id.org/budgetlod/quality/"
RULE = "https://w3id.org/budgetlod/rule/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
QB = "http://purl.org/linked-data/cube#"
SDMX_ATTRIBUTE = "http://purl.org/linked-data/sdmx/2009/attribute#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
FOAF = "http://xmlns.com/foaf/0.1/"
SPDX = "http://spdx.org/rdf/terms#"
VOID = "http://rdfs.org/ns/void#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
DQV = "http://www.w3.org/ns/dqv#"
OA = "http://www.w3.org/ns/oa#"

PREFIXES: dict[str, str] = {
    "blod": BLOD,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "dqv": DQV,
    "foaf": FOAF,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sdmx-attribute": SDMX_ATTRIBUTE,
    "sh": SH,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "void": VOID,
    "xsd": XSD,
}
