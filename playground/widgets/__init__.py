"""Small pieces of interface that know nothing of documents: labels, tiles, switches, cards."""
