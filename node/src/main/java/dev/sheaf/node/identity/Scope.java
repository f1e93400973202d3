package dev.sheaf.node.identity;

import java.util.Optional;

/// A kind of thing a token may do, by its name in tokens and in `spec/openapi.yaml`.
public enum Scope {
    CATALOG_READ("catalog.read"),
    QUERY_RUN("query.run"),
    PRODUCT_PUBLISH("product.publish"),
    MESH_APPLY("mesh.apply"),
    NODE_ADMIN("node.admin"),
    METRICS_READ("metrics.read"),
    CONTEXT_READ("context.read"),
    CONTEXT_WRITE("context.write"),
    /// Erasure for good; what is merely removed needs CONTEXT_WRITE.
    CONTEXT_ERASE("context.erase"),
    /// Erasing a person's data in all stores, and retention.
    DATA_ERASE("data.erase"),
    /// Types, and faults of links.
    CONTEXT_ADMIN("context.admin"),
    LINKS_READ("links.read"),
    /// Who belongs to the mesh: letting regions join, evicting them, leaving.
    MESH_MEMBERS("mesh.members"),
    /// The policies in force, those before, and how they changed.
    POLICY_READ("policy.read"),
    /// Changing policies, and seeing what they would do for others.
    POLICY_ADMIN("policy.admin"),
    /// Asking the policies in force anything, as one asks an OPA.
    POLICY_QUERY("policy.query"),
    /// Asking for access to a product.
    ACCESS_REQUEST("access.request"),
    /// Approving, denying and revoking access to products of the token's domains.
    ACCESS_DECIDE("access.decide"),
    /// The audit log: all of it for auditors, what concerns their domains for owners.
    AUDIT_READ("audit.read"),
    /// Reporting lineage, and registering models.
    LINEAGE_WRITE("lineage.write");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    public static Optional<Scope> named(String text) {
        for (Scope scope : values()) {
            if (scope.text.equals(text)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
