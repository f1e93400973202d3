package dev.sheaf.contract.internal;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Finding.Severity;
import dev.sheaf.contract.document.Node;

import java.util.ArrayList;
import java.util.List;

/// What a schema cannot say: whether a contract makes sense. All findings are warnings, because the
/// standard allows what they are about.
final class SenseChecks {
    private final List<Finding> findings = new ArrayList<>();

    private SenseChecks() {}

    static List<Finding> run(Node.Mapping root) {
        SenseChecks checks = new SenseChecks();
        int index = 0;
        for (Fields table : new Fields(root).objects("schema")) {
            checks.properties(table, "/schema/" + index++);
        }
        return checks.findings;
    }

    private void properties(Fields owner, String pointer) {
        int index = 0;
        for (Fields property : owner.objects("properties")) {
            String at = pointer + "/properties/" + index++;
            if (property.items("properties").isEmpty()) {
                TypeResolution.of(property)
                        .doubt()
                        .ifPresent(doubt -> warn(property.mapping(), at, "sheaf.type", doubt));
            }
            properties(property, at);
        }
    }

    private void warn(Node node, String pointer, String keyword, String message) {
        findings.add(new Finding(Severity.WARNING, node.at(), pointer, keyword, message));
    }
}
