package dev.sheaf.product.quality;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.product.ingest.SqlText;

import java.util.Optional;

/// The JSON Schema formats of strings, as far as SQL can decide them.
final class Formats {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = "^" + OCTET + "(\\." + OCTET + "){3}$";
    private static final String IPV6 =
            "^(([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|:(:[0-9A-Fa-f]{1,4}){1,7}"
                + "|([0-9A-Fa-f]{1,4}:){1,6}(:[0-9A-Fa-f]{1,4}){1,6}|::)$";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String EMAIL =
            "^[^@\\s\"(),:;<>\\[\\]\\\\]+@" + LABEL + "(\\." + LABEL + ")+$";
    private static final String URI = "^[A-Za-z][A-Za-z0-9+.-]*:[^\\s]+$";
    private static final String HOSTNAME = "^" + LABEL + "(\\." + LABEL + ")*$";

    private Formats() {}

    /// The condition that a value breaks the format; empty for formats that demand nothing.
    ///
    /// @throws Problem INVALID_CONTRACT when the format is not known
    static Optional<String> broken(String column, String format, String sql) {
        return switch (format) {
            case "email", "idn-email" -> Optional.of(mismatch(sql, EMAIL));
            case "uri", "iri", "url" -> Optional.of(mismatch(sql, URI));
            case "hostname" -> Optional.of(mismatch(sql, HOSTNAME));
            case "ipv4" -> Optional.of(mismatch(sql, IPV4));
            case "ipv6" -> Optional.of(mismatch(withoutDots(sql), IPV6));
            case "uuid" -> Optional.of(unconvertible(sql, "UUID"));
            case "date" -> Optional.of(unconvertible(sql, "DATE"));
            case "date-time" -> Optional.of(unconvertible(sql, "TIMESTAMP WITH TIME ZONE"));
            case "time" -> Optional.of(unconvertible(sql, "TIME"));
            case "json" -> Optional.of("NOT json_valid(" + sql + ")");
            case "byte" ->
                    Optional.of(
                            "(" + sql + " IS NOT NULL AND TRY(from_base64(" + sql + ")) IS NULL)");
            case "password", "binary", "text", "string", "" -> Optional.empty();
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_CONTRACT,
                            "column '"
                                    + column
                                    + "' asks for the format '"
                                    + format
                                    + "', which is not known; use one of email, uri, hostname,"
                                    + " ipv4, ipv6, uuid, date, date-time, time, json, byte, or a"
                                    + " pattern");
        };
    }

    /// An IPv6 address may end with an IPv4 one, which stands for two groups.
    private static String withoutDots(String sql) {
        String tail = ":" + IPV4.substring(1);
        return "regexp_replace(" + sql + ", " + SqlText.text(tail) + ", ':0:0')";
    }

    private static String mismatch(String sql, String pattern) {
        return "NOT regexp_matches(" + sql + ", " + SqlText.text(pattern) + ")";
    }

    private static String unconvertible(String sql, String type) {
        return "(" + sql + " IS NOT NULL AND TRY_CAST(" + sql + " AS " + type + ") IS NULL)";
    }
}
