"""Who may do what on the embedded engine: people, groups, roles from one YAML file; sign-in; permissions."""
