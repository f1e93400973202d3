package dev.sheaf.node.http;

import java.util.Optional;

/// One operation of the API.
///
/// @param method `GET`, `POST`, `PUT`, `PATCH` or `DELETE`
/// @param path with parameters in braces, as in `spec/openapi.yaml`; a parameter written `{+name}`
///   (RFC 6570) takes slashes too
/// @param counted whether it takes one of the places for requests at once; health checks do not
/// @param foreign those whom it is for, when they were made for another API
public record Route(
        String method,
        String path,
        Access access,
        boolean counted,
        Handler handler,
        Optional<ForeignCallers> foreign) {
    public Route(String method, String path, Access access, boolean counted, Handler handler) {
        this(method, path, access, counted, handler, Optional.empty());
    }

    /// The same for callers that were made for another API.
    public Route forForeign(ForeignCallers callers) {
        return new Route(method, path, access, counted, handler, Optional.of(callers));
    }

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
