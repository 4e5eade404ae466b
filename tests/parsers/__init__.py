"""Calendar software that is not ours, to read our feeds as the world reads them."""
