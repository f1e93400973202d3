package dev.sheaf.cli.demo;

import static dev.sheaf.cli.demo.DemoRegions.ALL;
import static dev.sheaf.cli.demo.DemoRegions.AMERICA;
import static dev.sheaf.cli.demo.DemoRegions.BELGIUM;
import static dev.sheaf.cli.demo.DemoRegions.HOLLAND;

import dev.sheaf.client.ImpactAnswer;
import dev.sheaf.client.LineageQuery;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.RegionName;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A column is to change: which models are touched, in whichever cloud they were trained.
final class ImpactScenes {
    private static final String PRODUCT = "product.products";
    private static final String COLUMN = "reorder_point";
    private static final String CHANGED = PRODUCT + "." + COLUMN;
    private static final List<String> TOUCHED = List.of("demand/3", "restock/1", "vendor-risk/2");

    private final DemoStage stage;
    private final DemoRegions regions;

    ImpactScenes(DemoStage stage, DemoRegions regions) {
        this.stage = stage;
        this.regions = regions;
    }

    void play() {
        stage.title(
                "The reorder point is to change: which models in three clouds are touched, and"
                        + " through which columns?");
        model(AMERICA, "demand", "3", "sales", "sales.orders.quantity," + CHANGED);
        model(AMERICA, "loyalty", "1", "sales", "sales.orders.customer_id");
        model(HOLLAND, "vendor-risk", "2", "finance", "finance.vendors.vendor_id," + CHANGED);
        model(BELGIUM, "restock", "1", "inventory", "inventory.stock.quantity," + CHANGED);
        for (RegionName region : ALL) {
            stage.await("all models are known in " + region, () -> touched(region).equals(TOUCHED));
        }
        stage.at(HOLLAND, ExitCode.OK, "impact", CHANGED);
        stage.check(
                "asked in any region, it is these three and not the fourth",
                ALL.stream().allMatch(region -> touched(region).equals(TOUCHED)));
    }

    private void model(
            RegionName region, String name, String version, String domain, String trainedOn) {
        stage.at(
                region,
                ExitCode.OK,
                "models",
                "register",
                name,
                "--version",
                version,
                "--domain",
                domain,
                "--trained-on",
                trainedOn);
    }

    private List<String> touched(RegionName region) {
        ImpactAnswer answer =
                regions.at(region)
                        .lineage()
                        .impact(
                                new LineageQuery(
                                        Optional.of(PRODUCT),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(COLUMN)),
                                OptionalInt.empty());
        return answer.models().stream()
                .map(model -> model.owner().name().orElse("(hidden)"))
                .sorted()
                .toList();
    }
}
