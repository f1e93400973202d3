package dev.sheaf.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// A path with its query, under construction. Not safe for threads.
public final class UriText {
    private final StringBuilder text;
    private char separator = '?';

    /// @param path encoded already
    public UriText(String path) {
        this.text = new StringBuilder(path);
    }

    /// Adds a parameter; its value is encoded here.
    public void query(String name, String value) {
        text.append(separator).append(name).append('=').append(encoded(value));
        separator = '&';
    }

    /// Any text as one segment of a path, also one that would mean this folder or the one above.
    public static String segment(String text) {
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
