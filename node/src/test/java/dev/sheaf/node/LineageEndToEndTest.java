package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sheaf.client.ImpactAnswer;
import dev.sheaf.client.LineageAnswer;
import dev.sheaf.client.LineageDataset;
import dev.sheaf.client.LineageEventInfo;
import dev.sheaf.client.LineageOwner;
import dev.sheaf.client.LineageQuery;
import dev.sheaf.client.LineageReceipt;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.ModelRequest;
import dev.sheaf.client.Plan;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.ProblemCode;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// A node takes lineage from others, adds its own, and answers each caller.
final class LineageEndToEndTest extends RunningNode {
    private static final String PRODUCTS = "sheaf://local";

    @BeforeEach
    void open() {
        open(Clock.systemUTC());
    }

    private LineageReceipt send(SheafClient client, String event) {
        return client.lineage().send(LineageSamples.bytes(event));
    }

    private static LineageQuery dataset(String namespace, String name, String column) {
        return new LineageQuery(
                Optional.empty(),
                Optional.of(name),
                Optional.of(namespace),
                column.isEmpty() ? Optional.empty() : Optional.of(column));
    }

    private static LineageQuery product(String name, String column) {
        return new LineageQuery(
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                column.isEmpty() ? Optional.empty() : Optional.of(column));
    }

    private static LineageAnswer down(SheafClient client, LineageQuery query) {
        return client.lineage().lineage(query, false, OptionalInt.empty(), OptionalInt.empty());
    }

    private static ImpactAnswer impact(SheafClient client, LineageQuery query) {
        return client.lineage().impact(query, OptionalInt.empty());
    }

    private static List<String> names(List<LineageDataset> datasets) {
        return datasets.stream()
                .map(each -> each.place().name().orElse("hidden"))
                .sorted()
                .toList();
    }

    private static List<String> owners(List<LineageOwner> owners) {
        return owners.stream().map(each -> each.owner().name().orElse("hidden")).sorted().toList();
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            Thread.onSpinWait();
        }
    }

    private void publish(String product, String columns, String csv) throws IOException {
        SmallShop.publish(
                operator,
                folder,
                dev.sheaf.kernel.ProductName.parse(product),
                "azure/westeurope",
                "",
                columns,
                csv);
        until(
                "lineage knows the product",
                () -> !down(operator, product(product, "")).columns().isEmpty());
    }

    @Test
    void spansThatNameDatasetsBecomeLineage() throws Exception {
        String export =
                """
                {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "scoring"}}]},
                  "scopeSpans": [{"spans": [{"traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "spanId": "000000000000000a",
                    "name": "score", "endTimeUnixNano": "1767225600000000001", "attributes": [
                      {"key": "openlineage.inputs", "value": {"stringValue": "crm leads"}},
                      {"key": "openlineage.outputs", "value": {"stringValue": "crm scores"}}]}]}]}]}
                """;
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(node.url().resolve("/v1/traces"))
                                        .header("Content-Type", "application/json")
                                        .header(
                                                "Authorization",
                                                "Bearer "
                                                        + token(
                                                                "tracer",
                                                                List.of("lineage.write"),
                                                                List.of()))
                                        .POST(HttpRequest.BodyPublishers.ofString(export))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertEquals("200 {}", answer.statusCode() + " " + answer.body());
        LineageAnswer below = down(operator, dataset("crm", "leads", ""));
        assertEquals(List.of("scores"), names(below.datasets()));
        assertEquals(List.of("scoring/score"), owners(below.jobs()));
    }

    @Test
    void theSeedOfMarquezIsAcceptedAndShown() throws IOException {
        assumeTrue(Files.isDirectory(LineageSamples.testdata()), "there are no test data");
        List<JsonNode> events = LineageSamples.marquez();
        assertEquals(26, events.size());
        for (JsonNode event : events) {
            assertEquals("success", send(operator, event.toString()).status());
        }
        LineageAnswer menus = down(operator, dataset("food_delivery", "public.menus", ""));
        assertTrue(names(menus.datasets()).contains("public.orders_7_days"), menus::toString);
        assertTrue(
                menus.columns().containsAll(List.of("id", "name", "restaurant_id")),
                menus::toString);
        assertEquals(
                14, // one of them is named in a column lineage only
                operator.lineage().datasets("food_delivery").datasets().size(),
                "datasets of the seed");
        LineageReceipt again = send(operator, events.toString());
        assertEquals(26, again.summary().successful());
        assertEquals(26, again.summary().duplicates());
    }

    @Test
    void theExamplesOfTheSpecAreAcceptedAndKeptByteForByte() throws IOException {
        assumeTrue(Files.isDirectory(LineageSamples.testdata()), "there are no test data");
        List<byte[]> examples = LineageSamples.examples();
        assertTrue(examples.size() > 40, "examples: " + examples.size());
        for (byte[] example : examples) {
            assertEquals(
                    "success",
                    operator.lineage().send(example).status(),
                    () -> new String(example, StandardCharsets.UTF_8));
            List<LineageEventInfo> newest =
                    operator.lineage().events(Optional.empty(), Optional.empty(), 1).events();
            assertArrayEquals(example, operator.lineage().event(newest.getFirst().id()));
        }
        assertTrue(
                names(
                                operator.lineage()
                                        .lineage(
                                                dataset(
                                                        "postgresql://warehouse:5432",
                                                        "public.enriched_orders",
                                                        "customer_segment"),
                                                true,
                                                OptionalInt.empty(),
                                                OptionalInt.empty())
                                        .datasets())
                        .contains("public.orders"));
    }

    @Test
    void eventsOfAnySizeAndAnyNameAreTaken() {
        String name = "Tabelle ÄÖÜ 表 \\ud83d\\ude00 'a' \\\"b\\\" %2F/..?#&";
        StringBuilder fields = new StringBuilder();
        for (int column = 0; column < 4000; column++) {
            fields.append(column == 0 ? "" : ",")
                    .append(
                            "{\"name\": \"column number %05d\", \"type\": \"VARCHAR\"}"
                                    .formatted(column));
        }
        String event =
                LineageSamples.run(
                        "names",
                        "job",
                        "[{\"namespace\": \"n\", \"name\": \"in\"}]",
                        "[{\"namespace\": \"n\", \"name\": \"%s\", \"facets\": {\"schema\": {\"fields\": [%s]}}}]"
                                .formatted(name, fields));
        assertTrue(event.length() > 200_000, "size: " + event.length());
        LineageReceipt receipt = send(operator, event.replace("12:00:00Z", "12:00:00.123456789"));
        assertTrue(receipt.notes().toString().contains("UTC"), receipt::toString);
        String shown = "Tabelle ÄÖÜ 表 \ud83d\ude00 'a' \"b\" %2F/..?#&";
        assertEquals(List.of(shown), names(down(operator, dataset("n", "in", "")).datasets()));
        assertEquals(1000, down(operator, dataset("n", shown, "")).columns().size());
    }

    @Test
    void brokenEventsAreRefusedByPlaceAndKeepNoOthersBack() {
        assertEquals(ProblemCode.INVALID_VALUE, code(() -> send(operator, "{}")));
        assertEquals(ProblemCode.BAD_REQUEST, code(() -> send(operator, "{\"eventTime\"")));
        String good = LineageSamples.columnRun("good", "n a x", "n b y");
        LineageReceipt receipt =
                send(operator, "[" + good + ", 17, " + good.replace("\"runId\"", "\"id\"") + "]");
        assertEquals("partial_success", receipt.status());
        assertEquals(2, receipt.summary().failed());
        assertTrue(
                receipt.failedEvents().getLast().reason().startsWith("/run/runId is missing"),
                receipt::toString);
        assertEquals(List.of("b"), names(down(operator, dataset("n", "a", "")).datasets()));
    }

    @Test
    void whatWasTakenIsThereAfterARestart() {
        send(operator, LineageSamples.columnRun("one", "n a x", "n b y"));
        register("churn", List.of());
        stop();
        open(Clock.systemUTC());
        assertEquals(List.of("b"), names(down(operator, dataset("n", "a", "x")).datasets()));
        assertEquals("churn", operator.lineage().models().models().getFirst().name());
    }

    @Test
    void noClockHasTheLastWord() throws IOException {
        publish("sales.orders", "id integer", "id\n1\n");
        String run = LineageSamples.columnRun("one", "n a x", "n b y");
        LineageReceipt ahead = send(operator, run.replace("2026-03-01T12:00", "2999-01-01T00:00"));
        assertTrue(
                ahead.notes().getFirst().contains("ahead of this node's clock"), ahead::toString);
        send(
                operator,
                run.replace("2026-03-01T12:00:00Z", Instant.now().plusSeconds(60).toString())
                        .replace("-000000000001", "-000000000002")
                        .replace("\"b\"", "\"c\""));
        assertEquals(List.of("c"), names(down(operator, dataset("n", "a", "x")).datasets()));
        register("churn", List.of());
        stop();
        open(Clock.offset(Clock.systemUTC(), Duration.ofDays(-2)));
        assertEquals(List.of("c"), names(down(operator, dataset("n", "a", "x")).datasets()));
        register("churn", List.of("sales.orders"));
        until(
                "what was said of the model last counts",
                () ->
                        owners(impact(operator, product("sales.orders", "")).models())
                                .equals(List.of("churn/1")));
    }

    private void register(String name, List<String> trainedOn) {
        operator.lineage()
                .register(
                        new ModelRequest(
                                name, "1", "sales", Optional.empty(), trainedOn, Map.of()));
    }

    @Test
    void whoHasNotTheDomainSaysNothingOfItsProducts() throws IOException {
        publish("sales.orders", "id integer, amount integer", "id,amount\n1,5\n");
        SheafClient spark = as("spark", List.of("lineage.write", "catalog.read"), List.of(), "hr");
        String claim = LineageSamples.columnRun("spark", "n a x", PRODUCTS + " sales.orders id");
        assertEquals(ProblemCode.FORBIDDEN, code(() -> send(spark, claim)));
        assertTrue(told(() -> send(spark, claim)).contains("sales.orders"));
        String byLink =
                LineageSamples.run(
                        "etl",
                        "spark",
                        "[]",
                        """
                        [{"namespace": "s3://b", "name": "t", "facets": {"symlinks":
                          {"identifiers": [
                            {"namespace": "%s", "name": "sales.orders", "type": "TABLE"}]}}}]
                        """
                                .formatted(PRODUCTS));
        assertEquals(ProblemCode.FORBIDDEN, code(() -> send(spark, byLink)));
        assertEquals(
                ProblemCode.FORBIDDEN,
                code(() -> send(spark, claim.replace("\"etl\"", "\"sheaf://local/publishes\""))));
        assertEquals("success", send(operator, claim).status());
        SheafClient reader = as("reader", List.of("catalog.read"), List.of(), "sales");
        assertEquals(ProblemCode.FORBIDDEN, code(() -> send(reader, claim)));
    }

    @Test
    void aPlannedChangeFindsModelsConsumersAndContracts() throws IOException {
        publish("sales.orders", "id integer, amount integer", "id,amount\n1,5\n");
        publish("sales.totals", "day integer, total integer", "day,total\n1,5\n");
        send(
                operator,
                LineageSamples.columnRun(
                        "sum",
                        PRODUCTS + " sales.orders amount",
                        PRODUCTS + " sales.totals total"));
        register("forecast", List.of("sales.totals.total"));
        register("other", List.of("sales.totals.day"));
        ask("SELECT * FROM sales.totals");
        ask("SELECT max(day) FROM sales.totals WHERE day > 0");
        until(
                "the queries are known",
                () -> impact(operator, product("sales.totals", "")).consumers().size() == 2);
        ImpactAnswer answer = impact(operator, product("sales.orders", "amount"));
        assertEquals(List.of("forecast/1"), owners(answer.models()));
        assertEquals(
                "total",
                answer.models().getFirst().through().getFirst().place().column().orElseThrow());
        assertEquals(List.of("sales.totals"), names(answer.products()));
        assertEquals(1, answer.consumers().size(), "who asks for the day alone is not touched");
        assertEquals(
                "total",
                answer.consumers().getFirst().through().getFirst().place().column().orElseThrow());
        assertEquals(2, impact(operator, product("sales.totals", "day")).consumers().size());
        assertEquals(
                List.of("sales.orders", "sales.totals"),
                answer.contracts().stream().map(each -> each.product()).toList());
        assertEquals(List.of(), owners(impact(operator, product("sales.orders", "id")).models()));
    }

    private void ask(String sql) {
        operator.queryTable(
                new QueryRequest(sql, OptionalInt.empty(), OptionalLong.empty(), Optional.empty()));
    }

    @Test
    void aPlanSaysWhomItTouches() throws IOException {
        publish("sales.orders", "id integer, amount integer", "id,amount\n1,5\n");
        register("forecast", List.of("sales.orders.amount"));
        Plan plan =
                operator.plan(
                        SmallShop.manifests(
                                dev.sheaf.kernel.ProductName.parse("sales.orders"),
                                "azure/westeurope",
                                "",
                                "id integer"));
        assertEquals(1, plan.impacts().size(), plan::toString);
        assertEquals(Optional.of("amount"), plan.impacts().getFirst().column());
        assertEquals(List.of("forecast/1 in azure/westeurope"), plan.impacts().getFirst().models());
    }

    @Test
    void whatACallerMayNotKnowIsCountedAndHasNoName() throws IOException {
        publish("sales.orders", "id integer, amount integer", "id,amount\n1,5\n");
        publish("finance.secret", "id integer, total integer", "id,total\n1,5\n");
        publish("sales.report", "id integer, total integer", "id,total\n1,5\n");
        send(
                operator,
                LineageSamples.columnRun(
                        "hush job",
                        PRODUCTS + " sales.orders amount",
                        PRODUCTS + " finance.secret total"));
        send(
                operator,
                LineageSamples.columnRun(
                        "report",
                        PRODUCTS + " finance.secret total",
                        PRODUCTS + " sales.report total"));
        SheafClient olga = as("olga", List.of("catalog.read"), List.of(), "sales");
        ImpactAnswer answer = impact(olga, product("sales.orders", "amount"));
        assertEquals(2, answer.datasetCount());
        assertEquals(List.of("sales.report"), names(answer.products()));
        assertFalse(answer.toString().contains("secret"), answer::toString);
        assertFalse(answer.toString().contains("hush"), answer::toString);
        assertEquals(
                ProblemCode.NOT_FOUND, code(() -> impact(olga, product("finance.secret", ""))));
        assertTrue(
                olga.lineage().events(Optional.empty(), Optional.empty(), 100).events().stream()
                        .noneMatch(event -> event.name().contains("secret")));
        assertEquals(1, impact(operator, product("sales.orders", "amount")).products().size() - 1);
    }

    @Test
    void theFilesOfAProductsTableAreTheProduct() throws IOException {
        publish("sales.orders", "id integer, amount integer", "id,amount\n1,5\n");
        String path;
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            // LOCATION/data/RUN/FILE
            path =
                    files.filter(file -> file.toString().endsWith(".parquet"))
                            .map(file -> file.resolve("../../..").normalize().toString())
                            .findFirst()
                            .orElseThrow();
        }
        send(operator, LineageSamples.columnRun("spark", "file " + path + " amount", "n b y"));
        until(
                "the place is known as the product",
                () ->
                        names(down(operator, product("sales.orders", "amount")).datasets())
                                .equals(List.of("b")));
        SheafClient other = as("other", List.of("lineage.write"), List.of(), "hr");
        assertEquals(
                ProblemCode.FORBIDDEN,
                code(() ->
                        send(
                                other,
                                LineageSamples.columnRun(
                                        "spark", "n b y", "file " + path + " amount"))));
    }

    @Test
    void whatAProductIsMadeFromByItsInputPortsIsKnownByColumns() throws IOException {
        publish(
                "sales.orders",
                "id integer, amount integer, note string",
                "id,amount,note\n1,5,n\n");
        List<ManifestFile> files = new ArrayList<>();
        for (ManifestFile file :
                SmallShop.manifests(
                                dev.sheaf.kernel.ProductName.parse("finance.totals"),
                                "azure/westeurope",
                                "",
                                "amount integer, other integer")
                        .files()) {
            String text = new String(file.content(), StandardCharsets.UTF_8);
            files.add(
                    new ManifestFile(
                            file.path(),
                            LineageSamples.bytes(
                                    text.replace(
                                            "outputPorts:",
                                            "inputPorts:\n"
                                                    + "  - {name: orders, version: 1.0.0,"
                                                    + " contractId: sales.orders}\n"
                                                    + "customProperties:\n"
                                                    + "  - {property: sheaf.transform, value:"
                                                    + " 'SELECT CAST(amount AS INTEGER) AS amount,"
                                                    + " CAST(other AS INTEGER) AS other FROM input"
                                                    + " WHERE id IS NOT NULL'}\n"
                                                    + "outputPorts:"))));
        }
        operator.apply(new Manifests(files, Optional.empty()));
        until(
                "the input port is lineage",
                () ->
                        names(impact(operator, product("sales.orders", "amount")).products())
                                .equals(List.of("finance.totals")));
        LineageDataset made =
                impact(operator, product("sales.orders", "amount")).products().getFirst();
        assertEquals(List.of("amount"), made.columns());
        assertFalse(made.whole());
        LineageDataset decided =
                impact(operator, product("sales.orders", "id")).products().getFirst();
        assertTrue(decided.whole(), "what decides its rows leads to all of it");
        assertEquals(Optional.of("INDIRECT/FILTER"), decided.path().getLast().how());
        assertEquals(List.of(), impact(operator, product("sales.orders", "note")).products());
    }

    @Test
    void clientsOfMlflowRegisterModels() throws IOException, InterruptedException {
        publish("sales.orders", "id integer, amount integer", "id,amount\n1,5\n");
        String made =
                mlflow(
                        "POST",
                        "model-versions/create",
                        """
                        {"name": "churn", "source": "s3://models/churn", "tags": [
                          {"key": "sheaf.domain", "value": "sales"},
                          {"key": "sheaf.trained-on", "value": "sales.orders.amount"}]}
                        """);
        assertTrue(made.contains("\"version\":\"1\""), made);
        String found =
                mlflow(
                        "GET",
                        "registered-models/search?filter=name%20LIKE%20'ch_r%25'%20AND%20"
                                + "tag.%60mlflow.prompt.is_prompt%60%20!%3D%20'true'",
                        "");
        assertTrue(found.contains("\"name\":\"churn\""), found);
        assertFalse(
                mlflow("GET", "registered-models/search?filter=name%20%3D%20'chur'", "")
                        .contains("churn"));
        String version = mlflow("GET", "model-versions/get?name=churn&version=1", "");
        assertTrue(version.contains("s3://models/churn"), version);
        assertEquals(List.of("churn/1"), touched("amount"));

        mlflow(
                "POST",
                "model-versions/set-tag",
                """
                {"name": "churn", "version": "1", "key": "sheaf.trained-on",
                 "value": "sales.orders.id"}
                """);
        assertEquals(List.of(), touched("amount"));
        assertEquals(List.of("churn/1"), touched("id"));
        mlflow(
                "PATCH",
                "model-versions/update",
                "{\"name\": \"churn\", \"version\": \"1\", \"description\": \"said anew\"}");
        assertEquals(List.of("churn/1"), touched("id"), "what it was trained on stays");
        assertTrue(
                mlflow("GET", "model-versions/search?filter=name%3D'churn'", "")
                        .contains("said anew"));
    }

    @Test
    void anAliasOfMlflowIsOfOneVersion() throws IOException, InterruptedException {
        for (String ignored : List.of("1", "2")) {
            mlflow(
                    "POST",
                    "model-versions/create",
                    "{\"name\": \"m\", \"tags\": [{\"key\": \"sheaf.domain\", \"value\":"
                            + " \"sales\"}]}");
        }
        for (String version : List.of("1", "2")) {
            mlflow(
                    "POST",
                    "registered-models/alias",
                    "{\"name\": \"m\", \"alias\": \"best\", \"version\": \"" + version + "\"}");
            String holder = mlflow("GET", "registered-models/alias?name=m&alias=best", "");
            assertTrue(holder.contains("\"version\":\"" + version + "\""), holder);
        }
        assertTrue(
                mlflow("GET", "model-versions/get?name=m&version=1", "")
                        .contains("\"aliases\":[]"));
        mlflow("DELETE", "registered-models/alias", "{\"name\": \"m\", \"alias\": \"best\"}");
        refused(
                404,
                "RESOURCE_DOES_NOT_EXIST",
                "GET",
                "registered-models/alias?name=m&alias=best",
                "");
        refused(400, "RESOURCE_ALREADY_EXISTS", "POST", "registered-models/create", NAMED);
        refused(501, "NOT_IMPLEMENTED", "DELETE", "registered-models/delete", NAMED);
        refused(501, "NOT_IMPLEMENTED", "POST", "runs/create", "{}");
        refused(400, "INVALID_PARAMETER_VALUE", "GET", "model-versions/search?filter=x", "");
    }

    private static final String NAMED = "{\"name\": \"m\"}";

    private void refused(int status, String word, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                call(method, "/api/2.0/mlflow/" + path, LineageSamples.bytes(body), "identity");
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"error_code\":\"" + word + "\""), answer.body());
    }

    private List<String> touched(String column) {
        return owners(impact(operator, product("sales.orders", column)).models());
    }

    private String mlflow(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                call(method, "/api/2.0/mlflow/" + path, LineageSamples.bytes(body), "identity");
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private HttpResponse<String> call(String method, String path, byte[] body, String encoding)
            throws IOException, InterruptedException {
        String token = Files.readString(folder.resolve("data/keys/operator.token")).strip();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(node.url().resolve(path))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Encoding", encoding)
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void compressedEventsAreTakenUpToALimit() throws IOException, InterruptedException {
        byte[] event = LineageSamples.bytes(LineageSamples.columnRun("zip", "n a x", "n b y"));
        assertEquals(201, call("POST", "/api/v1/lineage", zipped(event), "gzip").statusCode());
        assertEquals(List.of("b"), names(down(operator, dataset("n", "a", "x")).datasets()));
        assertEquals(400, call("POST", "/api/v1/lineage", event, "gzip").statusCode());
        assertEquals(415, call("POST", "/api/v1/lineage", event, "br").statusCode());
        byte[] bomb = zipped(new byte[(16 << 20) + 1]);
        assertEquals(413, call("POST", "/api/v1/lineage", bomb, "gzip").statusCode());
        assertEquals(
                400,
                call(
                                "POST",
                                "/api/v1/lineage",
                                LineageSamples.bytes("[".repeat(100_000)),
                                "identity")
                        .statusCode());
    }

    private static byte[] zipped(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(text);
        }
        return bytes.toByteArray();
    }

    @Test
    void publishesReportThemselves() throws IOException {
        publish("sales.orders", "id integer, amount integer", "id,amount\n1,5\n");
        until(
                "both events are there",
                () ->
                        operator.lineage()
                                        .events(
                                                Optional.of(PRODUCTS + "/publishes"),
                                                Optional.of("sales.orders"),
                                                10)
                                        .events()
                                        .size()
                                == 2);
        String complete =
                operator
                        .lineage()
                        .events(
                                Optional.of(PRODUCTS + "/publishes"),
                                Optional.of("sales.orders"),
                                10)
                        .events()
                        .stream()
                        .filter(event -> event.state().equals(Optional.of("COMPLETE")))
                        .map(event ->
                                new String(
                                        operator.lineage().event(event.id()),
                                        StandardCharsets.UTF_8))
                        .findFirst()
                        .orElseThrow();
        assertTrue(complete.contains("\"rowCount\":1"), complete);
        assertTrue(complete.contains("outputStatistics"), complete);
    }
}
