package dev.sheaf.cli.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1;                | true",
                "SELECT 1                 | false",
                "SELECT ';'               | false",
                "SELECT ';';              | true",
                "SELECT 'it''s;           | false",
                "SELECT \"a;b\"           | false",
                "SELECT $$;$$             | false",
                "SELECT $x$ ; $x$;        | true",
                "SELECT 1; -- done        | true",
                "SELECT 1 -- ;            | false",
                "SELECT 1; /* open        | false",
                "-- nothing               | true"
            })
    void aStatementEndsWithASemicolonOutsideOfQuotes(String sql, boolean complete) {
        assertEquals(complete, SqlText.isComplete(sql.strip()));
    }

    @Test
    void everyCharacterOfATokenIsWhereItSaysItIs() {
        String sql = "SELECT \"a\"\"b\", 'x''y', $t$z$t$ /* c */ FROM s.t -- end";
        for (SqlText.Token token : SqlText.tokens(sql)) {
            assertEquals(token.text(), sql.substring(token.start(), token.end()));
        }
        assertEquals("a\"b", SqlText.tokens(sql).get(1).name());
    }

    @Test
    void aDollarThatQuotesNothingIsPunctuation() {
        assertEquals(2, SqlText.tokens("$1").size());
    }
}
