"""Weather from a file: what somebody (or a nightly job) puts into the data folder, no network needed."""
