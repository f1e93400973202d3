package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ImpactAnswer;
import dev.sheaf.client.LineageOwner;
import dev.sheaf.client.LineageQuery;
import dev.sheaf.client.ModelRequest;
import dev.sheaf.client.QueryRequest;
import dev.sheaf.client.SheafClient;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Two nodes with real links: what one hears of lineage the other knows, as far as it may.
final class LineageAcrossRegionsTest extends TwoRegions {
    private static final String PRODUCTS = "sheaf://local";

    LineageAcrossRegionsTest() {
        super("catalog.read", "mesh.apply");
    }

    private static ImpactAnswer impact(SheafClient client, String product, String column) {
        try {
            return client.lineage()
                    .impact(
                            new LineageQuery(
                                    Optional.of(product),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(column)),
                            OptionalInt.empty());
        } catch (Problem between) {
            assertEquals(ProblemCode.NOT_FOUND, between.code(), between.message());
            return new ImpactAnswer(
                    new dev.sheaf.client.LineagePlace(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            true),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    0,
                    0,
                    0,
                    false);
        }
    }

    private void publish(SheafClient home, String region, String product, String property)
            throws IOException {
        SmallShop.publish(
                home,
                folder,
                ProductName.parse(product),
                region,
                property,
                "id integer, amount integer",
                "id,amount\n1,5\n");
    }

    private static void send(SheafClient client, String job, String from, String to) {
        client.lineage()
                .send(
                        LineageSamples.bytes(
                                LineageSamples.columnRun(
                                        job,
                                        PRODUCTS + " " + from + " amount",
                                        PRODUCTS + " " + to + " amount")));
    }

    private static void register(SheafClient client, String name, String domain, String product) {
        client.lineage()
                .register(
                        new ModelRequest(
                                name,
                                "1",
                                domain,
                                Optional.of("what " + name + " is for"),
                                List.of(product + ".amount"),
                                Map.of()));
    }

    private static List<String> names(List<LineageOwner> owners) {
        return owners.stream().map(each -> each.owner().name().orElse("hidden")).sorted().toList();
    }

    @Test
    void modelsOfOtherRegionsAreFoundThroughColumnsThatOtherRegionsReport() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        SheafClient aws = operator(AWS);
        SheafClient azure = operator(AZURE);
        publish(aws, AWS, "sales.orders", "");
        publish(azure, AZURE, "finance.totals", "");
        until("the sum is known", () -> azure.products().size() == 2 && aws.products().size() == 2);
        send(azure, "sum", "sales.orders", "finance.totals");
        register(azure, "forecast", "finance", "finance.totals");
        until(
                "the model is concerned where the change is planned",
                () ->
                        names(impact(aws, "sales.orders", "amount").models())
                                .equals(List.of("forecast/1")));
        ImpactAnswer answer = impact(aws, "sales.orders", "amount");
        assertEquals(AZURE, answer.models().getFirst().owner().region());
        assertEquals(
                "finance.totals", answer.products().getFirst().place().product().orElseThrow());
        assertEquals(
                List.of("forecast"),
                aws.lineage().models().models().stream().map(each -> each.name()).toList());
        aModelsTagIsSetWhereItWasRegisteredAndKnownElsewhere(aws);
        Objects.requireNonNull(nodes.get(AZURE)).close();
        assertEquals(
                List.of("forecast/1"),
                names(impact(aws, "sales.orders", "amount").models()),
                "the region that said so is gone");
    }

    @Test
    void aProductThatARegionMayNotKnowHasNoNameThere() throws IOException {
        start(AWS, true, false);
        start(AZURE, true, false);
        SheafClient aws = operator(AWS);
        SheafClient azure = operator(AZURE);
        publish(azure, AZURE, "sales.orders", "");
        publish(azure, AZURE, "finance.covert", "{property: sheaf.export, value: []}");
        publish(azure, AZURE, "sales.report", "");
        until("what may be known is", () -> aws.products().size() == 2);
        send(azure, "covertjob", "sales.orders", "finance.covert");
        send(azure, "report", "finance.covert", "sales.report");
        register(azure, "covertmodel", "finance", "finance.covert");
        register(azure, "openmodel", "sales", "sales.report");
        until(
                "what leads over it is known",
                () ->
                        names(impact(aws, "sales.orders", "amount").models())
                                .contains("openmodel/1"));
        until("all is told", () -> impact(aws, "sales.orders", "amount").models().size() == 2);
        ImpactAnswer answer = impact(aws, "sales.orders", "amount");
        assertEquals(List.of("hidden", "openmodel/1"), names(answer.models()));
        assertFalse(answer.toString().contains("covert"), answer::toString);
        assertTrue(isInLog("openmodel"), "the log can be read by this test");
        assertFalse(isInLog("covert"), "the name has left its region");
        assertEquals(
                List.of("covertmodel/1", "openmodel/1"),
                names(impact(azure, "sales.orders", "amount").models()));
        assertTrue(
                aws.lineage().models().models().stream()
                        .noneMatch(model -> model.name().contains("covert")));
    }

    @Test
    void whatAThirdRegionTellsIsRecognizedByThoseWhoMayKnow() throws IOException {
        List<String> all = List.of(AWS, AZURE, GCP);
        for (String region : all) {
            startAmong(all, region, "");
        }
        SheafClient aws = operator(AWS);
        SheafClient gcp = operator(GCP);
        publish(
                operator(AZURE),
                AZURE,
                "sales.orders",
                "{property: sheaf.export, value: [" + AWS + ", " + GCP + "]}");
        publish(aws, AWS, "finance.totals", "");
        until("both know both", () -> aws.products().size() == 2 && gcp.products().size() == 2);
        // Of the product of a third region, aws does not know whether gcp may know it.
        aws.lineage()
                .register(
                        new ModelRequest(
                                "churn",
                                "1",
                                "finance",
                                Optional.empty(),
                                List.of("sales.orders.amount", "finance.totals.amount"),
                                Map.of()));
        until(
                "the model is concerned in the third region",
                () ->
                        names(impact(gcp, "sales.orders", "amount").models())
                                .equals(List.of("churn/1")));
        until(
                "and the column is known",
                () -> impact(gcp, "sales.orders", "id").models().isEmpty());
        aws.queryTable(
                new QueryRequest(
                        "SELECT f.amount FROM finance.totals f JOIN sales.orders o ON o.id = f.id",
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        Optional.empty()));
        for (SheafClient each : List.of(operator(AZURE), aws, gcp)) {
            until(
                    "who asks is known by columns, where they ask, at home and elsewhere",
                    () -> impact(each, "sales.orders", "id").consumers().size() == 1);
            assertEquals(List.of(), impact(each, "sales.orders", "amount").consumers());
        }
    }

    private void aModelsTagIsSetWhereItWasRegisteredAndKnownElsewhere(SheafClient aws)
            throws IOException {
        String elsewhere = setTag(AWS, "forecast");
        assertTrue(elsewhere.contains("INVALID_PARAMETER_VALUE"), elsewhere);
        assertTrue(elsewhere.contains("registered in " + AZURE), elsewhere);
        assertEquals("{}", setTag(AZURE, "forecast"));
        until(
                "the tag is known",
                () ->
                        aws.lineage().models().models().stream()
                                .allMatch(each -> "live".equals(each.tags().get("stage"))));
    }

    /// As MLflow's clients do; what is answered.
    private String setTag(String region, String model) throws IOException {
        String token = Files.readString(data(region).resolve("keys/operator.token")).strip();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            Objects.requireNonNull(nodes.get(region))
                                                    .url()
                                                    .resolve(
                                                            "/api/2.0/mlflow/model-versions/set-tag"))
                                    .header("Authorization", "Bearer " + token)
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    """
                                                    {"name": "%s", "version": "1", "key": "stage", "value": "live"}
                                                    """
                                                            .formatted(model)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether a text stands in what the other region has got.
    private boolean isInLog(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(data(AWS).resolve("context/store/log"))) {
            return files.filter(Files::isRegularFile).anyMatch(file -> contains(file, wanted));
        }
    }

    private static boolean contains(Path file, byte[] wanted) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
