package dev.sheaf.product.apply;

import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.DocumentReader;
import dev.sheaf.contract.document.Node;
import dev.sheaf.contract.document.Parsed;
import dev.sheaf.kernel.Money;
import dev.sheaf.kernel.Problem;
import dev.sheaf.product.Budget;
import dev.sheaf.product.Domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the budget in a domain's manifest (spec/domain.schema.json).
public final class BudgetReader {
    static final String KEY = "budget";

    private static final String CURRENCY = "USD";
    private static final List<String> KEYS = List.of("monthly", "action");

    private BudgetReader() {}

    /// Of a domain that was applied.
    ///
    /// @return empty when it has none
    public static Optional<Budget> of(Domain domain) {
        return DocumentReader.read(domain.source()) instanceof Parsed.Tree(Node.Mapping root, _)
                ? read(domain.source(), root, new Findings())
                : Optional.empty();
    }

    /// @return empty also when there was something to report
    static Optional<Budget> read(Source source, Node.Mapping domain, Findings findings) {
        Optional<Node> value = domain.get(KEY).filter(node -> !(node instanceof Node.Nothing));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof Node.Mapping fields)) {
            findings.error(
                    source,
                    value.get().at(),
                    "'budget' of a domain must be keys and values, as in {monthly: \"50 USD\","
                            + " action: refuse}");
            return Optional.empty();
        }
        Strict budget = new Strict(source, fields, "a budget", findings);
        budget.allowOnly(KEYS);
        Optional<Money> monthly =
                budget.requiredText("monthly").flatMap(text -> money(budget, text));
        Optional<Budget.Action> action =
                budget.text("action")
                        .map(text -> action(budget, text))
                        .orElse(Optional.of(Budget.Action.REFUSE));
        return monthly.isEmpty() || action.isEmpty()
                ? Optional.empty()
                : Optional.of(new Budget(monthly.get(), action.get()));
    }

    private static Optional<Money> money(Strict budget, String text) {
        String fault;
        try {
            Money money = Money.parse(text, CURRENCY);
            if (money.isPositive()
                    && money.amount().precision() <= 18
                    && money.amount().scale() <= 12) {
                return Optional.of(money);
            }
            fault = "'" + text + "' is no budget: write an amount above zero, as in 50 USD";
        } catch (Problem problem) {
            fault = problem.message();
        }
        return wrong(budget, "monthly", fault);
    }

    private static Optional<Budget.Action> action(Strict budget, String text) {
        for (Budget.Action action : Budget.Action.values()) {
            if (action.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(action);
            }
        }
        return wrong(
                budget, "action", "'" + text + "' is no action of a budget: write refuse or warn");
    }

    private static <T> Optional<T> wrong(Strict budget, String key, String fault) {
        budget.findings()
                .error(
                        budget.source(),
                        budget.mapping().get(key).map(Node::at).orElse(budget.mapping().at()),
                        fault);
        return Optional.empty();
    }
}
