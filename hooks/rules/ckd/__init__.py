"""Rules on the progression of chronic kidney disease."""
