"""Research-stage therapies: information only, off unless asked for."""
