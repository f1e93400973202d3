package dev.sheaf.node.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.identity.NodeSignatures;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

final class MeshSignaturesTest {
    private static final RegionName EAST = RegionName.parse("aws/us-east-1");
    private static final RegionName WEST = RegionName.parse("azure/westeurope");
    private static final byte[] MANIFEST = "what is at home".getBytes(StandardCharsets.UTF_8);
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir private Path folder;
    private Instant now = START;
    private Optional<Instant> revokedSince = Optional.empty();

    private final Clock clock =
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public java.time.ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    throw new UnsupportedOperationException("nobody asks for local time");
                }
            };

    @BeforeEach
    void begin() {
        now = START;
        revokedSince = Optional.empty();
    }

    private MeshKeys keys(String mesh, RegionName region) {
        MeshKeys keys =
                new MeshKeys(
                        new MeshFiles(
                                folder.resolve(mesh).resolve("root.pem"),
                                folder.resolve(mesh).resolve("root.key.pem"),
                                folder.resolve(mesh).resolve(region.location())),
                        new MeshMember(mesh, region),
                        Duration.ofHours(24),
                        clock);
        keys.keep();
        return keys;
    }

    private MeshRules rules(MeshKeys keys) {
        return new MeshRules(keys.root(), _ -> revokedSince);
    }

    private NodeSignatures signatures(MeshKeys keys) {
        return new MeshSignatures(keys::signing, rules(keys), clock);
    }

    private static String refusal(
            NodeSignatures by, RegionName signer, byte[] payload, String signature) {
        Problem problem = assertThrows(Problem.class, () -> by.verify(signer, payload, signature));
        assertEquals(ProblemCode.FORBIDDEN, problem.code());
        assertTrue(problem.message().contains(signer.toString()), problem.message());
        return problem.message();
    }

    @Test
    void everyRegionTakesWhatAnotherSigned() {
        String signature = signatures(keys("one", EAST)).sign(MANIFEST);
        signatures(keys("one", WEST)).verify(EAST, MANIFEST, signature);
        signatures(keys("one", EAST)).verify(EAST, MANIFEST, signature);
    }

    @Test
    void aSignatureCountsForItsRegionAndItsContentOnly() {
        NodeSignatures west = signatures(keys("one", WEST));
        String signature = signatures(keys("one", EAST)).sign(MANIFEST);
        assertTrue(refusal(west, WEST, MANIFEST, signature).contains("it is of " + EAST));
        refusal(west, EAST, "what is not".getBytes(StandardCharsets.UTF_8), signature);
        String[] parts = signature.split("\\.", -1);
        String other = signatures(keys("one", EAST)).sign(new byte[1]).split("\\.", -1)[2];
        refusal(west, EAST, MANIFEST, parts[0] + ".." + other);
    }

    @Test
    void anotherMeshsSignatureIsRefused() {
        String signature = signatures(keys("other", EAST)).sign(MANIFEST);
        refusal(signatures(keys("one", WEST)), EAST, MANIFEST, signature);
    }

    @Test
    void whatIsNoSignatureIsRefused() {
        NodeSignatures west = signatures(keys("one", WEST));
        String signature = signatures(keys("one", EAST)).sign(MANIFEST);
        String header = signature.substring(0, signature.indexOf('.'));
        for (String garbage :
                new String[] {
                    "",
                    "..",
                    "a.b.c",
                    "x".repeat(100_000),
                    header + "..",
                    header + "..AAAA",
                    header + ".e30." + signature.substring(header.length() + 2),
                    "e30.." + signature.substring(header.length() + 2)
                }) {
            refusal(west, EAST, MANIFEST, garbage);
        }
        for (int at = 0; at < signature.length(); at += 37) {
            char other = signature.charAt(at) == 'A' ? 'B' : 'A';
            String changed = signature.substring(0, at) + other + signature.substring(at + 1);
            refusal(west, EAST, MANIFEST, changed);
        }
    }

    @Test
    void whatWasSignedCountsAfterItsCertificatesHaveEndedAndWereRenewed() {
        String signature = signatures(keys("one", EAST)).sign(MANIFEST);
        now = START.plus(Duration.ofDays(800));
        MeshKeys renewed = keys("one", EAST);
        NodeSignatures west = signatures(keys("one", WEST));
        west.verify(EAST, MANIFEST, signature);
        west.verify(EAST, MANIFEST, signatures(renewed).sign(MANIFEST));
    }

    @Test
    void aCertificateForLinksSignsNothing() throws Exception {
        MeshKeys east = keys("one", EAST);
        Credential link =
                Credential.read(
                        east.files().certificate(Purpose.LINK),
                        east.files().key(Purpose.LINK),
                        "links");
        String signature = new MeshSignatures(() -> link, rules(east), clock).sign(MANIFEST);
        assertTrue(
                refusal(signatures(east), EAST, MANIFEST, signature)
                        .contains("not one for signatures"));
    }

    @Test
    void anAuthoritySignsForItsOwnRegionOnly() {
        MeshKeys east = keys("one", EAST);
        Credential forged =
                CertificateMaker.leaf(
                        new MeshMember("one", WEST),
                        Purpose.SIGNATURE,
                        east.authority(),
                        Duration.ofDays(1),
                        now);
        String signature = new MeshSignatures(() -> forged, rules(east), clock).sign(MANIFEST);
        assertTrue(
                refusal(signatures(east), WEST, MANIFEST, signature)
                        .contains("the authority of sheaf://one/aws/us-east-1 issued"));
    }

    @Test
    void ofAnEvictedRegionCountsWhatItSignedBefore() {
        NodeSignatures east = signatures(keys("one", EAST));
        String before = east.sign(MANIFEST);
        revokedSince = Optional.of(START.plusSeconds(60));
        now = START.plusSeconds(120);
        String after = east.sign(MANIFEST);
        NodeSignatures west = signatures(keys("one", WEST));
        west.verify(EAST, MANIFEST, before);
        assertTrue(refusal(west, EAST, MANIFEST, after).contains("no member of the mesh since"));
    }

    @Test
    void aClockThatWasSetBackOrForwardDoesNotEndSignatures() {
        MeshKeys east = keys("one", EAST);
        NodeSignatures west = signatures(keys("one", WEST));
        now = START.minus(Duration.ofDays(30));
        west.verify(EAST, MANIFEST, signatures(east).sign(MANIFEST));
        now = START.plus(Duration.ofDays(2000));
        east.keep();
        now = START;
        east.keep();
        west.verify(EAST, MANIFEST, signatures(east).sign(MANIFEST));
    }

    @Test
    void aNodeWhoseAuthorityHasEndedSaysSoRatherThanSigningWhatCountsNowhere() throws Exception {
        MeshKeys east = keys("one", EAST);
        java.nio.file.Files.delete(east.files().rootKey());
        now = START.plus(Duration.ofDays(400));
        east.keep();
        Problem problem = assertThrows(Problem.class, () -> signatures(east).sign(MANIFEST));
        assertEquals(ProblemCode.UNAVAILABLE, problem.code());
        assertTrue(problem.message().contains("2027-03-01"), problem.message());
    }
}
