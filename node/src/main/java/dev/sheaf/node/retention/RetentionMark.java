package dev.sheaf.node.retention;

import dev.sheaf.client.RetentionRun;
import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.files.WholeFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The last retention run, in a file. Against it the clock is checked: what is old by a wrong clock
/// would be gone for good. For any thread.
final class RetentionMark {
    /// How far the clock may be behind the last run, which other clocks may have set.
    static final Duration BEHIND_MAX = Duration.ofHours(1);

    /// How far it may be ahead; a node that stood still for longer asks its operator.
    static final Duration AHEAD_MAX = Duration.ofDays(400);

    private final Path file;

    RetentionMark(Path file) {
        this.file = file;
    }

    synchronized Optional<RetentionRun> last() {
        try {
            return Files.exists(file)
                    ? Optional.of(
                            Wire.json().readValue(Files.readAllBytes(file), RetentionRun.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    synchronized void set(RetentionRun run) {
        try {
            WholeFile.write(file, Wire.json().writeValueAsBytes(run));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Why nothing may be taken for old now; empty when the clock is believed.
    Optional<String> refusal(Instant now) {
        return last().flatMap(run -> refusal(run.at(), now));
    }

    private static Optional<String> refusal(Instant last, Instant now) {
        boolean isBehind = now.isBefore(last.minus(BEHIND_MAX));
        boolean isAhead = now.isAfter(last.plus(AHEAD_MAX));
        return isBehind || isAhead
                ? Optional.of(
                        "the clock says "
                                + now
                                + ", which is "
                                + (isBehind ? "before" : "more than 400 days after")
                                + " the last retention run at "
                                + last
                                + "; nothing was removed. Put the clock right, or let a run accept"
                                + " it ('sheaf retention run --accept-clock')")
                : Optional.empty();
    }

    private Problem failed(IOException e) {
        return new Problem(
                ProblemCode.STORAGE_FAILED, "the mark of retention " + file + " cannot be used", e);
    }
}
