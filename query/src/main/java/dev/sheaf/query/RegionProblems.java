package dev.sheaf.query;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Locale;
import java.util.Optional;

/// What a caller is told when a region refuses or fails. The region's name stands in it, but for a
/// product that its home does not show to the caller: that looks as if nobody knew of it.
final class RegionProblems {
    private final ProductLookup lookup;

    RegionProblems(ProductLookup lookup) {
        this.lookup = lookup;
    }

    Problem shown(Problem problem, Fragment fragment) {
        String message = problem.message();
        if (problem.code() == ProblemCode.NOT_FOUND) {
            String lower = message.toLowerCase(Locale.ROOT);
            Optional<RemoteTable> hidden =
                    fragment.tables().stream()
                            .filter(table ->
                                    lower.contains("no product '" + table.use().product() + "'"))
                            .findFirst();
            if (hidden.isPresent()) {
                return new Problem(
                        ProblemCode.NOT_FOUND, lookup.notFound(hidden.get().written()), problem);
            }
        }
        String region = fragment.region().toString();
        return message.contains(region)
                ? problem
                : new Problem(
                        problem.code(), "the region " + region + " says: " + message, problem);
    }
}
