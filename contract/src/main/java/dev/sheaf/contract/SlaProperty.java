package dev.sheaf.contract;

import java.util.Optional;

/// One service-level property, for example `freshness` (or `latency`) of 24 `h`.
///
/// @param property its name as written
/// @param value as written, numbers as their text
public record SlaProperty(
        String property,
        String value,
        Optional<String> unit,
        Optional<String> element,
        Optional<String> driver) {}
