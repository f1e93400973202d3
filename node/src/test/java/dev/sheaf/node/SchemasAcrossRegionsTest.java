package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.LinkFault;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.kernel.Problem;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The schema registry of two regions with real links.
final class SchemasAcrossRegionsTest extends TwoRegions {
    private static final String CLICK = SchemaCalls.CLICK;
    private static final String WIDER =
            CLICK.replace("]}", ",{\"name\":\"at\",\"type\":\"long\",\"default\":0}]}");

    private final List<SchemaCalls> open = new ArrayList<>();

    SchemasAcrossRegionsTest() {
        super("catalog.read", "mesh.apply", "product.publish");
    }

    @AfterEach
    void end() {
        open.forEach(SchemaCalls::close);
    }

    private SchemaCalls at(String region) throws IOException {
        SchemaCalls calls =
                new SchemaCalls(
                        Objects.requireNonNull(nodes.get(region)).url(),
                        Files.readString(data(region).resolve("keys/operator.token")).strip());
        open.add(calls);
        return calls;
    }

    private void startBoth(String more) throws IOException {
        startAmong(List.of(AWS, AZURE), AWS, more);
        startAmong(List.of(AWS, AZURE), AZURE, "");
    }

    private void cut(String region, String peer, String action) {
        operator(region)
                .contexts()
                .injectFault(peer, action.equals("cut") ? LinkFault.cut("both") : LinkFault.heal());
    }

    @Test
    void schemasAreReadEverywhereAndDecidedAtHome() throws IOException {
        startBoth("");
        SchemaCalls aws = at(AWS);
        SchemaCalls azure = at(AZURE);
        int first = aws.id("clicks-value", CLICK);
        until("it is known", () -> azure.get("/schemas/ids/" + first).status() == 200);
        assertEquals(first, azure.id("clicks-value", CLICK));
        SchemaCalls.Told wider = azure.register("clicks-value", WIDER);
        assertEquals(200, wider.status(), wider::toString);
        assertEquals(2, wider.json().path("version").asInt());
        int second = wider.json().path("id").asInt();
        assertEquals(first >> 19, second >> 19);
        assertEquals(
                second, aws.get("/subjects/clicks-value/versions/2").json().path("id").asInt());
        assertEquals(200, azure.get("/schemas/ids/" + second).status());
        assertEquals(409, azure.register("clicks-value", "\"int\"").number());
        assertEquals(
                200, azure.put("/config/clicks-value", Map.of("compatibility", "NONE")).status());
        assertEquals(
                "{\"compatibilityLevel\":\"NONE\"}",
                aws.get("/config/clicks-value").json().toString());
        assertEquals(
                "{\"compatibilityLevel\":\"NONE\"}",
                azure.get("/config/clicks-value").json().toString());

        cut(AZURE, AWS, "cut");
        cut(AWS, AZURE, "cut");
        until(
                "it cannot be asked",
                () ->
                        azure.register("clicks-value", "\"long\"").status() == 500
                                || azure.register("clicks-value", "\"long\"").number() == 50003);
        SchemaCalls.Told refused = azure.register("clicks-value", "\"long\"");
        assertEquals(50003, refused.number());
        assertTrue(refused.message().contains(AWS), refused.message());
        assertEquals(200, azure.get("/schemas/ids/" + first).status());
        assertEquals(first, azure.id("clicks-value", CLICK));
        int here = azure.id("both-value", CLICK);
        int there = aws.id("both-value", "\"string\"");
        assertNotEquals(here >> 19, there >> 19);

        cut(AZURE, AWS, "heal");
        cut(AWS, AZURE, "heal");
        until(
                "both are known",
                () ->
                        aws.get("/schemas/ids/" + here).status() == 200
                                && azure.get("/schemas/ids/" + there).status() == 200);
        // Of two homes that claim a subject the earlier has it, and both regions say so.
        assertEquals(
                here, aws.get("/subjects/both-value/versions/latest").json().path("id").asInt());
        assertEquals(
                here, azure.get("/subjects/both-value/versions/latest").json().path("id").asInt());
        assertEquals(
                "{\"schema\":\"\\\"string\\\"\"}",
                azure.get("/schemas/ids/" + there).json().toString());
    }

    @Test
    void aBlockOfIdsThatAnotherRegionHasIsRefusedWithTheWayOut() throws IOException {
        startBoth("");
        int theirs = at(AZURE).id("a", CLICK) >> 19;
        Objects.requireNonNull(nodes.remove(AWS)).close();
        startAmong(List.of(AWS, AZURE), AWS, "schemas: {idBlock: " + theirs + "}\n");
        SchemaCalls aws = at(AWS);
        // Each a schema that nobody has registered: one that had got its id would keep it.
        AtomicInteger tries = new AtomicInteger();
        until(
                "the claim is known",
                () -> aws.register("b" + tries.incrementAndGet(), other(tries)).number() == 409);
        SchemaCalls.Told refused = aws.register("b", other(tries));
        assertTrue(refused.message().contains("schemas.idBlock"), refused.message());
        assertTrue(refused.message().contains(AZURE), refused.message());
    }

    private static String other(AtomicInteger number) {
        return WIDER.replace("\"at\"", "\"at" + number + "\"");
    }

    @Test
    void aProductsSchemaFollowsItsContractAndGoesWhereTheProductMayBeKnown() throws IOException {
        startBoth("");
        SchemaCalls azure = at(AZURE);
        SchemaCalls aws = at(AWS);
        operator(AZURE).apply(SharedNotes.manifests(AZURE, "1.0.0"));
        until(
                "the schema is there",
                () -> azure.get("/subjects/shop.notes-value/versions/1").status() == 200);
        String text =
                azure.get("/subjects/shop.notes-value/versions/1").json().path("schema").asString();
        assertTrue(text.contains("\"name\":\"id\",\"type\":\"long\""), text);
        until(
                "others know it",
                () -> aws.get("/subjects/shop.notes-value/versions/1").status() == 200);

        SchemaCalls.Told drift = aws.register("shop.notes-value", CLICK);
        assertEquals(409, drift.number());
        assertTrue(drift.message().contains("'page'"), drift.message());
        assertTrue(drift.message().contains("'text' is missing"), drift.message());
        assertEquals(409, azure.delete("/subjects/shop.notes-value").status());

        operator(AZURE).apply(wider("1.1.0"));
        until(
                "the next version is there",
                () -> aws.get("/subjects/shop.notes-value/versions/2").status() == 200);
        assertEquals("[1,2]", azure.get("/subjects/shop.notes-value/versions").json().toString());

        azure.put("/config/shop.notes-value", Map.of("compatibility", "FULL"));
        Problem refused =
                assertThrows(
                        Problem.class,
                        () -> operator(AZURE).apply(SharedNotes.manifests(AZURE, "2.0.0")));
        assertTrue(refused.toString().contains("FULL"), refused::toString);
        assertTrue(refused.toString().contains("note"), refused::toString);

        operator(AZURE)
                .apply(
                        withProperty(
                                wider("1.1.1"),
                                "- {property: sheaf.export, value: [azure/westeurope]}"));
        until(
                "others know it no more",
                () -> aws.get("/subjects/shop.notes-value/versions/1").number() == 40401);
    }

    /// With one more column.
    private static Manifests wider(String version) {
        return edited(
                SharedNotes.manifests(AZURE, version),
                text ->
                        text.replace(
                                        "      - name: text\n",
                                        "      - name: note\n"
                                                + "        logicalType: string\n"
                                                + "        required: true\n"
                                                + "      - name: text\n")
                                .replace("SELECT id, text", "SELECT id, text AS note, text"));
    }

    private static Manifests withProperty(Manifests manifests, String property) {
        return edited(
                manifests,
                text ->
                        text.replace(
                                "    properties:\n",
                                "    customProperties:\n      "
                                        + property
                                        + "\n    properties:\n"));
    }

    private static Manifests edited(
            Manifests manifests, java.util.function.UnaryOperator<String> edit) {
        return new Manifests(
                manifests.files().stream()
                        .map(file ->
                                new ManifestFile(
                                        file.path(),
                                        edit.apply(
                                                        new String(
                                                                file.content(),
                                                                StandardCharsets.UTF_8))
                                                .getBytes(StandardCharsets.UTF_8)))
                        .toList(),
                Optional.empty());
    }
}
