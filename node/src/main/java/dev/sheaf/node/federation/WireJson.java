package dev.sheaf.node.federation;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.query.federation.SubQuery;
import dev.sheaf.query.federation.SubQueryPlan;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Tickets and plans as JSON (spec/federation.md, 2 and 3). Members that are not known are passed
/// over, so that a newer peer can say more.
final class WireJson {
    static final int VERSION = 1;

    /// In UTF-8.
    static final int TICKET_BYTES_MAX = 20 << 20;

    private static final int DEPTH_MAX = 8;
    private static final int NAMES_MAX = 256;
    private static final int TABLES_MAX = 1000;

    private static final JsonMapper JSON =
            new JsonMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxStringLength(TICKET_BYTES_MAX)
                                            .maxNestingDepth(DEPTH_MAX)
                                            .maxNameLength(NAMES_MAX)
                                            .build())
                            .build());

    private WireJson() {}

    static byte[] ticket(SubQuery query) {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("id", query.id());
        json.put("sql", query.sql());
        json.put("credential", query.credential());
        json.put("purpose", query.purpose());
        json.put("policyRevision", query.policyRevision());
        json.put("timeoutMillis", query.timeout().toMillis());
        query.rowsMax().ifPresent(rows -> json.put("rowsMax", rows));
        if (!query.trace().isEmpty()) {
            json.put("traceparent", query.trace());
        }
        return JSON.writeValueAsBytes(json);
    }

    /// @throws Problem BAD_REQUEST for what is no ticket, TOO_LARGE
    static SubQuery readTicket(byte[] bytes) {
        if (bytes.length > TICKET_BYTES_MAX) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "a sub-query of "
                            + bytes.length
                            + " bytes; at most "
                            + TICKET_BYTES_MAX
                            + " are taken");
        }
        JsonNode json = read(bytes);
        Duration timeout = Duration.ofMillis(number(json, "timeoutMillis"));
        if (!timeout.isPositive()) {
            throw broken("timeoutMillis is not positive");
        }
        return new SubQuery(
                text(json, "id"),
                text(json, "sql"),
                text(json, "credential"),
                text(json, "purpose"),
                text(json, "policyRevision"),
                timeout,
                optional(json, "rowsMax"),
                json.path("traceparent").asString(""));
    }

    static byte[] plan(SubQueryPlan plan) {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        plan.rows().ifPresent(rows -> json.put("rows", rows));
        ArrayNode tables = json.putArray("tables");
        for (SubQueryPlan.Table table : plan.tables()) {
            ObjectNode each = tables.addObject();
            each.put("product", table.product().toString());
            each.put("release", table.release());
            table.rows().ifPresent(rows -> each.put("rows", rows));
            table.bytes().ifPresent(count -> each.put("bytes", count));
            ArrayNode masked = each.putArray("masked");
            table.masked().forEach(masked::add);
            each.put("filtered", table.isFiltered());
            each.put("residency", table.residency());
            each.put("policyRevision", table.revision());
            each.put("files", table.files());
        }
        return JSON.writeValueAsBytes(json);
    }

    /// @throws Problem BAD_REQUEST for what is no plan
    static SubQueryPlan readPlan(byte[] bytes) {
        JsonNode json = read(bytes);
        JsonNode tables = json.path("tables");
        if (!tables.isArray() || tables.size() > TABLES_MAX) {
            throw broken("tables is not an array of at most " + TABLES_MAX);
        }
        List<SubQueryPlan.Table> read = new ArrayList<>();
        for (JsonNode each : tables) {
            List<String> masked = new ArrayList<>();
            each.path("masked").forEach(column -> masked.add(column.asString("")));
            read.add(
                    new SubQueryPlan.Table(
                            ProductName.parse(text(each, "product")),
                            number(each, "release"),
                            optional(each, "rows"),
                            optional(each, "bytes"),
                            masked,
                            each.path("filtered").asBoolean(true),
                            text(each, "residency"),
                            text(each, "policyRevision"),
                            each.path("files").asBoolean(false)));
        }
        return new SubQueryPlan(read, optional(json, "rows"));
    }

    private static JsonNode read(byte[] bytes) {
        JsonNode json;
        try {
            json = JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw broken("it is no JSON"); // whose text would show a part of it
        }
        if (!json.isObject()) {
            throw broken("it is no JSON object");
        }
        if (json.path("version").asInt(0) != VERSION) {
            throw broken("its version is not " + VERSION);
        }
        return json;
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString()) {
            throw broken(name + " is no text");
        }
        return value.stringValue();
    }

    private static long number(JsonNode json, String name) {
        return optional(json, name).orElseThrow(() -> broken(name + " is not there"));
    }

    private static OptionalLong optional(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw broken(name + " is no whole number from 0 on");
        }
        return OptionalLong.of(value.longValue());
    }

    private static Problem broken(String why) {
        return new Problem(
                ProblemCode.BAD_REQUEST, "a message between regions cannot be read: " + why);
    }
}
