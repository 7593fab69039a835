"""One small disclosure that breaks each kind of law once: enough to see evidence, places and order in a report.

A table of three rows (one with two items side by side) whose total is wrong by one last digit, a sentence that disagrees with a cell, a row left blank
over a filled one, and a correspondence that does not hold. ``laws`` is the report on it.
"""

from __future__ import annotations

import pytest
from rdflib import Graph

from budgetlod.validate import validate
from budgetlod.validate.report import Report

DATA = "https://example.org/data/"
DISCLOSURE = """
@prefix : <https://example.org/data/> .
@prefix blod: <https://w3id.org/budgetlod/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

:disclosure a blod:Disclosure .
:table a blod:Statement ; rdfs:label "收入总表"@zh .
:section a blod:Section ; rdfs:label "二、总体情况"@zh .
:row1 a blod:Row ; blod:inStatement :table ; blod:order 1 ; blod:label "合计" .
:row2 a blod:Row ; blod:inStatement :table ; blod:order 2 ; blod:label "行政运行" , "其他收入" .
:row10 a blod:Row ; blod:inStatement :table ; blod:order 10 ; blod:label "事业运行" ; blod:leavesBlankOver :part2 ;
    prov:hadPrimarySource <https://example.org/source.pdf#page=3> .
:left a blod:Column ; blod:inStatement :table ; blod:order 2 ; blod:label "项目" .
:column a blod:Column ; blod:inStatement :table ; blod:order 3 ; blod:label "合计" .
:right a blod:Column ; blod:inStatement :table ; blod:order 4 ; blod:label "项目" .
:r2c2 a blod:TextCell ; blod:inRow :row2 ; blod:inColumn :left ; blod:printed "行政 运行" .
:r2c4 a blod:TextCell ; blod:inRow :row2 ; blod:inColumn :right ; blod:printed "其他收入" .

:r1c3 a blod:Cell ; blod:inStatement :table ; blod:inRow :row1 ; blod:inColumn :column ; blod:printed "6.01" ;
    blod:statedAmount 60100.00 ; blod:precision 100.00 ; blod:states :whole ;
    prov:hadPrimarySource <https://example.org/source.txt#line=51,52> .
:r2c3 a blod:Cell ; blod:inStatement :table ; blod:inRow :row2 ; blod:inColumn :column ; blod:printed "2.00" ;
    blod:statedAmount 20000.00 ; blod:precision 100.00 ; blod:states :part1 ;
    prov:hadPrimarySource <https://example.org/source.txt#line=52,53> , <https://example.org/source.txt#line=66,68> .
:r10c3 a blod:Cell ; blod:inStatement :table ; blod:inRow :row10 ; blod:inColumn :column ; blod:printed "4.00" ;
    blod:statedAmount 40000.00 ; blod:precision 100.00 ; blod:states :part2 .
:mention1 a blod:Mention ; blod:inSection :section ; blod:printed "5万元" ; blod:statedAmount 50000.00 ;
    blod:precision 100.00 ; blod:states :part2 .

:breakdown a blod:Breakdown ; blod:whole :whole .
:whole blod:amount 60100.00 ; blod:precision 100.00 .
:part1 blod:inBreakdown :breakdown ; blod:amount 20000.00 ; blod:precision 100.00 ; blod:correspondsTo :part2 .
:part2 blod:inBreakdown :breakdown ; blod:amount 40000.00 ; blod:precision 100.00 .
"""


@pytest.fixture(scope="session")
def disclosure() -> Graph:
    """The graph; tests must not change it."""
    return Graph().parse(data=DISCLOSURE, format="turtle")


@pytest.fixture(scope="session")
def laws(disclosure: Graph) -> Report:
    """The report of the laws on it."""
    return validate(disclosure, profile="laws")
