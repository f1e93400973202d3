package dev.sheaf.node.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Names for requests, so that an answer can be found in the log.
public final class RequestIds {
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private RequestIds() {}

    /// The caller's own, if it is fit for a log; else a new one.
    public static String of(Optional<String> given) {
        return given.filter(id -> ACCEPTED.matcher(id).matches())
                .orElseGet(
                        () -> HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }
}
