package dev.sheaf.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads server-sent events (HTML living standard, section 9.2) as far as the node sends them.
final class RunEvents {
    private RunEvents() {}

    /// Hands every state to the listener; the state of the event `finished`, or empty when the
    /// stream ended before it.
    static Optional<RunInfo> follow(InputStream stream, Consumer<RunInfo> listener)
            throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        String event = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event:")) {
                event = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip()).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                RunInfo run = Wire.json().readValue(data.toString(), RunInfo.class);
                listener.accept(run);
                if (event.equals("finished")) {
                    return Optional.of(run);
                }
                data.setLength(0);
                event = "";
            }
        }
        return Optional.empty();
    }
}
