package dev.sheaf.contract.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.Checked;
import dev.sheaf.contract.ContractReader;
import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.draft.SampleProfile.Column;
import dev.sheaf.contract.draft.SampleProfile.Frequency;
import dev.sheaf.contract.draft.SampleProfile.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

final class ContractDraftTest {
    private static Column column(
            String name, String type, long nulls, long distinct, Map<Shape, Double> shapes) {
        return new Column(
                name,
                type,
                nulls,
                distinct,
                Optional.of("a\nb: # c"),
                Optional.of("z\u2028"),
                List.of(),
                List.of(new Frequency("yes", 400), new Frequency("- x: \"y\" # z\u0007", 200)),
                OptionalInt.of(1),
                OptionalInt.of(9),
                shapes);
    }

    private static SampleProfile profile(Column... columns) {
        return new SampleProfile(
                "Über Files (1).csv", "csv", true, 600, true, List.of(columns), List.of());
    }

    private static DataContract valid(String yaml) {
        Checked checked =
                ContractReader.check(new Source("draft", yaml.getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of(), checked.findings(), yaml);
        return ContractReader.model(checked);
    }

    @Test
    void aDraftOfAnythingIsValid() {
        DataContract contract =
                valid(
                        ContractDraft.write(
                                profile(
                                        column("a\"b\\", "VARCHAR", 0, 2, Map.of()),
                                        column(
                                                "A B",
                                                "STRUCT(x INTEGER, y MAP(VARCHAR, DATE)[])",
                                                3,
                                                9,
                                                Map.of()),
                                        column("null", "INTERVAL", 600, 0, Map.of()),
                                        column("", "HUGEINT", 0, 600, Map.of()),
                                        column("2nd", "TIMESTAMP WITH TIME ZONE", 0, 600, Map.of()),
                                        column("a b", "DECIMAL(10,2)", 0, 600, Map.of()))));
        assertEquals("uber-files-1", contract.name().orElseThrow());
        assertEquals(
                List.of("a_b", "a_b_2", "null", "column", "c_2nd", "a_b_3"),
                contract.tables().getFirst().columns().stream().map(each -> each.name()).toList());
        assertEquals(
                List.of("yes", "- x: \"y\" # z\u0007"),
                contract.tables().getFirst().columns().getFirst().constraints().allowedValues());
    }

    @Test
    void anEmptySampleMakesAnEmptyPromise() {
        SampleProfile none =
                new SampleProfile(
                        "x.parquet",
                        "parquet",
                        true,
                        0,
                        true,
                        List.of(column("a", "INTEGER", 0, 0, Map.of())),
                        List.of());
        assertFalse(
                valid(ContractDraft.write(none))
                        .tables()
                        .getFirst()
                        .columns()
                        .getFirst()
                        .required());
    }

    @Test
    void whatIsKnownIsTaken() {
        DataContract contract =
                valid(
                        ContractDraft.write(
                                profile(column("id", "BIGINT", 0, 600, Map.of())),
                                new DraftOptions(
                                        Optional.of("Orders"),
                                        Optional.empty(),
                                        Optional.of("sales"))));
        assertEquals("sales-orders", contract.id());
        assertTrue(contract.tables().getFirst().columns().getFirst().primaryKey());
    }

    @Test
    void personalDataIsAskedAboutAndNotShown() {
        String yaml =
                ContractDraft.write(
                        profile(column("contact", "VARCHAR", 0, 2, Map.of(Shape.EMAIL, 0.94))));
        assertTrue(yaml.contains("94 % of the values look like e-mail addresses"), yaml);
        assertFalse(yaml.contains("z:"), yaml);
        assertEquals(
                "pii",
                valid(yaml)
                        .tables()
                        .getFirst()
                        .columns()
                        .getFirst()
                        .classification()
                        .orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "Customer ID,customer_id",
        "customerId,customer_id",
        "HTTPStatus,http_status",
        "Größe (cm),grosse_cm",
        "2nd,c_2nd",
        "__x__,x",
        "日本,日本",
    })
    void namesNeedNoQuotes(String written, String expected) {
        assertEquals(expected, DraftNames.snake(written));
    }
}
