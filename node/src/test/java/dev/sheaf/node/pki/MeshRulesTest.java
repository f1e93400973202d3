package dev.sheaf.node.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.Test;

import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class MeshRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final MeshMember EAST =
            new MeshMember("test", RegionName.parse("aws/us-east-1"));
    private static final MeshMember WEST =
            new MeshMember("test", RegionName.parse("azure/westeurope"));

    private final Credential root = CertificateMaker.root(NOW);
    private final MeshRules rules = new MeshRules(root.certificate(), Revocations.NONE);

    private static Credential authority(MeshMember member, Credential root) {
        KeyPair pair = CertificateMaker.newPair();
        return new Credential(
                List.of(CertificateMaker.authority(member, pair.getPublic(), root, NOW)),
                pair.getPrivate());
    }

    private String refusal(List<X509Certificate> chain, Purpose purpose, Instant at) {
        return String.valueOf(
                assertThrows(CertificateException.class, () -> rules.member(chain, purpose, at))
                        .getMessage());
    }

    @Test
    void aRegionsOwnCertificateCountsWithAndWithoutTheRootBehindIt() throws Exception {
        List<X509Certificate> chain =
                CertificateMaker.leaf(EAST, Purpose.LINK, authority(EAST, root), DAY, NOW).chain();
        assertEquals(EAST, rules.member(chain, Purpose.LINK, NOW));
        assertEquals(
                EAST,
                rules.member(
                        List.of(chain.get(0), chain.get(1), root.certificate()),
                        Purpose.LINK,
                        NOW));
    }

    @Test
    void anAuthorityCannotSpeakForAnotherRegion() {
        Credential forged =
                CertificateMaker.leaf(WEST, Purpose.LINK, authority(EAST, root), DAY, NOW);
        assertTrue(refusal(forged.chain(), Purpose.LINK, NOW).contains("issued a certificate for"));
    }

    @Test
    void aForgedAuthorityBesideTheTrueOneDoesNotHelp() {
        Credential east = authority(EAST, root);
        Credential forged = CertificateMaker.leaf(WEST, Purpose.LINK, east, DAY, NOW);
        X509Certificate west = authority(WEST, root).certificate();
        refusal(List.of(forged.certificate(), west), Purpose.LINK, NOW);
        refusal(List.of(forged.certificate(), west, east.certificate()), Purpose.LINK, NOW);
    }

    @Test
    void anAuthorityMakesNoAuthorities() {
        Credential east = authority(EAST, root);
        Credential below = authority(WEST, east);
        Credential leaf = CertificateMaker.leaf(WEST, Purpose.LINK, below, DAY, NOW);
        refusal(
                List.of(leaf.certificate(), below.certificate(), east.certificate()),
                Purpose.LINK,
                NOW);
        refusal(List.of(below.certificate(), east.certificate()), Purpose.LINK, NOW);
    }

    @Test
    void anAuthorityOrAStrangerIsNoNode() {
        Credential east = authority(EAST, root);
        refusal(List.of(east.certificate(), root.certificate()), Purpose.LINK, NOW);
        refusal(List.of(east.certificate()), Purpose.LINK, NOW);
        refusal(List.of(), Purpose.LINK, NOW);
        Credential stranger =
                CertificateMaker.leaf(
                        EAST, Purpose.LINK, authority(EAST, CertificateMaker.root(NOW)), DAY, NOW);
        refusal(stranger.chain(), Purpose.LINK, NOW);
    }

    @Test
    void eachPurposeHasItsOwnCertificates() {
        Credential east = authority(EAST, root);
        assertTrue(
                refusal(
                                CertificateMaker.leaf(EAST, Purpose.SIGNATURE, east, DAY, NOW)
                                        .chain(),
                                Purpose.LINK,
                                NOW)
                        .contains("not one for links"));
        assertTrue(
                refusal(
                                CertificateMaker.leaf(EAST, Purpose.LINK, east, DAY, NOW).chain(),
                                Purpose.SIGNATURE,
                                NOW)
                        .contains("not one for signatures"));
    }

    @Test
    void whatIsOutOfDateDoesNotCount() {
        List<X509Certificate> chain =
                CertificateMaker.leaf(EAST, Purpose.LINK, authority(EAST, root), DAY, NOW).chain();
        refusal(chain, Purpose.LINK, NOW.plus(DAY).plusSeconds(1));
        refusal(chain, Purpose.LINK, NOW.minus(CertificateMaker.BEHIND_MAX).minusSeconds(1));
    }

    @Test
    void aRevokedAuthorityCountsNoMoreFromThenOn() throws Exception {
        Credential east = authority(EAST, root);
        List<X509Certificate> chain =
                CertificateMaker.leaf(EAST, Purpose.LINK, east, DAY, NOW).chain();
        MeshRules revoking =
                new MeshRules(
                        root.certificate(),
                        key ->
                                key.equals(Fingerprints.of(east.certificate()))
                                        ? Optional.of(NOW)
                                        : Optional.empty());
        assertEquals(EAST, revoking.member(chain, Purpose.LINK, NOW));
        assertThrows(
                CertificateException.class,
                () -> revoking.member(chain, Purpose.LINK, NOW.plusMillis(1)));
        Credential again = authority(EAST, root);
        assertEquals(
                EAST,
                revoking.member(
                        CertificateMaker.leaf(EAST, Purpose.LINK, again, DAY, NOW).chain(),
                        Purpose.LINK,
                        NOW.plusSeconds(60)));
    }
}
