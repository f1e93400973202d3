package dev.sheaf.rego.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Time zones by their names in the IANA database, and how they are called at an offset. There is
/// no zone of this place: `Local` is UTC.
final class TimeZones {
    /// Names that Go knows and the JDK does not.
    private static final Map<String, String> LINKS =
            Map.of(
                    "", "UTC",
                    "Local", "UTC",
                    "EST", "America/Panama",
                    "MST", "America/Phoenix",
                    "HST", "Pacific/Honolulu",
                    "ROC", "Asia/Taipei");

    private static final Set<String> KNOWN = ZoneRulesProvider.getAvailableZoneIds();

    private static final int QUARTER_SECONDS = 900;

    private static final Map<String, Map<Integer, String>> ABBREVIATIONS = abbreviations();

    private TimeZones() {}

    /// @throws BuiltinFault when there is none of the name
    static ZoneId find(String name) {
        String id = LINKS.getOrDefault(name, name);
        if (id.contains("..") || id.startsWith("/") || id.contains("\\")) {
            throw BuiltinFault.of("time: invalid location name");
        }
        if (!KNOWN.contains(id) || id.startsWith("SystemV")) {
            throw BuiltinFault.of("unknown time zone %s", name);
        }
        return ZoneId.of(id);
    }

    /// The offset of a time on the wall. Where clocks are set, that of one side, as Go chooses it.
    static ZoneOffset offset(ZoneRules rules, LocalDateTime wall) {
        Instant asUtc = wall.toInstant(ZoneOffset.UTC);
        ZoneOffset first = rules.getOffset(asUtc);
        return rules.getOffset(asUtc.minusSeconds(first.getTotalSeconds()));
    }

    /// For example `CET`; where there is none, the offset.
    static String abbreviation(ZoneId zone, ZoneOffset offset) {
        int seconds = offset.getTotalSeconds();
        if (zone.getId().equals("UTC")) {
            return "UTC";
        }
        Map<Integer, String> names = ABBREVIATIONS.getOrDefault(zone.getId(), Map.of());
        String name = names.get(seconds);
        if (name != null) {
            return name;
        }
        if (seconds % QUARTER_SECONDS != 0) {
            return "LMT";
        }
        int minutes = Math.abs(seconds / 60);
        String hours = "%c%02d".formatted(seconds < 0 ? '-' : '+', minutes / 60);
        return minutes % 60 == 0 ? hours : hours + "%02d".formatted(minutes % 60);
    }

    private static Map<String, Map<Integer, String>> abbreviations() {
        Map<String, Map<Integer, String>> all = new HashMap<>();
        for (String line : resource().split("\n")) {
            if (!line.startsWith("#") && !line.isBlank()) {
                int colon = line.indexOf(": ");
                Map<Integer, String> names = new HashMap<>();
                for (String pair : line.substring(0, colon).split(" ")) {
                    int equals = pair.indexOf('=');
                    names.put(
                            Integer.valueOf(pair.substring(equals + 1)), pair.substring(0, equals));
                }
                for (String zone : line.substring(colon + 2).split(" ")) {
                    all.put(zone, names);
                }
            }
        }
        return Map.copyOf(all);
    }

    private static String resource() {
        try (InputStream in = TimeZones.class.getResourceAsStream("zone-abbreviations.txt")) {
            if (in == null) {
                throw new IllegalStateException("zone-abbreviations.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
