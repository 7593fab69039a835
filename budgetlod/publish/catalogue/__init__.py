"""The DCAT catalogue of a publication, made from the entries of its disclosures."""

from budgetlod.publish.catalogue.catalogue import catalogue, catalogue_iri, jsonld_context

__all__ = ["catalogue", "catalogue_iri", "jsonld_context"]
