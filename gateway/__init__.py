"""The pages staff look at: inbox, projects and reviews over the engine's REST API and the records."""
