"""The pages: each arranges what `metrics` has worked out."""
