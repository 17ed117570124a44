"""What several rules share, by topic: words with a clinical meaning of their own, indications, guarded offers."""
