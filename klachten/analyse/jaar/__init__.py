"""One year: flow, intensity, what stands out."""
