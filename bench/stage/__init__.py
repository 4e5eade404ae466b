"""Where the benchmarks take place: settings, addresses, databases, and ways to ask."""
