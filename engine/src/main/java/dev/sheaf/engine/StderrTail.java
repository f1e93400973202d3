package dev.sheaf.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// A worker's last words: reads its standard error to the end, logs it at debug level and keeps the
/// last few lines.
final class StderrTail implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StderrTail.class);
    private static final int LINES_MAX = 40;
    private static final int LINE_CHARACTERS_MAX = 500;

    private final InputStream stderr;
    private final Deque<String> lines = new ArrayDeque<>();

    StderrTail(InputStream stderr) {
        this.stderr = stderr;
    }

    @Override
    public void run() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                LOG.debug("{}", line);
                keep(line);
            }
        } catch (IOException e) {
            LOG.debug("the worker's standard error ended: {}", e.toString());
        }
    }

    synchronized String text() {
        return String.join("\n", lines);
    }

    private synchronized void keep(String line) {
        lines.addLast(line.substring(0, Math.min(line.length(), LINE_CHARACTERS_MAX)));
        if (lines.size() > LINES_MAX) {
            lines.removeFirst();
        }
    }
}
