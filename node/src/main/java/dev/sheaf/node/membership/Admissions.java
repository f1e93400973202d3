package dev.sheaf.node.membership;

import dev.sheaf.client.JoinAnswer;
import dev.sheaf.client.JoinFacts;
import dev.sheaf.client.JoinRequest;
import dev.sheaf.client.JoinTokenText;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.pki.Fingerprints;
import dev.sheaf.node.pki.MeshMember;
import dev.sheaf.node.pki.Pem;
import dev.sheaf.node.pki.RootSignatures;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Lets regions join, at a node that holds the mesh's root. For any thread.
final class Admissions {
    private static final int P256_BITS = 256;

    private final Membership membership;
    private final JoinTokens tokens;
    private final int shards;

    /// @param shards of each scope, the same in the whole mesh
    Admissions(Membership membership, JoinTokens tokens, int shards) {
        this.membership = membership;
        this.tokens = tokens;
        this.shards = shards;
    }

    /// A token's text with its end.
    record Made(JoinTokenText token, String expiresAt) {}

    /// @param url where the joining node finds this one
    /// @throws Problem FORBIDDEN when this node does not hold the root, CONFLICT when the region is
    ///   a member
    Made token(RegionName region, Duration life, String url) {
        requireCanAdmit(region);
        JoinTokens.Made made = tokens.make(region, life);
        return new Made(
                new JoinTokenText(
                        membership.mesh(),
                        region.toString(),
                        new MemberAddress("", 0, url).url(),
                        Fingerprints.of(membership.keys().root()),
                        made.id(),
                        made.secret()),
                made.expiresAt().toString());
    }

    private void requireCanAdmit(RegionName region) {
        membership.requireActive();
        if (!membership.keys().holdsRoot()) {
            throw new Problem(
                    ProblemCode.FORBIDDEN,
                    "the node of "
                            + membership.self()
                            + " does not hold the root of the mesh "
                            + membership.mesh()
                            + "; ask the one that founded the mesh");
        }
        requireNoMember(region, "");
    }

    private void requireNoMember(RegionName region, String fingerprint) {
        Optional<Member> member = membership.members().find(region);
        if (region.equals(membership.self())
                || (member.isPresent()
                        && member.get().state() == Member.State.ACTIVE
                        && !member.get().authority().equals(fingerprint))) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    region
                            + " is a member of the mesh "
                            + membership.mesh()
                            + " already; to let it begin anew, evict it first: 'sheaf evict "
                            + region
                            + "'");
        }
    }

    /// Admits whoever has the token; the same key again gets the same answer.
    ///
    /// @throws Problem FORBIDDEN, CONFLICT, INVALID_VALUE saying why not
    JoinAnswer join(JoinRequest request) {
        JoinTokenText token = JoinTokenText.parse(request.token());
        if (!token.mesh().equals(membership.mesh())) {
            throw JoinToken.refused(
                    "it is of the mesh " + token.mesh() + ", and this is " + membership.mesh());
        }
        PublicKey key = key(token, request);
        MemberAddress address = new MemberAddress(request.host(), request.port(), request.url());
        if (!address.isDialable()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "it must say at which host and port it listens for links");
        }
        String fingerprint = Fingerprints.of(key.getEncoded());
        RegionName region = RegionName.parse(token.region());
        membership.requireActive();
        synchronized (this) {
            JoinToken used = tokens.use(token, fingerprint);
            requireNoMember(region, fingerprint);
            admit(used.regionName(), fingerprint, address);
        }
        membership.follow();
        return answer(region, key);
    }

    private void admit(RegionName region, String fingerprint, MemberAddress address) {
        Optional<MemberStatement> known =
                membership
                        .members()
                        .record(region, fingerprint)
                        .flatMap(record -> record.of(MemberStatement.Kind.ADMISSION))
                        .map(SignedStatement::statement);
        if (known.isEmpty() || !known.get().address().equals(address)) {
            membership.say(
                    MemberStatement.Kind.ADMISSION,
                    region,
                    fingerprint,
                    known.map(MemberStatement::number)
                            .orElseGet(() -> membership.members().nextNumber(region)),
                    address);
        }
    }

    private JoinAnswer answer(RegionName region, PublicKey key) {
        try {
            JoinFacts facts =
                    new JoinFacts(
                            membership.mesh(),
                            region.toString(),
                            Pem.certificates(List.of(membership.keys().root())),
                            Pem.certificates(
                                    List.of(
                                            membership
                                                    .keys()
                                                    .certify(
                                                            new MeshMember(
                                                                    membership.mesh(), region),
                                                            key))),
                            shards,
                            membership.members().all().stream()
                                    .map(SignedStatement::text)
                                    .toList());
            String text = Wire.json().writeValueAsString(facts);
            return new JoinAnswer(
                    text,
                    RootSignatures.sign(membership.keys(), text.getBytes(StandardCharsets.UTF_8)));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /// The key that is to be the region's authority; whoever sends it has shown to hold it.
    private static PublicKey key(JoinTokenText token, JoinRequest request) {
        try {
            PublicKey key =
                    KeyFactory.getInstance("EC")
                            .generatePublic(
                                    new X509EncodedKeySpec(
                                            Base64.getDecoder().decode(request.publicKey())));
            if (!(key instanceof ECPublicKey ec)
                    || ec.getParams().getOrder().bitLength() != P256_BITS) {
                throw wrongKey("it is not of the curve P-256", null);
            }
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(key);
            signature.update(token.proven(request.publicKey()));
            if (!signature.verify(Base64.getDecoder().decode(request.proof()))) {
                throw wrongKey("the proof is not its signature", null);
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrongKey(String.valueOf(e.getMessage()), e);
        }
    }

    private static Problem wrongKey(
            String reason, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_VALUE, "the key that came is of no use: " + reason, cause);
    }
}
