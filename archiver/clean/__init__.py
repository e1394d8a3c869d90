"""Document to blocks with a fate: phrase rules, the structure of pages, the parts of a text, the judge."""
