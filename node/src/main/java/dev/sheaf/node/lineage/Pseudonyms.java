package dev.sheaf.node.lineage;

import dev.sheaf.lineage.ColumnName;
import dev.sheaf.lineage.Edges;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.LineageGraph;
import dev.sheaf.lineage.OwnerKey;
import dev.sheaf.registry.Catalog;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Puts names that nobody can read in the place of those that a region may not know, the same one
/// each time: what leads over them is known there, and what they are is not. For any thread.
final class Pseudonyms {
    private static final int DIGITS = 24;

    private final MeshNames names;
    private final LineageGraph graph;
    private final Catalog catalog;
    private final byte[] key;

    /// @param key this region's
    Pseudonyms(MeshNames names, LineageGraph graph, Catalog catalog, byte[] key) {
        this.names = names;
        this.graph = graph;
        this.catalog = catalog;
        this.key = key.clone();
    }

    /// Edges as somebody may know them.
    Edges edges(Edges edges, Sight sight, OwnerKey owner) {
        Edges renamed =
                edges.renamed(dataset -> dataset(dataset, sight), column -> column(column, sight));
        if (edges.after().isEmpty()) {
            return renamed;
        }
        java.util.Set<EntityName> after = new java.util.LinkedHashSet<>();
        for (EntityName job : edges.after()) {
            OwnerKey other = new OwnerKey(OwnerKey.Kind.JOB, job, owner.region());
            after.add(sight.sees(other) ? job : hidden("job", job));
        }
        return new Edges(
                renamed.inputs(),
                renamed.outputs(),
                renamed.tables(),
                renamed.exact(),
                renamed.columns(),
                renamed.wholes(),
                renamed.described(),
                renamed.reads(),
                after);
    }

    private EntityName dataset(EntityName dataset, Sight sight) {
        EntityName shown = graph.names(dataset).getFirst();
        return sight.sees(shown) ? dataset : hidden(shown);
    }

    /// A product's is the same in all regions, and known to those who may know of the product.
    private EntityName hidden(EntityName dataset) {
        return ProductPseudonym.of(dataset, names, catalog)
                .map(product -> product.dataset(names))
                .orElseGet(() -> hidden("dataset", dataset));
    }

    private String hiddenColumn(EntityName dataset, String column) {
        return ProductPseudonym.of(dataset, names, catalog)
                .map(product -> product.column(column))
                .orElseGet(() -> digest("column", dataset, column));
    }

    private ColumnName column(ColumnName column, Sight sight) {
        EntityName shown = graph.names(column.dataset()).getFirst();
        return sight.sees(shown)
                ? column
                : new ColumnName(hidden(shown), hiddenColumn(shown, column.column()));
    }

    OwnerKey owner(OwnerKey owner, Sight sight) {
        if (sight.sees(owner)) {
            return owner.teller().map(teller -> teller(owner, teller, sight)).orElse(owner);
        }
        return new OwnerKey(owner.kind(), hidden("job", owner.name()), owner.region());
    }

    private static OwnerKey teller(OwnerKey owner, EntityName teller, Sight sight) {
        boolean isSeen = sight.sees(new OwnerKey(OwnerKey.Kind.JOB, teller, owner.region()));
        return isSeen ? owner : new OwnerKey(owner.kind(), owner.name(), owner.region());
    }

    private EntityName hidden(String what, EntityName name) {
        return new EntityName(names.hidden(), digest(what, name, ""));
    }

    private String digest(String what, EntityName name, String more) {
        return code(key, String.join("\0", what, name.namespace(), name.name(), more));
    }

    /// A text of this length from which nobody without the key learns anything.
    static String code(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] code = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(code).substring(0, DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC", e);
        }
    }
}
