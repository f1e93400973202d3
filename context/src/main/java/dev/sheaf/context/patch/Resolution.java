package dev.sheaf.context.patch;

import dev.sheaf.context.Op;

import java.util.List;

/// What a patch comes to: an event's operations and how many sequence numbers it takes.
///
/// @param ops may be empty, where the patch only tests or changes nothing
/// @param width at least 1
public record Resolution(List<Op> ops, int width) {
    public Resolution {
        ops = List.copyOf(ops);
    }
}
