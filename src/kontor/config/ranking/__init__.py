"""`kontor rank`: a study in a file, its results in another; no web, no database."""

# As the command and the result name them.
METHODS = ("weighted-sum", "topsis", "promethee", "smaa")
