package dev.sheaf.product.apply;

import dev.sheaf.contract.Finding;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.document.Node;

import java.util.List;

/// Checks the names of the `sheaf.` entries anywhere in an ODCS contract, so that a misspelt one is
/// not silently without effect.
final class ContractProperties {
    static final List<String> KNOWN =
            List.of(
                    "sheaf.was",
                    "sheaf.allowedValues",
                    "sheaf.partition",
                    "sheaf.classification",
                    "sheaf.discoverable",
                    "sheaf.export",
                    "sheaf.residency",
                    "sheaf.replicas",
                    "sheaf.subject",
                    "sheaf.schemaSubject",
                    "sheaf.schemaType",
                    "sheaf.retentionColumn",
                    "sheaf.retentionDays");

    private ContractProperties() {}

    static void check(Source source, Node node, Findings findings) {
        switch (node) {
            case Node.Mapping mapping ->
                    mapping.members()
                            .forEach((key, member) -> {
                                if (key.equals("customProperties")) {
                                    checkNames(source, member.value(), findings);
                                } else {
                                    check(source, member.value(), findings);
                                }
                            });
            case Node.Sequence list -> list.items().forEach(item -> check(source, item, findings));
            case Node.Text ignored -> {}
            case Node.Number ignored -> {}
            case Node.Flag ignored -> {}
            case Node.Nothing ignored -> {}
        }
    }

    private static void checkNames(Source source, Node node, Findings findings) {
        if (!(node instanceof Node.Sequence list)) {
            return;
        }
        for (Node item : list.items()) {
            if (item instanceof Node.Mapping entry
                    && entry.get("property").orElse(null) instanceof Node.Text name
                    && name.value().startsWith("sheaf.")
                    && !KNOWN.contains(name.value())) {
                findings.error(
                        source,
                        name.at(),
                        "there is no property '"
                                + Finding.shown(name.value())
                                + "' of contracts"
                                + NearMiss.hint(name.value(), KNOWN)
                                + "; there are "
                                + String.join(", ", KNOWN));
            }
        }
    }
}
