package dev.sheaf.product.release;

import dev.sheaf.contract.RowLifetime;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Run;
import dev.sheaf.product.release.Health.Failure;
import dev.sheaf.product.release.Health.Status;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Measures [Health].
public final class ProductHealth {
    /// How many of the last runs count for the error rate.
    public static final int RUNS_COUNTED_MAX = 10;

    private static final int RUNS_LOOKED_AT_MAX = 200;

    private final Ledger ledger;
    private final Releases releases;
    private final Function<String, String> reasonOf;
    private final Clock clock;

    /// @param reasonOf makes a sentence for people from the report of a failed or refused run
    public ProductHealth(
            Ledger ledger, Releases releases, Function<String, String> reasonOf, Clock clock) {
        this.ledger = ledger;
        this.releases = releases;
        this.reasonOf = reasonOf;
        this.clock = clock;
    }

    /// @throws Problem NOT_FOUND when there is no such product
    public Health of(ProductName product) {
        ProductSpec spec =
                ledger.product(product)
                        .orElseThrow(() ->
                                new Problem(
                                        ProblemCode.NOT_FOUND, "there is no product " + product));
        Optional<Release> current = releases.current(product);
        List<Run> runs = ledger.runs(product, RUNS_LOOKED_AT_MAX);
        List<ServiceLevel> levels = ServiceLevel.of(spec.contract().slaProperties());
        Optional<Duration> age =
                current.map(r -> Duration.between(r.publishedAt(), clock.instant()));
        Optional<Failure> failing =
                runs.stream().filter(ProductHealth::isVerdict).findFirst().flatMap(this::failure);
        List<Run> counted =
                runs.stream()
                        .filter(run -> isVerdict(run) && run.rowsIn() > 0)
                        .limit(RUNS_COUNTED_MAX)
                        .toList();
        List<String> stale = new ArrayList<>(stale(levels, age));
        overdue(spec, age).ifPresent(stale::add);
        List<String> reasons = new ArrayList<>();
        failing.ifPresent(f -> reasons.add("run " + f.runId() + ": " + f.reason()));
        reasons.addAll(stale);
        if (current.isEmpty()) {
            reasons.add("nothing was published yet");
        }
        return new Health(
                status(current, failing, stale),
                reasons,
                current,
                spec.contract().version(),
                age,
                levels,
                errorRate(counted),
                counted.size(),
                runs.stream().flatMap(run -> run.report().stream()).findFirst(),
                runs.stream().flatMap(run -> failure(run).stream()).findFirst());
    }

    private static Status status(
            Optional<Release> current, Optional<Failure> failing, List<String> stale) {
        if (current.isEmpty()) {
            return Status.NEVER_PUBLISHED;
        }
        if (failing.isPresent()) {
            return Status.FAILING;
        }
        return stale.isEmpty() ? Status.HEALTHY : Status.STALE;
    }

    private static List<String> stale(List<ServiceLevel> levels, Optional<Duration> age) {
        return age.map(duration ->
                        levels.stream()
                                .filter(level -> level.isBrokenAt(duration))
                                .map(level -> broken(level, duration))
                                .toList())
                .orElse(List.of());
    }

    /// A current release is never removed for its age: only its owner can publish anew.
    private static Optional<String> overdue(ProductSpec spec, Optional<Duration> age) {
        RowLifetime lifetime = RowLifetime.of(spec.table());
        OptionalInt days = lifetime.retentionDays();
        if (days.isEmpty() || lifetime.retentionColumn().isPresent()) {
            return Optional.empty();
        }
        return age.filter(each -> each.compareTo(Duration.ofDays(days.getAsInt())) > 0)
                .map(each ->
                        "the current release is "
                                + each.toDays()
                                + " days old, and the contract keeps data "
                                + days.getAsInt()
                                + " days ("
                                + RowLifetime.RETENTION_DAYS
                                + "): publish anew, or delete the product");
    }

    private static String broken(ServiceLevel level, Duration age) {
        return "the current release is "
                + age.toHours()
                + " h old, "
                + level.property()
                + " is agreed as "
                + level.agreed();
    }

    /// Runs that say something about the product, and not about a caller who changed their mind.
    private static boolean isVerdict(Run run) {
        return switch (run.state()) {
            case COMMITTED, REFUSED, FAILED -> true;
            case PREPARED, UNCHANGED, CANCELLED -> false;
        };
    }

    private Optional<Failure> failure(Run run) {
        boolean refused = run.state() == Run.State.REFUSED;
        if (!refused && run.state() != Run.State.FAILED) {
            return Optional.empty();
        }
        return Optional.of(
                new Failure(
                        run.id(),
                        run.finishedAt().orElse(run.startedAt()),
                        refused,
                        run.report().map(reasonOf).orElse("no report was left")));
    }

    private static Optional<Double> errorRate(List<Run> runs) {
        long rowsIn = runs.stream().mapToLong(Run::rowsIn).sum();
        long quarantined = runs.stream().mapToLong(Run::rowsQuarantined).sum();
        return rowsIn == 0 ? Optional.empty() : Optional.of((double) quarantined / rowsIn);
    }
}
