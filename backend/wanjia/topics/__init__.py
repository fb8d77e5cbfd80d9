"""Hot topics (热点): what many people raise at the same time, found in their own words."""
