package dev.sheaf.node.schemas;

import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;

import java.nio.charset.StandardCharsets;

/// Ids have 31 bits: twelve for the block, which belongs to one region, nineteen for the schema. So
/// two regions never give the same id, whether they hear of each other or not.
final class IdBlock {
    static final int BLOCK_MAX = 4095;
    static final int SCHEMAS_MAX = (1 << 19) - 1;
    private static final int BITS = 19;
    private static final int DIGITS = 12;

    private IdBlock() {}

    /// The block that a region has unless its node is told otherwise.
    static int of(RegionName region) {
        String hex = Sha256.of(region.toString().getBytes(StandardCharsets.UTF_8)).hex();
        return 1 + (int) (Long.parseLong(hex.substring(0, DIGITS), 16) % BLOCK_MAX);
    }

    static int ofId(int id) {
        return id >>> BITS;
    }

    /// @param serial from 1 to [#SCHEMAS_MAX]
    static int id(int block, int serial) {
        return block << BITS | serial;
    }

    static int serial(int id) {
        return id & SCHEMAS_MAX;
    }
}
