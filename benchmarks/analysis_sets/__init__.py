"""What the analysis of loops is judged by, written apart from it: sets with a stated truth, and the measures."""
