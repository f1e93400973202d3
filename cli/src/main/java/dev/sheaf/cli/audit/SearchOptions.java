package dev.sheaf.cli.audit;

import dev.sheaf.client.AuditSearch;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is looked for. Every condition has to hold; of several values in one, one has to.
final class SearchOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From then on: a date, an instant, or how long ago (90m, 24h, 7d).")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Before then.")
    private @Nullable String until;

    @Option(names = "--actor", paramLabel = "SUBJECT", description = "Who; may be repeated.")
    private List<String> actors = new ArrayList<>();

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "What was done, as in query.read; may be repeated.")
    private List<String> actions = new ArrayList<>();

    @Option(
            names = "--resource",
            paramLabel = "RESOURCE",
            description = "To what, as in customer.customers; may be repeated.")
    private List<String> resources = new ArrayList<>();

    @Option(
            names = "--decision",
            paramLabel = "DECISION",
            split = ",",
            description = "allow, allow-restricted, deny, error, none; several by commas.")
    private List<String> decisions = new ArrayList<>();

    /// @throws dev.sheaf.kernel.Problem INVALID_VALUE
    AuditSearch search(Instant now) {
        return new AuditSearch(
                Optional.ofNullable(from).map(text -> Moment.parse(text, now)),
                Optional.ofNullable(until).map(text -> Moment.parse(text, now)),
                actors,
                actions,
                resources,
                decisions);
    }
}
