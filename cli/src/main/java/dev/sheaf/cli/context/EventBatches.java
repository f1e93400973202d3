package dev.sheaf.cli.context;

import dev.sheaf.client.Wire;

import tools.jackson.core.JacksonException;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Cuts a file of events into requests that a node takes: lines in batches, anything else in one
/// piece. Not safe for threads.
final class EventBatches {
    private static final int LINES_MAX = 1000;
    private static final int BYTES_MAX = 4 << 20;

    /// @param bytes one request's body
    record Batch(byte[] bytes, String mediaType) {}

    private final BufferedInputStream in;
    private boolean begun;
    private boolean ended;

    EventBatches(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    Optional<Batch> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int lines = 0;
        while (lines < LINES_MAX && bytes.size() < BYTES_MAX && !ended) {
            byte[] line = line();
            if (isBlank(line)) {
                continue;
            }
            bytes.write(line);
            lines++;
            if (!begun) {
                begun = true;
                if (!isWhole(line)) {
                    bytes.write(in.readAllBytes());
                    ended = true;
                    return Optional.of(new Batch(bytes.toByteArray(), "application/json"));
                }
            }
        }
        return lines == 0
                ? Optional.empty()
                : Optional.of(new Batch(bytes.toByteArray(), "application/x-ndjson"));
    }

    /// Whether one line is one event; else the file is an array, or an event over several lines.
    private static boolean isWhole(byte[] line) {
        try {
            return Wire.strictJson().readTree(line).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each > ' ' || each < 0) {
                return false;
            }
        }
        return true;
    }

    /// With its end.
    private byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); ; next = in.read()) {
            if (next < 0) {
                ended = true;
                return line.toByteArray();
            }
            line.write(next);
            if (next == '\n') {
                return line.toByteArray();
            }
        }
    }
}
