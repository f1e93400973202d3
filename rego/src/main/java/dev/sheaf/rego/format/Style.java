package dev.sheaf.rego.format;

/// In which dialect is written.
///
/// @param isV1 whether values are given by `:=`
/// @param isConverting whether it was v0 before, and gets `if` and `contains`
record Style(boolean isV1, boolean isConverting) {}
