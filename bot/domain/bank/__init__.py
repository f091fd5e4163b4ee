"""Bank statements: what they say, and which promises and items their payments meet."""
