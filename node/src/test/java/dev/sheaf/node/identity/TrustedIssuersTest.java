package dev.sheaf.node.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

final class TrustedIssuersTest {
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final String OIDC = "https://login.example.com/";

    @Test
    void aLocalTokenSpeaksForItsSubject(@TempDir Path keys) throws IOException {
        LocalIssuer issuer = LocalIssuer.in(keys, at(NOW));
        Principal caller = verifier(issuer, NOW).verify(token(issuer));
        assertEquals("ada", caller.subject());
        assertEquals(Set.of(Scope.QUERY_RUN), caller.scopes());
        assertTrue(caller.covers(new DomainName("sales")));
        assertTrue(!caller.covers(new DomainName("finance")));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(keys.resolve("issuer.jwk.json"))));
    }

    @Test
    void theKeyOutlivesARestartAndIsNeverShownWhole(@TempDir Path keys) {
        String token = token(LocalIssuer.in(keys, at(NOW)));
        LocalIssuer again = LocalIssuer.in(keys, at(NOW));
        assertEquals("ada", verifier(again, NOW).verify(token).subject());
        assertTrue(!again.publicKeys().contains("\"d\""), again.publicKeys());
    }

    @Test
    void issuersThatStartAtTheSameTimeInOneFolderShareTheKey(@TempDir Path folder)
            throws Exception {
        Path keys = folder.resolve("keys");
        try (ExecutorService starters = Executors.newFixedThreadPool(8)) {
            List<Future<LocalIssuer>> starts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                starts.add(starters.submit(() -> LocalIssuer.in(keys, at(NOW))));
            }
            Set<String> shown = new HashSet<>();
            for (Future<LocalIssuer> start : starts) {
                shown.add(start.get().publicKeys());
            }
            assertEquals(1, shown.size());
        }
        try (Stream<Path> files = Files.list(keys)) {
            assertEquals(1, files.count(), "nothing but the key is left");
        }
    }

    @Test
    void aKeyFileThatOthersCanReadIsRefused(@TempDir Path keys) throws IOException {
        LocalIssuer.in(keys, at(NOW));
        Files.setPosixFilePermissions(
                keys.resolve("issuer.jwk.json"), PosixFilePermissions.fromString("rw-r--r--"));
        Problem problem = assertThrows(Problem.class, () -> LocalIssuer.in(keys, at(NOW)));
        assertTrue(problem.message().contains("chmod 600"), problem.message());
    }

    @Test
    void aTokenCountsFromItsBeginningToItsEndWithinTheSkew(@TempDir Path keys) {
        LocalIssuer issuer = LocalIssuer.in(keys, at(NOW));
        String token = token(issuer);
        assertEquals("ada", verifier(issuer, NOW.plusSeconds(3650)).verify(token).subject());
        refused(verifier(issuer, NOW.plusSeconds(3670)), token);
        assertEquals("ada", verifier(issuer, NOW.minusSeconds(50)).verify(token).subject());
        refused(verifier(issuer, NOW.minusSeconds(70)), token);
    }

    @Test
    void forgedUnsignedAndForeignTokensDoNotCount(@TempDir Path keys, @TempDir Path otherKeys)
            throws JOSEException {
        LocalIssuer issuer = LocalIssuer.in(keys, at(NOW));
        TokenVerifier verifier = verifier(issuer, NOW);
        refused(verifier, token(LocalIssuer.in(otherKeys, at(NOW))));
        JWTClaimsSet claims = claims(LocalIssuer.ISSUER).build();
        refused(verifier, new PlainJWT(claims).serialize());
        SignedJWT secret = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        secret.sign(new MACSigner(issuer.publicKeys().getBytes(StandardCharsets.UTF_8)));
        refused(verifier, secret.serialize());
        refused(verifier, "not.a.token");
        refused(verifier, "x".repeat(20_000));
        String good = token(issuer);
        String[] parts = good.split("\\.", -1);
        refused(verifier, parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()));
    }

    @Test
    void anOidcTokenIsHeldAgainstItsKeysIssuerAndAudience() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
        AtomicInteger fetched = new AtomicInteger();
        HttpServer server = keyServer(new JWKSet(key.toPublicJWK()).toString(), fetched);
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
            TokenVerifier verifier =
                    new TrustedIssuers(
                            List.of(
                                    new TrustedIssuer(
                                            OIDC,
                                            "sheaf",
                                            IssuerKeys.at(url),
                                            new ClaimMapping(
                                                    "email",
                                                    "scp",
                                                    "realm.roles",
                                                    "domains",
                                                    Map.of("analyst", List.of(Scope.QUERY_RUN))))),
                            SKEW,
                            at(NOW));
            JWTClaimsSet good =
                    claims(OIDC)
                            .claim("email", "ada@example.com")
                            .claim("realm", Map.of("roles", List.of("analyst")))
                            .claim("scp", List.of("catalog.read"))
                            .build();
            Principal caller = verifier.verify(signed(key, good));
            assertEquals("ada@example.com", caller.subject());
            assertEquals(Set.of(Scope.QUERY_RUN, Scope.CATALOG_READ), caller.scopes());
            assertEquals(Set.of("analyst"), caller.roles());
            verifier.verify(signed(key, good));
            assertEquals(1, fetched.get(), "keys are kept");
            refused(verifier, signed(key, claims(OIDC).audience("other").build()));
            refused(verifier, signed(key, claims("https://evil.example.com/").build()));
            RSAKey unknown = new RSAKeyGenerator(2048).keyID("k2").generate();
            refused(verifier, signed(unknown, good));
            refused(verifier, signed(unknown, good));
            assertTrue(fetched.get() <= 3, fetched + " fetches for unknown keys");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anIssuerThatDoesNotAnswerIsNoReasonToLetAnybodyIn() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
        TokenVerifier verifier =
                new TrustedIssuers(
                        List.of(
                                new TrustedIssuer(
                                        OIDC,
                                        "sheaf",
                                        IssuerKeys.at(URI.create("http://127.0.0.1:1/keys")),
                                        ClaimMapping.OWN)),
                        SKEW,
                        at(NOW));
        Problem problem =
                assertThrows(
                        Problem.class, () -> verifier.verify(signed(key, claims(OIDC).build())));
        assertEquals(ProblemCode.UNAVAILABLE, problem.code());
    }

    @Test
    void keysAreNotFetchedInPlainTextFromOtherMachines() {
        assertThrows(
                Problem.class, () -> IssuerKeys.at(URI.create("http://login.example.com/keys")));
    }

    private static HttpServer keyServer(String keys, AtomicInteger fetched) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/keys",
                exchange -> {
                    fetched.incrementAndGet();
                    byte[] body = keys.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static JWTClaimsSet.Builder claims(String issuer) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("ada")
                .audience("sheaf")
                .expirationTime(Date.from(NOW.plusSeconds(600)));
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                        claims);
        JWSSigner signer = new RSASSASigner(key);
        token.sign(signer);
        return token.serialize();
    }

    private static String token(LocalIssuer issuer) {
        return issuer.issue(
                        "ada",
                        List.of(Scope.QUERY_RUN),
                        List.of("analyst"),
                        List.of("sales"),
                        Duration.ofHours(1))
                .token();
    }

    private static TokenVerifier verifier(LocalIssuer issuer, Instant now) {
        return new TrustedIssuers(List.of(issuer.trusted()), SKEW, at(now));
    }

    private static void refused(TokenVerifier verifier, String token) {
        Problem problem = assertThrows(Problem.class, () -> verifier.verify(token));
        assertEquals(ProblemCode.UNAUTHENTICATED, problem.code(), problem.message());
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }
}
