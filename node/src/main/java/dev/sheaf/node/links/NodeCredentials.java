package dev.sheaf.node.links;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.config.LinksConfig;
import dev.sheaf.node.identity.NodeSignatures;
import dev.sheaf.node.pki.Credential;
import dev.sheaf.node.pki.MeshFiles;
import dev.sheaf.node.pki.MeshKeys;
import dev.sheaf.node.pki.MeshMember;
import dev.sheaf.node.pki.MeshRules;
import dev.sheaf.node.pki.MeshSignatures;
import dev.sheaf.node.pki.OperatorRules;
import dev.sheaf.node.pki.Pem;
import dev.sheaf.node.pki.Revocations;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// What a node proves with who it is: to peers over links, and under what it signs. For any thread.
///
/// @param own keys of the mesh's making; empty where an operator's files are configured, which are
///   the operator's to renew
public record NodeCredentials(
        MeshMember self, Optional<MeshKeys> own, LinkIdentity identity, NodeSignatures signatures) {
    /// The mesh's folder among the node's keys.
    private static final String FOLDER = "mesh";

    private static final String SETTING = "links";

    /// As configured: an operator's files; else keys of the mesh, made where there are none, with
    /// the root in the folder for development or, for one that founds a mesh or stays alone, among
    /// the node's keys.
    ///
    /// @param root against which paths of the configuration are read
    /// @param keys the node's folder of keys
    /// @throws Problem INVALID_CONFIGURATION, STORAGE_FAILED
    public static NodeCredentials open(
            LinksConfig config,
            RegionName region,
            Path root,
            Path keys,
            Revocations revocations,
            Clock clock) {
        MeshMember self = new MeshMember(config.mesh(), region);
        if (config.certificate().isPresent()) {
            return ofOperator(
                    self,
                    new LinkFiles(
                            root.resolve(config.certificate().get()),
                            root.resolve(config.key().orElseThrow()),
                            root.resolve(config.ca().orElseThrow())),
                    clock);
        }
        MeshKeys own =
                config.developmentCa()
                        .map(folder ->
                                new DevelopmentCa(
                                                root.resolve(folder),
                                                config.certificateLife(),
                                                clock)
                                        .keys(self))
                        .orElseGet(() ->
                                new MeshKeys(
                                        MeshFiles.in(keys.resolve(FOLDER)),
                                        self,
                                        config.certificateLife(),
                                        clock));
        own.keep();
        MeshRules rules = new MeshRules(own.root(), revocations);
        return new NodeCredentials(
                self,
                Optional.of(own),
                LinkIdentity.of(LinkFiles.of(own), self, rules, clock),
                new MeshSignatures(own::signing, rules, clock));
    }

    private static NodeCredentials ofOperator(MeshMember self, LinkFiles files, Clock clock) {
        LinkIdentity identity = LinkIdentity.of(files, self);
        return new NodeCredentials(
                self,
                Optional.empty(),
                identity,
                new MeshSignatures(
                        () -> {
                            LinkIdentity.Material material = identity.current();
                            return new Credential(material.chain(), material.key());
                        },
                        new OperatorRules(authorities(files)),
                        clock));
    }

    private static List<X509Certificate> authorities(LinkFiles files) {
        try {
            return Pem.certificates(files.authority());
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    SETTING + ".ca: " + files.authority() + " cannot be used: " + e,
                    e);
        }
    }
}
