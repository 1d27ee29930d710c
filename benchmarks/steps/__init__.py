"""Steps that exist to be measured: each the smallest of its kind."""
