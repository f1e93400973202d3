package dev.sheaf.governance.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.rego.value.JsonValues;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The documents of `spec/policy-input.md` are those of the code.
final class PolicyInputTest {
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    private static final Question QUESTION =
            new Question(
                    new Subject("ada", "user", Set.of(), Set.of("analyst"), Set.of("marketing")),
                    Action.PRODUCT_QUERY,
                    new Resource(
                            "product",
                            "sales.orders",
                            "sales",
                            "orders",
                            "aws/eu-west-1",
                            "",
                            true,
                            List.of("aws/eu-west-1"),
                            List.of(
                                    new Column("country", "", List.of(), ""),
                                    new Column("email", "email", List.of("contact"), "")),
                            OptionalInt.of(90),
                            Optional.empty(),
                            Optional.empty()),
                    new Circumstances(
                            Instant.parse("2026-11-20T09:00:00Z"),
                            "churn",
                            "aws/eu-west-1",
                            "duckdb",
                            List.of(
                                    new GrantFacts(
                                            "g-17",
                                            "sales.orders",
                                            "churn",
                                            Instant.parse("2026-11-01T00:00:00Z"),
                                            Instant.parse("2026-12-01T00:00:00Z"),
                                            false,
                                            false))));

    @Test
    void theInputIsThatOfTheSpecification() throws IOException {
        assertEquals(JsonValues.parse(examples().get(0)), QUESTION.toInput());
    }

    @Test
    void theDecisionOfTheSpecificationIsRead() throws IOException {
        Decision decision = DecisionReader.read(JsonValues.parse(examples().get(1)), "r");
        assertEquals(
                new Decision.Allow(
                        List.of("access.grant: g-17"),
                        Map.of("email", new Mask.Partial(1, 0, "@")),
                        List.of("country = 'FR'"),
                        "r"),
                decision);
    }

    @Test
    void everyKindOfMaskOfTheSpecificationIsRead() throws IOException {
        List<Mask> masks =
                examples()
                        .get(2)
                        .lines()
                        .map(JsonValues::parse)
                        .map(PolicyInputTest::mask)
                        .toList();
        assertEquals(
                List.of(
                        new Mask.Nothing(),
                        new Mask.Fixed("hidden"),
                        new Mask.Hash(),
                        new Mask.Tokenise(),
                        new Mask.ToPeriod("month"),
                        new Mask.ToRange(BigDecimal.TEN),
                        new Mask.Partial(2, 4, ""),
                        new Mask.Sql("left(postcode, 2)")),
                masks);
        assertEquals(
                Set.of(Mask.class.getPermittedSubclasses()),
                Set.copyOf(masks.stream().map(Object::getClass).toList()));
    }

    @Test
    void everyActionAndEveryMemberIsNamed() throws IOException {
        String text = specification();
        for (Action action : Action.values()) {
            assertTrue(text.contains("`" + action.text() + "`"), action.text());
        }
        assertTrue(text.lines().count() < 150);
    }

    @Test
    void aMaskThatIsNoneDeniesInsteadOfShowingTheColumn() {
        String domain =
                """
                package domains.sales
                mask.email := {"kind": "blur"}
                permit contains "all" if input.action == "product.query"
                """;
        Decider decider = new Decider(System::nanoTime, new java.util.Random(1));
        List<dev.sheaf.rego.syntax.Module> modules = new ArrayList<>(StandardPack.modules());
        modules.add(
                dev.sheaf.rego.syntax.Parser.module(
                        "domain.rego", domain, dev.sheaf.rego.syntax.RegoVersion.V1));
        decider.use(PolicySet.compile(modules, StandardPack.settings()));
        Decision.Deny denied = assertInstanceOf(Decision.Deny.class, decider.decide(QUESTION));
        assertTrue(denied.reasons().getFirst().contains("blur"), denied.toString());
    }

    @Test
    void anExplanationIsTheDecisionWithItsTrace() {
        Decider decider = new Decider(System::nanoTime, new java.util.Random(1));
        PolicySet pack = StandardPack.load();
        decider.use(pack);
        Explanation explained =
                new Explainer(pack, System::nanoTime, new java.util.Random(1))
                        .explain(QUESTION.toInput(), QUESTION.circumstances().time());
        assertEquals(decider.decide(QUESTION), explained.decision());
        assertInstanceOf(Decision.Allow.class, explained.decision());
        assertTrue(explained.document().isPresent());
        assertTrue(
                explained.trace().stream().anyMatch(line -> line.contains("access.rego")),
                explained.trace().toString());
    }

    private static Mask mask(dev.sheaf.rego.value.Value value) {
        return MaskReader.read("column", value);
    }

    private static List<String> examples() throws IOException {
        Matcher matcher = EXAMPLE.matcher(specification());
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        assertEquals(3, found.size(), Arrays.toString(found.toArray()));
        return found;
    }

    private static String specification() throws IOException {
        return Files.readString(
                Path.of(System.getProperty("sheaf.repo"), "spec", "policy-input.md"));
    }
}
