package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.node.pki.MeshFiles;
import dev.sheaf.node.pki.MeshKeys;
import dev.sheaf.node.pki.MeshMember;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// The root of a mesh in a folder, for meshes on one machine: whoever can write the folder belongs
/// to the mesh. Nodes share the folder; the first makes the root, each its region's authority and
/// its own certificates (P-256).
public final class DevelopmentCa {
    private final Path folder;
    private final Duration linkLife;
    private final Clock clock;

    /// @param folder for this user alone; made when missing
    /// @param linkLife of certificates for links
    public DevelopmentCa(Path folder, Duration linkLife, Clock clock) {
        this.folder = folder;
        this.linkLife = linkLife;
        this.clock = clock;
    }

    /// The keys of a member in the folder.
    public MeshKeys keys(MeshMember member) {
        return new MeshKeys(
                new MeshFiles(
                        folder.resolve("ca.pem"),
                        folder.resolve("ca.key.pem"),
                        folder.resolve(
                                member.mesh()
                                        + "."
                                        + member.region().cloud()
                                        + "."
                                        + member.region().location())),
                member,
                linkLife,
                clock);
    }

    /// The files of a member, made or renewed where that is due.
    ///
    /// @throws Problem STORAGE_FAILED when the folder cannot be used, INVALID_CONFIGURATION when
    ///   its files cannot
    public LinkFiles certify(MeshMember member) {
        MeshKeys keys = keys(member);
        keys.keep();
        return LinkFiles.of(keys);
    }
}
