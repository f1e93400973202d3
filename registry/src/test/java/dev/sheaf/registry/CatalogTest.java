package dev.sheaf.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.registry.Manifest.Standing;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// What is known is the same whatever came first.
final class CatalogTest {
    private static final RegionName AWS = RegionName.parse("aws/us-east-1");
    private static final RegionName AZURE = RegionName.parse("azure/westeurope");
    private static final String TYPE = "mesh.any";

    private static void put(Catalog catalog, RegionName home, Manifest manifest) {
        catalog.put(TYPE, id(home, manifest), 1, manifest);
    }

    private static ManifestId id(RegionName home, Manifest manifest) {
        return new ManifestId(manifest.kind(), manifest.subject(), home);
    }

    @Test
    void whateverComesFirstTheSameIsKnown() {
        List<Manifest> all =
                new ArrayList<>(
                        List.of(
                                Samples.domain(Samples.DAY),
                                Samples.product("d"),
                                Samples.contract("1.0.0"),
                                Samples.contract("2.0.0"),
                                Samples.release(1, Standing.EARLIER, 5),
                                Samples.release(2, Standing.CURRENT, 6)));
        Catalog first = new Catalog();
        all.forEach(manifest -> put(first, AWS, manifest));
        CatalogProduct expected = first.product(Samples.ORDERS).orElseThrow();
        assertEquals(2, expected.current().orElseThrow().number());
        assertEquals(2, expected.contracts().size());
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(all, random);
            Catalog catalog = new Catalog();
            all.forEach(manifest -> put(catalog, AWS, manifest));
            assertEquals(List.of(expected), catalog.products());
            all.forEach(manifest -> catalog.remove(TYPE, id(AWS, manifest)));
            assertTrue(catalog.products().isEmpty() && catalog.domains().isEmpty());
        }
    }

    @Test
    void aProductWithoutItsDomainIsNotShown() {
        Catalog catalog = new Catalog();
        put(catalog, AWS, Samples.product("d"));
        assertTrue(catalog.products().isEmpty());
        put(catalog, AZURE, Samples.domain(Samples.DAY));
        assertTrue(catalog.products().isEmpty(), "the domain is another region's");
        put(catalog, AWS, Samples.domain(Samples.DAY.minusSeconds(1)));
        assertEquals(AWS, catalog.products().getFirst().home());
        assertEquals(List.of(AZURE), catalog.conflicts().getFirst().others());
        catalog.remove(TYPE, id(AWS, Samples.domain(Samples.DAY)));
        assertEquals(AZURE, catalog.domain(new DomainName("sales")).orElseThrow().home());
    }

    @Test
    void ofEqualClaimsTheLesserNameHasIt() {
        Catalog catalog = new Catalog();
        put(catalog, AZURE, Samples.domain(Samples.DAY));
        put(catalog, AWS, Samples.domain(Samples.DAY));
        assertEquals(AWS, catalog.domain(new DomainName("sales")).orElseThrow().home());
    }

    @Test
    void aManifestThatMovesToAnotherDocumentIsThereOnce() {
        Catalog catalog = new Catalog();
        put(catalog, AWS, Samples.domain(Samples.DAY));
        ManifestId id = id(AWS, Samples.product("d"));
        catalog.put("mesh.product", id, 3, Samples.product("old"));
        catalog.put("mesh.pair.p1", id, 4, Samples.product("new"));
        assertEquals(Optional.of("new"), description(catalog));
        catalog.put("mesh.product", id, 3, Samples.product("older"));
        assertEquals(Optional.of("new"), description(catalog));
        catalog.remove("mesh.product", id);
        assertEquals(Optional.of("new"), description(catalog));
        catalog.remove("mesh.pair.p1", id);
        assertTrue(catalog.products().isEmpty());
    }

    private static Optional<String> description(Catalog catalog) {
        return catalog.product(Samples.ORDERS).orElseThrow().product().description();
    }

    @Test
    void listenersHearOfWhatChangedAndOfNothingElse() {
        Catalog catalog = new Catalog();
        List<Set<ProductName>> heard = new ArrayList<>();
        List<String> homes = new ArrayList<>();
        catalog.whenChanged(heard::add);
        catalog.whenHomesChange(() -> homes.add("changed"));
        put(catalog, AWS, Samples.product("d"));
        put(catalog, AWS, Samples.product("d"));
        put(catalog, AWS, Samples.domain(Samples.DAY));
        assertEquals(List.of(Set.of(Samples.ORDERS), Set.of(Samples.ORDERS)), heard);
        assertEquals(1, homes.size());
    }

    @Test
    void bothRegionsNameTheTypeOfTheirPairTheSame() {
        assertEquals(PairType.name(AWS, AZURE), PairType.name(AZURE, AWS));
        assertEquals(PairType.declaration(AWS, AZURE), PairType.declaration(AZURE, AWS));
        assertTrue(PairType.name(AWS, AZURE).matches("mesh\\.pair\\.p[0-9a-f]{16}"));
    }
}
