package dev.sheaf.node.membership;

import dev.sheaf.client.JoinTokenText;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.identity.PrivateFile;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One-time tokens by which regions join, a file for each. A token is on disk as used before
/// anything is signed for whoever used it; the same key may come again until the token ends, should
/// the answer have been lost. For any thread.
final class JoinTokens {
    static final Duration LIFE_MIN = Duration.ofSeconds(1);
    static final Duration LIFE_MAX = Duration.ofDays(7);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final SecureRandom random;
    private final Clock clock;

    JoinTokens(Path folder, SecureRandom random, Clock clock) {
        this.folder = folder;
        this.random = random;
        this.clock = clock;
    }

    /// What is told once of a new token.
    record Made(String id, String secret, Instant expiresAt) {}

    synchronized Made make(RegionName region, Duration life) {
        if (life.compareTo(LIFE_MIN) < 0 || life.compareTo(LIFE_MAX) > 0) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a token lives "
                            + life.toSeconds()
                            + " s; allowed are "
                            + LIFE_MIN.toSeconds()
                            + " s to "
                            + LIFE_MAX.toDays()
                            + " days");
        }
        forgetEnded();
        Instant end = clock.instant().plus(life);
        Made made = new Made(hex(ID_BYTES), hex(SECRET_BYTES), end);
        write(
                new JoinToken(
                        made.id(),
                        region.toString(),
                        JoinToken.digest(made.secret()),
                        end.toString(),
                        ""));
        return made;
    }

    /// From now on the token is that key's. Of several keys at the same time one gets it.
    ///
    /// @param fingerprint of the key
    /// @throws Problem FORBIDDEN saying why not
    synchronized JoinToken use(JoinTokenText token, String fingerprint) {
        Path file = file(token.id());
        if (!Files.exists(file)) {
            throw JoinToken.refused("this node does not know it, or it ended long ago");
        }
        JoinToken kept = read(file);
        kept.require(token, fingerprint, clock.instant());
        if (kept.usedBy().isEmpty()) {
            kept = kept.usedBy(fingerprint);
            write(kept);
        }
        return kept;
    }

    private void forgetEnded() {
        if (!Files.exists(folder)) {
            return;
        }
        Instant longAgo = clock.instant().minus(LIFE_MAX);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(SUFFIX)).toList()) {
                if (Instant.parse(read(file).expiresAt()).isBefore(longAgo)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    private Path file(String id) {
        if (!ID.matcher(id).matches()) {
            throw JoinToken.refused("this node does not know it");
        }
        return folder.resolve(id + SUFFIX);
    }

    private JoinToken read(Path file) {
        try {
            PrivateFile.requirePrivate(file);
            return Wire.json().readValue(Files.readAllBytes(file), JoinToken.class);
        } catch (IOException | JacksonException e) {
            throw failed(e);
        }
    }

    private void write(JoinToken token) {
        try {
            Files.createDirectories(folder, PrivateFile.FOLDER_MODE);
            PrivateFile.write(file(token.id()), Wire.json().writeValueAsString(token));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Problem failed(Exception e) {
        return new Problem(
                ProblemCode.STORAGE_FAILED, "tokens in " + folder + " cannot be kept: " + e, e);
    }
}
