package dev.sheaf.bench.query;

import dev.sheaf.contract.TableContract;
import dev.sheaf.governance.decision.Action;
import dev.sheaf.governance.decision.Circumstances;
import dev.sheaf.governance.decision.Column;
import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.MaskSql;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.decision.Question;
import dev.sheaf.governance.decision.Resource;
import dev.sheaf.governance.decision.StandardPack;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.query.Caller;
import dev.sheaf.query.TablePolicy;
import dev.sheaf.rego.syntax.Module;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.RegoVersion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/// The standard pack and one rule of the domain decide, each time anew, that analysts see
/// customers' names and telephone numbers in part, and only customers of some nations.
final class MaskedCustomers implements TablePolicy {
    static final String FILTER = "c_nationkey < 13";
    private static final String RULES =
            """
            package domains.shop

            permit contains "shop.analysts: analysts read the shop" if {
            	"analyst" in input.subject.roles
            }

            filter contains "c_nationkey < 13" if input.resource.name == "customer"
            """;

    private final MaskSql masks = new MaskSql("00112233445566778899aabbccddeeff");
    private final Decider decider = new Decider(System::nanoTime, new Random(1));

    MaskedCustomers() {
        List<Module> modules = new ArrayList<>(StandardPack.modules());
        modules.add(Parser.module("shop.rego", RULES, RegoVersion.V1));
        decider.use(PolicySet.compile(modules, StandardPack.settings()));
    }

    @Override
    public Decision decide(Caller caller, ProductName product, TableContract table) {
        return switch (decider.decide(question(product))) {
            case dev.sheaf.governance.decision.Decision.Deny denied ->
                    throw new IllegalStateException(denied.reasons().toString());
            case dev.sheaf.governance.decision.Decision.Allow allowed -> {
                Map<String, String> expressions = new HashMap<>();
                allowed.masks()
                        .forEach((column, mask) ->
                                expressions.put(column, masks.expression(mask, column, "VARCHAR")));
                yield new Decision.Allow(expressions, allowed.filters().stream().findFirst());
            }
        };
    }

    private static Question question(ProductName product) {
        boolean isCustomer = product.name().equals("customer");
        List<Column> columns =
                isCustomer
                        ? List.of(
                                new Column("c_custkey", "", List.of(), ""),
                                new Column("c_name", "name", List.of(), ""),
                                new Column("c_phone", "phone", List.of(), ""),
                                new Column("c_nationkey", "", List.of(), ""))
                        : List.of();
        return new Question(
                new Subject("bench", "user", Set.of(), Set.of("analyst"), Set.of("marketing")),
                Action.PRODUCT_QUERY,
                new Resource(
                        "product",
                        product.toString(),
                        product.domain().value(),
                        product.name(),
                        "aws/eu-west-1",
                        "",
                        false,
                        List.of(),
                        columns,
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Circumstances(Instant.now(), "churn", "aws/eu-west-1", "duckdb", List.of()));
    }

    /// The column as the masks show it, for writing the same by hand.
    String shown(String column, String kind) {
        return masks.expression(
                kind.equals("name")
                        ? new dev.sheaf.governance.decision.Mask.Partial(1, 0, "")
                        : new dev.sheaf.governance.decision.Mask.Partial(0, 3, ""),
                column,
                "VARCHAR");
    }
}
