package dev.sheaf.query;

import dev.sheaf.engine.EngineProblem;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.query.Part.Way;
import dev.sheaf.query.StatementSplitter.Split;
import dev.sheaf.query.federation.Federation;
import dev.sheaf.query.federation.HeldReleases.Held;
import dev.sheaf.query.federation.SubQuery;
import dev.sheaf.query.federation.SubQueryPlan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Finds out what each fragment of a statement would cost, and chooses how it is answered: what
/// policy allows and is cheapest, by price first, then by bytes.
final class PartPlanner {
    private static final int TEXT_BYTES = 24;
    private static final int OTHER_BYTES = 16;

    private final Federation federation;
    private final ActiveQuery active;
    private final FederatedPlan plan;
    private final RegionProblems problems;

    PartPlanner(
            Federation federation,
            ActiveQuery active,
            FederatedPlan plan,
            RegionProblems problems) {
        this.problems = problems;
        this.federation = federation;
        this.active = active;
        this.plan = plan;
    }

    /// @param isShown whether people will see it, so that all regions are asked
    /// @throws Problem COST_EXCEEDED, or what a region says; UNAVAILABLE names it
    List<Part> parts(boolean isShown) {
        Split split = plan.split();
        boolean asks =
                isShown
                        || active.request().costMax().isPresent()
                        || !split.edges().isEmpty()
                        || split.fragments().stream().anyMatch(this::isHeld);
        List<Part> parts = asks ? asked(split.fragments()) : unasked(split.fragments());
        requireAffordable(parts);
        return parts;
    }

    /// Whether its releases may be read from here, should their home allow it.
    private boolean isHeld(Fragment fragment) {
        return fragment.tables().stream()
                .allMatch(table ->
                        federation
                                .held()
                                .find(
                                        table.use().product(),
                                        fragment.region(),
                                        table.product().release())
                                .isPresent());
    }

    private List<Part> unasked(List<Fragment> fragments) {
        return fragments.stream()
                .map(fragment -> part(fragment, Optional.empty(), new Way.Ask()))
                .toList();
    }

    private List<Part> asked(List<Fragment> fragments) {
        ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
        active.whenEnded(calls::shutdownNow);
        try {
            List<Future<SubQueryPlan>> answers = new ArrayList<>();
            for (Fragment fragment : fragments) {
                SubQuery query =
                        subQuery(
                                fragment,
                                fragment.sql(plan.session(), Map.of()),
                                least(active.timeLeft(), federation.limits().explainMax()));
                answers.add(
                        calls.submit(() -> federation.regions().explain(fragment.region(), query)));
            }
            long end = System.nanoTime() + federation.limits().explainMax().toNanos();
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < fragments.size(); i++) {
                parts.add(part(fragments.get(i), answers.get(i), end - System.nanoTime()));
            }
            return parts;
        } finally {
            calls.shutdownNow();
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Part part(Fragment fragment, Future<SubQueryPlan> answer, long waitNanos) {
        try {
            return cheapest(fragment, answer.get(waitNanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return failed(
                    fragment,
                    new Problem(
                            ProblemCode.UNAVAILABLE,
                            "the region "
                                    + fragment.region()
                                    + " has not said within "
                                    + federation.limits().explainMax().toSeconds()
                                    + " s what the statement would mean there; try again",
                            e));
        } catch (CancellationException e) {
            requireRunning(fragment);
            throw new IllegalStateException("a call was cancelled", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                return failed(fragment, problem);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(
                    ProblemCode.CANCELLED,
                    "the statement was ended while the region "
                            + fragment.region()
                            + " was being asked what it would cost",
                    e);
        }
    }

    private void requireRunning(Fragment fragment) {
        try {
            active.check();
        } catch (EngineProblem e) {
            Problem problem = active.problem(e);
            throw new Problem(
                    problem.code(),
                    problem.message()
                            + " while the region "
                            + fragment.region()
                            + " was being asked what it would mean there",
                    e);
        }
    }

    private Part failed(Fragment fragment, Problem problem) {
        requireRunning(fragment);
        if (active.request().isPartial() && problem.code() == ProblemCode.UNAVAILABLE) {
            return part(fragment, Optional.empty(), new Way.Miss(problem.message()));
        }
        throw problems.shown(problem, fragment);
    }

    /// @param sql for the fragment's region
    SubQuery subQuery(Fragment fragment, String sql) {
        return subQuery(fragment, sql, active.timeLeft());
    }

    private SubQuery subQuery(Fragment fragment, String sql, Duration left) {
        QueryRequest request = active.request();
        return new SubQuery(
                request.id() + "-" + fragment.number(),
                sql,
                request.credential(),
                request.caller().purpose(),
                "",
                left,
                OptionalLong.of(federation.limits().rowsMax()),
                request.trace());
    }

    private Part cheapest(Fragment fragment, SubQueryPlan said) {
        Part asking = part(fragment, Optional.of(said), new Way.Ask());
        return held(said, fragment.region())
                .map(held -> part(fragment, Optional.of(said), new Way.Read(held)))
                .filter(reading -> isCheaper(reading, asking))
                .orElse(asking);
    }

    private static boolean isCheaper(Part one, Part other) {
        int byPrice = one.cost().compareTo(other.cost());
        return byPrice != 0 ? byPrice < 0 : one.bytes() < other.bytes();
    }

    private Optional<List<Held>> held(SubQueryPlan said, RegionName home) {
        List<Held> all = new ArrayList<>();
        for (SubQueryPlan.Table table : said.tables()) {
            Optional<Held> found =
                    table.files()
                            ? federation.held().find(table.product(), home, table.release())
                            : Optional.empty();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            all.add(found.get());
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private Part part(Fragment fragment, Optional<SubQueryPlan> said, Way way) {
        Way chosen = fragment.isScanned() ? way : new Way.Skip();
        OptionalLong rows = rows(fragment, said);
        long bytes =
                switch (chosen) {
                    case Way.Ask() -> rows.isPresent() ? rows.getAsLong() * width(fragment) : 0;
                    case Way.Read read -> read.isReplica() ? 0 : bytesOfFiles(said);
                    case Way.Skip() -> 0;
                    case Way.Miss _ -> 0;
                };
        return new Part(
                fragment,
                chosen,
                said,
                rows,
                bytes,
                federation.prices().price(fragment.region(), federation.here(), bytes));
    }

    private static OptionalLong rows(Fragment fragment, Optional<SubQueryPlan> said) {
        if (said.isPresent() && said.get().rows().isPresent()) {
            return said.get().rows();
        }
        long largest = 0;
        for (RemoteTable table : fragment.tables()) {
            if (table.product().rows().isEmpty()) {
                return OptionalLong.empty();
            }
            largest = Math.max(largest, table.product().rows().getAsLong());
        }
        return OptionalLong.of(largest);
    }

    private static long bytesOfFiles(Optional<SubQueryPlan> said) {
        return said.stream()
                .flatMap(plan -> plan.tables().stream())
                .mapToLong(table -> table.bytes().orElse(0))
                .sum();
    }

    private static long width(Fragment fragment) {
        long width = 0;
        for (int index : fragment.fetched()) {
            width +=
                    switch (fragment.columns().get(index).type()) {
                        case "BOOLEAN" -> 1;
                        case "INTEGER", "FLOAT", "DATE" -> 4;
                        case "BIGINT", "DOUBLE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" ->
                                8;
                        case "VARCHAR" -> TEXT_BYTES;
                        default -> OTHER_BYTES;
                    };
        }
        return width;
    }

    private void requireAffordable(List<Part> parts) {
        Optional<Money> limit = active.request().costMax();
        if (limit.isEmpty()) {
            return;
        }
        Money sum = Money.zero(limit.get().currency());
        StringBuilder each = new StringBuilder();
        for (Part part : parts) {
            if (!part.cost().currency().equals(sum.currency())) {
                throw new Problem(
                        ProblemCode.INVALID_VALUE,
                        "transfers are priced in "
                                + part.cost().currency()
                                + ": give the limit of "
                                + limit.get()
                                + " in that currency");
            }
            sum = sum.plus(part.cost());
            each.append(each.isEmpty() ? "" : "; ").append(shown(part));
        }
        if (sum.compareTo(limit.get()) > 0) {
            throw new Problem(
                    ProblemCode.COST_EXCEEDED,
                    "the statement may cost "
                            + sum
                            + " to move between regions, more than the limit of "
                            + limit.get()
                            + " ("
                            + each
                            + "); narrow it, or raise the limit");
        }
    }

    private static String shown(Part part) {
        return String.join(
                        ", ",
                        part.fragment().tables().stream()
                                .map(table -> table.use().product().toString())
                                .distinct()
                                .toList())
                + " from "
                + part.fragment().region()
                + ": "
                + part.cost()
                + " for "
                + part.bytes()
                + " bytes";
    }
}
