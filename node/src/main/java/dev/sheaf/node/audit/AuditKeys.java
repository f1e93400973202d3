package dev.sheaf.node.audit;

import dev.sheaf.governance.audit.note.NoteSigner;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.PrivateFile;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// The key that signs the log's checkpoints, one for each node: made at its first start, and kept
/// where only its user can read it. Its public half is what auditors verify with; it stands beside
/// it in `audit.pub`, as a C2SP verifier key.
final class AuditKeys {
    private static final String FILE = "audit.key";
    private static final String PUBLIC_FILE = "audit.pub";
    private static final String ALGORITHM = "Ed25519";

    private AuditKeys() {}

    /// @param name of the log
    /// @throws Problem STORAGE_FAILED when it can be neither read nor written
    static NoteSigner in(Path folder, String name) {
        Path file = folder.resolve(FILE);
        try {
            String text = PrivateFile.readOrMake(file, AuditKeys::newKeys);
            NoteSigner signer = new NoteSigner(name, keys(text.lines().toList()));
            PrivateFile.write(folder.resolve(PUBLIC_FILE), signer.key() + "\n");
            return signer;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the key of the audit log " + file + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    /// Private and public key, a line each.
    private static String newKeys() {
        KeyPair keys;
        try {
            keys = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes Ed25519 keys", e);
        }
        Base64.Encoder encoder = Base64.getEncoder();
        return encoder.encodeToString(keys.getPrivate().getEncoded())
                + "\n"
                + encoder.encodeToString(keys.getPublic().getEncoded())
                + "\n";
    }

    private static KeyPair keys(List<String> lines) throws GeneralSecurityException {
        if (lines.size() != 2) {
            throw new IllegalArgumentException("two lines were expected");
        }
        Base64.Decoder decoder = Base64.getDecoder();
        KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(decoder.decode(lines.get(1)))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines.get(0)))));
    }
}
