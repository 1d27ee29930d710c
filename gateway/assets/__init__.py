"""Front-end packages: the locked list, and the programs that put them in place."""
