package dev.sheaf.node.costs;

import dev.sheaf.client.BudgetInfo;
import dev.sheaf.client.CostReport;
import dev.sheaf.client.CostRow;
import dev.sheaf.cost.FocusCsv;
import dev.sheaf.cost.UseBook;
import dev.sheaf.cost.UseKey;
import dev.sheaf.cost.UseSum;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.product.Domain;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// What has left this region and what it cost: of the domains that the caller's token covers; what
/// is no domain's only for tokens of all.
public final class CostRoutes {
    private static final Map<String, Function<UseKey, String>> BY =
            Map.of(
                    "domain", UseKey::domain,
                    "product", UseKey::product,
                    "destination", UseKey::to,
                    "day", key -> key.day().toString(),
                    "caller", CostRoutes::caller,
                    "kind", key -> key.kind().text());

    private final CostMeter meter;
    private final Budgets budgets;
    private final Supplier<List<Domain>> domains;
    private final String mesh;
    private final String region;

    /// @param domains as they are declared now
    /// @param mesh its name, for whom FOCUS is written
    public CostRoutes(
            CostMeter meter,
            Budgets budgets,
            Supplier<List<Domain>> domains,
            String mesh,
            String region) {
        this.meter = meter;
        this.budgets = budgets;
        this.domains = domains;
        this.mesh = mesh;
        this.region = region;
    }

    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/api/v1/costs", Access.needs(Scope.CATALOG_READ), this::costs));
    }

    private static String caller(UseKey key) {
        return key.callerDomains()
                + (key.callerClass().isEmpty() ? "" : " (" + key.callerClass() + ")");
    }

    private Reply costs(Request request) {
        String by = request.query("by").orElse("domain");
        Function<UseKey, String> name = BY.get(by);
        if (name == null) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "costs are not counted by '"
                            + by
                            + "': write "
                            + String.join(", ", BY.keySet().stream().sorted().toList()));
        }
        LocalDate today = meter.today();
        LocalDate from = day(request, "from").orElse(today.withDayOfMonth(1));
        LocalDate until = day(request, "until").orElse(today);
        if (until.isBefore(from)) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST, "until " + until + " is before from " + from);
        }
        Map<UseKey, UseSum> used =
                meter.between(from, until, key -> isShown(request.caller(), key));
        return switch (request.query("format").orElse("json")) {
            case "focus-csv" ->
                    new Reply.Bytes(
                            200,
                            "text/csv",
                            FocusCsv.write(mesh, used).getBytes(StandardCharsets.UTF_8),
                            Map.of());
            case "json" -> Reply.json(report(request.caller(), by, name, from, until, used));
            default ->
                    throw new Problem(
                            ProblemCode.BAD_REQUEST,
                            "'"
                                    + request.query("format").orElse("")
                                    + "' is no form of costs: write json or focus-csv");
        };
    }

    private static Optional<LocalDate> day(Request request, String name) {
        try {
            return request.query(name).map(LocalDate::parse);
        } catch (DateTimeException e) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    name
                            + " is '"
                            + request.query(name).orElse("")
                            + "': write a day as in 2026-11-27",
                    e);
        }
    }

    private static boolean isShown(Principal caller, UseKey key) {
        return caller.domains().contains(Principal.ALL_DOMAINS)
                || !key.domain().isEmpty() && caller.covers(new DomainName(key.domain()));
    }

    private CostReport report(
            Principal caller,
            String by,
            Function<UseKey, String> name,
            LocalDate from,
            LocalDate until,
            Map<UseKey, UseSum> used) {
        Map<String, Money> totals = new TreeMap<>();
        used.forEach((key, sum) -> totals.merge(key.currency(), sum.cost(), Money::plus));
        return new CostReport(
                region,
                by,
                from,
                until,
                rows(by, name, used),
                totals.values().stream().map(UseBook::shown).toList(),
                domains.get().stream()
                        .filter(domain -> caller.covers(domain.name()))
                        .map(domain -> budgets.standing(domain.name()))
                        .flatMap(Optional::stream)
                        .map(CostRoutes::budget)
                        .toList(),
                meter.prices().checked());
    }

    private record Group(String key, String currency) {}

    private record Sum(UseSum sum, boolean isAssumed) {
        Sum plus(Sum other) {
            return new Sum(sum.plus(other.sum), isAssumed || other.isAssumed);
        }
    }

    private static List<CostRow> rows(
            String by, Function<UseKey, String> name, Map<UseKey, UseSum> used) {
        Map<Group, Sum> sums =
                new TreeMap<>(Comparator.comparing(Group::key).thenComparing(Group::currency));
        used.forEach((key, sum) ->
                sums.merge(
                        new Group(name.apply(key), key.currency()),
                        new Sum(sum, key.isAssumed()),
                        Sum::plus));
        List<Map.Entry<Group, Sum>> sorted = new ArrayList<>(sums.entrySet());
        if (!by.equals("day")) {
            Comparator<Map.Entry<Group, Sum>> dearest =
                    Comparator.comparing(entry -> entry.getValue().sum().cost().amount());
            sorted.sort(dearest.reversed());
        }
        return sorted.stream()
                .map(entry ->
                        new CostRow(
                                entry.getKey().key(),
                                entry.getValue().sum().transfers(),
                                entry.getValue().sum().bytes(),
                                UseBook.shown(entry.getValue().sum().cost()),
                                entry.getValue().isAssumed()))
                .toList();
    }

    private static BudgetInfo budget(Budgets.Standing standing) {
        return new BudgetInfo(
                standing.domain().value(),
                standing.budget().monthly().toString(),
                standing.budget().action().name().toLowerCase(Locale.ROOT),
                UseBook.shown(standing.spent()),
                UseBook.shown(standing.reserved()),
                standing.renews());
    }
}
