"""Tables with a row a case: found among grids, their columns understood, their rows typed."""
