package dev.sheaf.bench.policy;

import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Column;
import dev.sheaf.governance.decision.GrantFacts;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.governance.decision.Subject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Questions as a node asks them: analysts with grants, owners, strangers, of a product with 12
/// columns, four of them personal.
final class Questions {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private Questions() {}

    static List<Question> some() {
        List<Question> all = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            all.add(question(i));
        }
        return all;
    }

    private static Question question(int number) {
        String product = "customer.customers" + number % 8;
        List<Column> columns = new ArrayList<>();
        for (String kind : List.of("name", "email", "phone", "address")) {
            columns.add(new Column(kind, kind, List.of(), ""));
        }
        for (int i = 0; i < 8; i++) {
            columns.add(new Column("plain" + i, i == 0 ? "internal" : "", List.of(), ""));
        }
        boolean isOwner = number % 4 == 0;
        boolean hasGrant = number % 4 != 3;
        return new Question(
                new Subject(
                        "user-" + number,
                        "user",
                        Set.of("team-" + number % 5),
                        Set.of("analyst"),
                        Set.of(isOwner ? "customer" : "sales")),
                Action.PRODUCT_QUERY,
                new Resource(
                        "product",
                        product,
                        "customer",
                        "customers" + number % 8,
                        "azure/westeurope",
                        "internal",
                        true,
                        List.of("azure/westeurope"),
                        columns,
                        OptionalInt.of(90),
                        Optional.empty(),
                        Optional.empty()),
                new Circumstances(
                        NOW,
                        "churn",
                        "azure/westeurope",
                        "duckdb",
                        hasGrant
                                ? List.of(
                                        new GrantFacts(
                                                "g-" + number,
                                                product,
                                                "churn",
                                                NOW.minusSeconds(1000),
                                                NOW.plusSeconds(1000),
                                                false,
                                                false))
                                : List.of()));
    }
}
