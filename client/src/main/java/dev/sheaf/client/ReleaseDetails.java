package dev.sheaf.client;

import java.util.Optional;

/// A release and the run that made it.
///
/// @param run absent for a release of another region: its home tells
public record ReleaseDetails(ReleaseInfo release, Optional<RunInfo> run) {}
