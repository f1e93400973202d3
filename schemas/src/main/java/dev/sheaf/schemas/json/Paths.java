package dev.sheaf.schemas.json;

/// Steps of JSON pointers (RFC 6901).
final class Paths {
    private Paths() {}

    static String step(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
