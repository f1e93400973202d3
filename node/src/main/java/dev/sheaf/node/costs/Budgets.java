package dev.sheaf.node.costs;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.product.Budget;
import dev.sheaf.product.Domain;
import dev.sheaf.product.apply.BudgetReader;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What domains of this region allow to be spent on moving their data out of it, in months of UTC.
/// Statements that run at the same time cannot together exceed a budget by more than what their
/// estimates were too low: each estimate is held back while its statement runs. For any thread.
public final class Budgets {
    private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);
    private static final BigDecimal NEAR = new BigDecimal("0.8");
    private static final int DIGITS = 20;

    private final Supplier<List<Domain>> domains;
    private final CostMeter meter;
    private final Map<DomainName, Money> reserved = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    /// @param domains as they are declared now
    public Budgets(Supplier<List<Domain>> domains, CostMeter meter) {
        this.domains = domains;
        this.meter = meter;
    }

    /// How a domain stands.
    ///
    /// @param reserved held back for statements that run
    /// @param renews first day of the next month
    public record Standing(
            DomainName domain,
            String owner,
            Budget budget,
            YearMonth month,
            Money spent,
            Money reserved,
            LocalDate renews) {
        Money left() {
            return budget.monthly().minus(spent).minus(reserved);
        }
    }

    /// Holds back what moving a sub-query's rows is estimated to cost.
    ///
    /// @param products that it reads; each bears an equal share
    /// @param from this region
    /// @throws Problem COST_EXCEEDED, and then nothing is held
    public Reservation reserve(
            Collection<ProductName> products, RegionName from, RegionName to, long bytes) {
        return from.equals(to)
                ? new Held(Map.of(), List.of())
                : reserve(products, meter.quote(from, to, bytes).price());
    }

    /// @throws Problem COST_EXCEEDED, and then nothing is held
    public synchronized Reservation reserve(Collection<ProductName> products, Money estimate) {
        Map<DomainName, Money> shares = shares(products, estimate);
        List<String> warnings = new ArrayList<>();
        for (Map.Entry<DomainName, Money> share : shares.entrySet()) {
            standing(share.getKey())
                    .ifPresent(standing -> check(standing, share.getValue(), warnings));
        }
        shares.forEach((domain, share) -> reserved.merge(domain, share, Money::plus));
        return new Held(shares, warnings);
    }

    private static Map<DomainName, Money> shares(Collection<ProductName> products, Money estimate) {
        Map<DomainName, Integer> counts =
                new TreeMap<>(java.util.Comparator.comparing(DomainName::value));
        products.forEach(product -> counts.merge(product.domain(), 1, Integer::sum));
        Map<DomainName, Money> shares = new HashMap<>();
        counts.forEach((domain, count) ->
                shares.put(
                        domain,
                        count == products.size()
                                ? estimate
                                : new Money(
                                        estimate.amount()
                                                .multiply(BigDecimal.valueOf(count))
                                                .divide(
                                                        BigDecimal.valueOf(products.size()),
                                                        DIGITS,
                                                        RoundingMode.UP),
                                        estimate.currency())));
        return shares;
    }

    private void check(Standing standing, Money share, List<String> warnings) {
        Budget budget = standing.budget();
        if (!budget.monthly().currency().equals(share.currency())) {
            throw new Problem(
                    ProblemCode.COST_EXCEEDED,
                    "the budget of the domain "
                            + standing.domain()
                            + " is in "
                            + budget.monthly().currency()
                            + ", but prices are in "
                            + share.currency()
                            + ", so that it cannot be held to it: "
                            + standing.owner()
                            + " can write it in "
                            + share.currency());
        }
        Money left = standing.left();
        boolean isExceeded = share.compareTo(left) > 0 || !left.isPositive();
        if (isExceeded && budget.action() == Budget.Action.REFUSE) {
            throw new Problem(
                    ProblemCode.COST_EXCEEDED,
                    told(standing)
                            + ", and this would cost "
                            + dev.sheaf.cost.UseBook.shown(share)
                            + ". Ask for less (fewer columns or rows, an aggregate), wait until it"
                            + " renews, or ask "
                            + standing.owner()
                            + " for more");
        }
        Money then = budget.monthly().minus(left).plus(share);
        boolean isNear = then.amount().compareTo(budget.monthly().amount().multiply(NEAR)) >= 0;
        if (isNear || isExceeded) {
            String warning = told(standing) + (isExceeded ? ": it is exceeded" : "");
            warnings.add(warning);
            if (told.add(standing.domain() + " " + standing.month() + " " + isExceeded)) {
                LOG.warn("{}", warning);
            }
        }
    }

    private static String told(Standing standing) {
        return "the budget of the domain "
                + standing.domain()
                + " for "
                + standing.month()
                + " is "
                + standing.budget().monthly()
                + ", of which "
                + dev.sheaf.cost.UseBook.shown(standing.spent())
                + " are spent and "
                + dev.sheaf.cost.UseBook.shown(standing.reserved())
                + " held for what runs; it renews on "
                + standing.renews()
                + " (UTC)";
    }

    /// Whether any domain has one.
    boolean areAny() {
        return domains.get().stream().anyMatch(domain -> BudgetReader.of(domain).isPresent());
    }

    /// @return empty for a domain without a budget, or of another region
    public synchronized Optional<Standing> standing(DomainName name) {
        return domains.get().stream()
                .filter(domain -> domain.name().equals(name))
                .findFirst()
                .flatMap(domain -> BudgetReader.of(domain).map(budget -> standing(domain, budget)));
    }

    private Standing standing(Domain domain, Budget budget) {
        YearMonth month = YearMonth.from(meter.today());
        String currency = budget.monthly().currency();
        boolean isSame = currency.equals(meter.prices().currency());
        return new Standing(
                domain.name(),
                domain.owner(),
                budget,
                month,
                isSame ? meter.spent(month, domain.name()) : Money.zero(currency),
                isSame
                        ? reserved.getOrDefault(domain.name(), Money.zero(currency))
                        : Money.zero(currency),
                month.plusMonths(1).atDay(1));
    }

    private synchronized void release(Map<DomainName, Money> shares) {
        shares.forEach((domain, share) ->
                reserved.computeIfPresent(
                        domain,
                        (any, held) -> {
                            Money left = held.minus(share);
                            return left.isPositive() ? left : null;
                        }));
    }

    private final class Held implements Reservation {
        private final List<String> warnings;
        private Map<DomainName, Money> shares;

        Held(Map<DomainName, Money> shares, List<String> warnings) {
            this.shares = shares;
            this.warnings = List.copyOf(warnings);
        }

        @Override
        public List<String> warnings() {
            return warnings;
        }

        @Override
        public synchronized void close() {
            Map<DomainName, Money> held = shares;
            shares = Map.of();
            release(held);
        }
    }
}
