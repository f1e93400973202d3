package dev.sheaf.node.config;

/// The schema registry.
public record SchemasConfig(
        @Setting(
                        value =
                                "The block of ids that this region gives to schemas, 1 to 4095, no"
                                    + " two regions the same; 0 for the one that its name stands"
                                    + " for.",
                        fallback = "0")
                int idBlock) {
    private static final int BLOCK_MAX = 4095;

    public SchemasConfig {
        Checks.atLeast("schemas.idBlock", idBlock, 0);
        if (idBlock > BLOCK_MAX) {
            throw new dev.sheaf.kernel.Problem(
                    dev.sheaf.kernel.ProblemCode.INVALID_VALUE,
                    "schemas.idBlock is " + idBlock + "; it is at most " + BLOCK_MAX);
        }
    }
}
