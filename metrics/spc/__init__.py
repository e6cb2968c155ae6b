"""Statistical process control: XmR charts by the rules of NHS England's Making Data Count."""
