"""Musical decisions: which loops, in which form, when. Pure, given its inputs and a seed."""
