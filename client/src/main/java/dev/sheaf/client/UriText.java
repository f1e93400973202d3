package dev.sheaf.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// A path with its query, under construction.
final class UriText {
    private final StringBuilder text;
    private char separator = '?';

    UriText(String path) {
        this.text = new StringBuilder(path);
    }

    void query(String name, String value) {
        text.append(separator).append(name).append('=').append(encoded(value));
        separator = '&';
    }

    /// Any text as one segment of a path, also one that would mean this folder or the one above.
    static String segment(String text) {
        return text.equals(".") || text.equals("..") ? text.replace(".", "%2E") : encoded(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
