package dev.sheaf.client;

import java.time.LocalDate;
import java.util.Optional;

/// Which costs.
///
/// @param by `domain`, `product`, `destination`, `day`, `caller` or `kind`
/// @param from the first day, of UTC; the first of this month when empty
/// @param until the last day; today when empty
public record CostQuery(String by, Optional<LocalDate> from, Optional<LocalDate> until) {}
