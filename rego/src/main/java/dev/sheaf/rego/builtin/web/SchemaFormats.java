package dev.sheaf.rego.builtin.web;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Predicate;

/// The `format`s of JSON Schema that OPA checks. Texts of formats that are not known are all right.
final class SchemaFormats {
    private static final Pattern TIME =
            Pattern.compile("^([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.,][0-9]+)?$");
    private static final Pattern OFFSET = Pattern.compile("(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$");
    private static final Pattern DATE = Pattern.compile("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    private static final Pattern LABELS =
            Pattern.compile(
                    "^([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])"
                            + "(\\.([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]))*$");
    private static final Pattern UUID =
            Pattern.compile("(?i)^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$");
    private static final Pattern POINTER = Pattern.compile("^(/([^~/]|~0|~1)*)*$");
    private static final Pattern RELATIVE_POINTER =
            Pattern.compile("^(0|[1-9][0-9]*)(#|(/([^~/]|~0|~1)*)*)$");
    private static final Pattern BRACES = Pattern.compile("^([^{]*(\\{[^}]*\\})?)*$");
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+";
    private static final String MAILBOX =
            "("
                    + ATOM
                    + "(\\."
                    + ATOM
                    + ")*|\"([^\"\\\\]|\\\\.)*\")@"
                    + ATOM
                    + "(\\."
                    + ATOM
                    + ")*";
    private static final Pattern EMAIL =
            Pattern.compile("^\\s*(" + MAILBOX + "|[^<>@]*<" + MAILBOX + ">)\\s*$");
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern BROKEN_ESCAPE =
            Pattern.compile("%([^0-9A-Fa-f]|$|[0-9A-Fa-f]([^0-9A-Fa-f]|$))");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");

    private static final Map<String, Predicate<String>> FORMATS =
            Map.ofEntries(
                    Map.entry("date", SchemaFormats::isDate),
                    Map.entry("time", text -> isTime(text) || isOffsetTime(text)),
                    Map.entry("date-time", SchemaFormats::isDateTime),
                    Map.entry("hostname", text -> text.length() < 256 && matches(LABELS, text)),
                    Map.entry("email", text -> matches(EMAIL, text)),
                    Map.entry("idn-email", text -> matches(EMAIL, text)),
                    Map.entry("ipv4", text -> isAddress(text, '.')),
                    Map.entry("ipv6", text -> isAddress(text, ':')),
                    Map.entry("uri", text -> isReference(text) && matches(SCHEME, text)),
                    Map.entry("uri-reference", SchemaFormats::isReference),
                    Map.entry("iri", text -> isReference(text) && matches(SCHEME, text)),
                    Map.entry("iri-reference", SchemaFormats::isReference),
                    Map.entry("uri-template", text -> isReference(text) && matches(BRACES, text)),
                    Map.entry("uuid", text -> matches(UUID, text)),
                    Map.entry("regex", SchemaFormats::isExpression),
                    Map.entry("json-pointer", text -> matches(POINTER, text)),
                    Map.entry("relative-json-pointer", text -> matches(RELATIVE_POINTER, text)));

    private SchemaFormats() {}

    static boolean has(String format, String text) {
        return FORMATS.getOrDefault(format, any -> true).test(text);
    }

    private static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(text).find();
    }

    private static boolean isDate(String text) {
        if (!matches(DATE, text)) {
            return false;
        }
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isTime(String text) {
        return matches(TIME, text);
    }

    private static boolean isOffsetTime(String text) {
        return matches(OFFSET, text) && isTime(OFFSET.matcher(text).replaceFirst(""));
    }

    private static boolean isDateTime(String text) {
        int separator = text.indexOf('T');
        return separator < 0
                ? isDate(text) || isTime(text) || isOffsetTime(text)
                : isDate(text.substring(0, separator))
                        && isOffsetTime(text.substring(separator + 1));
    }

    private static boolean isAddress(String text, char sign) {
        return text.indexOf(sign) >= 0 && IpAddress.parse(text) != null;
    }

    private static boolean isReference(String text) {
        if (text.indexOf('\\') >= 0 || matches(CONTROL, text) || matches(BROKEN_ESCAPE, text)) {
            return false;
        }
        int colon = text.indexOf(':');
        int slash = text.indexOf('/');
        boolean hasColonFirst = colon >= 0 && (slash < 0 || colon < slash);
        boolean isHostBroken =
                text.contains("://")
                        && text.substring(text.indexOf("://") + 3).split("[/?#]", 2)[0].indexOf(' ')
                                >= 0;
        return !isHostBroken
                && (!hasColonFirst
                        || matches(SCHEME, text)
                        || text.startsWith("#")
                        || text.startsWith("?"));
    }

    private static boolean isExpression(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
