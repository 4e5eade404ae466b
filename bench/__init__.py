"""The benchmarks: each figure a ratio within one run, or a count."""
