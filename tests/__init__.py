"""What the service promises, checked from outside first: journeys, HTTP, database; then units."""
