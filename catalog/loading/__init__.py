"""Loading what did not come over HTTP into the log."""
