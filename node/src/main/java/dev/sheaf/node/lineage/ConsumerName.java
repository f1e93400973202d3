package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Sha256;
import dev.sheaf.lineage.EntityName;

import java.nio.charset.StandardCharsets;

/// What somebody who asks a kind of query is called in lineage: the subject and, after a slash, the
/// beginning of the digest of the statement without its literals.
final class ConsumerName {
    private static final int DIGITS = 12;

    private ConsumerName() {}

    static EntityName of(MeshNames names, String subject, String sql) {
        String digest =
                Sha256.of(shape(sql).getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
        return new EntityName(names.consumers(), subject + "/" + digest);
    }

    /// The same for statements that differ in literals and space only.
    static String shape(String sql) {
        return sql.replaceAll("'(?:[^']|'')*'", "?")
                .replaceAll("\\b\\d+(?:\\.\\d+)?\\b", "?")
                .replaceAll("\\s+", " ")
                .strip();
    }

    static String subject(EntityName consumer) {
        return consumer.name().substring(0, Math.max(0, consumer.name().lastIndexOf('/')));
    }
}
