"""Where shards are worked: in this process or in a pool. Engines know shards, nothing of articles."""
