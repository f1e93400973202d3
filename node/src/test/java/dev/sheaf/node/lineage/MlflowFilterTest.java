package dev.sheaf.node.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Optional;

/// Filters of MLflow's searches.
final class MlflowFilterTest {
    private static final Map<String, String> CHURN =
            Map.of("name", "churn.v_1", "run_id", "7", "tags.stage", "live", "tags.a b", "x'y");

    private static boolean holds(String filter) {
        return MlflowFilter.parse(filter).holds(of -> Optional.ofNullable(CHURN.get(of)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "||; true",
                "name = 'churn.v_1'; true",
                "name = 'churn'; false",
                "name='churn.v_1' and run_id = '7'; true",
                "name='churn.v_1' AND run_id = 8; false",
                "attributes.name LIKE 'churn%'; true",
                "name LIKE '%v_1'; true",
                "name LIKE 'churn_v__'; true",
                "name LIKE 'chur_'; false",
                "name LIKE 'CHURN%'; false",
                "name ILIKE 'CHURN%'; true",
                "tags.stage = 'live'; true",
                "tag.`a b` = \"x'y\"; true",
                "tag.`mlflow.prompt.is_prompt` != 'true'; true",
                "tags.stage != 'live'; false",
                "source_path = 's3://models'; false",
            })
    void comparesNamesAttributesAndTags(String filter, boolean expected) {
        assertEquals(expected, holds(filter), filter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "name = churn",
                "name = 'a' OR name = 'b'",
                "name = 'a' AND",
                "name = 'a' 'b'",
                "metrics.loss < 1",
                "name LIKEx 'a'"
            })
    void whatItCannotReadIsRefusedWithWhatMayBeWritten(String filter) {
        Problem refused = assertThrows(Problem.class, () -> holds(filter));
        assertEquals(ProblemCode.BAD_REQUEST, refused.code());
        assertTrue(refused.message().contains(filter), refused::message);
        assertTrue(refused.message().contains("name LIKE 'PART%'"), refused::message);
    }

    @Test
    void manyWildcardsTakeNoTimeThatGrowsWithTheirNumber() {
        String value = "a".repeat(2000);
        MlflowFilter filter = MlflowFilter.parse("name LIKE '" + "%a".repeat(40) + "b'");
        assertEquals(false, filter.holds(_ -> Optional.of(value)));
    }
}
