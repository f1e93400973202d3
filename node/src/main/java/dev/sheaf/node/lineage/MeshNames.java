package dev.sheaf.node.lineage;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lineage.EntityName;
import dev.sheaf.lineage.OwnerKey;

import java.net.URI;
import java.util.Optional;

/// What products, models and whoever asks queries are called in lineage: namespaces that begin with
/// `sheaf://` and the mesh's name.
///
/// @param mesh the mesh's name
public record MeshNames(String mesh) {
    private static final String SCHEME = "sheaf://";

    /// The namespace of products; a product's name in it is `domain.product`.
    public String products() {
        return SCHEME + mesh;
    }

    String models() {
        return products() + "/models";
    }

    String consumers() {
        return products() + "/queries";
    }

    String publishes() {
        return products() + "/publishes";
    }

    /// Names that stand for what a region may not know.
    String hidden() {
        return products() + "/hidden";
    }

    String pipelines() {
        return products() + "/pipelines";
    }

    public EntityName product(ProductName name) {
        return new EntityName(products(), name.toString());
    }

    /// @param name and version, which may have any characters but `/` in the name
    EntityName model(String name, String version) {
        return new EntityName(models(), name + "/" + version);
    }

    /// What a job of that name is.
    OwnerKey.Kind kind(EntityName job) {
        if (job.namespace().equals(models())) {
            return OwnerKey.Kind.MODEL;
        }
        return job.namespace().equals(consumers()) ? OwnerKey.Kind.CONSUMER : OwnerKey.Kind.JOB;
    }

    /// Whether it is a name that only nodes give.
    boolean isOfMesh(EntityName name) {
        return name.namespace().startsWith(products())
                && (name.namespace().length() == products().length()
                        || name.namespace().charAt(products().length()) == '/');
    }

    boolean isProduct(EntityName dataset) {
        return dataset.namespace().equals(products());
    }

    /// The product that a dataset is by its name.
    Optional<ProductName> product(EntityName dataset) {
        if (!isProduct(dataset)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ProductName.parse(dataset.name()));
        } catch (Problem none) {
            return Optional.empty();
        }
    }

    /// What others call a place of files by: OpenLineage's naming (spec/Naming.md) splits it into
    /// the store and the path in it.
    static Optional<EntityName> place(String location) {
        URI uri;
        try {
            uri = URI.create(location.replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
        String path = Optional.ofNullable(uri.getPath()).orElse("").replaceAll("/+$", "");
        String host = Optional.ofNullable(uri.getRawAuthority()).orElse("");
        if (scheme.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        if (scheme.equals("file")) {
            return Optional.of(new EntityName("file", path));
        }
        // Credentials have no place in a name; what Azure writes before the @ is a container.
        String authority =
                scheme.startsWith("abfs") || scheme.startsWith("wasb")
                        ? host
                        : host.substring(host.lastIndexOf('@') + 1);
        return Optional.of(
                new EntityName(
                        (scheme.startsWith("s3") ? "s3" : scheme) + "://" + authority,
                        path.substring(1)));
    }
}
