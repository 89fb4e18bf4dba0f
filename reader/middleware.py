"""Who is asking, and what stands in their way."""
