package dev.sheaf.node.http;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a certificate chain and its key from PEM files (RFC 7468).
public final class PemKeyStore {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final String SETTING = "listen.tls";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private PemKeyStore() {}

    /// @param chain the key's own certificate first
    public record Pair(List<X509Certificate> chain, PrivateKey key) {
        public Pair {
            chain = List.copyOf(chain);
        }
    }

    /// For servers; its one entry has an empty password.
    static KeyStore read(HttpSettings.Tls tls) {
        Pair pair = pair(tls.certificates(), tls.key(), SETTING);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "node", pair.key(), new char[0], pair.chain().toArray(X509Certificate[]::new));
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(SETTING, e);
        }
    }

    /// @param setting the part of the configuration that names the files
    /// @throws Problem INVALID_CONFIGURATION when a file cannot be used
    public static Pair pair(Path certificates, Path keyFile, String setting) {
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(Files.readAllBytes(certificates)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw new GeneralSecurityException("no certificate in " + certificates);
            }
            return new Pair(chain, key(keyFile));
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(setting, e);
        }
    }

    private static Problem unusable(String setting, Exception cause) {
        return new Problem(
                ProblemCode.INVALID_CONFIGURATION,
                setting + ": the certificate or key cannot be used: " + cause.getMessage(),
                cause);
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new GeneralSecurityException(
                    file + " holds no unencrypted PKCS#8 key ('-----BEGIN PRIVATE KEY-----')");
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                continue; // a key of another kind: the next one tells
            }
        }
        throw new GeneralSecurityException(file + " is no key of the kinds " + ALGORITHMS);
    }
}
