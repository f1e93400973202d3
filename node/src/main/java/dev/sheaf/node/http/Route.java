package dev.sheaf.node.http;

/// One operation of the API.
///
/// @param method `GET`, `POST`, `PUT`, `PATCH` or `DELETE`
/// @param path with parameters in braces, as in `spec/openapi.yaml`; a parameter written `{+name}`
///   (RFC 6570) takes slashes too
/// @param counted whether it takes one of the places for requests at once; health checks do not
public record Route(String method, String path, Access access, boolean counted, Handler handler) {
    public static Route of(String method, String path, Access access, Handler handler) {
        return new Route(method, path, access, true, handler);
    }

    /// A route that answers even when the node is full.
    public static Route always(String method, String path, Access access, Handler handler) {
        return new Route(method, path, access, false, handler);
    }

    @Override
    public String toString() {
        return method + " " + path.replace("{+", "{");
    }
}
