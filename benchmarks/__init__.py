"""Studies and timings: figures that the docs quote, and the programs that make them."""
