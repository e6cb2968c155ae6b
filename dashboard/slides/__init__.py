"""Decks in PowerPoint, made from the cards of the pages: native charts and tables, words and notes."""
