package dev.sheaf.product.ledger;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Where a ledger on PostgreSQL lies.
///
/// @param url `jdbc:postgresql://host:port/database`, without credentials
/// @param user the role to log in as; it must own `schema` or be allowed to create it
/// @param password asked for at each new connection, so that a rotated secret is picked up
/// @param schema the schema of the ledger's tables, one per region; created when absent
public record PostgresSettings(String url, String user, Supplier<String> password, String schema) {
    public static final String DEFAULT_SCHEMA = "sheaf_ledger";
    private static final Pattern SCHEMA_FORM = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    public PostgresSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the ledger's URL must begin with jdbc:postgresql:, for example"
                            + " jdbc:postgresql://localhost:5432/sheaf");
        }
        if (!SCHEMA_FORM.matcher(schema).matches()) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the ledger's schema '"
                            + schema
                            + "' is not allowed: use at most 63 lower-case letters, digits and"
                            + " underscores, not beginning with a digit");
        }
    }

    /// Without the password.
    @Override
    public String toString() {
        return url + " as " + user + ", schema " + schema;
    }
}
