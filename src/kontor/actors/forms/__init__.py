"""Forms of the actors: they check what people type; the services check what it means."""
