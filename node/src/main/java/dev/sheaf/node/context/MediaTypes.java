package dev.sheaf.node.context;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Request;

import java.util.List;
import java.util.Locale;

/// Which form of a body a request has.
final class MediaTypes {
    static final String JSON = "application/json";
    static final String NDJSON = "application/x-ndjson";
    static final String CLOUD_EVENT = "application/cloudevents+json";
    static final String CLOUD_EVENTS = "application/cloudevents-batch+json";
    static final String JSON_PATCH = "application/json-patch+json";
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final List<String> YAML = List.of("application/yaml", "application/x-yaml", "text/yaml");

    private MediaTypes() {}

    /// The body's media type, one of those allowed.
    ///
    /// @throws Problem UNSUPPORTED_MEDIA_TYPE for any other, or none
    static String require(Request request, List<String> allowed) {
        String type =
                request.header("Content-Type")
                        .map(header -> header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                        .orElse("");
        if (!allowed.contains(type)) {
            throw new Problem(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    (type.isEmpty()
                                    ? "the request names no Content-Type"
                                    : "the Content-Type '" + type + "' is not taken here")
                            + "; use "
                            + String.join(", ", allowed));
        }
        return type;
    }

    static boolean accepts(Request request, String type) {
        return request.header("Accept").orElse("").toLowerCase(Locale.ROOT).contains(type);
    }
}
