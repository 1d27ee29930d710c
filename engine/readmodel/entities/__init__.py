"""The entities: for each its tables, its fields as the API sees them, and how records change them."""
