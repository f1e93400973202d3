package dev.sheaf.node.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sheaf.kernel.RegionName;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

final class StorePlaceTest {
    private static final RegionName HOME = RegionName.parse("azure/westeurope");

    private static StorePlace place(String root, Map<String, String> properties) {
        return StorePlace.of(root, properties, Optional.empty(), HOME, Optional.empty());
    }

    @Test
    void cloudsEncryptAndOfEverythingElseNothingIsKnown() {
        assertEquals(Optional.of(true), place("s3://b/x", Map.of()).encryptedAtRest());
        assertEquals(Optional.of(true), place("gs://b", Map.of()).encryptedAtRest());
        assertEquals(
                Optional.of(true),
                place("abfss://c@a.dfs.core.windows.net/x", Map.of()).encryptedAtRest());
        assertEquals(Optional.empty(), place("file:///data", Map.of()).encryptedAtRest());
        assertEquals(
                Optional.empty(),
                place("s3://b", Map.of("endpoint", "http://127.0.0.1:9000")).encryptedAtRest());
    }

    @Test
    void whatIsSaidCounts() {
        StorePlace said =
                StorePlace.of(
                        "s3://b",
                        Map.of("region", "eu-west-1"),
                        Optional.of(RegionName.parse("aws/eu-central-1")),
                        HOME,
                        Optional.of(false));
        assertEquals(Optional.of(false), said.encryptedAtRest());
        assertEquals(RegionName.parse("aws/eu-central-1"), said.region());
    }

    @Test
    void aBucketSaysItsRegionAndEverythingElseIsAtHome() {
        assertEquals(
                RegionName.parse("aws/eu-west-1"),
                place("s3://b", Map.of("region", "eu-west-1")).region());
        assertEquals(
                HOME,
                place("s3://b", Map.of("region", "eu-west-1", "endpoint", "http://m")).region());
        assertEquals(HOME, place("file:///data", Map.of()).region());
    }

    @Test
    void aLocationLiesInTheInnermostStore() {
        StorePlace outer = place("file:///data", Map.of());
        StorePlace inner = place("file:///data/inner", Map.of());
        List<StorePlace> places = List.of(outer, inner);
        assertEquals(Optional.of(inner), StorePlace.of(places, "file:///data/inner/sales/x"));
        assertEquals(Optional.of(outer), StorePlace.of(places, "file:///data/innermost/x"));
        assertEquals(Optional.of(outer), StorePlace.of(places, "file:///data"));
        assertEquals(Optional.empty(), StorePlace.of(places, "file:///database/x"));
    }
}
