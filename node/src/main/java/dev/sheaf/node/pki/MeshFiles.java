package dev.sheaf.node.pki;

import java.nio.file.Path;
import java.util.Locale;

/// Where a region's node has its certificates and keys, all PEM, keys for its user alone.
///
/// @param rootCertificate of the mesh
/// @param rootKey there only where members are admitted
/// @param folder for what is the region's own
public record MeshFiles(Path rootCertificate, Path rootKey, Path folder) {
    /// All in one folder.
    public static MeshFiles in(Path folder) {
        return new MeshFiles(folder.resolve("root.pem"), folder.resolve("root.key.pem"), folder);
    }

    public Path authority() {
        return folder.resolve("authority.pem");
    }

    public Path authorityKey() {
        return folder.resolve("authority.key.pem");
    }

    public Path certificate(Purpose purpose) {
        return folder.resolve(purpose.name().toLowerCase(Locale.ROOT) + ".pem");
    }

    public Path key(Purpose purpose) {
        return folder.resolve(purpose.name().toLowerCase(Locale.ROOT) + ".key.pem");
    }
}
