package dev.sheaf.node.http;

import dev.sheaf.client.ResultFormat;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Arrays;
import java.util.Optional;

/// Which form of a result a request asks for.
public final class Formats {
    private Formats() {}

    /// The parameter `format`, else the first known type of `Accept`, else JSON.
    ///
    /// @throws Problem BAD_REQUEST when only unknown ones are asked for
    public static ResultFormat of(Request request) {
        Optional<String> name = request.query("format");
        if (name.isPresent()) {
            return ResultFormat.named(name.get()).orElseThrow(() -> unknown(name.get()));
        }
        String accept = request.header("Accept").orElse("*/*");
        for (String part : accept.split(",", -1)) {
            String type = part.split(";", 2)[0].strip();
            if (type.equals("*/*") || type.equals("application/*")) {
                return ResultFormat.JSON;
            }
            Optional<ResultFormat> known =
                    Arrays.stream(ResultFormat.values())
                            .filter(format -> format.mediaType().equals(type))
                            .findFirst();
            if (known.isPresent()) {
                return known.get();
            }
        }
        throw unknown(accept);
    }

    private static Problem unknown(String asked) {
        return new Problem(
                ProblemCode.BAD_REQUEST,
                "'"
                        + asked
                        + "' is not a form of results: use json, ndjson, csv, arrow or parquet, or"
                        + " their media types");
    }
}
