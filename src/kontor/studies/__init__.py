"""Partner studies: weights, scores, results and decisions that survive objections."""
