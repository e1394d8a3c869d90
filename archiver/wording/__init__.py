"""The recognisers of wording: dates, bylines, datelines and languages, read from text alone."""
