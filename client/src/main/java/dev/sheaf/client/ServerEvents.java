package dev.sheaf.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// Reads server-sent events (HTML living standard, section 9.2) as far as the node sends them.
final class ServerEvents {
    /// @param id empty when the event has none
    record Event(String id, String name, String data) {}

    private ServerEvents() {}

    /// Hands over one event after the other.
    ///
    /// @param goesOn whether to go on after the event
    /// @return whether it was told to stop; false when the stream ended before
    static boolean read(InputStream stream, Predicate<Event> goesOn) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        String id = "";
        String name = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event:")) {
                name = value(line);
            } else if (line.startsWith("id:")) {
                id = value(line);
            } else if (line.startsWith("data:")) {
                data.append(value(line)).append('\n');
            } else if (line.isEmpty() && !data.isEmpty()) {
                if (!goesOn.test(new Event(id, name, data.toString()))) {
                    return true;
                }
                data.setLength(0);
                name = "";
                id = "";
            }
        }
        return false;
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
