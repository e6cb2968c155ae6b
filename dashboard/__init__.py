"""Show the figures of `metrics`: pages, charts, tables and downloads."""
