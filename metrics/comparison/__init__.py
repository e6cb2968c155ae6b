"""Early implementers against CCGs not yet live: the change from their own past, how sure it is, and how far behind."""
