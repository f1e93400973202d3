package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.ContextWrite;
import dev.sheaf.client.EvictionRequest;
import dev.sheaf.client.LeaveRequest;
import dev.sheaf.client.MemberInfo;
import dev.sheaf.client.ModelRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Nodes join a mesh, are heard, leave it and are evicted, over real links.
final class MembersAcrossRegionsTest extends JoinedRegions {
    private static final String NOTE =
            """
            apiVersion: sheaf.dev/v1
            kind: ContextType
            name: desk.note
            domain: desk
            versions: [{version: "1.0", schema: {type: object}}]
            residency: {scope: mesh}
            """;
    private static final ContextRead ANY =
            new ContextRead(
                    Optional.of("any"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false);

    private void declare(String region) {
        client(region).contexts().applyType("desk.note", NOTE.getBytes(StandardCharsets.UTF_8));
    }

    private void note(String region, String id) {
        until(
                region + " can write",
                () -> {
                    try {
                        client(region)
                                .contexts()
                                .put(
                                        new ContextKey("desk.note", id),
                                        "{}".getBytes(StandardCharsets.UTF_8),
                                        ContextWrite.DEFAULT);
                        return true;
                    } catch (Problem e) {
                        return false;
                    }
                });
    }

    private boolean has(String region, String id) {
        try {
            client(region).contexts().read(new ContextKey("desk.note", id), ANY);
            return true;
        } catch (Problem e) {
            return false;
        }
    }

    private static Problem refused(Executable call) {
        return assertThrows(Problem.class, call);
    }

    private void three() throws IOException {
        found(AWS);
        declare(AWS);
        note(AWS, "from-the-beginning");
        joinAndStart(AWS, AZURE);
        declare(AZURE);
        joinAndStart(AWS, GCP);
        declare(GCP);
        for (String here : List.of(AWS, AZURE, GCP)) {
            for (String there : List.of(AWS, AZURE, GCP)) {
                if (!here.equals(there)) {
                    until(here + " is linked with " + there, () -> isLinked(here, there));
                }
            }
        }
    }

    @Test
    void aThirdNodeJoinsTwoThatRunAndHearsAndIsHeard() throws Exception {
        three();
        until("the newcomer has the past", () -> has(GCP, "from-the-beginning"));
        note(GCP, "by-the-newcomer");
        note(AZURE, "by-the-second");
        for (String region : List.of(AWS, AZURE, GCP)) {
            until(region + " hears the newcomer", () -> has(region, "by-the-newcomer"));
            until(region + " hears the second", () -> has(region, "by-the-second"));
        }
        MemberInfo seen = member(AZURE, GCP);
        assertEquals("active", seen.state());
        assertTrue(seen.certificateEnd().isPresent());
        assertEquals(Optional.of(false), member(GCP, GCP).holdsRoot());
        assertEquals(Optional.of(true), member(AWS, AWS).holdsRoot());
    }

    @Test
    void membersFindEachOtherAgainAfterTheirFounderHasStopped() throws Exception {
        three();
        note(AZURE, "azure-has-joined");
        note(GCP, "gcp-has-joined");
        halt(AWS);
        halt(AZURE);
        halt(GCP);
        start(AZURE);
        start(GCP);
        until("azure finds gcp", () -> isLinked(AZURE, GCP));
        note(AZURE, "without-the-founder");
        until("it arrives", () -> has(GCP, "without-the-founder"));
        start(AWS);
        until("the founder gets it", () -> has(AWS, "without-the-founder"));
    }

    @Test
    void anEvictedRegionIsLetGoOfEverywhereAndComesBackByANewToken() throws Exception {
        three();
        note(GCP, "before");
        until("it arrives", () -> has(AZURE, "before") && has(AWS, "before"));
        assertEquals(
                ProblemCode.INVALID_VALUE,
                refused(() -> client(AWS).members().evict(GCP, new EvictionRequest(AZURE))).code());
        assertEquals(
                ProblemCode.FORBIDDEN,
                refused(() -> client(AZURE).members().evict(GCP, new EvictionRequest(GCP))).code());
        client(AWS).members().evict(GCP, new EvictionRequest(GCP));
        until("azure hears of it", () -> member(AZURE, GCP).state().equals("evicted"));
        assertFalse(isLinked(AWS, GCP));
        until("azure lets go", () -> !isLinked(AZURE, GCP));
        until("gcp is alone", () -> !isLinked(GCP, AWS) && !isLinked(GCP, AZURE));
        until(
                "nothing waits for it any more",
                () ->
                        client(AZURE).contexts().links().stream()
                                .anyMatch(link ->
                                        link.region().equals(GCP)
                                                && link.state().equals("evicted")));
        note(AZURE, "after");
        until("the others go on", () -> has(AWS, "after"));
        assertFalse(has(GCP, "after"));
        assertTrue(has(AZURE, "before"));

        halt(GCP);
        Path again = folder.resolve("again");
        join(token(AWS, GCP), again);
        Files.move(data(GCP), folder.resolve("old"));
        Files.move(again, data(GCP));
        start(GCP);
        declare(GCP);
        until("it is back", () -> isLinked(AZURE, GCP) && isLinked(AWS, GCP));
        until("it has what it missed", () -> has(GCP, "after"));
        note(GCP, "again");
        until("it is heard", () -> has(AZURE, "again"));
    }

    @Test
    void whoJoinsLaterHearsWhatIsForItAloneAndProductsOfTheEvictedAreKnownNoMore()
            throws Exception {
        found(AWS);
        client(AWS)
                .apply(
                        SharedNotes.manifests(
                                AWS,
                                "1.0.0",
                                "- {property: sheaf.export, value: [" + GCP + "]}",
                                "- {property: sheaf.replicas, value: [" + GCP + "]}"));
        SharedNotes.publish(client(AWS), folder, "id,text\n1,a\n");
        joinAndStart(AWS, AZURE);
        joinAndStart(AWS, GCP);
        until("the one it is for knows it", () -> hasRelease(GCP, SharedNotes.NAME));
        until(
                "and gets its replica",
                () ->
                        client(GCP).replicas().replicas().stream()
                                .anyMatch(replica -> replica.product().equals("shop.notes")));
        assertEquals(List.of(), client(AZURE).products());
        until("and its schema", () -> !client(GCP).schemas().latest("shop.").isEmpty());
        assertEquals(List.of(), client(AZURE).schemas().latest("shop."));
        client(AWS)
                .lineage()
                .register(
                        new ModelRequest(
                                "tone",
                                "1",
                                "shop",
                                Optional.empty(),
                                List.of("shop.notes.text"),
                                Map.of()));
        until(
                "and whom a change concerns",
                () -> client(GCP).lineage().models().models().size() == 1);

        ProductName others = ProductName.parse("desk.notes");
        client(GCP).apply(SharedNotes.of(others, GCP));
        until("aws knows it", () -> isKnown(AWS, others));
        until("azure knows it", () -> isKnown(AZURE, others));
        client(AWS).members().evict(GCP, new EvictionRequest(GCP));
        until("aws knows it no more", () -> !isKnown(AWS, others));
        until("azure knows it no more", () -> !isKnown(AZURE, others));
        client(AWS).apply(SharedNotes.of(others, AWS));
        until("it may be at home elsewhere", () -> isKnown(AZURE, others));
    }

    private boolean isKnown(String region, ProductName product) {
        return client(region).products().stream()
                .anyMatch(each -> each.name().equals(product.toString()));
    }

    private boolean hasRelease(String region, ProductName product) {
        return client(region).products().stream()
                .anyMatch(each ->
                        each.name().equals(product.toString())
                                && each.currentRelease().isPresent());
    }

    @Test
    void whoLeavesIsWaitedForByNobody() throws Exception {
        three();
        note(GCP, "last-words");
        client(GCP).members().leave(new LeaveRequest(false));
        assertEquals("left", member(GCP, GCP).state());
        assertTrue(has(AWS, "last-words") && has(AZURE, "last-words"));
        until("azure knows", () -> member(AZURE, GCP).state().equals("left"));
        until("aws knows", () -> member(AWS, GCP).state().equals("left"));
        until("links end", () -> !isLinked(AWS, GCP) && !isLinked(AZURE, GCP));
        note(AWS, "after");
        until("the others go on", () -> has(AZURE, "after"));
        until(
                "stability moves on without it",
                () ->
                        client(AWS).contexts().digests().stream()
                                .allMatch(digest -> digest.cut().equals(digest.vector())));
        assertEquals(
                ProblemCode.CONFLICT,
                refused(() -> client(GCP).members().leave(new LeaveRequest(false))).code());
    }

    @Test
    void theHolderOfTheRootDoesNotLeaveByMistake() throws Exception {
        found(AWS);
        joinAndStart(AWS, AZURE);
        Problem problem = refused(() -> client(AWS).members().leave(new LeaveRequest(false)));
        assertEquals(ProblemCode.CONFLICT, problem.code());
        assertTrue(problem.message().contains("holds the root"), problem.message());
    }

    @Test
    void aTokenIsForOneNodeOneRegionAndOneHour() throws Exception {
        found(AWS);
        String token = token(AWS, AZURE);
        join(token, folder.resolve("first"));
        assertEquals(
                ProblemCode.FORBIDDEN, refused(() -> join(token, folder.resolve("second"))).code());
        assertEquals(ProblemCode.CONFLICT, refused(() -> token(AWS, AZURE)).code());
        assertEquals(ProblemCode.CONFLICT, refused(() -> token(AWS, AWS)).code());
        String late = token(AWS, GCP);
        clock.advance(Duration.ofMinutes(61));
        Problem ended = refused(() -> join(late, folder.resolve("third")));
        assertEquals(ProblemCode.FORBIDDEN, ended.code());
        assertTrue(ended.message().contains("it ended at"), ended.message());
    }

    @Test
    void ofTwoWhoUseATokenAtOnceOneJoins() throws Exception {
        found(AWS);
        String token = token(AWS, AZURE);
        int count = 6;
        try (ExecutorService executor = Executors.newFixedThreadPool(count)) {
            List<Callable<Boolean>> joins =
                    java.util.stream.IntStream.range(0, count)
                            .<Callable<Boolean>>mapToObj(i ->
                                    () -> {
                                        try {
                                            join(token, folder.resolve("at-once-" + i));
                                            return true;
                                        } catch (Problem e) {
                                            return false;
                                        }
                                    })
                            .toList();
            int joined = 0;
            for (Future<Boolean> one : executor.invokeAll(joins)) {
                joined += one.get() ? 1 : 0;
            }
            assertEquals(1, joined);
        }
    }

    @Test
    void whoseAnswerWasLostAsksAgainWithTheSameKey() throws Exception {
        found(AWS);
        String token = token(AWS, AZURE);
        Path data = data(AZURE);
        join(token, data);
        // As after a crash before anything but the key was written.
        byte[] publicKey =
                java.security.cert.CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                Files.newInputStream(data.resolve("keys/mesh/authority.pem")))
                        .getPublicKey()
                        .getEncoded();
        Files.writeString(
                data.resolve("keys/mesh/authority.request.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + java.util.Base64.getEncoder().encodeToString(publicKey)
                        + "\n-----END PUBLIC KEY-----\n");
        Files.delete(data.resolve("sheaf.yaml"));
        Files.delete(data.resolve("members.json"));
        Files.delete(data.resolve("keys/mesh/authority.pem"));
        join(token, data);
        start(AZURE);
        until("it is a member", () -> isLinked(AWS, AZURE));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(
                                data.resolve("keys/mesh/authority.key.pem"))));
        assertFalse(Files.exists(data.resolve("keys/mesh/root.key.pem")));
    }

    @Test
    void whatIsNoTokenOrOfAnotherMeshIsRefused() throws Exception {
        found(AWS);
        assertEquals(
                ProblemCode.INVALID_VALUE,
                refused(() -> join("sheaf-join-1.AAAA", folder.resolve("x"))).code());
        String token = token(AWS, AZURE);
        dev.sheaf.client.JoinTokenText good = dev.sheaf.client.JoinTokenText.parse(token);
        for (dev.sheaf.client.JoinTokenText wrong :
                List.of(
                        new dev.sheaf.client.JoinTokenText(
                                "other", AZURE, good.url(), good.root(), good.id(), good.secret()),
                        new dev.sheaf.client.JoinTokenText(
                                good.mesh(),
                                GCP,
                                good.url(),
                                good.root(),
                                good.id(),
                                good.secret()),
                        new dev.sheaf.client.JoinTokenText(
                                good.mesh(), AZURE, good.url(), good.root(), good.id(), "guess"),
                        new dev.sheaf.client.JoinTokenText(
                                good.mesh(),
                                AZURE,
                                good.url(),
                                good.root(),
                                "../../members",
                                good.secret()))) {
            assertEquals(
                    ProblemCode.FORBIDDEN,
                    refused(() -> join(wrong.text(), folder.resolve("y"))).code());
        }
        dev.sheaf.client.JoinTokenText otherRoot =
                new dev.sheaf.client.JoinTokenText(
                        good.mesh(), AZURE, good.url(), "00".repeat(32), good.id(), good.secret());
        Problem notBelieved = refused(() -> join(otherRoot.text(), folder.resolve("z")));
        assertEquals(ProblemCode.FORBIDDEN, notBelieved.code());
        assertTrue(notBelieved.message().contains("not believed"), notBelieved.message());
        assertFalse(Files.exists(folder.resolve("z/sheaf.yaml")));
    }

    @Test
    void aJoinedNodeIsWhatItWasAdmittedAs() throws Exception {
        found(AWS);
        join(token(AWS, AZURE), data(AZURE));
        String config = Files.readString(data(AZURE).resolve("sheaf.yaml"));
        Files.writeString(data(AZURE).resolve("sheaf.yaml"), config.replace(AZURE, GCP));
        Problem problem = refused(() -> start(AZURE));
        assertEquals(ProblemCode.INVALID_CONFIGURATION, problem.code());
        assertTrue(problem.message().contains("admitted"), problem.message());
    }
}
