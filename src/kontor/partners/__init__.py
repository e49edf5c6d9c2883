"""Partner clusters: profiles whose facts have source and date, long list and short list."""
