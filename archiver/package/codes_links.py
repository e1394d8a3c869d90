"""Codes of findings about records of a package of archiver that lead to each other."""

from __future__ import annotations

from archiver.model.finding_code import catalogue

LINK_CODES = catalogue(
    """
package.revisit-mismatch; error; ISO 28500:2017 clause 6.7.2
A revisit that archiver wrote does not lead to the record with the same payload before it, by id, address and date.
The record was changed: get the WARC file from another copy.
"""
)
