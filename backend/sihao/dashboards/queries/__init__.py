"""Read the whole year: events, to-dos, dashboards."""
