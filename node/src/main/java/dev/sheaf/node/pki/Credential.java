package dev.sheaf.node.pki;

import dev.sheaf.kernel.Problem;
import dev.sheaf.node.http.PemKeyStore;
import dev.sheaf.node.identity.PrivateFile;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/// A key with its certificate and those above it, the root left out. Immutable.
///
/// @param chain the key's own certificate first
public record Credential(List<X509Certificate> chain, PrivateKey key) {
    public Credential {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Reads PEM files.
    ///
    /// @param setting of the configuration that names them
    /// @throws Problem INVALID_CONFIGURATION when they cannot be read
    /// @throws GeneralSecurityException when the key is not the certificate's: while files are
    ///   being renewed the one may be new and the other old
    public static Credential read(Path certificate, Path key, String setting)
            throws GeneralSecurityException {
        PemKeyStore.Pair pair = PemKeyStore.pair(certificate, key, setting);
        Credential read = new Credential(pair.chain(), pair.key());
        byte[] probe = read.certificate().getEncoded();
        SignatureAlgorithm algorithm =
                SignatureAlgorithm.of(read.certificate().getPublicKey())
                        .orElseThrow(() ->
                                new CertificateException(
                                        "keys of the kind "
                                                + read.key().getAlgorithm()
                                                + " are not supported"));
        if (!algorithm.verifies(
                read.certificate().getPublicKey(), probe, algorithm.sign(read.key(), probe))) {
            throw new CertificateException("the key " + key + " is not the certificate's");
        }
        return read;
    }

    /// Writes PEM files. The key first: a certificate without its key would be of no use, and is
    /// made anew.
    void write(Path certificate, Path keyFile) throws IOException, GeneralSecurityException {
        PrivateFile.write(keyFile, Pem.key(key));
        PrivateFile.write(certificate, Pem.certificates(chain));
    }
}
