package dev.sheaf.client;

/// A release and the run that made it.
public record ReleaseDetails(ReleaseInfo release, RunInfo run) {}
