package dev.sheaf.node.pki;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.PrivateFile;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The certificates and keys of one region's node, in files, made and renewed by the node itself:
/// for links every day, for signatures with the region's authority, the authority where the root's
/// key is at hand.
///
/// Nobody else is needed for links but once a year, when the authority is renewed. A clock that is
/// wrong breaks nothing for good: what was made by it is made anew as soon as it is right again,
/// and what there is stays until then. For any thread, and several processes may share the files.
public final class MeshKeys {
    private static final Logger LOG = LoggerFactory.getLogger(MeshKeys.class);
    private static final String SETTING = "links";
    private static final int PARTS_LEFT_FOR_LINKS = 3;
    private static final int PARTS_LEFT_FOR_AUTHORITIES = 4;

    private final MeshFiles files;
    private final MeshMember member;
    private final Duration linkLife;
    private final Clock clock;
    private volatile @Nullable Credential signing;

    /// @param linkLife of certificates for links
    public MeshKeys(MeshFiles files, MeshMember member, Duration linkLife, Clock clock) {
        this.files = files;
        this.member = member;
        this.linkLife = linkLife;
        this.clock = clock;
    }

    public MeshFiles files() {
        return files;
    }

    public MeshMember member() {
        return member;
    }

    /// Whether the mesh's root key is here, so that members can be admitted and evicted.
    public boolean holdsRoot() {
        return Files.exists(files.rootKey());
    }

    /// Makes what there is not yet, and renews what is due; to be called now and then.
    ///
    /// @return whether a certificate for links was made
    /// @throws Problem STORAGE_FAILED when the folder cannot be used, INVALID_CONFIGURATION when
    ///   its files cannot
    public boolean keep() {
        return locked(() -> {
            Optional<Credential> root = rootCredential();
            Credential authority = authority(root);
            if (keepLeaf(Purpose.SIGNATURE, authority, CertificateMaker.AUTHORITY_LIFE)
                    || signing == null) {
                signing =
                        Credential.read(
                                files.certificate(Purpose.SIGNATURE),
                                files.key(Purpose.SIGNATURE),
                                SETTING);
            }
            return keepLeaf(Purpose.LINK, authority, linkLife);
        });
    }

    /// What may be done with the files while no other process does.
    private interface Work<T> {
        T done() throws IOException, GeneralSecurityException;
    }

    private <T> T locked(Work<T> work) {
        synchronized (MeshKeys.class) { // locks of files are held by the process
            try {
                Files.createDirectories(files.folder(), PrivateFile.FOLDER_MODE);
                Path rootFolder = Objects.requireNonNull(files.rootCertificate().getParent());
                Files.createDirectories(rootFolder, PrivateFile.FOLDER_MODE);
                try (FileChannel lock =
                                FileChannel.open(
                                        rootFolder.resolve("ca.lock"),
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.WRITE);
                        FileLock _ = lock.lock()) {
                    return work.done();
                }
            } catch (IOException e) {
                throw new Problem(
                        ProblemCode.STORAGE_FAILED,
                        "the folder of the mesh's certificates, " + files.folder() + ": " + e,
                        e);
            } catch (GeneralSecurityException e) {
                throw new Problem(
                        ProblemCode.INVALID_CONFIGURATION,
                        "the mesh's certificates in " + files.folder() + " cannot be used: " + e,
                        e);
            }
        }
    }

    public X509Certificate root() {
        try {
            return Pem.certificates(files.rootCertificate()).getFirst();
        } catch (IOException | GeneralSecurityException e) {
            throw new Problem(
                    ProblemCode.INVALID_CONFIGURATION,
                    "the mesh's root certificate "
                            + files.rootCertificate()
                            + " cannot be read: "
                            + e,
                    e);
        }
    }

    /// The root with its key.
    ///
    /// @throws Problem FORBIDDEN when this node does not hold it
    Credential requireRoot() {
        if (!holdsRoot()) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "the node of "
                            + member.region()
                            + " does not hold the root of the mesh "
                            + member.mesh()
                            + "; ask the one that founded the mesh");
        }
        return locked(() -> Credential.read(files.rootCertificate(), files.rootKey(), SETTING));
    }

    private Optional<Credential> rootCredential() throws IOException, GeneralSecurityException {
        if (holdsRoot()) {
            PrivateFile.requirePrivate(files.rootKey());
            if (Files.exists(files.rootCertificate())) {
                Credential root =
                        Credential.read(files.rootCertificate(), files.rootKey(), SETTING);
                if (root.certificate().getBasicConstraints() > 0) {
                    return Optional.of(root);
                }
                LOG.warn(
                        "{} cannot vouch for authorities of regions and is made anew",
                        files.rootCertificate());
            }
        } else if (Files.exists(files.rootCertificate())) {
            return Optional.empty();
        }
        Credential made = CertificateMaker.root(clock.instant());
        made.write(files.rootCertificate(), files.rootKey());
        LOG.info(
                "the root of the mesh {} was made in {}; whoever has its key admits members, and"
                        + " nobody can when it is lost: keep a copy where no node is",
                member.mesh(),
                files.rootKey());
        return Optional.of(made);
    }

    private Credential authority(Optional<Credential> root)
            throws IOException, GeneralSecurityException {
        Instant now = clock.instant();
        Optional<Credential> kept = read(files.authority(), files.authorityKey());
        X509Certificate anchor = root.isPresent() ? root.get().certificate() : root();
        boolean fits =
                kept.isPresent()
                        && isOf(kept.get().certificate(), anchor)
                        && MeshMember.of(kept.get().certificate()).equals(member);
        if (kept.isPresent()
                && fits
                && (root.isEmpty()
                        || !isDue(
                                kept.get().certificate(),
                                now,
                                PARTS_LEFT_FOR_AUTHORITIES,
                                CertificateMaker.AUTHORITY_LIFE))) {
            return kept.get();
        }
        Credential issuer =
                root.orElseThrow(() ->
                        new Problem(
                                ProblemCode.INVALID_CONFIGURATION,
                                files.authority()
                                        + " does not let this node be "
                                        + member.uri()
                                        + ": the mesh has admitted it under another name, or its"
                                        + " files are not of one mesh. Start it as what it was"
                                        + " admitted as, or join anew with a new token in an empty"
                                        + " data directory"));
        KeyPair pair =
                fits
                        ? new KeyPair(kept.get().certificate().getPublicKey(), kept.get().key())
                        : CertificateMaker.newPair();
        Credential made =
                new Credential(
                        List.of(CertificateMaker.authority(member, pair.getPublic(), issuer, now)),
                        pair.getPrivate());
        made.write(files.authority(), files.authorityKey());
        return made;
    }

    private boolean keepLeaf(Purpose purpose, Credential authority, Duration life)
            throws IOException, GeneralSecurityException {
        Instant now = clock.instant();
        Optional<Credential> kept = read(files.certificate(purpose), files.key(purpose));
        if (kept.isPresent() && isGood(kept.get(), purpose, authority, life, now)) {
            return false;
        }
        if (now.isAfter(authority.certificate().getNotAfter().toInstant()) && kept.isPresent()) {
            LOG.error(
                    "the authority of {} ended at {}, so nothing can be renewed under it; a node"
                            + " that holds the mesh's root renews it as soon as it is reached",
                    member.region(),
                    authority.certificate().getNotAfter().toInstant());
            return false;
        }
        CertificateMaker.leaf(member, purpose, authority, life, now)
                .write(files.certificate(purpose), files.key(purpose));
        return true;
    }

    private boolean isGood(
            Credential kept, Purpose purpose, Credential authority, Duration life, Instant now)
            throws GeneralSecurityException {
        X509Certificate certificate = kept.certificate();
        boolean endsWithAuthority =
                certificate.getNotAfter().equals(authority.certificate().getNotAfter());
        return isOf(certificate, authority.certificate())
                && purpose.isOf(certificate)
                && MeshMember.of(certificate).equals(member)
                && kept.chain().getLast().equals(authority.certificate())
                && (endsWithAuthority && !now.isBefore(certificate.getNotBefore().toInstant())
                        || !isDue(certificate, now, PARTS_LEFT_FOR_LINKS, life));
    }

    /// Near its end, or made by a clock that was ahead.
    private static boolean isDue(
            X509Certificate certificate, Instant now, int parts, Duration life) {
        Instant end = certificate.getNotAfter().toInstant();
        return now.isBefore(certificate.getNotBefore().toInstant())
                || end.isBefore(now.plus(life.dividedBy(parts)))
                || end.isAfter(now.plus(life).plus(CertificateMaker.BEHIND_MAX));
    }

    private static boolean isOf(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false; // of another one: made anew
        }
    }

    /// What is there; empty when it cannot be used, and is to be made anew.
    private static Optional<Credential> read(Path certificate, Path key) throws IOException {
        if (!Files.exists(certificate) || !Files.exists(key)) {
            return Optional.empty();
        }
        PrivateFile.requirePrivate(key);
        try {
            return Optional.of(Credential.read(certificate, key, SETTING));
        } catch (GeneralSecurityException | Problem e) {
            LOG.warn("{} is of no use: {}", certificate, e.getMessage());
            return Optional.empty();
        }
    }

    /// What this node signs with, after [#keep].
    public Credential signing() {
        return Objects.requireNonNull(signing, "nothing was made yet");
    }

    public Credential authority() {
        return locked(() -> Credential.read(files.authority(), files.authorityKey(), SETTING));
    }
}
