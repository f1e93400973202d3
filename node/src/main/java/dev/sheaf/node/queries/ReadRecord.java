package dev.sheaf.node.queries;

import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.query.ReadListener;
import dev.sheaf.query.TableRead;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Puts on record what a statement reads: a line for each product, which is kept while the
/// statement is planned and run, and is there before its first row is shown. For one statement by
/// one thread.
public final class ReadRecord implements ReadListener {
    private static final String ACTION = "query.read";

    private final Audit audit;
    private final String requestId;
    private final Principal caller;
    private final String query;
    private final String purpose;
    private final List<Audit.Pending> pending = new ArrayList<>();
    private final Map<String, Object> more;
    private final Optional<Consumer<List<TableRead>>> noted;
    private boolean hasRead;

    /// @param more facts for each line
    public ReadRecord(
            Audit audit,
            String requestId,
            Principal caller,
            String query,
            String purpose,
            Map<String, Object> more) {
        this(audit, requestId, caller, query, purpose, more, Optional.empty());
    }

    /// @param noted hears what is read, too, down to columns
    ReadRecord(
            Audit audit,
            String requestId,
            Principal caller,
            String query,
            String purpose,
            Map<String, Object> more,
            Optional<Consumer<List<TableRead>>> noted) {
        this.noted = noted;
        this.more = Map.copyOf(more);
        this.audit = audit;
        this.requestId = requestId;
        this.caller = caller;
        this.query = query;
        this.purpose = purpose;
    }

    @Override
    public boolean wantsColumns() {
        return noted.isPresent();
    }

    @Override
    public void reading(List<TableRead> tables) {
        noted.ifPresent(each -> each.accept(tables));
        for (TableRead table : tables) {
            Map<String, Object> facts = facts();
            facts.put("release", table.release());
            facts.put("masked", table.masked());
            facts.put("filtered", table.isFiltered());
            facts.put("policy", table.revision());
            table.region().ifPresent(region -> facts.put("home", region.toString()));
            boolean isWhole = table.masked().isEmpty() && !table.isFiltered();
            begin(
                    table.product(),
                    isWhole ? Audit.Outcome.ALLOWED : Audit.Outcome.RESTRICTED,
                    facts);
        }
    }

    @Override
    public void refused(ProductName product) {
        begin(product, Audit.Outcome.DENIED, facts());
    }

    private Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>(more);
        facts.put("query", query);
        facts.put("purpose", purpose);
        return facts;
    }

    private void begin(ProductName product, Audit.Outcome outcome, Map<String, Object> facts) {
        pending.add(
                audit.begin(
                        requestId, caller, ACTION, product.toString(), outcome, facts, List.of()));
    }

    /// Returns when all lines are kept.
    ///
    /// @throws dev.sheaf.kernel.Problem when one cannot be: nothing is to be shown then
    public void await() {
        hasRead = !pending.isEmpty();
        pending.forEach(Audit.Pending::await);
        pending.clear();
    }

    /// Whether it is on record what was read.
    boolean hasRead() {
        return hasRead;
    }
}
