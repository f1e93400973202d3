package dev.sheaf.client;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import tools.jackson.core.JacksonException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/// Joins a mesh: makes the key of the region's authority here, where it stays, has the mesh's root
/// certify it, and writes what a node needs into its data directory. Done again with the same token
/// after it was interrupted, it goes on with the same key.
public final class MeshJoin {
    private static final byte[] ROOT_SAYS = "sheaf-root-says\n".getBytes(StandardCharsets.UTF_8);
    private static final String CURVE = "secp256r1";

    private final JoinTokenText token;
    private final String tokenText;
    private final JoinFolder folder;

    /// Where the new node is found.
    ///
    /// @param host for links, as peers reach it
    /// @param port for links
    /// @param address to listen on for links; empty for the host
    /// @param callersPort where it answers callers
    /// @param url as others are told; empty when it is not said
    public record Place(String host, int port, String address, int callersPort, String url) {}

    /// @param tokenText what 'sheaf join-token' has told
    /// @param data of the new node, empty or not there
    /// @throws Problem INVALID_VALUE when it is no token, FORBIDDEN when its secret would have to
    ///   travel in clear
    public MeshJoin(String tokenText, Path data) {
        this.token = JoinTokenText.parse(tokenText);
        this.tokenText = tokenText.strip();
        this.folder = new JoinFolder(data);
        requireSecret(URI.create(token.url()));
    }

    private static void requireSecret(URI url) {
        boolean isLocal;
        try {
            isLocal =
                    url.getHost() != null
                            && InetAddress.getByName(url.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "the node that made the token is not found: " + url,
                    e);
        }
        if (!isLocal && !"https".equals(url.getScheme())) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "the token's secret would travel in clear to "
                            + url
                            + "; let that node answer by https (listen.tls) and make a token with"
                            + " --sponsor-url https://...");
        }
    }

    /// Who is to be asked.
    public URI sponsor() {
        return URI.create(token.url());
    }

    public RegionName region() {
        return RegionName.parse(token.region());
    }

    public String mesh() {
        return token.mesh();
    }

    /// Joins; the data directory is ready when this returns.
    ///
    /// @param client of [#sponsor]
    /// @throws Problem what the other node said; CONFLICT when the directory is in use; FORBIDDEN
    ///   when who answers is not the mesh's root
    public void join(SheafClient client, Place place) {
        folder.requireFresh();
        try {
            KeyPair pair = keyPair();
            String publicKey = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
            Signature proof = Signature.getInstance("SHA256withECDSA");
            proof.initSign(pair.getPrivate());
            proof.update(token.proven(publicKey));
            JoinAnswer answer =
                    client.members()
                            .join(
                                    new JoinRequest(
                                            tokenText,
                                            publicKey,
                                            Base64.getEncoder().encodeToString(proof.sign()),
                                            place.host(),
                                            place.port(),
                                            place.url()));
            JoinFacts facts = believed(answer, pair.getPublic());
            folder.write(facts, configuration(facts, place));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new Problem(ProblemCode.INTERNAL, "the mesh could not be joined: " + e, e);
        }
    }

    /// The key of an earlier attempt, or a new one.
    private KeyPair keyPair() throws GeneralSecurityException, IOException {
        Path requested = folder.requestedKey();
        if (Files.exists(requested) && Files.exists(folder.authorityKey())) {
            KeyFactory keys = KeyFactory.getInstance("EC");
            PrivateKey own =
                    keys.generatePrivate(
                            new PKCS8EncodedKeySpec(JoinFolder.unpem(folder.authorityKey())));
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(JoinFolder.unpem(requested))), own);
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(CURVE));
        KeyPair made = generator.generateKeyPair();
        folder.write(
                folder.authorityKey(),
                JoinFolder.pem("PRIVATE KEY", made.getPrivate().getEncoded()));
        folder.write(requested, JoinFolder.pem("PUBLIC KEY", made.getPublic().getEncoded()));
        return made;
    }

    /// What the answer says, if the root that the token names says it.
    private JoinFacts believed(JoinAnswer answer, PublicKey own) throws GeneralSecurityException {
        JoinFacts facts;
        try {
            facts = Wire.json().readValue(answer.facts(), JoinFacts.class);
        } catch (JacksonException e) {
            throw notBelieved("it is not of the right form", e);
        }
        X509Certificate root = certificate(facts.root());
        String fingerprint =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(root.getPublicKey().getEncoded()));
        if (!fingerprint.equals(token.root())) {
            throw notBelieved(
                    "its root is " + fingerprint + ", and the token names " + token.root(), null);
        }
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(root.getPublicKey());
        signature.update(ROOT_SAYS);
        signature.update(answer.facts().getBytes(StandardCharsets.UTF_8));
        if (!signature.verify(Base64.getUrlDecoder().decode(answer.signature()))) {
            throw notBelieved("the root has not signed it", null);
        }
        X509Certificate authority = certificate(facts.authority());
        authority.verify(root.getPublicKey());
        if (!authority.getPublicKey().equals(own)
                || !facts.mesh().equals(token.mesh())
                || !facts.region().equals(token.region())) {
            throw notBelieved("it is meant for somebody else", null);
        }
        return facts;
    }

    private Problem notBelieved(String reason, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.FORBIDDEN,
                "what " + token.url() + " answered is not believed: " + reason,
                cause);
    }

    private static X509Certificate certificate(String pem) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    }

    private static String configuration(JoinFacts facts, Place place) {
        StringBuilder text =
                new StringBuilder("# Written by 'sheaf join'; it is yours to change, but for the")
                        .append(" names of mesh and region and the shards.\n");
        text.append("region: ").append(facts.region()).append('\n');
        text.append("listen: {port: ").append(place.callersPort()).append("}\n");
        text.append("links:\n  mesh: ").append(quoted(facts.mesh())).append('\n');
        text.append("  address: ")
                .append(quoted(place.address().isEmpty() ? place.host() : place.address()))
                .append('\n');
        text.append("  host: ").append(quoted(place.host())).append('\n');
        text.append("  port: ").append(place.port()).append('\n');
        if (!place.url().isEmpty()) {
            text.append("  url: ").append(quoted(place.url())).append('\n');
        }
        text.append("context: {shards: ").append(facts.shards()).append("}\n");
        return text.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
