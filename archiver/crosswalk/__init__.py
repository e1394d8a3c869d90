"""Descriptions in the words of others: Dublin Core, schema.org, IPTC ninjs, a table for spreadsheets."""
